"""./cadre serve"""

import os
from collections.abc import Mapping

from cadre.launch.arguments import SentenceParser, port
from cadre.launch.companions import Companions, alerts_worker
from cadre.launch.database.address import given_address
from cadre.launch.database.supervisor import supervised
from cadre.launch.django_words import environment_in
from cadre.launch.installation import bring_up_to_date
from cadre.launch.lasting import ends_politely
from cadre.launch.places import data_folder
from cadre.launch.purpose import claim_for_service
from cadre.launch.streaming import PORT, URL, live_stream
from cadre.launch.web_server import Place, serve

PURPOSE = "Serve the pages for real work, with no made-up data; brings the tables up to date first."


def run(arguments: list[str]) -> int:
    parser = SentenceParser("serve", PURPOSE)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (8000)")
    wish = parser.parse_args(arguments)
    place = Place(wish.host, wish.port)
    place.refuse_if_taken()
    data = data_folder()
    environment = {**os.environ, **environment_in(data)}
    for name in ("CADRE_DEMO", "CADRE_CLOCK"):
        environment.pop(name, None)
    with ends_politely(), supervised("serve", data, given_address()) as database:
        claim_for_service(database)
        bring_up_to_date(data, database, environment)
        behind_proxy = not environment.get("CADRE_PLAIN_HTTP")
        stream, told = live_stream(place, environment, behind_proxy=behind_proxy)
        environment |= told
        beside = Companions((stream, alerts_worker()), environment)
        serve(place, database, beside, lambda: _greeting(place, told))
    return 0


def _greeting(place: Place, told: Mapping[str, str]) -> str:
    if os.environ.get("CADRE_PLAIN_HTTP"):
        return f"Cadre is at {place.url}  (Ctrl-C stops it)"
    return (
        f"Cadre listens on {place.host}:{place.port} for a proxy that speaks TLS"
        " (CADRE_BEHIND_PROXY=1 trusts its X-Forwarded-Proto; CADRE_PLAIN_HTTP=1 needs none),"
        f" and on port {told[PORT]} for what is asked under {told[URL]} (live boards)."
        " Ctrl-C stops it."
    )

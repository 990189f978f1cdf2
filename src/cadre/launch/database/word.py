"""./cadre database"""

import time

from cadre.launch.arguments import SentenceParser
from cadre.launch.database.address import URL, given_address
from cadre.launch.database.external import external_url
from cadre.launch.database.supervisor import supervised
from cadre.launch.lasting import ends_politely
from cadre.launch.places import data_folder
from cadre.launch.progress import say
from cadre.launch.refusal import Refusal

PURPOSE = "Run the default database until it is stopped, for a service or for several commands."
PAUSE = 0.5


def run(arguments: list[str]) -> int:
    SentenceParser("database", PURPOSE).parse_args(arguments)
    if external_url() is not None or given_address() is not None:
        message = f"{URL} or CADRE_DB_HOST names a server, so Cadre runs no database of its own."
        raise Refusal(message)
    data = data_folder()
    with ends_politely(), supervised("database", data, given_address()) as database:
        say(f"The database runs on {data.path}; its socket is in {data.socket}. Ctrl-C stops it.")
        while True:
            database.watch()
            time.sleep(PAUSE)

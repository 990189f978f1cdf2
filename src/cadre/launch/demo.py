"""./cadre demo"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from cadre.launch.arguments import SentenceParser, port, positive
from cadre.launch.companions import Companions, alerts_worker
from cadre.launch.database.address import Address, given_address
from cadre.launch.database.roles import ensure
from cadre.launch.database.supervisor import Database, supervised
from cadre.launch.demo_clock import DemoClock
from cadre.launch.django_words import environment_in
from cadre.launch.installation import Connection, bring_up_to_date, do, owner_connection
from cadre.launch.lasting import ends_politely
from cadre.launch.places import ROOT, data_folder
from cadre.launch.progress import asked, step
from cadre.launch.purpose import DEMO, claim_for_demo, purpose
from cadre.launch.refusal import FAILED, Refusal
from cadre.launch.stamps import mark, set_mark, signature
from cadre.launch.streaming import live_stream
from cadre.launch.web_server import Place, serve

PURPOSE = "Set everything up, load the case and a fictional mission, and serve the pages."
HOST = "127.0.0.1"
EVENING = "2020-01-06"  # where the case stands
CASE = "cases/iraq-2020"


@dataclass(frozen=True)
class Wish:
    """What the person asked for."""

    port: int
    scale: int | None  # None: as it was made, else 1
    fresh: bool
    yes: bool


def run(arguments: list[str]) -> int:
    wish = _read(arguments)
    place = Place(HOST, wish.port)
    place.refuse_if_taken()
    data = data_folder()
    environment = {
        **os.environ,
        **environment_in(data),
        "CADRE_DEMO": "1",
        "CADRE_ADDRESS": os.environ.get("CADRE_ADDRESS", place.url),
        "CADRE_CLOCK": os.environ.get("CADRE_CLOCK", EVENING),
    }
    clock = DemoClock(data.path)
    with ends_politely(), supervised("demo", data, given_address()) as database:
        if wish.fresh:
            _start_over(database, yes=wish.yes)
            clock.forget()
        clock.stand(environment["CADRE_CLOCK"])
        clock.resume()
        claim_for_demo(database)
        bring_up_to_date(data, database, environment)
        _load(database, environment, wish.scale)
        stream, told = live_stream(place, environment, behind_proxy=False)
        environment |= told
        beside = Companions((stream, alerts_worker()), environment)
        serve(place, database, beside, lambda: _greeting(place, environment), clock.note)
    return 0


def _read(arguments: list[str]) -> Wish:
    parser = SentenceParser("demo", PURPOSE)
    parser.add_argument("--port", type=port, default=8000, help="port of the pages (8000)")
    parser.add_argument(
        "--fresh", action="store_true", help="remove the demo's data and start over"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask before that")
    parser.add_argument(
        "--scale", type=positive, help="size of the fictional mission, times 400 people (1)"
    )
    read = parser.parse_args(arguments)
    return Wish(read.port, read.scale, read.fresh, read.yes)


def _start_over(database: Database, *, yes: bool) -> None:
    """Remove the demo's database, and no other, after asking."""
    if database.address is None:
        message = "--fresh removes the default database only; empty that of DATABASE_URL yourself."
        raise Refusal(message)
    with owner_connection(database) as connection:
        if (found := purpose(connection)) is None:
            return  # nothing is there yet
    if found != DEMO:
        message = "This database holds real work, not the demo's; --fresh does not touch it."
        raise Refusal(message)
    question = "Remove everything in the demo's database, also what you entered yourself?"
    otherwise = "--fresh removes the demo's data; without a terminal to ask at, add --yes."
    if not yes and not asked(question, otherwise=otherwise):
        message = "Nothing was removed."
        raise Refusal(message)
    _empty(database.address)


def _empty(address: Address) -> None:
    with address.named("postgres").connect() as connection:
        connection.execute(f'DROP DATABASE "{address.name}" WITH (FORCE)')
    ensure(address)


@dataclass(frozen=True)
class Part:
    """One part of the demo's data; loaded again when `state` differs from what was noted."""

    sentence: str
    words: tuple[str, ...]
    state: str


def _case() -> Part:
    files = [path for path in (ROOT / CASE).glob("**/*") if path.is_file()]
    words = ("case", "load", str(ROOT / CASE))
    return Part(f"Loading {CASE}", words, signature(files))


def _mission(connection: Connection, scale: int | None) -> Part:
    """The fictional mission; raises Refusal where it is there in another size than is wanted."""
    sentence = "Making the fictional mission"
    made = mark(connection, sentence)
    if made and scale and made != str(scale):
        message = (
            f"The fictional mission was made with --scale {made} and is kept;"
            f" ./cadre demo --fresh --scale {scale} starts over."
        )
        raise Refusal(message)
    state = made or str(scale or 1)
    words = ("sample", "--people", "400", "--seed", "1", "--scale", state)
    return Part(sentence, words, state)


def _load(database: Database, environment: Mapping[str, str], scale: int | None) -> None:
    """Load what is not loaded; each part is noted, so that an interrupted load goes on."""
    with owner_connection(database) as connection:
        for part in (_case(), _mission(connection, scale)):
            if mark(connection, part.sentence) == part.state:
                continue
            with step(part.sentence):
                do(part.words, environment)
            set_mark(connection, part.sentence, part.state)


def _greeting(place: Place, environment: Mapping[str, str]) -> str:
    """Where the pages are and who may sign in; makes the accounts that are missing."""
    command = [sys.executable, "-m", "cadre", "demo_accounts"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"The demo's accounts could not be made: {done.stderr.strip()}"
        raise Refusal(message, FAILED)
    return f"\n{done.stdout.rstrip()}\n\nCadre is at {place.url}  (Ctrl-C stops it)"

"""Management commands as words of `./cadre`: which there are, and how one is run."""

import importlib.util
import os
import secrets
from difflib import get_close_matches
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import find_commands, get_commands, load_command_class
from django.core.management.base import BaseCommand

from cadre.launch.commands import Command, read, run
from cadre.launch.database.address import Address, given_address, socket_address
from cadre.launch.database.cluster import OWNER
from cadre.launch.database.supervisor import supervised
from cadre.launch.demo_clock import where_it_stands
from cadre.launch.places import ROOT, DataFolder, data_folder, kept_secret
from cadre.launch.progress import step
from cadre.launch.refusal import Refusal
from cadre.launch.stamps import TABLES, mark, set_mark

SOURCE = ROOT / "src" / "cadre"
STOCK = (
    "django.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
)
SHOWN_STOCK = ("migrate",)  # accounts are opened by our own word, which the ledger knows
WITHOUT_DATABASE = frozenset(
    {"check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "makemessages"}
    | {"makemigrations", "optimizemigration", "sendtestemail", "squashmigrations"}
)
HELP = frozenset({"-h", "--help"})
AS_OWNER = frozenset({"createcachetable", "flush", "migrate", "showmigrations", "sqlmigrate"})


def own_words() -> set[str]:
    """The commands of our contexts, read from their folders without loading anything."""
    return {name for folder in SOURCE.glob("*/management") for name in find_commands(str(folder))}


def stock_words() -> set[str]:
    """Django's own commands."""
    found: set[str] = set()
    for package in STOCK:
        specification = importlib.util.find_spec(package)
        for folder in (specification and specification.submodule_search_locations) or ():
            found.update(find_commands(str(Path(folder) / "management")))
    return found


def settle(environment: dict[str, str]) -> None:
    """Load Django with this environment; raises Refusal where the settings say no."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre.settings")
    os.environ.update(environment)
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refusal(str(error)) from error


def settled_for_reading() -> None:
    """Load Django only to look at its commands: nothing is kept or started."""
    settle({"CADRE_SECRET_KEY": os.environ.get("CADRE_SECRET_KEY", secrets.token_urlsafe(64))})


def environment_in(data: DataFolder) -> dict[str, str]:
    """What every process of Cadre is told about this installation."""
    key = os.environ.get("CADRE_SECRET_KEY") or kept_secret(data, "secret_key")
    push = os.environ.get("CADRE_PUSH_KEY") or kept_secret(data, "push_key")
    environment = {"CADRE_DATA": str(data.path), "CADRE_SECRET_KEY": key, "CADRE_PUSH_KEY": push}
    if "CADRE_CLOCK" not in os.environ and (clock := where_it_stands(data.path)):
        environment["CADRE_CLOCK"] = clock
    if "DATABASE_URL" not in os.environ and "CADRE_DB_HOST" not in os.environ:
        environment |= socket_address(data.socket).environment()
    return environment


def load(word: str) -> BaseCommand:
    """The command of that name; Django has to be set up."""
    if (package := get_commands().get(word)) is None:
        message = f"The command {word} belongs to a part that the settings leave out."
        raise Refusal(message)
    return load_command_class(package, word)


def refuse_unknown(word: str, launcher_words: set[str]) -> None:
    """Raise Refusal for a word that nobody answers to, with the nearest one."""
    own, stock = own_words(), stock_words()
    if word in own | stock:
        return
    near = get_close_matches(word, sorted(own | launcher_words | set(SHOWN_STOCK)), n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    message = f"There is no command {word!r}{hint} See ./cadre --help."
    raise Refusal(message)


def run_word(word: str, arguments: list[str]) -> None:
    """Run a management command with its database; bad arguments are refused before it starts."""
    if word in AS_OWNER and not any(part.startswith("--database") for part in arguments):
        arguments = [*arguments, "--database", "owner"]
    if HELP.intersection(arguments):  # answered without making or starting anything
        settled_for_reading()
        read(load(word), word, arguments)
        return
    given = given_address()
    data = data_folder()
    # The settings are read before there is a database: they only name where it is going to be.
    settle(environment_in(data))
    command = load(word)
    read(command, word, arguments)
    if not _needs_database(command, word):
        run(command, word, arguments)
        return
    with supervised(word, data, given) as database:
        if database.address is not None and word not in AS_OWNER:
            make_tables_if_none(database.address)
        run(command, word, arguments)


def _needs_database(command: BaseCommand, word: str) -> bool:
    if isinstance(command, Command):
        return command.needs_database
    return word not in WITHOUT_DATABASE


def make_tables_if_none(address: Address) -> None:
    """Bring a database that was only just made into use; an older one is left to `migrate`."""
    with address.connect(OWNER) as connection:
        if mark(connection, TABLES) is not None:
            return
        with step("Making the tables of an empty database"):
            arguments = ["--database", "owner", "--verbosity", "0", "--noinput"]
            run(load("migrate"), "migrate", arguments)
        set_mark(connection, TABLES, "made by a short word")

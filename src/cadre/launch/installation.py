"""Bringing an installation up to date: packages, static files, tables."""

import os
from collections.abc import Mapping, Sequence

import psycopg

from cadre.launch import packages
from cadre.launch.database.address import SECONDS_TO_CONNECT
from cadre.launch.database.cluster import OWNER
from cadre.launch.database.supervisor import Database
from cadre.launch.places import ROOT, DataFolder
from cadre.launch.processes import run_word
from cadre.launch.progress import step
from cadre.launch.refusal import FAILED, Refusal
from cadre.launch.stamps import TABLES, is_stamped, mark, set_mark, signature, stamp

SOURCE = ROOT / "src" / "cadre"
Connection = psycopg.Connection[tuple[object, ...]]


def owner_connection(database: Database) -> Connection:
    """A connection as the role that owns the tables, wherever the database is."""
    if database.address is not None:
        return database.address.connect(OWNER)
    url = os.environ["DATABASE_URL"]
    return psycopg.connect(url, connect_timeout=SECONDS_TO_CONNECT, autocommit=True)


def do(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run another word of ours; raises Refusal if it fails, after its own words."""
    if code := run_word(words, environment):
        message = f"./cadre {' '.join(words)} did not succeed; see above."
        raise Refusal(message, code if code > 0 else FAILED)


def bring_up_to_date(data: DataFolder, database: Database, environment: Mapping[str, str]) -> None:
    """Install packages, collect static files and make the tables, each only if it is due."""
    packages.install()
    _static_files(data, environment)
    _tables(database, environment)


def _static_files(data: DataFolder, environment: Mapping[str, str]) -> None:
    files = [path for path in SOURCE.glob("*/static/**/*") if path.is_file()]
    now = signature([*files, packages.STAMP, SOURCE / "settings.py"])
    note = data.path / "static.stamp"
    if is_stamped(note, now) and (data.path / "static").is_dir():
        return
    with step("Collecting the static files"):
        do(["collectstatic", "--noinput", "--verbosity", "0"], environment)
    stamp(note, now)


def _tables(database: Database, environment: Mapping[str, str]) -> None:
    now = signature(SOURCE.glob("**/*.py"))
    with owner_connection(database) as connection:
        if mark(connection, TABLES) == now:
            return
        with step("Bringing the tables up to date"):
            do(["migrate", "--verbosity", "0"], environment)
        set_mark(connection, TABLES, now)

"""./cadre restore"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from cadre.launch.arguments import SentenceParser
from cadre.launch.database.address import given_address
from cadre.launch.database.cluster import APP
from cadre.launch.database.programs import called, contents, programs_for, reason
from cadre.launch.database.reach import Connection, Reach, reach
from cadre.launch.database.supervisor import supervised
from cadre.launch.installation import do
from cadre.launch.places import data_folder
from cadre.launch.progress import asked, say, step
from cadre.launch.refusal import FAILED, Refusal

PURPOSE = "Replace the database by a backup; the replaced one is kept until the next restore."
MAINTENANCE = "postgres"


def run(arguments: list[str]) -> int:
    parser = SentenceParser("restore", PURPOSE)
    parser.add_argument("file", type=Path, metavar="FILE", help="a file of ./cadre backup")
    parser.add_argument("--yes", action="store_true", help="do not ask before replacing")
    wish = parser.parse_args(arguments)
    file: Path = wish.file.expanduser().absolute()
    if not file.is_file():
        message = f"There is no file {file}."
        raise Refusal(message)
    listing = contents(file)
    with supervised("restore", data_folder(), given_address()) as database:
        server = reach(database.address)
        _refuse_newer(server, listing)
        if not wish.yes and server.holds_tables():
            _ask(file, listing)
        try:
            restore(server, file)
        except psycopg.Error as error:
            message = f"The backup was not restored, and nothing was changed: {error}."
            raise Refusal(message, FAILED) from error
    return 0


def restore(server: Reach, file: Path) -> None:
    """Restore beside the database in use, then swap the two by name: a failure loses nothing."""
    fresh, kept = f"{server.name}_restoring", f"{server.name}_replaced"
    with _fresh_database(server, fresh):
        with step(f"Restoring {file.name}"):
            _fill(server, file, fresh)
        with step("Bringing its tables up to date"):
            do(["migrate", "--verbosity", "0"], server.environment_of(fresh))
        _swap(server, fresh, kept)
    say(f"The database is that of {file.name} now.")
    say(f"The replaced one is kept as database {kept} until the next restore.")


@contextmanager
def _fresh_database(server: Reach, fresh: str) -> Iterator[None]:
    """An empty database to restore into; gone again if the block does not use it up."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(fresh))
    make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
    with server.connect(MAINTENANCE) as connection:
        connection.execute(drop)
        connection.execute(make.format(sql.Identifier(fresh), sql.Identifier(server.owner)))
        _allow_our_roles_only(connection, fresh)
    try:
        yield
    finally:
        with server.connect(MAINTENANCE) as connection:
            connection.execute(drop)


def _allow_our_roles_only(connection: Connection, name: str) -> None:
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    allow = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
    connection.execute(allow.format(database, sql.Identifier(APP)))


def _fill(server: Reach, file: Path, fresh: str) -> None:
    command = [str(programs_for(server).folder / "pg_restore"), "--no-owner", "--exit-on-error"]
    command += [*server.arguments(fresh, server.owner), str(file)]
    done = called(command, server.environment())
    if done.returncode:
        message = f"The backup was not restored, and nothing was changed: {reason(done)}."
        raise Refusal(message, FAILED)


def _swap(server: Reach, fresh: str, kept: str) -> None:
    """Give `fresh` the name in use; open sessions are cut off, and new ones wait outside."""
    name, new, old = sql.Identifier(server.name), sql.Identifier(fresh), sql.Identifier(kept)
    shut = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with server.connect(MAINTENANCE) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(old))
        connection.execute(shut.format(name, sql.SQL("false")))
        try:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)",
                [[server.name, fresh]],
            )
            with connection.transaction():
                connection.execute(rename.format(name, old))
                connection.execute(rename.format(new, name))
        except psycopg.Error:
            connection.execute(shut.format(name, sql.SQL("true")))
            raise
        connection.execute(shut.format(old, sql.SQL("true")))


def _ask(file: Path, listing: list[str]) -> None:
    made = _noted(listing, r"Archive created at (.+)") or "an unknown time"
    question = f"Replace the whole database by {file.name}, made at {made}?"
    otherwise = "A restore replaces the database; without a terminal to ask at, add --yes."
    if not asked(question, otherwise=otherwise):
        message = "Nothing was changed."
        raise Refusal(message)


def _refuse_newer(server: Reach, listing: list[str]) -> None:
    noted = _noted(listing, r"Dumped from database version: (\d+)")
    with server.connect(server.name) as connection:
        running = connection.info.server_version // 10000
    if noted and int(noted) > running:
        message = (
            f"The backup is of PostgreSQL {noted} and this database is PostgreSQL {running};"
            " a newer backup cannot go into an older server."
        )
        raise Refusal(message)


def _noted(listing: list[str], pattern: str) -> str | None:
    return next((found[1] for line in listing if (found := re.search(pattern, line))), None)

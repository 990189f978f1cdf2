"""A server that is not ours, named by DATABASE_URL."""

import os

import psycopg

from cadre.launch.database.address import SECONDS_TO_CONNECT, URL
from cadre.launch.database.binaries import OLDEST
from cadre.launch.database.roles import prepare
from cadre.launch.refusal import FAILED, Refusal

SCHEMES = ("postgresql://", "postgres://")


def external_url() -> str | None:
    """DATABASE_URL if it is given; raises Refusal if it cannot be one of PostgreSQL."""
    url = os.environ.get(URL)
    if not url:
        return None
    if not url.startswith(SCHEMES):
        message = f"{URL} must begin with {SCHEMES[0]}: Cadre works with PostgreSQL only."
        raise Refusal(message)
    return url


def check(url: str) -> None:
    """See that the server answers, is new enough, and has the role that pages work as."""
    try:
        with psycopg.connect(url, connect_timeout=SECONDS_TO_CONNECT) as connection:
            version = connection.info.server_version // 10000
    except psycopg.ProgrammingError as error:  # cannot be read as an address
        message = f"{URL} cannot be read: {first_line(error)}."
        raise Refusal(message) from error
    except psycopg.OperationalError as error:
        message = f"The server of {URL} does not let us in: {first_line(error)}."
        raise Refusal(message, FAILED) from error
    if version < OLDEST:
        message = f"The server of {URL} is PostgreSQL {version}; Cadre needs {OLDEST} or newer."
        raise Refusal(message)
    prepare(url)


def first_line(error: Exception) -> str:
    """The first line of an error, without its full stop, to stand inside a sentence."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    line = lines[0]
    for prefix in ("connection failed: ", "connection is bad: "):
        line = line.removeprefix(prefix)
    return line.rstrip(". ")

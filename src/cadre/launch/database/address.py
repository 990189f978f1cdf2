"""How the rest of Cadre finds its database: by its environment, which the settings read."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from cadre.launch.database.cluster import ADMIN, PORT

NAME = "cadre"
URL = "DATABASE_URL"
HOST = "CADRE_DB_HOST"
SECONDS_TO_CONNECT = 10


@dataclass(frozen=True)
class Address:
    """A database of a server behind a socket folder, reached as one of our roles."""

    host: str
    name: str = NAME
    port: str = PORT

    def environment(self) -> dict[str, str]:
        return {HOST: self.host, "CADRE_DB_PORT": self.port, "CADRE_DB_NAME": self.name}

    def connect(self, role: str = ADMIN) -> psycopg.Connection[tuple[object, ...]]:
        """A connection in which each statement is a transaction of its own."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=role,
            connect_timeout=SECONDS_TO_CONNECT,
            autocommit=True,
            application_name="cadre",
        )

    def named(self, name: str) -> "Address":
        """Another database of the same server."""
        return replace(self, name=name)

    def url(self, role: str) -> str:
        """The address as one text, for programs that take it so."""
        return psycopg.conninfo.make_conninfo(
            host=self.host, port=self.port, dbname=self.name, user=role
        )


def socket_address(folder: Path) -> Address:
    return Address(str(folder), os.environ.get("CADRE_DB_NAME", NAME))


def given_address() -> Address | None:
    """The database that whoever started this process already runs for it, if there is one."""
    host = os.environ.get(HOST)
    if not host or os.environ.get(URL):
        return None
    name = os.environ.get("CADRE_DB_NAME", NAME)
    return Address(host, name, os.environ.get("CADRE_DB_PORT", PORT))

"""One server, ours or that of DATABASE_URL, as backup and restore see it: any of its databases."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cadre.launch.database.address import URL, Address
from cadre.launch.database.cluster import ADMIN, OWNER

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Reach:
    """A server, the database of Cadre in it, and the names to come in by."""

    parameters: Mapping[str, str]
    name: str
    admin: str  # may see every row, rename databases and end sessions
    owner: str  # owns the tables

    def connect(self, database: str) -> Connection:
        parameters = {**self.parameters, "dbname": database, "user": self.admin}
        return psycopg.connect(make_conninfo(**parameters), autocommit=True)

    def holds_tables(self) -> bool:
        """Whether Cadre's tables are in its database."""
        with self.connect(self.name) as connection:
            found = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
            return found.fetchone() == (True,)

    def arguments(self, database: str, user: str) -> list[str]:
        """For PostgreSQL's own programs; the password goes by the environment."""
        parameters = {**self.parameters, "dbname": database, "user": user}
        parameters.pop("password", None)
        return ["--no-password", "--dbname", make_conninfo(**parameters)]

    def environment(self) -> dict[str, str]:
        password = self.parameters.get("password")
        return {**os.environ, **({"PGPASSWORD": password} if password else {})}

    def environment_of(self, database: str) -> dict[str, str]:
        """The environment in which Cadre works with another database of this server."""
        if (url := os.environ.get(URL)) is None:
            host, port = self.parameters["host"], self.parameters["port"]
            return {**os.environ, **Address(host, database, port).environment()}
        parts = urlsplit(url)._replace(path=f"/{quote(database)}")
        return {**os.environ, URL: urlunsplit(parts)}


def reach(address: Address | None) -> Reach:
    """The server of a supervised database, or that of DATABASE_URL where there is no address."""
    if address is not None:
        parameters = {"host": address.host, "port": address.port}
        return Reach(parameters, address.name, ADMIN, OWNER)
    found = {name: str(value) for name, value in conninfo_to_dict(os.environ[URL]).items() if value}
    user = found.pop("user", "")
    return Reach(found, found.pop("dbname", user), user, user)

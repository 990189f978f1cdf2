"""The roles and the database that Cadre works with, made where they are missing."""

import psycopg
from psycopg import sql

from cadre.launch.database.address import Address
from cadre.launch.database.cluster import APP, OWNER
from cadre.launch.refusal import FAILED, Refusal

Connection = psycopg.Connection[tuple[object, ...]]
SET_PRIVILEGE_SINCE = 160000


def ensure(address: Address) -> None:
    """Make roles and database in a server of our own; changes nothing where they are right."""
    with address.named("postgres").connect() as connection:
        attributes = "LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE"
        _role(connection, OWNER, f"{attributes} CREATEDB")
        _role(connection, APP, f"{attributes} NOCREATEDB")
        ensure_database(connection, address.name)


def _role(connection: Connection, name: str, attributes: str) -> None:
    verb = "ALTER" if _exists(connection, "pg_roles", "rolname", name) else "CREATE"
    connection.execute(
        sql.SQL("{} ROLE {} {}").format(
            sql.SQL(verb),
            sql.Identifier(name),
            sql.SQL(attributes),
        )
    )


def ensure_database(connection: Connection, name: str) -> None:
    """An empty database of the owner's, in which nobody but our roles may do anything."""
    database, owner = sql.Identifier(name), sql.Identifier(OWNER)
    if not _exists(connection, "pg_database", "datname", name):
        make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
        connection.execute(make.format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    allow = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
    connection.execute(allow.format(database, sql.Identifier(APP)))
    # A restore that was killed between two steps may have left the door shut.
    connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(database))


def _exists(connection: Connection, catalogue: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s")
    composed = query.format(sql.Identifier(catalogue), sql.Identifier(column))
    return connection.execute(composed, [name]).fetchone() is not None


def prepare(url: str) -> None:
    """Make the role that pages work as in a server that is not ours, and let our user take it.

    The URL's user owns the tables and would pass every row-level policy; the pages' role must
    not. Raises Refusal with what an administrator has to do if this user may not do it.
    """
    with psycopg.connect(url, connect_timeout=10, autocommit=True) as connection:
        user = connection.info.user
        try:
            _prepare(connection)
        except psycopg.errors.InsufficientPrivilege as error:
            message = (
                f"User {user} of DATABASE_URL may not make the role {APP}; have an administrator"
                f' of that server run: CREATE ROLE {APP} NOLOGIN; GRANT {APP} TO "{user}";'
            )
            raise Refusal(message, FAILED) from error


def _prepare(connection: Connection) -> None:
    found = connection.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [APP]
    ).fetchone()
    if found is None:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(APP)))
    elif found[0]:
        message = (
            f"The role {APP} of that server passes row-level security, so that pages would show"
            f" what a rule forbids; have an administrator run:"
            f" ALTER ROLE {APP} NOSUPERUSER NOBYPASSRLS;"
        )
        raise Refusal(message, FAILED)
    privilege = "SET" if connection.info.server_version >= SET_PRIVILEGE_SINCE else "MEMBER"
    may = connection.execute("SELECT pg_has_role(%s, %s)", [APP, privilege]).fetchone()
    if may != (True,):
        grant = sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(APP))
        connection.execute(grant)

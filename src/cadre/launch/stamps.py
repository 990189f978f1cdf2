"""Notes of what was done already, so that a second start is quick."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]
TABLE = "launch_mark"
TABLES = "tables"  # the mark that says of which source the tables are


def signature(files: Iterable[Path]) -> str:
    """Changes when one of the files does: from names, sizes and times, without reading them."""
    digest = hashlib.sha256()
    for path in sorted(files):
        found = path.stat()
        digest.update(f"{path}|{found.st_size}|{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_stamped(path: Path, text: str) -> bool:
    try:
        return path.read_text() == text
    except OSError:
        return False


def stamp(path: Path, text: str) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(text)
    fresh.rename(path)


def mark(connection: Connection, name: str) -> str | None:
    """A note that the database itself carries, so that it goes where the data goes."""
    there = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [TABLE]).fetchone()
    if there != (True,):
        return None
    query = sql.SQL("SELECT value FROM {} WHERE name = %s").format(sql.Identifier(TABLE))
    row = connection.execute(query, [name]).fetchone()
    return str(row[0]) if row else None


def set_mark(connection: Connection, name: str, value: str) -> None:
    table = sql.Identifier(TABLE)
    make = "CREATE TABLE IF NOT EXISTS {} (name text PRIMARY KEY, value text NOT NULL)"
    connection.execute(sql.SQL(make).format(table))
    put = "INSERT INTO {} VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    connection.execute(sql.SQL(put).format(table), [name, value])

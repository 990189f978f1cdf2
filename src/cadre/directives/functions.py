"""Posture in SQL: functions that PostgreSQL runs as whoever asks."""

import re
from pathlib import Path

from django.db import connections

FILES = ("posture.sql", "rulings.sql")
CREATED = re.compile(r"^CREATE FUNCTION (\w+)", re.MULTILINE)
# By name, since an earlier version may have had other arguments or results, which "create or
# replace" would keep beside the new one or refuse.
OLD = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE proname = ANY (%s) AND pronamespace = 'public'::regnamespace
"""


def install(using: str, **_kwargs: object) -> None:
    """Puts the functions in place. Safe to repeat, and before the tables that they read exist."""
    folder = Path(__file__).with_name("sql")
    texts = [(folder / name).read_text(encoding="utf-8") for name in FILES]
    with connections[using].cursor() as cursor:
        cursor.execute(OLD, [[name for text in texts for name in CREATED.findall(text)]])
        for (old,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {old}")
        cursor.execute("SET check_function_bodies = off")
        for text in texts:
            cursor.execute(text)
        cursor.execute("RESET check_function_bodies")

"""Rulings for 300,000 questions under 1,000 directives, each lifted in parts.

Every question has a cell (mission, line, site, nation) and a moment of its own, and stands as a
row of a table. Measured through one connection, as a viewer whom row-level security checks, over
all 300,000 rows:

* "fetched": the client gets a row for each question; the rulings (question, lower, upper) against
  a plain `SELECT` of the six columns of the same rows.
* "added up": the server gives one row; the sums of all lower and upper bounds against a plain
  scan of the same rows that looks at every column (`count`, `max`).

A ruling by SQL includes everything: reading the orders from the tables under row-level security,
compiling them, and looking the questions up. The core gets the orders as values and is measured
in seconds of its processor, with its compiling and on a second pass when every cell is compiled.
Both give the same answers, which is checked.
"""

import sys
import time
from collections import Counter
from datetime import datetime

import _orders
from _harness import READER, Mark, fetched, in_turns, report
from django.db import connection

from cadre.access.queries import seeing
from cadre.core.posture import Cell, Orders
from cadre.directives.queries import World

DIRECTIVES = 1_000
QUESTIONS = 300_000
ROUNDS = 5
COLUMNS = "question, mission, line, site, nation, at"
CASES = {
    "scan, fetched": f"SELECT {COLUMNS} FROM questions",
    "SQL, fetched": "SELECT question, lower, upper FROM cadre_rulings('questions', NULL)",
    "scan, added up": "SELECT count(*), max(question), max(mission), max(line), max(site),"
    " max(nation), max(at) FROM questions",
    "SQL, added up": "SELECT count(*), sum(lower), sum(upper)"
    " FROM cadre_rulings('questions', NULL)",
}

type Asked = list[tuple[Cell, datetime]]


def main() -> int:
    _orders.fill(DIRECTIVES, seed=1)
    with seeing(READER):
        write_questions()
        taken = in_turns(
            {name: lambda text=text: fetched(text) for name, text in CASES.items()}, rounds=ROUNDS
        )
        world = World(READER, known_on=None)
        by_sql = fetched(f"{CASES['SQL, fetched']} ORDER BY question")
        asked = questions(world)
    core, again, by_core = by_the_core(world, asked)
    spread = Counter(
        "not stated" if low != high else ("running", "restricted", "suspended")[low]
        for low, high in by_core
    )
    equal = sum(row[1:] == bounds for row, bounds in zip(by_sql, by_core, strict=True))
    return report(
        f"Rulings for {QUESTIONS:,} questions under {DIRECTIVES:,} directives",
        [
            Mark("SQL / scan, fetched", taken["SQL, fetched"] / taken["scan, fetched"], at_most=5),
            Mark("SQL / scan, added up", taken["SQL, added up"] / taken["scan, added up"]),
            *(Mark(name, seconds, "s") for name, seconds in taken.items()),
            Mark("core, rulings a second with compiling", QUESTIONS / core),
            Mark("core, rulings a second when compiled", QUESTIONS / again, at_least=100_000),
            Mark("rulings on which SQL and the core agree", equal, at_least=QUESTIONS),
        ],
        "cells: "
        + ", ".join(
            [str(len({cell for cell, _at in asked})), *(f"{n} {w}" for w, n in spread.items())]
        ),
    )


def write_questions() -> None:
    """A table of the session's own: what is measured must not depend on who else writes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE questions (question bigint, mission text, line text, site text,"
            " nation text, at timestamptz)"
        )
        with cursor.copy(f"COPY questions ({COLUMNS}) FROM STDIN") as copy:
            for row in _orders.asked(QUESTIONS, seed=2):
                copy.write_row(row)
        cursor.execute("ANALYZE questions")


def questions(world: World) -> Asked:
    return [
        (Cell(mission, line, world.paths.get(site, ()), nation or None), at)
        for _number, mission, line, site, nation, at in fetched(
            f"{CASES['scan, fetched']} ORDER BY question"
        )
    ]


def by_the_core(world: World, asked: Asked) -> tuple[float, float, list[tuple[int, int]]]:
    """Seconds with compiling and without, and the bounds."""
    orders = Orders(
        world.directives, world.lifts, world.authorisations, places=world.paths.values()
    )
    taken = []
    for _ in range(2):
        start = time.process_time()
        found = [orders.rule(cell, at) for cell, at in asked]
        taken.append(time.process_time() - start)
    return taken[0], taken[1], [(each.lower.value, each.upper.value) for each in found]


if __name__ == "__main__":
    sys.exit(main())

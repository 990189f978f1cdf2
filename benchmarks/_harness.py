"""What every benchmark does alike: measure in turns, put figures into proportion, say them.

A figure in seconds says little about another machine, so a mark is always a ratio of two things
measured in one run: the things take turns, and the median of each counts.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre.settings")
os.environ.setdefault("CADRE_PLAIN_STATIC", "1")
django.setup()

from django.db import connection, connections  # noqa: E402  # Django has to be set up first

from cadre.core.releasability import Classification, Viewer  # noqa: E402

# Somebody of the staff, so that row-level security has something to decide on every row.
READER = Viewer("a reader", Classification.RESTRICTED, affiliations=frozenset({"FR"}))


FINE = 1_000  # larger figures are shown without decimals


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure and what it should be: at most or at least so much; neither is for information."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def reached(self) -> bool:
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    @property
    def wanted(self) -> str:
        if self.at_most is not None:
            return f"at most {self.at_most:,g}"
        return "" if self.at_least is None else f"at least {self.at_least:,g}"


def in_turns(cases: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median seconds of each case; one round that does not count comes first."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, case in cases.items():
            start = time.perf_counter()
            case()
            if number:
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in taken.items()}


def report(title: str, marks: list[Mark], *notes: str) -> int:
    """Prints the figures, as JSON if asked to; the exit code says whether all were reached."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--json", action="store_true", help="print JSON")
    if parser.parse_args().json:
        rows = [{**asdict(mark), "reached": mark.reached} for mark in marks]
        print(json.dumps({"title": title, "marks": rows, "notes": notes}, indent=1))
    else:
        print(f"\n{title}")
        for mark in marks:
            state = "" if not mark.wanted else "reached" if mark.reached else "MISSED"
            print(f"  {mark.name:<58}{figure(mark):>16}  {mark.wanted:<18}{state}")
        for note in notes:
            print(f"  {note}")
    return 0 if all(mark.reached for mark in marks) else 1


def figure(mark: Mark) -> str:
    whole = isinstance(mark.value, int) or mark.value > FINE
    return f"{mark.value:,.{0 if whole else 2}f} {mark.unit}".strip()


@contextmanager
def filling(*tables: str) -> Iterator[None]:
    """The owner of the tables fills them: without the ledger, which is measured by itself."""
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            cursor.execute(f'ANALYZE "{table}"')


def fetched(statement: str, parameters: list[object] | None = None) -> list[tuple[object, ...]]:
    """All the rows of a statement, by the connection that serves pages."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or [])
        return list(cursor.fetchall())

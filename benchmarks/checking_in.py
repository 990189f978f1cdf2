"""Checking in: by signed link through the pages, and in batches, against bare single-row inserts.

The measure is pgbench: prepared inserts of one row each into the same table, with the same triggers
(the ledger's among them), the same number of clients, each row committed durably. The pages are
served as everywhere (granian, two workers), and phones post the form of their link, one after the
other on a connection each; what they take of the same machine is not taken off. Batches of a
hundred go in by the action that the API and paper use, from as many threads of as many processes
as serve pages.
"""

import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from _harness import Mark, report
from _musters import Phones, entries, fill, pages
from django.db import connection, connections

from cadre.access.actions import seal
from cadre.access.queries import seeing
from cadre.accountability.actions import NewCheckIn, Said, check_in_many
from cadre.accountability.models import Muster
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import entries_of
from cadre.core.releasability import OPERATOR
from cadre.launch.database import binaries
from cadre.launch.places import data_folder
from cadre.launch.web_server import WORKERS
from cadre.mission.doors import now
from cadre.mission.models import Person

PEOPLE = 4_000
CLIENTS = 16
SECONDS = 6
ROUNDS = 3
BATCH = 100
SHARE = 0.3  # of pgbench's rate, by link
TIMES = 5  # pgbench's rate, by batch
INSERT = """
    INSERT INTO accountability_checkin (
        id, pack, classification, releasable_to, communities, originator, claims, recorded_at,
        recorded_by, known_from, key, person_id, muster_id, state, words, occurred_at, channel,
        voice, said_by, how, site, place, note
    )
    SELECT gen_random_uuid(), '', 0, NULL, '{{}}', '', '{{}}', now(), 'benchmark', now(),
        gen_random_uuid(), id, '{muster}', 'safe', '', now(), 'link', 'self', '', '', '', '', ''
    FROM bench_person WHERE number = :person;
"""
seeds = count()


def main() -> int:
    muster = fill(PEOPLE)
    rows = entries(muster)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_person AS SELECT row_number() OVER () AS number, id"
            " FROM mission_person"
        )
        cursor.execute("ALTER TABLE bench_person ADD PRIMARY KEY (number)")
    taken: dict[str, list[float]] = {"bare": [], "link": [], "batch": []}
    spawn = multiprocessing.get_context("spawn")
    with (
        pages() as place,
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(WORKERS, mp_context=spawn) as processes,
    ):
        script = Path(folder, "insert.sql")
        insert = " ".join(INSERT.format(muster=muster.pk).split())
        script.write_text(f"\\set person random(1, {PEOPLE})\n{insert}\n")

        def link() -> float:
            phones = Phones(place, rows, CLIENTS, f"round {next(seeds)}")
            number, seconds = phones.check_in(seconds=SECONDS)
            return number / seconds

        def batch() -> float:
            each = CLIENTS // WORKERS
            return sum(processes.map(batched, [muster.number] * WORKERS, [each] * WORKERS))

        cases: dict[str, Callable[[], float]] = {
            "bare": lambda: pgbench(script),
            "link": link,
            "batch": batch,
        }
        for turn in range(ROUNDS + 1):
            for name, case in cases.items():
                sealed()
                rate = case()
                if turn:
                    taken[name].append(rate)
    bare, link_rate, batch_rate = (statistics.median(each) for each in taken.values())
    return report(
        "Checking in",
        [
            Mark("by link through the pages / bare inserts", link_rate / bare, at_least=SHARE),
            Mark(f"by batch of {BATCH} / bare inserts", batch_rate / bare, at_least=TIMES),
            Mark(f"bare inserts by pgbench, {CLIENTS} clients", bare, "a second"),
            Mark(f"by link through the pages, {CLIENTS} phones", link_rate, "a second"),
            Mark(f"by batch of {BATCH}, {CLIENTS} threads", batch_rate, "a second"),
        ],
    )


def pgbench(script: Path) -> float:
    """Rows a second."""
    programs = binaries.choose(data_folder())
    words = [str(programs.folder / "pgbench"), "--no-vacuum", "--protocol=prepared"]
    words += [f"--file={script}", f"--client={CLIENTS}", "--jobs=1", f"--time={SECONDS}"]
    to = connections["owner"].get_connection_params()
    environment = {
        **os.environ,
        "PGHOST": str(to["host"]),
        "PGPORT": str(to["port"]),
        "PGUSER": str(to["user"]),
        "PGDATABASE": str(to["dbname"]),
        "PGOPTIONS": "-c cadre.actor=benchmark",
    }
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+) \(without initial", done.stdout)
    if done.returncode or not found or " 0 (0.000%)" not in failures(done.stdout):
        message = f"pgbench did not succeed: {done.stdout} {done.stderr}"
        raise SystemExit(message)
    return float(found[1])


def failures(said: str) -> str:
    line = re.search(r"number of failed transactions:.*", said)
    return line[0] if line else " 0 (0.000%)"  # those before 15 stop at the first


@cache
def everybody(number: str) -> tuple[Muster, list[Person]]:
    """The muster and the people on its list, read once in each process."""
    with seeing(OPERATOR):
        muster = lookups.muster(OPERATOR, number)
        if muster is None:
            message = f"There is no muster {number}."
            raise SystemExit(message)
        found = entries_of(OPERATOR, entries(muster))
    return muster, [each.person for each in found.values()]


def batched(number: str, clients: int) -> float:
    """Rows a second, in one process, from so many threads."""
    muster, people = everybody(number)
    begun = time.monotonic()
    with ThreadPoolExecutor(clients) as threads:
        taken = sum(
            threads.map(lambda first: send(muster, people, first, begun + SECONDS), range(clients))
        )
    return taken / (time.monotonic() - begun)


def send(muster: Muster, people: list[Person], first: int, until: float) -> int:
    """Sends batches until a moment; says how many reports were new."""
    taken = 0
    try:
        while time.monotonic() < until:
            at = now()
            news = [
                NewCheckIn(
                    person=people[(first + place) % len(people)],
                    said=Said(state="safe", occurred_at=at, key=uuid4()),
                    muster=muster,
                )
                for place in range(BATCH)
            ]
            with seeing(OPERATOR):  # which commits, as a request does
                taken += sum(each.new for each in check_in_many(news, by=OPERATOR, at=at))
            first += BATCH
    finally:
        connection.close()
    return taken


def sealed() -> None:
    """Nobody pays for what another case left to be sealed."""
    while seal():
        pass


if __name__ == "__main__":
    sys.exit(main())

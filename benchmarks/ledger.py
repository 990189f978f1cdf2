"""What the ledger costs: the triggers that write it down, sealing, and verifying.

The same rows are inserted, by the same statement of the role that owns the tables, into the table
of claims as it is and with its triggers switched off ("bare"); each time in a transaction that is
then rolled back. A row with the ledger is two rows more (the entry and its place in the queue for
its seal), with the whole row as JSON. Sealing takes one hash a row, one after the other; verifying
recomputes every hash and compares every row with its last entry.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from _harness import Mark, in_turns, report
from django.db import connections, transaction

from cadre.access.actions import acting, seal
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR
from cadre.record.actions import NewClaim, NewSource, record_claims, record_source
from cadre.record.queries import verify

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
ROWS = 5_000
LEDGER = 20_000
ROUNDS = 5
INSERT = """
    INSERT INTO record_claim (id, source_id, reference, subject, attribute, value, summary, "when",
        precision, said_by, sentences, status, reasoning, pack, claims, recorded_at, recorded_by,
        known_from, classification, communities, originator)
    SELECT gen_random_uuid(), (SELECT id FROM record_source), 'B' || n, 'Subject', 'attribute',
        'around ' || n, 'what was said', '2020', 'year', ARRAY['a speaker'], ARRAY['S1'],
        'stated', '', '', '{}', now(), 'benchmark', now(), 0, '{}', ''
    FROM generate_series(1, %s) AS n
"""


def main() -> int:
    with seeing(OPERATOR), acting("benchmark.fill", by=OPERATOR, at=AT):
        source = record_source(
            NewSource(name="letter", kind="letter", title="A letter"), by=OPERATOR, at=AT
        )
    taken = in_turns({"bare": inserting(bare=True), "kept": inserting(bare=False)}, rounds=ROUNDS)
    new = [
        NewClaim(
            subject="Subject",
            attribute="attribute",
            value=f"around {number}",
            said_by=("a speaker",),
            sentences=("S1",),
        )
        for number in range(LEDGER)
    ]
    with seeing(OPERATOR), transaction.atomic():
        record_claims(source, new, by=OPERATOR, at=AT)
        sealing, sealed = timed(seal)
    with seeing(OPERATOR):
        verifying, found = timed(verify)
    return report(
        "The ledger",
        [
            Mark("insert with the ledger / bare insert", taken["kept"] / taken["bare"]),
            Mark("bare insert, rows a second", ROWS / taken["bare"]),
            Mark("insert with the ledger, rows a second", ROWS / taken["kept"]),
            Mark("sealing, entries a second", sealed / sealing),
            Mark("verifying, entries a second", found.entries / verifying),
            Mark("entries verified", found.entries, at_least=LEDGER),
            Mark("troubles found", int(found.trouble is not None), at_most=0),
        ],
    )


def inserting(*, bare: bool) -> Callable[[], None]:
    def insert() -> None:
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('cadre.actor', 'benchmark', true)")
            if bare:
                cursor.execute("ALTER TABLE record_claim DISABLE TRIGGER USER")
            cursor.execute(INSERT, [ROWS])
            transaction.set_rollback(True, "owner")

    return insert


def timed[Result](work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    sys.exit(main())

"""Asking for one attribute of one subject in a record of 1,000,000 claims.

"ask" is `record.queries.ask` as pages and programs call it, under both clocks, with all that it
does: other names of the subject, row-level security, corrections, whether several values may hold,
and the answer as a value of the core. Against it stand, through the same connection and under the
same row-level security:

* "look-up": a bare statement, `SELECT * FROM record_claim WHERE id = …`, and its row;
* "look-up of a model": the claim with its source as Django loads them.

Everything takes turns, each time with another subject or key, so that nothing is asked twice.
"""

import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from _harness import READER, Mark, fetched, filling, in_turns, report
from django.db import connections

from cadre.access.queries import seeing
from cadre.record.models import Claim
from cadre.record.queries import ask

CLAIMS = 1_000_000
ATTRIBUTES = 20
SUBJECTS = CLAIMS // ATTRIBUTES // 2  # two claims on each attribute of each
ROUNDS = 500
ON = datetime(2026, 1, 1, tzinfo=UTC)
FILL = (
    """
    INSERT INTO record_source (id, name, kind, title, author, publisher, language, published, note,
        pack, claims, recorded_at, recorded_by, known_from, classification, communities, originator)
    SELECT gen_random_uuid(), 'source-' || n, 'report', 'A report', '', '', 'en', '2020', '',
        '', '{}', timestamptz '2020-06-01', 'benchmark', timestamptz '2020-01-01', n % 2, '{}', ''
    FROM generate_series(1, 1000) AS n
    """,
    f"""
    INSERT INTO record_claim (id, source_id, reference, subject, attribute, value, summary, "when",
        when_earliest, when_latest, precision, said_by, sentences, status, reasoning,
        pack, claims, recorded_at, recorded_by, known_from, classification, communities, originator)
    SELECT gen_random_uuid(), s.id, 'B' || n, 'Subject ' || n / {2 * ATTRIBUTES},
        'attribute ' || n % {ATTRIBUTES}, 'around ' || n, 'what was said', '2020',
        timestamptz '2020-01-01', timestamptz '2020-12-31', 'year',
        ARRAY['a speaker', 'a paper'], ARRAY['S1'], 'stated', '',
        '', '{{}}', timestamptz '2020-06-01', 'benchmark', timestamptz '2020-01-01',
        s.classification, '{{}}', ''
    FROM generate_series(0, {CLAIMS - 1}) AS n
    JOIN (SELECT row_number() OVER () AS number, id, classification FROM record_source) AS s
        ON s.number = n % 1000 + 1
    """,
    f"""
    INSERT INTO record_subject (id, key, title, kind, also, pack,
        classification, communities, originator)
    SELECT gen_random_uuid(), 'Subject ' || n, 'Subject ' || n, 'thing',
        ARRAY['also known as ' || n], '', 0, '{{}}', ''
    FROM generate_series(0, {SUBJECTS - 1}) AS n
    """,
    f"""
    INSERT INTO record_attribute (id, key, several, meaning, pack,
        classification, communities, originator)
    SELECT gen_random_uuid(), 'attribute ' || n, n % 2 = 0, '', '', 0, '{{}}', ''
    FROM generate_series(0, {ATTRIBUTES - 1}) AS n
    """,
)
TABLES = ("record_source", "record_claim", "record_subject", "record_attribute")


def main() -> int:
    with filling(*TABLES), connections["owner"].cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement)
    with seeing(READER):
        taken = in_turns(cases(), rounds=ROUNDS)
    return report(
        f"One question to a record of {CLAIMS:,} claims",
        [
            Mark("ask / look-up", taken["ask"] / taken["look-up"], at_most=3),
            Mark("ask / look-up of a model", taken["ask"] / taken["look-up of a model"], at_most=3),
            *(Mark(name, seconds * 1_000, "ms") for name, seconds in taken.items()),
        ],
    )


def cases() -> dict[str, Callable[[], object]]:
    dice = random.Random(3)  # noqa: S311  # no secret
    keys = [
        row[0]
        for row in fetched(
            "SELECT id FROM record_claim WHERE id > gen_random_uuid() ORDER BY id LIMIT %s",
            [2 * ROUNDS + 2],
        )
    ]

    def asking() -> object:
        subject, attribute = dice.randrange(SUBJECTS), dice.randrange(ATTRIBUTES)
        found = ask(READER, f"subject {subject}", f"attribute {attribute}", on=ON, known_on=ON)
        return found.said[0]

    def looking() -> object:
        return fetched("SELECT * FROM record_claim WHERE id = %s", [keys.pop()])[0]

    def loading() -> object:
        return Claim.objects.visible_to(READER).select_related("source").get(pk=keys.pop())

    return {"ask": asking, "look-up": looking, "look-up of a model": loading}


if __name__ == "__main__":
    sys.exit(main())

"""Issuing and the impact preview, for the fictional mission with 3,000 and with 300,000 sessions.

Issuing is the whole action, with ledger, lock and commit. The preview is measured against a plain
statement that counts the same sessions, courses and posts over the same 90 days, through the same
connection and under the same policies; so is that of a part, which counts fewer of them.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

from _harness import READER, Mark, fetched, filling, in_turns, report
from django.db import connection, connections

from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.releasability import OPERATOR
from cadre.directives.actions import NewDirective, issue
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.plan import Wish
from cadre.training.queries import impact

AT = datetime(2020, 1, 6, 7, 30, tzinfo=UTC)
MANY = 100  # times as many sessions
ROUNDS = 15
TABLES = ("training_session", "training_duty")
COPY_SESSIONS = """
    INSERT INTO training_session (
        id, classification, releasable_to, communities, originator, pack, kind, line, title, during,
        counterpart, course_id, mission_id, site_id
    )
    SELECT md5(s.id::text || copy)::uuid, classification, releasable_to, communities, originator,
        pack, kind, line, title, during, counterpart, course_id, mission_id, site_id
    FROM training_session AS s, generate_series(2, %s) AS copy
"""
COPY_DUTIES = """
    INSERT INTO training_duty (
        id, classification, releasable_to, communities, originator, pack, session_id, post_id
    )
    SELECT md5(d.id::text || copy)::uuid, classification, releasable_to, communities, originator,
        pack, md5(d.session_id::text || copy)::uuid, post_id
    FROM training_duty AS d, generate_series(2, %s) AS copy
"""
PLAIN = """
    WITH met AS MATERIALIZED (
        SELECT s.id, s.course_id FROM training_session AS s
        JOIN mission_mission AS m ON m.id = s.mission_id
        JOIN mission_site AS place ON place.id = s.site_id
        WHERE m.code = 'FTM' AND s.during && tstzrange(%s, %s)
    ),
    taught AS (SELECT DISTINCT course_id FROM met),
    teaching AS (
        SELECT count(DISTINCT p.id) AS posts, count(DISTINCT p.nation_id) AS nations
        FROM met JOIN training_duty AS d ON d.session_id = met.id
        JOIN mission_post AS p ON p.id = d.post_id
    )
    SELECT (SELECT count(*) FROM met), count(c.id), sum(c.trainees),
        (SELECT posts FROM teaching), (SELECT nations FROM teaching)
    FROM taught LEFT JOIN training_course AS c ON c.id = taught.course_id
"""
# Training at five of the eight sites, for the people of twelve nations.
PART = Scope(
    "FTM",
    frozenset({"training"}),
    frozenset(f"site-0{number}" for number in range(1, 6)),
    frozenset({"AL", "AU", "BE", "BG", "CA", "CZ", "DE", "DK", "EE", "ES", "FI", "FR"}),
)
numbers = count()


def main() -> int:
    with seeing(OPERATOR):
        make_sample(Wish(people=400, seed=1, scale=1, start=date(2019, 11, 4)), by=OPERATOR, at=AT)
    small = preview()
    few = median(issued)
    multiply()
    large = preview()
    many = median(issued)
    return report(
        "Issuing, and what a stop would stop",
        [
            Mark("issuing, 300,000 sessions / 3,000", many / few, at_most=1.2),
            Mark("issuing, 300,000 sessions", many * 1_000, "ms"),
            Mark("preview / plain count, 3,000 sessions", small["preview"] / small["plain"]),
            Mark("preview, 3,000 sessions", small["preview"] * 1_000, "ms"),
            Mark("preview / plain count, 300,000", large["preview"] / large["plain"], at_most=3),
            Mark("preview, 300,000 sessions", large["preview"] * 1_000, "ms"),
            Mark("preview of a part / plain count", large["part"] / large["plain"], at_most=3),
            Mark("plain count, 300,000 sessions", large["plain"] * 1_000, "ms"),
        ],
    )


def multiply() -> None:
    """A hundred copies of every session, without the ledger, which is measured by itself."""
    with filling(*TABLES), connections["owner"].cursor() as cursor:
        cursor.execute(COPY_SESSIONS, [MANY])
        cursor.execute(COPY_DUTIES, [MANY])


def median(act: Callable[[], None]) -> float:
    taken = []
    for _round in range(ROUNDS + 1):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def issued() -> None:
    """Issues one order for all training, each in other words than the one before."""
    new = NewDirective(
        effect=Posture.SUSPENDED,
        scope=Scope("FTM", frozenset({"training"})),
        authority="Commander",
        reason_code="threat_warning",
        reason=f"round {next(numbers)}",
        protective_action="Stay inside.",
        effective=Moment.at(AT),
        first_review_at=AT + timedelta(days=1),
        review_owner="J3",
    )
    with seeing(OPERATOR):
        issue(new, by=OPERATOR, at=AT)


def preview() -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with seeing(READER):
        return in_turns(
            {
                "preview": lambda: impact(READER, Scope("FTM"), at=AT, known_on=None),
                "part": lambda: impact(READER, PART, at=AT, known_on=None),
                "plain": lambda: fetched(PLAIN, [AT, AT + timedelta(days=90)]),
            },
            rounds=5,
        )


if __name__ == "__main__":
    sys.exit(main())

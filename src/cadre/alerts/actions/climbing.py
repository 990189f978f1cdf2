"""Going up the ladder: whom to tell next while nobody answers, each step once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from cadre.access.queries import seeing
from cadre.alerts.actions.telling import Told, again, reach, tell
from cadre.alerts.models import Alert, Cause, Recipient, StandIn, Why
from cadre.alerts.queries.ladders import DEPUTY, SELF, WARDEN
from cadre.alerts.queries.silent import lost, silent, steps_due
from cadre.alerts.queries.who import (
    MACHINE,
    deputies,
    people_of,
    wardens,
    who_may_see,
    with_role_for,
)

SILENT, FAILED = "silent", "failed"

CLIMB = """
INSERT INTO alerts_climb (id, recipient_id, rung, at, because,
    classification, releasable_to, communities, originator)
SELECT gen_random_uuid(), r.id, %(rung)s, %(at)s, %(because)s,
    r.classification, r.releasable_to, r.communities, r.originator
FROM alerts_recipient AS r WHERE r.id = ANY (%(recipients)s)
ON CONFLICT DO NOTHING
RETURNING recipient_id
"""
STAND_IN = """
INSERT INTO alerts_standin (id, recipient_id, silent_id, at,
    classification, releasable_to, communities, originator)
SELECT gen_random_uuid(), n.recipient, r.id, %(at)s,
    r.classification, r.releasable_to, r.communities, r.originator
FROM unnest(%(recipients)s::uuid[], %(silent)s::uuid[]) AS n (recipient, silent)
    JOIN alerts_recipient AS r ON r.id = n.silent
ON CONFLICT DO NOTHING
"""


type Steps = set[tuple[UUID, int]]


def climb_due(*, at: datetime, done: Steps | None = None) -> Steps:
    """Takes every step that is due now, each in a transaction of its own; gives those that are.

    `done`: steps that need not be looked at again, which grows by what is taken here: whoever was
    not silent when a step was due is not so later. Several workers may do so at once: each
    recipient is taken to each step by one of them.
    """
    with seeing(MACHINE):
        due = steps_due(at=at)
    seen = set() if done is None else done
    for alert, rung in due:
        if (alert, rung) not in seen:
            with transaction.atomic(), seeing(MACHINE):
                row = Alert.objects.select_related("mission").get(pk=alert)
                climb(row, silent(row), rung, SILENT, at=at)
            seen.add((alert, rung))
    return seen


def climb(alert: Alert, whom: Collection[UUID], rung: int, because: str, *, at: datetime) -> None:
    """Takes recipients to a step of the ladder: tells them by its channels, or whoever stands in.

    Whom nobody can be told for there goes on to the next step at once, up to the last one.
    """
    if not whom or rung >= len(alert.rungs):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            CLIMB, {"recipients": list(whom), "rung": rung, "at": at, "because": because}
        )
        new = [row for (row,) in cursor.fetchall()]
    if new:
        if alert.rungs[rung]["to"] == SELF:
            missed = reach(alert, new, rung=rung, at=at)
        else:
            missed = stand_in(alert, new, rung, at=at)
        climb(alert, missed, rung + 1, FAILED, at=at)


def stand_in(alert: Alert, whom: Sequence[UUID], rung: int, *, at: datetime) -> set[UUID]:
    """Tells others in the place of these recipients; gives those for whom there is nobody."""
    if alert.cause == Cause.HOLD:
        return set(whom)  # it leaves its nation by nobody's hand
    silent_rows = list(Recipient.objects.filter(pk__in=whom).select_related("person__nation"))
    found = instead_of(alert, silent_rows, str(alert.rungs[rung]["to"]), at=at)
    told = list(dict.fromkeys(each for standing in found.values() for each in standing))
    new = tell(alert, told, rung=rung, at=at)
    rows = {
        (row.person_id, row.account_id if row.person_id is None else None): row.pk
        for row in Recipient.objects.filter(alert=alert, rung=rung)
    }
    pairs = [
        (rows[each.person, each.account], whose)
        for whose, standing in found.items()
        for each in standing
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            STAND_IN,
            {
                "recipients": [recipient for recipient, _whose in pairs],
                "silent": [whose for _recipient, whose in pairs],
                "at": at,
            },
        )
    unreached = reach(alert, new, rung=rung, at=at)
    again(alert, {recipient for recipient, _whose in pairs} - set(new), rung=rung, at=at)
    reached = {whose for recipient, whose in pairs if recipient not in unreached}
    return set(whom) - reached


def instead_of(
    alert: Alert, rows: Sequence[Recipient], to: str, *, at: datetime
) -> dict[UUID, list[Told]]:
    """Who is told in the place of each of these recipients, by the recipient's row."""
    by_person = {row.person_id: row.pk for row in rows if row.person_id is not None}
    if to in {DEPUTY, WARDEN}:
        asked = deputies if to == DEPUTY else wardens
        return {
            by_person[person]: [Told(Why.STANDS_IN, person=each) for each in standing]
            for person, standing in asked(alert, list(by_person), at=at).items()
        }
    found: dict[UUID, list[Told]] = defaultdict(list)
    for nation, theirs in by_nation(rows).items():
        accounts = who_may_see(with_role_for(alert.mission, to, nation), alert.marking)
        people = people_of(accounts)
        for account in accounts:
            told = Told(Why.STANDS_IN, person=people.get(account), account=None)
            if account not in people:
                told = Told(Why.STANDS_IN, account=account)
            for row in theirs:
                if row.account_id != account:
                    found[row.pk].append(told)
    return found


def by_nation(rows: Sequence[Recipient]) -> dict[str, list[Recipient]]:
    found: dict[str, list[Recipient]] = defaultdict(list)
    for row in rows:
        found[row.person.nation.code if row.person else ""].append(row)
    return found


def failed_for(recipient: Recipient, rung: int, *, at: datetime) -> None:
    """An attempt of a step failed for good: where it was the last, the next step comes at once."""
    alert = recipient.alert
    if not lost([recipient.pk], rung):
        return
    waiting = set(concerned(recipient))
    if alert.acknowledging:
        waiting &= silent(alert)
    climb(alert, waiting, rung + 1, FAILED, at=at)


def concerned(recipient: Recipient) -> Iterator[UUID]:
    """Who is not reached when this recipient is not: himself, or those for whom he stands in and
    who have nobody else at this step.
    """
    if recipient.rung == 0:
        yield recipient.pk
        return
    theirs = StandIn.objects.filter(recipient=recipient).values_list("silent_id", flat=True)
    for whose in list(theirs):
        others = StandIn.objects.filter(silent=whose, recipient__rung=recipient.rung)
        standing = list(others.values_list("recipient_id", flat=True))
        if lost(standing, recipient.rung) == set(standing):
            yield whose

"""The queue: who takes an attempt, what is written before and after it goes out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from cadre.access.models import marking_values
from cadre.access.queries import seeing
from cadre.alerts.actions.browsers import forget_browser
from cadre.alerts.actions.climbing import failed_for
from cadre.alerts.channels import Message, Outcome
from cadre.alerts.models import (
    Attempt,
    AttemptEvent,
    OutboxMessage,
    Waiting,
)
from cadre.alerts.queries.silent import ended
from cadre.alerts.queries.who import MACHINE
from cadre.core.alerts import State, wait_before

# The longest waiting first. A lease is held for a time of the machine's clock: whoever dies with it
# lets it run out, and somebody else takes the attempt.
LEASE = """
UPDATE alerts_waiting AS w
SET leased_by = %(worker)s, tries = w.tries + 1,
    leased_until = clock_timestamp() + %(seconds)s * interval '1 second'
FROM (
    SELECT attempt_id FROM alerts_waiting
    WHERE lane = %(lane)s AND due_at <= %(at)s
        AND (leased_until IS NULL OR leased_until < clock_timestamp())
    ORDER BY due_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
) AS mine
WHERE w.attempt_id = mine.attempt_id
RETURNING w.attempt_id, w.tries
"""
# What is still held is about to go out, and is held anew for as long as that may take. An earlier
# try of which nobody knows what came may have arrived: then this one may be a second message.
BEGIN = """
WITH held AS (
    UPDATE alerts_waiting SET leased_until = clock_timestamp() + %(seconds)s * interval '1 second'
    WHERE attempt_id = ANY (%(attempts)s) AND leased_by = %(worker)s
        AND leased_until > clock_timestamp()
    RETURNING attempt_id
)
INSERT INTO alerts_attemptevent (id, attempt_id, state, at, reason, gateway_reference,
    possible_double, classification, releasable_to, communities, originator)
SELECT gen_random_uuid(), t.id, 'sending', %(at)s, '', '',
    t.channel = ANY (%(keyless)s) AND (
        SELECT count(*) FILTER (WHERE e.state = 'sending')
            > count(*) FILTER (WHERE e.state = 'deferred' AND NOT e.possible_double)
        FROM alerts_attemptevent AS e WHERE e.attempt_id = t.id
    ),
    t.classification, t.releasable_to, t.communities, t.originator
FROM held JOIN alerts_attempt AS t ON t.id = held.attempt_id
RETURNING attempt_id
"""

MOST_LETTERS: Final = 300  # of a reason
LONGEST_WAIT: Final = timedelta(minutes=15)  # whatever the other side asks for


@dataclass(frozen=True, slots=True)
class Leased:
    """An attempt that this worker holds, and how often it was taken with this time."""

    attempt: Attempt
    tries: int


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an attempt that was held."""

    leased: Leased
    outcome: Outcome


def lease(lane: int, worker: str, *, most: int, at: datetime) -> list[Leased]:
    """Takes the attempts of a lane that have waited longest and are due at `at`, at most so many;
    nobody else takes them until the lease runs out.
    """
    with transaction.atomic(), seeing(MACHINE):
        with connection.cursor() as cursor:
            cursor.execute(
                LEASE,
                {
                    "lane": lane,
                    "worker": worker,
                    "most": most,
                    "seconds": settings.CADRE_LEASE_SECONDS,
                    "at": at,
                },
            )
            tries = dict(cursor.fetchall())
        rows = Attempt.objects.filter(pk__in=tries).order_by("due_at", "pk")
        whole = rows.select_related(
            "recipient__alert__mission", "recipient__person__nation", "recipient__account"
        )
        return [Leased(row, tries[row.pk]) for row in whole]


def begin(
    held: Collection[Leased], worker: str, *, keyless: Collection[str], at: datetime
) -> set[UUID]:
    """Notes that these go out now, before they do; gives those that this worker still holds, which
    alone may go out. `keyless`: channels whose other side would send a message twice.
    """
    with transaction.atomic(), seeing(MACHINE), connection.cursor() as cursor:
        cursor.execute(
            BEGIN,
            {
                "attempts": [each.attempt.pk for each in held],
                "worker": worker,
                "seconds": settings.CADRE_LEASE_SECONDS,
                "keyless": list(keyless),
                "at": at,
            },
        )
        return {attempt for (attempt,) in cursor.fetchall()}


def finish(done: Sequence[Done], *, at: datetime) -> None:
    """Notes what came of attempts: sent, to be tried again after a while, or failed for good, which
    brings the next address or the next step of the ladder at once.
    """
    with transaction.atomic(), seeing(MACHINE):
        events, over = [], []
        for each in done:
            wait = pause(each)
            events.append(event_of(each, wait, at=at))
            if wait is None:
                over.append(each.leased.attempt.pk)
            else:
                waiting = Waiting.objects.filter(attempt=each.leased.attempt)
                waiting.update(due_at=at + wait, leased_until=None, leased_by="")
        AttemptEvent.objects.bulk_create(events)
        Waiting.objects.filter(attempt__in=over).delete()
        for each in done:
            if each.outcome.gone:
                because = each.outcome.reason[:MOST_LETTERS]
                forget_browser(each.leased.attempt, because, at=at)
            if not each.outcome.sent and each.leased.attempt.pk in over:
                give_up(each.leased.attempt, at=at)


def drop(taken: Sequence[Leased], reasons: Mapping[UUID, str], *, at: datetime) -> None:
    """Takes out of the queue what need not go out any more, and says why."""
    with transaction.atomic(), seeing(MACHINE):
        AttemptEvent.objects.bulk_create(
            AttemptEvent(
                attempt=each.attempt,
                state=State.FAILED.value,
                at=at,
                reason=reasons[each.attempt.pk],
                **marking_values(each.attempt.marking),
            )
            for each in taken
        )
        Waiting.objects.filter(attempt__in=[each.attempt.pk for each in taken]).delete()


def pause(done: Done) -> timedelta | None:
    """How long until it is tried again; None where it is over, well or badly. Where the other side
    wants to hear nothing for longer, it hears nothing.
    """
    if done.outcome.sent or not done.outcome.again:
        return None
    wait = wait_before(done.leased.tries)
    return wait and max(wait, min(timedelta(seconds=done.outcome.wait), LONGEST_WAIT))


def event_of(done: Done, wait: timedelta | None, *, at: datetime) -> AttemptEvent:
    return AttemptEvent(
        attempt=done.leased.attempt,
        state=state_of(done.outcome, wait).value,
        at=at,
        reason=done.outcome.reason[:MOST_LETTERS],
        gateway_reference=done.outcome.reference[:200],
        possible_double=done.outcome.unclear,
        **marking_values(done.leased.attempt.marking),
    )


def state_of(outcome: Outcome, wait: timedelta | None) -> State:
    if outcome.sent:
        return State.DELIVERED if outcome.delivered else State.SENT
    return State.FAILED if wait is None else State.DEFERRED


def give_up(attempt: Attempt, *, at: datetime) -> None:
    """An attempt failed for good: the next address of its channel is tried, else what comes next on
    the ladder.
    """
    if ended(attempt.recipient.alert):
        return
    if not next_address(attempt, at=at):
        failed_for(attempt.recipient, attempt.rung, at=at)


NEXT_ADDRESS = """
WITH made AS (
    INSERT INTO alerts_attempt (id, recipient_id, channel, address, verified, rung, number, due_at,
        classification, releasable_to, communities, originator)
    SELECT gen_random_uuid(), t.recipient_id, t.channel, w.address, w.verified, t.rung,
        t.number + 1, %(at)s, t.classification, t.releasable_to, t.communities, t.originator
    FROM alerts_attempt AS t
        CROSS JOIN LATERAL cadre_ways(ARRAY[t.recipient_id], ARRAY[t.channel::text]) AS w
    WHERE t.id = %(attempt)s AND t.channel <> 'push' AND NOT EXISTS (
        SELECT FROM alerts_attempt AS tried
        WHERE tried.recipient_id = t.recipient_id AND tried.channel = t.channel
            AND tried.rung = t.rung AND tried.address = w.address
    )
    ORDER BY w.number LIMIT 1
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO alerts_waiting (attempt_id, lane, due_at, leased_by, tries)
SELECT id, %(lane)s, %(at)s, '', 0 FROM made RETURNING attempt_id
"""


def next_address(attempt: Attempt, *, at: datetime) -> bool:
    """Queues an attempt by the next address of the same channel; False where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            NEXT_ADDRESS,
            {"attempt": attempt.pk, "lane": attempt.recipient.alert.lane, "at": at},
        )
        return cursor.fetchone() is not None


def keep_in_outbox(message: Message, *, at: datetime) -> None:
    """Keeps a message that goes nowhere, as in the demonstration; the same key once."""
    with transaction.atomic(), seeing(MACHINE):
        attempt = Attempt.objects.get(pk=UUID(message.key))
        if not OutboxMessage.objects.filter(attempt=attempt).exists():
            OutboxMessage.objects.create(
                attempt=attempt,
                channel=message.channel,
                address=message.address,
                language=message.language,
                subject=message.subject[:MOST_LETTERS],
                text=message.text,
                at=at,
                **marking_values(attempt.marking),
            )

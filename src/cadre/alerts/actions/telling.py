"""Recipients and attempts as rows: whole lists at once, in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from cadre.access.models import marking_values
from cadre.alerts.models import (
    Alert,
    Attempt,
    Contact,
    Lane,
    QuietHours,
    Recipient,
    Waiting,
    Why,
)
from cadre.core.alerts import Quiet, loud_from

WAKE = "cadre_alerts"  # the channel on which workers listen

# A person is told with the account that has his address, if one has; of several with one address
# the first. Each row carries the person's own marking, an account's that of the alert.
TELL = """
WITH named AS (
    SELECT * FROM unnest(%(people)s::uuid[], %(accounts)s::uuid[], %(why)s::text[])
        AS n (person, account, why)
), found AS (
    SELECT p.id AS person, a.id AS account, n.why, p.language, p.classification, p.releasable_to,
        p.communities, p.originator,
        row_number() OVER (PARTITION BY a.id ORDER BY p.code) AS of_account
    FROM named AS n JOIN mission_person AS p ON p.id = n.person
        LEFT JOIN access_account AS a
            ON p.email <> '' AND lower(a.email) = lower(p.email) AND a.is_active
    UNION ALL
    SELECT NULL, n.account, n.why, '', e.classification, e.releasable_to, e.communities,
        e.originator, 1
    FROM named AS n CROSS JOIN alerts_alert AS e
    WHERE n.person IS NULL AND e.id = %(alert)s
)
INSERT INTO alerts_recipient (id, alert_id, person_id, account_id, language, why, rung, added_at,
    classification, releasable_to, communities, originator)
SELECT gen_random_uuid(), %(alert)s, person, CASE WHEN of_account = 1 THEN account END,
    CASE WHEN language = ANY (%(languages)s) THEN language ELSE 'en' END, why, %(rung)s, %(at)s,
    classification, releasable_to, communities, originator
FROM found
"""
# At a later step somebody may be told already; from the start nobody is.
NEW = "RETURNING id"
ONCE = "ON CONFLICT DO NOTHING RETURNING id"

# One attempt for each recipient and channel by the first address, and its place in the queue; gives
# those who have none. Whoever only wants to be told waits behind those who have to know.
REACH = """
WITH ways AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, w.*,
        CASE WHEN w.why = 'subscribed' THEN %(ordinary)s ELSE %(lane)s END AS lane
    FROM cadre_ways(%(recipients)s::uuid[], %(channels)s::text[]) AS w
    WHERE w.number = 1 OR w.channel = 'push'
), made AS (
    INSERT INTO alerts_attempt (id, recipient_id, channel, address, verified, rung, number, due_at,
        classification, releasable_to, communities, originator)
    SELECT id, recipient, channel, address, verified, %(rung)s, number, %(at)s,
        classification, releasable_to, communities, originator
    FROM ways
), queued AS (
    INSERT INTO alerts_waiting (attempt_id, lane, due_at, leased_by, tries)
    SELECT id, lane, %(at)s, '', 0 FROM ways
)
SELECT r.id FROM unnest(%(recipients)s::uuid[]) AS r (id)
WHERE NOT EXISTS (SELECT FROM ways WHERE ways.recipient = r.id)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to be told: a person, or an account that is no person's."""

    why: Why
    person: UUID | None = None
    account: UUID | None = None


def tell(alert: Alert, whom: Sequence[Told], *, rung: int, at: datetime) -> list[UUID]:
    """Puts recipients on the list of an alert; gives those that are new, by their rows' ids."""
    if not whom:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"{TELL}{ONCE if rung else NEW}",
            {
                "alert": alert.pk,
                "people": [each.person for each in whom],
                "accounts": [each.account for each in whom],
                "why": [each.why.value for each in whom],
                "languages": [code for code, _name in settings.LANGUAGES],
                "rung": rung,
                "at": at,
            },
        )
        return [row for (row,) in cursor.fetchall()]


def reach(alert: Alert, recipients: Sequence[UUID], *, rung: int, at: datetime) -> set[UUID]:
    """Queues the attempts of a step of the ladder; gives the recipients that have none there."""
    channels = alert.rungs[rung]["channels"] if rung < len(alert.rungs) else []
    if not recipients or not channels:
        return set(recipients)
    with connection.cursor() as cursor:
        cursor.execute(
            REACH,
            {
                "recipients": list(recipients),
                "channels": channels,
                "rung": rung,
                "lane": alert.lane,
                "ordinary": Lane.ORDINARY.value,
                "at": at,
            },
        )
        missed = {row for (row,) in cursor.fetchall()}
        cursor.execute("SELECT pg_notify(%s, 'waiting')", [WAKE])
    keep_quiet(recipients, at=at)
    return missed


def reach_by(alert: Alert, recipient: UUID, contact: Contact, *, at: datetime) -> Attempt:
    """Queues one attempt by one address, whatever others there are."""
    row = Attempt.objects.create(
        recipient_id=recipient,
        channel=contact.channel,
        address=contact.address,
        verified=contact.verified_at is not None,
        due_at=at,
        **marking_values(contact.marking),
    )
    Waiting.objects.create(attempt=row, lane=alert.lane, due_at=at)
    return row


# Once more to who was told already, by the address that was used, unless it still waits to go out.
AGAIN = """
WITH last AS (
    SELECT DISTINCT ON (t.recipient_id, t.channel) t.* FROM alerts_attempt AS t
    WHERE t.recipient_id = ANY (%(recipients)s) AND t.rung = %(rung)s
    ORDER BY t.recipient_id, t.channel, t.number DESC
), made AS (
    INSERT INTO alerts_attempt (id, recipient_id, channel, address, verified, rung, number, due_at,
        classification, releasable_to, communities, originator)
    SELECT gen_random_uuid(), l.recipient_id, l.channel, l.address, l.verified, l.rung,
        l.number + 1, %(at)s, l.classification, l.releasable_to, l.communities, l.originator
    FROM last AS l
    WHERE NOT EXISTS (
        SELECT FROM alerts_waiting AS w JOIN alerts_attempt AS t ON t.id = w.attempt_id
        WHERE t.recipient_id = l.recipient_id AND t.rung = l.rung AND w.tries = 0
    )
    RETURNING id
)
INSERT INTO alerts_waiting (attempt_id, lane, due_at, leased_by, tries)
SELECT id, %(lane)s, %(at)s, '', 0 FROM made
"""


def again(alert: Alert, recipients: Collection[UUID], *, rung: int, at: datetime) -> None:
    """Tells once more who stands in for somebody else as well by now. What waits in the queue says
    so anyway: a message is put together when it goes out.
    """
    if recipients:
        with connection.cursor() as cursor:
            cursor.execute(
                AGAIN,
                {"recipients": list(recipients), "rung": rung, "lane": alert.lane, "at": at},
            )


def keep_quiet(recipients: Sequence[UUID], *, at: datetime) -> None:
    """Ordinary attempts wait until the quiet hours of those whom they are for end."""
    rows = Recipient.objects.filter(pk__in=recipients)
    theirs = QuietHours.objects.filter(dropped=False).filter(
        Q(person__in=rows.values("person")) | Q(account__in=rows.values("account"))
    )
    for each in theirs:
        loud = loud_from(at, Quiet(each.begins, each.ends, each.zone))
        if loud > at:
            waiting = Waiting.objects.filter(
                lane=Lane.ORDINARY, attempt__recipient__in=recipients, due_at__lt=loud
            )
            of_whom = Q(attempt__recipient__account=each.account_id)
            if each.person_id is not None:
                of_whom = Q(attempt__recipient__person=each.person_id)
            waiting.filter(of_whom).update(due_at=loud)

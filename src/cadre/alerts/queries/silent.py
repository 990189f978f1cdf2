"""Who has not answered an alert, and whether enough others have."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from cadre.alerts.models import Alert, Cause, Recipient, Why
from cadre.alerts.queries.ladders import kept
from cadre.core.alerts import Acknowledging, Ladder, State, standing

# At a muster a warden's word that he looks is no answer: each is asked until he is accounted for.
EACH_FOR_HIMSELF: Final = frozenset({Cause.MUSTER, Cause.RECHECK})
REMEMBERED: Final = timedelta(days=7)  # a step that was missed for so long is not taken any more

# Asked from the start, and neither he nor who stood in for him by then has acknowledged.
SILENT = """
SELECT r.id FROM alerts_recipient AS r
WHERE r.alert_id = %(alert)s AND r.rung = 0 AND r.why <> 'subscribed'
    AND NOT EXISTS (SELECT FROM alerts_acknowledgement AS k WHERE k.recipient_id = r.id)
    AND (%(alone)s OR NOT EXISTS (
        SELECT FROM alerts_standin AS s
            JOIN alerts_acknowledgement AS k ON k.recipient_id = s.recipient_id AND k.at >= s.at
        WHERE s.silent_id = r.id
    ))
"""
# The steps of ladders whose time has come, of alerts that are not over.
DUE = """
SELECT a.id, (g.n - 1)::int FROM alerts_alert AS a
    CROSS JOIN LATERAL jsonb_array_elements(a.rungs) WITH ORDINALITY AS g (step, n)
WHERE a.acknowledging <> '' AND a.phase = 'first' AND a.made_at > %(since)s AND g.n > 1
    AND a.made_at + (g.step ->> 'after')::int * interval '1 minute' <= %(at)s
    AND NOT EXISTS (
        SELECT FROM alerts_alert AS later
        WHERE later.first_id = a.id AND later.phase IN ('cancel', 'all_clear')
    )
ORDER BY a.lane, a.made_at, g.n
"""


def steps_due(*, at: datetime) -> list[tuple[UUID, int]]:
    """Alerts and the steps of their ladders that have come, the life-safety ones first."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"at": at, "since": at - REMEMBERED})
        return [(alert, rung) for alert, rung in cursor.fetchall()]


def silent(alert: Alert) -> set[UUID]:
    """The recipients who still have to answer; nobody where enough have, or nobody has to."""
    if not alert.acknowledging or ended(alert):
        return set()
    alone = alert.cause in EACH_FOR_HIMSELF
    with connection.cursor() as cursor:
        cursor.execute(SILENT, {"alert": alert.pk, "alone": alone})
        found = {row for (row,) in cursor.fetchall()}
    asked = asked_of(alert)
    return set() if ladder_of(alert).enough(asked - len(found), asked) else found


def asked_of(alert: Alert) -> int:
    """How many were asked from the start."""
    rows = Recipient.objects.filter(alert=alert, rung=0).exclude(why=Why.SUBSCRIBED)
    return rows.count()


def ended(alert: Alert) -> bool:
    """The alert was cancelled, or all is clear."""
    ends = ["cancel", "all_clear"]
    return Alert.objects.filter(first=alert, phase__in=ends).exists()


def ladder_of(alert: Alert) -> Ladder:
    """The ladder as the alert keeps it."""
    return Ladder(
        Acknowledging(alert.acknowledging or Acknowledging.FIRST),
        timedelta(minutes=alert.window_minutes or 0),
        kept(alert.rungs),
        alert.wanted,
    )


def lost(recipients: Sequence[UUID], rung: int) -> set[UUID]:
    """Of these recipients, those none of whose attempts of a step is on its way or went out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.recipient_id, t.id, coalesce(array_agg(e.state) FILTER (WHERE e.id IS NOT"
            " NULL), '{}') FROM alerts_attempt AS t LEFT JOIN alerts_attemptevent AS e"
            " ON e.attempt_id = t.id WHERE t.recipient_id = ANY (%s) AND t.rung = %s"
            " GROUP BY t.recipient_id, t.id",
            [list(recipients), rung],
        )
        alive = {
            recipient
            for recipient, _attempt, states in cursor.fetchall()
            if standing(State(each) for each in states) is not State.FAILED
        }
    return set(recipients) - alive

"""Who of those who are asked at a muster has answered, and who is to be asked again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from cadre.accountability.models import Muster
from cadre.accountability.queries.standings import Asked, Stood, stood
from cadre.alerts.models import Alert, Cause

# Recipients who have not acknowledged, and of whom something was said since they were asked (for a
# muster, since reports count): only of these is it asked how they stand.
SAID = """
SELECT r.id, e.id FROM alerts_alert AS a
    JOIN alerts_recipient AS r ON r.alert_id = a.id AND r.rung = 0
    JOIN accountability_musterentry AS e ON e.muster_id = %(muster)s AND e.person_id = r.person_id
WHERE a.id = %(alert)s
    AND NOT EXISTS (SELECT FROM alerts_acknowledgement AS k WHERE k.recipient_id = r.id)
    AND EXISTS (
        SELECT FROM accountability_checkin AS c
        WHERE c.person_id = r.person_id AND c.occurred_at >= %(since)s
    )
"""
# Of whom nothing was said for so long, and who was not asked again since.
QUIET = """
SELECT e.id, e.person_id FROM accountability_musterentry AS e CROSS JOIN LATERAL (
    SELECT max(c.occurred_at) AS at FROM accountability_checkin AS c
    WHERE c.person_id = e.person_id AND c.occurred_at >= %(since)s
) AS last
WHERE e.muster_id = %(muster)s AND e.excluded = '' AND last.at <= %(before)s
    AND NOT EXISTS (
        SELECT FROM alerts_recipient AS r JOIN alerts_alert AS a ON a.id = r.alert_id
        WHERE r.person_id = e.person_id AND a.cause = 'recheck'
            AND a.content ->> 'muster' = %(number)s AND r.added_at > last.at
    )
"""


def accounted(alert: Alert, *, at: datetime) -> dict[UUID, datetime]:
    """The recipients of a muster's alert who are accounted for by now, and since when. What is
    unclear is no answer. Who is asked again answers by what was said since.
    """
    muster = Muster.objects.filter(number=str(alert.content.get("muster", ""))).first()
    if muster is None:
        return {}
    again = alert.cause == Cause.RECHECK
    since = alert.made_at if again else muster.counts_from
    with connection.cursor() as cursor:
        cursor.execute(SAID, {"alert": alert.pk, "muster": muster.pk, "since": since})
        entries = dict(cursor.fetchall())
    found = stood(Asked(muster, at), list(entries.values())) if entries else {}
    answers = {key: answered_at(found[entry], since) for key, entry in entries.items()}
    return {key: moment for key, moment in answers.items() if moment is not None}


def answered_at(told: Stood, since: datetime) -> datetime | None:
    """When somebody was accounted for; None for who is not, or not since a moment."""
    if not told.state.accounted or told.standing.recheck_due:
        return None
    return max(told.accounted_at or told.standing.since or since, since)


def due_again(muster: Muster, *, at: datetime) -> list[UUID]:
    """The people whose word at an open muster is too old by now, and who were not asked again."""
    before = at - timedelta(minutes=muster.recheck_minutes or 0)
    with connection.cursor() as cursor:
        cursor.execute(
            QUIET,
            {
                "muster": muster.pk,
                "number": muster.number,
                "since": muster.counts_from,
                "before": before,
            },
        )
        people = dict(cursor.fetchall())
    found = stood(Asked(muster, at), list(people)) if people else {}
    return [people[entry] for entry, told in found.items() if told.standing.recheck_due]

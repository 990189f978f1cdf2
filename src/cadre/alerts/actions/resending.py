"""Telling those once more whom nothing reached."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.access.queries import seeing
from cadre.alerts.actions.answering import alone
from cadre.alerts.actions.telling import WAKE
from cadre.alerts.models import Alert
from cadre.alerts.queries.ladders import kept
from cadre.alerts.queries.shown import standings
from cadre.alerts.queries.silent import ended
from cadre.alerts.queries.who import MACHINE
from cadre.core.alerts import Outcome
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer

# By every address that there is now, whether it was tried before or noted since. Numbers go on
# after those of the attempts that were made.
ONCE_MORE = """
WITH ways AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, w.*, r.rung, w.number + coalesce((
        SELECT max(t.number) FROM alerts_attempt AS t
        WHERE t.recipient_id = r.id AND t.rung = r.rung AND t.channel = w.channel
    ), 0) AS next
    FROM cadre_ways(%(recipients)s::uuid[], %(channels)s::text[]) AS w
        JOIN alerts_recipient AS r ON r.id = w.recipient
), made AS (
    INSERT INTO alerts_attempt (id, recipient_id, channel, address, verified, rung, number, due_at,
        classification, releasable_to, communities, originator)
    SELECT id, recipient, channel, address, verified, rung, next, %(at)s,
        classification, releasable_to, communities, originator
    FROM ways
), queued AS (
    INSERT INTO alerts_waiting (attempt_id, lane, due_at, leased_by, tries)
    SELECT id, %(lane)s, %(at)s, '', 0 FROM ways
)
SELECT count(DISTINCT recipient) FROM ways
"""


def send_again(alert: Alert, *, by: Viewer, at: datetime) -> int:
    """Tells everybody whom nothing reached once more, by every channel of the ladder and every
    address that there is now; says how many of them have one.

    Raises NotAllowed for who may not; Refused for what is over, where nobody was missed, and where
    nobody who was has an address.
    """
    require(by, "alerts.send", alert.mission.code if alert.mission else "")
    with transaction.atomic(), seeing(MACHINE):
        alone(alert.pk)
        if ended(alert.first or alert):
            raise Refused(_("This is over already."))
        stood = standings(alert, on=at)
        missed = [each.recipient for each in stood if each.outcome is Outcome.NOT_REACHED]
        if not missed:
            raise Refused(_("There is nobody whom nothing reached."))
        channels = sorted({name for each in kept(alert.rungs) for name in each.channels})
        with connection.cursor() as cursor:
            cursor.execute(
                ONCE_MORE,
                {"recipients": missed, "channels": channels, "lane": alert.lane, "at": at},
            )
            (told,) = cursor.fetchone() or (0,)
            cursor.execute("SELECT pg_notify(%s, 'waiting')", [WAKE])
    if not told:
        raise Refused(_("None of those who were not reached has an address: call them."))
    return int(told)

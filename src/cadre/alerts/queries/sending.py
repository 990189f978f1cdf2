"""What goes out: the messages of attempts that a worker holds, and which of them are over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from cadre.access.queries import seeing
from cadre.alerts.channels import Message, reasons
from cadre.alerts.channels.content import cut
from cadre.alerts.models import Attempt, Channel, Lane, Phase, PushSubscription
from cadre.alerts.queries.browsers import address_to
from cadre.alerts.queries.who import MACHINE
from cadre.alerts.queries.wording import notices

# What need not go out any more: the alert is over, who was to be told once more has answered since,
# or an earlier try is known to have arrived.
OVER = """
SELECT t.id,
    EXISTS (
        SELECT FROM alerts_alert AS later WHERE later.first_id = a.id
            AND later.phase IN ('cancel', 'all_clear')
    ) AND a.phase = 'first',
    t.rung > 0 AND r.rung = 0
        AND EXISTS (SELECT FROM alerts_acknowledgement AS k WHERE k.recipient_id = r.id),
    EXISTS (
        SELECT FROM alerts_attemptevent AS e
        WHERE e.attempt_id = t.id AND e.state IN ('delivered', 'read', 'acknowledged')
    )
FROM alerts_attempt AS t JOIN alerts_recipient AS r ON r.id = t.recipient_id
    JOIN alerts_alert AS a ON a.id = r.alert_id
WHERE t.id = ANY (%s)
"""
# The key of the first message that went by the same channel to the same address.
FOLLOWS = """
SELECT DISTINCT ON (t.id) t.id, earlier.id
FROM alerts_attempt AS t JOIN alerts_recipient AS r ON r.id = t.recipient_id
    JOIN alerts_alert AS a ON a.id = r.alert_id
    JOIN alerts_recipient AS told ON told.alert_id = a.first_id
    JOIN alerts_attempt AS earlier ON earlier.recipient_id = told.id
        AND earlier.channel = t.channel AND earlier.address = t.address
WHERE t.id = ANY (%s)
ORDER BY t.id, earlier.due_at, earlier.number
"""


def over(attempts: Sequence[UUID]) -> dict[UUID, str]:
    """Why an attempt need not be made any more; those that have to be are left out."""
    found: dict[UUID, str] = {}
    with seeing(MACHINE), connection.cursor() as cursor:
        cursor.execute(OVER, [list(attempts)])
        for attempt, ended, answered, arrived in cursor.fetchall():
            if ended or answered or arrived:
                why = reasons.OVER if ended else reasons.ANSWERED if answered else reasons.ARRIVED
                found[attempt] = reasons.said(why)
    return found


def messages(attempts: Sequence[Attempt], *, now: datetime) -> dict[UUID, Message]:
    """Each message as its channel may carry it, put together from what its recipient may see now,
    without names that are held.

    Rows come with recipient, alert, mission, person, nation and account.
    """
    with seeing(MACHINE):
        follows = followed(attempts)
        addresses = browsers(attempts)
        told = notices(attempts, now=now)
    return {
        each.pk: replace(
            cut(
                told[each.pk],
                key=str(each.pk),
                channel=each.channel,
                address=addresses.get(each.address, each.address),
                urgent=each.recipient.alert.lane == Lane.LIFE_SAFETY,
            ),
            follows=str(follows.get(each.pk, "")),
        )
        for each in attempts
    }


def followed(attempts: Sequence[Attempt]) -> dict[UUID, UUID]:
    later = [each.pk for each in attempts if each.recipient.alert.phase != Phase.FIRST]
    if not later:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWS, [later])
        return dict(cursor.fetchall())


def browsers(attempts: Sequence[Attempt]) -> dict[str, str]:
    """With what browsers are written to, by the endpoint."""
    endpoints = [each.address for each in attempts if each.channel == Channel.PUSH]
    rows = PushSubscription.objects.filter(endpoint__in=endpoints, dropped=False)
    return {each.endpoint: address_to(each) for each in rows}

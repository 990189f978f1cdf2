"""Alerts as a list, the loudest first, and one's own messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db import connection
from django.utils.translation import get_language, override

from cadre.access.models import MarkedQuerySet
from cadre.access.queries import seeing
from cadre.accountability.queries.held_names import held_names
from cadre.accountability.queries.holds import withheld
from cadre.accountability.queries.when import When
from cadre.alerts.channels import Notice
from cadre.alerts.links import recipient_of
from cadre.alerts.models import (
    Acknowledgement,
    Alert,
    Attempt,
    AttemptEvent,
    Channel,
    Lane,
    OutboxMessage,
    Phase,
    Recipient,
    StandIn,
    Why,
)
from cadre.alerts.queries.who import MACHINE
from cadre.alerts.queries.wording import Sight, notice_to, subject_for, viewer_for
from cadre.core.alerts import State
from cadre.core.moments import earlier
from cadre.core.releasability import Viewer
from cadre.mission.queries.posts import Extent, Listed

PAGE: Final = 50
RECENT: Final = timedelta(days=2)

# Of those who were told of these alerts from the start: how many, how many have answered, and how
# many have no attempt that is on its way or went out.
COUNTS = """
SELECT r.alert_id, count(*),
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM alerts_acknowledgement AS k WHERE k.recipient_id = r.id
    ) OR EXISTS (
        SELECT FROM alerts_standin AS s
            JOIN alerts_acknowledgement AS k ON k.recipient_id = s.recipient_id AND k.at >= s.at
        WHERE s.silent_id = r.id
    )),
    count(*) FILTER (WHERE NOT EXISTS (
        SELECT FROM alerts_attempt AS t WHERE t.recipient_id = r.id AND NOT EXISTS (
            SELECT FROM alerts_attemptevent AS e WHERE e.attempt_id = t.id AND e.state = 'failed'
        )
    ) AND NOT EXISTS (
        SELECT FROM alerts_acknowledgement AS k WHERE k.recipient_id = r.id
    ))
FROM alerts_recipient AS r
WHERE r.alert_id = ANY (%s) AND r.rung = 0 AND r.why <> 'subscribed'
GROUP BY r.alert_id
"""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert in a list: what it is about for this viewer, and how many were told and answered.

    `not_reached`: nothing went out to them; told as loudly as anything.
    """

    row: Alert
    subject: str
    told: int
    answered: int
    not_reached: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; nothing is no limit."""

    mission: str = ""
    cause: str = ""
    lane: int | None = None


def alerts(viewer: Viewer, wanted: Wanted, *, page: int, when: When) -> Listed[AlertLine]:
    """A page of the alerts that were made by a moment and that the viewer may know of, newest
    first.
    """
    rows = Alert.objects.visible_to(viewer).filter(made_at__lte=when.on).select_related("mission")
    if wanted.mission:
        rows = rows.filter(mission__code=wanted.mission)
    if wanted.cause:
        rows = rows.filter(cause=wanted.cause)
    if wanted.lane is not None:
        rows = rows.filter(lane=wanted.lane)
    found = Paginator(rows.order_by("-made_at", "-number"), PAGE).get_page(page)
    extent = Extent(found.paginator.count, found.paginator.num_pages)
    return Listed(lines(viewer, list(found.object_list), now=when.now), found.number, extent)


def lines(viewer: Viewer, rows: Sequence[Alert], *, now: datetime) -> list[AlertLine]:
    with seeing(MACHINE), connection.cursor() as cursor:
        cursor.execute(COUNTS, [[row.pk for row in rows]])
        counts = {alert: numbers for alert, *numbers in cursor.fetchall()}
    held = held_names(now=now)
    return [
        AlertLine(row, subject_for(Sight(row, viewer, held)), *counts.get(row.pk, (0, 0, 0)))
        for row in rows
    ]


def nobody_reached(viewer: Viewer, *, on: datetime, now: datetime) -> list[AlertLine]:
    """Life-safety alerts of the last two days of which somebody was not reached, newest first."""
    rows = Alert.objects.visible_to(viewer).filter(
        lane=Lane.LIFE_SAFETY, phase=Phase.FIRST, made_at__lte=on, made_at__gt=earlier(on, RECENT)
    )
    found = lines(viewer, list(rows.select_related("mission").order_by("-made_at")[:PAGE]), now=now)
    return [each for each in found if each.not_reached]


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message to the viewer himself. `to_acknowledge`: he is asked to and has not."""

    row: Recipient
    notice: Notice
    acknowledged_at: datetime | None
    read: bool
    to_acknowledge: bool


def own(viewer: Viewer, *, page: int, when: When) -> Listed[OwnMessage]:
    """The viewer's own messages, newest first, and nobody else's; the operator has none.

    What a message is about he may not be allowed to see: he finds that there is one all the same.
    """
    if not viewer.account:
        return Listed((), 1, Extent(0, 1))
    with seeing(MACHINE):
        found = Paginator(mine(viewer, on=when.on).order_by("-added_at", "-pk"), PAGE).get_page(
            page
        )
        rows = list(found.object_list)
    extent = Extent(found.paginator.count, found.paginator.num_pages)
    return Listed(messages(viewer, rows, now=when.now), found.number, extent)


def mine(viewer: Viewer, *, on: datetime) -> MarkedQuerySet[Recipient]:
    rows = Recipient.objects.filter(account__email__iexact=viewer.account or "")
    return rows.filter(added_at__lte=on).select_related(
        "alert__mission", "person__nation", "account"
    )


def to_acknowledge(viewer: Viewer, *, on: datetime) -> int:
    """How many of his own messages the viewer has yet to acknowledge, while they are not over."""
    if not viewer.account:
        return 0
    with seeing(MACHINE):
        return len(asking(list(mine(viewer, on=on).filter(added_at__gt=earlier(on, 7 * RECENT)))))


def asking(rows: Sequence[Recipient]) -> set[UUID]:
    """Of these messages, those that ask for an answer and have none."""
    keys = [row.pk for row in rows]
    answers = Acknowledgement.objects.filter(recipient__in=keys)
    answered = {each.recipient_id: each.at for each in answers.order_by("at")}
    stood_in = StandIn.objects.filter(recipient__in=keys).order_by("at")
    newer = {each.recipient_id: each.at for each in stood_in}
    ends = [Phase.CANCEL.value, Phase.ALL_CLEAR.value]
    first = [row.alert_id for row in rows]
    over = set(
        Alert.objects.filter(first__in=first, phase__in=ends).values_list("first_id", flat=True)
    )
    return {
        row.pk
        for row in rows
        if row.alert.acknowledging
        and row.why != Why.SUBSCRIBED
        and row.alert_id not in over
        and not (row.pk in answered and answered[row.pk] >= newer.get(row.pk, answered[row.pk]))
    }


def messages(viewer: Viewer, rows: Sequence[Recipient], *, now: datetime) -> list[OwnMessage]:
    with seeing(MACHINE):
        wanted = asking(rows)
        answers = Acknowledgement.objects.filter(recipient__in=[row.pk for row in rows])
        answered = {each.recipient_id: each.at for each in answers.order_by("at")}
        pages = Attempt.objects.filter(recipient__in=[row.pk for row in rows], channel=Channel.PAGE)
        seen = AttemptEvent.objects.filter(attempt__in=pages, state=State.READ.value)
        read = set(seen.values_list("attempt__recipient_id", flat=True))
    language, held = get_language() or "en", held_names(now=now)
    return [
        OwnMessage(
            row,
            notice_to(row, language, viewer, held),
            answered.get(row.pk),
            row.pk in read,
            row.pk in wanted,
        )
        for row in rows
    ]


def by_link(token: str, *, now: datetime) -> OwnMessage | None:
    """For who holds a link: the message as its recipient may read it, in his language; None for a
    link that this node did not make, which says nothing about anybody.
    """
    key = recipient_of(token)
    with seeing(MACHINE):
        rows = Recipient.objects.select_related("alert__mission", "person__nation", "account")
        row = rows.filter(pk=key).first() if key else None
        if row is None:
            return None
        with override(row.language):
            return messages(viewer_for(row), [row], now=now)[0]


@dataclass(frozen=True, slots=True)
class Sought:
    """Of what an outbox is shown: one channel, or all (""), and a part of the address."""

    channel: str = ""
    to: str = ""


def outbox(viewer: Viewer, sought: Sought, *, page: int, now: datetime) -> Listed[OutboxMessage]:
    """What would have gone out where nothing leaves, newest first. Whose name is held now is not in
    it, and is not named in what was written to others before.
    """
    rows = OutboxMessage.objects.visible_to(viewer)
    if sought.channel:
        rows = rows.filter(channel=sought.channel)
    if sought.to:
        rows = rows.filter(address__icontains=sought.to)
    rows = rows.exclude(attempt__recipient__person__in=withheld(now=now))
    found = Paginator(rows.order_by("-at", "-pk"), PAGE).get_page(page)
    held = held_names(now=now)
    for each in found.object_list:
        each.subject, each.text = held.out_of(each.subject), held.out_of(each.text)
    return Listed.of(found, list(found.object_list))

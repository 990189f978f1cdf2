"""Alerts as programs read them."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from cadre.alerts.queries.contacts import ContactRead
from cadre.alerts.queries.health import ChannelRead, Heartbeat
from cadre.alerts.queries.lists import AlertLine, OwnMessage
from cadre.alerts.queries.rows import Alert, Lane, OutboxMessage
from cadre.alerts.queries.shown import AlertShown, AttemptRead, RecipientRead

LANES = {Lane.LIFE_SAFETY.value: "life safety", Lane.ORDINARY.value: "ordinary"}


class AlertLineOut(Schema):
    """An alert: how many were told, how many nothing reached, and how many answered."""

    id: UUID
    number: str
    subject: str
    mission: str | None
    cause: str
    phase: str
    lane: str
    exercise: bool
    made_at: datetime
    told: int
    not_reached: int
    answered: int


class AttemptOut(Schema):
    """One message to one address. `state`: the furthest that is known."""

    channel: str
    address: str
    verified: bool
    step: int
    state: str
    at: datetime | None
    reason: str
    possible_double: bool


class AcknowledgedOut(Schema):
    """Who acknowledged, when and how."""

    at: datetime
    how: str
    by: str


class RecipientOut(Schema):
    """Somebody who was told, as far as the name may be seen. `step` 0: from the start."""

    person: str | None
    name: str
    why: str
    step: int
    outcome: str
    answered_at: datetime | None
    attempts: list[AttemptOut]
    answers: list[AcknowledgedOut]


class AlertTimesOut(Schema):
    """When the first answered, half, 95 % and the last so far; null where that has not come."""

    first: datetime | None
    half: datetime | None
    nearly_all: datetime | None
    last: datetime | None


class AlertOut(Schema):
    """How an alert stands. `counts` is of all; `unnamed` of those whose names may not be seen."""

    id: UUID
    number: str
    mission: str | None
    cause: str
    phase: str
    lane: str
    exercise: bool
    made_at: datetime
    asked: int
    counts: dict[str, int]
    unnamed: dict[str, int]
    times: AlertTimesOut
    recipients: list[RecipientOut]
    pages: int
    chain: list[str]


class OwnMessageOut(Schema):
    """A message to oneself."""

    id: UUID
    subject: str
    text: str
    protective_action: str
    exercise: bool
    at: datetime
    acknowledged_at: datetime | None
    to_acknowledge: bool
    read: bool


class ContactOut(Schema):
    """An address of somebody. `id` null: of the directory, which nobody verified."""

    id: UUID | None
    channel: str
    address: str
    verified: bool


class ChannelOut(Schema):
    """A channel and its last test; `ok` null: it was never tested."""

    channel: str
    set_up: bool
    ok: bool | None
    at: datetime | None
    reason: str


class WorkerOut(Schema):
    """A worker, by the machine's clock."""

    name: str
    at: datetime
    ended: bool
    late: bool


class HeartbeatOut(Schema):
    """Whether messages go out. `oldest_seconds`: how long the oldest life-safety message waits."""

    ok: bool
    oldest_seconds: float | None
    stuck: int
    workers: list[WorkerOut]


class OutboxOut(Schema):
    """What would have gone out."""

    channel: str
    address: str
    language: str
    subject: str
    text: str
    at: datetime


def code_of(alert: Alert) -> str | None:
    return alert.mission.code if alert.mission else None


def line_out(line: AlertLine) -> AlertLineOut:
    row = line.row
    return AlertLineOut(
        id=row.pk,
        number=row.number,
        subject=line.subject,
        mission=code_of(row),
        cause=row.cause,
        phase=row.phase,
        lane=LANES[row.lane],
        exercise=row.exercise,
        made_at=row.made_at,
        told=line.told,
        not_reached=line.not_reached,
        answered=line.answered,
    )


def alert_out(found: AlertShown) -> AlertOut:
    row, times = found.row, found.times
    return AlertOut(
        id=row.pk,
        number=row.number,
        mission=code_of(row),
        cause=row.cause,
        phase=row.phase,
        lane=LANES[row.lane],
        exercise=row.exercise,
        made_at=row.made_at,
        asked=found.asked,
        counts={each.value: number for each, number in found.counts.items()},
        unnamed={each.value: number for each, number in found.unnamed.items()},
        times=AlertTimesOut(
            first=times.first, half=times.half, nearly_all=times.nearly_all, last=times.last
        ),
        recipients=[recipient_out(each) for each in found.recipients.object_list],
        pages=found.recipients.paginator.num_pages,
        chain=[each.number for each in found.chain],
    )


def recipient_out(read: RecipientRead) -> RecipientOut:
    row = read.row
    named = row.person or row.account
    return RecipientOut(
        person=row.person.code if row.person else None,
        name=named.name if named else "",
        why=row.why,
        step=row.rung,
        outcome=read.outcome.value,
        answered_at=read.answered_at,
        attempts=[attempt_out(each) for each in read.attempts],
        answers=[AcknowledgedOut(at=each.at, how=each.how, by=each.by) for each in read.answers],
    )


def attempt_out(read: AttemptRead) -> AttemptOut:
    """The address of a browser is a key to it, so it is left out."""
    row = read.row
    return AttemptOut(
        channel=row.channel,
        address="" if row.channel == "push" else row.address,
        verified=row.verified,
        step=row.rung,
        state=read.state.value,
        at=read.events[-1].at if read.events else None,
        reason=read.reason,
        possible_double=read.possible_double,
    )


def own_out(message: OwnMessage) -> OwnMessageOut:
    notice = message.notice
    return OwnMessageOut(
        id=message.row.pk,
        subject=notice.subject,
        text=notice.text,
        protective_action=notice.protective_action,
        exercise=notice.exercise,
        at=message.row.added_at,
        acknowledged_at=message.acknowledged_at,
        to_acknowledge=message.to_acknowledge,
        read=message.read,
    )


def contact_out(read: ContactRead) -> ContactOut:
    return ContactOut(
        id=read.row.pk if read.row else None,
        channel=read.channel.value,
        address=read.address,
        verified=read.verified,
    )


def channel_out(read: ChannelRead) -> ChannelOut:
    test = read.test
    return ChannelOut(
        channel=read.channel.value,
        set_up=read.set_up,
        ok=test.ok if test else None,
        at=test.at if test else None,
        reason=test.reason if test else "",
    )


def heartbeat_out(found: Heartbeat) -> HeartbeatOut:
    return HeartbeatOut(
        ok=found.ok,
        oldest_seconds=found.oldest.total_seconds() if found.oldest else None,
        stuck=found.stuck,
        workers=[
            WorkerOut(name=each.name, at=each.at, ended=each.ended, late=each.late)
            for each in found.workers
        ],
    )


def outbox_out(row: OutboxMessage) -> OutboxOut:
    return OutboxOut(
        channel=row.channel,
        address="" if row.channel == "push" else row.address,
        language=row.language,
        subject=row.subject,
        text=row.text,
        at=row.at,
    )

"""What comes back: acknowledgements, and the receipts of gateways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.queries import seeing
from cadre.alerts.actions.sending import give_up
from cadre.alerts.links import recipient_of
from cadre.alerts.models import (
    Acknowledgement,
    Alert,
    Attempt,
    AttemptEvent,
    Channel,
    Contact,
    Recipient,
    StandIn,
)
from cadre.alerts.queries.counted import accounted
from cadre.alerts.queries.who import MACHINE
from cadre.core.alerts import State, standing
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import Grounds, stated_values

CHECKED_IN = "check-in"
LINK = "link"

OPEN_MUSTERS = """
SELECT a.id FROM alerts_alert AS a
WHERE a.cause IN ('muster', 'recheck') AND a.phase = 'first' AND a.acknowledging <> ''
    AND NOT EXISTS (
    SELECT FROM alerts_alert AS later WHERE later.first_id = a.id AND later.phase = 'all_clear'
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """That somebody has it: `how` is page, link, api, command or a channel; `by` is in words."""

    how: str
    by: str


def acknowledge(
    recipient: Recipient, answer: Answer, *, by: Viewer, at: datetime
) -> Acknowledgement:
    """Notes that a recipient has it, for himself and for those for whom he stands in by now.

    Once: who acknowledges again gets the first one, unless he was told of others since.
    """
    with transaction.atomic(), seeing(MACHINE):
        alone(recipient.pk)
        last = Acknowledgement.objects.filter(recipient=recipient).order_by("-at").first()
        newer = StandIn.objects.filter(recipient=recipient)
        if last is not None and not newer.filter(at__gt=last.at).exists():
            return last
        with acting("alerts.acknowledge", by=by, at=at):
            confirm_address(recipient, answer, at=at)
            return Acknowledgement.objects.create(
                recipient=recipient,
                at=at,
                how=answer.how,
                by=answer.by,
                **stated_values(Grounds(marking=recipient.marking), by=by, at=at),
            )


def alone(row: UUID) -> None:
    """Whoever else answers for the same row waits until this transaction ends. A row that is only
    ever added cannot be locked itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(row)])


def confirm_address(recipient: Recipient, answer: Answer, *, at: datetime) -> None:
    """Who answers what was sent to one address to try it has shown that he reads it there. On the
    page he has shown nothing: that was not where it was sent.
    """
    contact = recipient.alert.content.get("contact")
    if contact and answer.how in {LINK, *Channel.values} - {Channel.PAGE.value}:
        kept = Contact.objects.filter(pk=contact, dropped=False, verified_at__isnull=True)
        kept.update(verified_at=at, verified_how=answer.how)


def acknowledge_by_link(token: str, *, at: datetime) -> Acknowledgement:
    """The same by somebody without an account.

    Raises Refused, without a word about anybody, for a link that this node did not make.
    """
    row = recipient_of(token)
    with seeing(MACHINE):
        recipient = Recipient.objects.filter(pk=row).first() if row else None
    if recipient is None:
        raise Refused(_("This link does not work. Call the duty officer."))
    return acknowledge(recipient, Answer(how=LINK, by=LINK), by=MACHINE, at=at)


def acknowledge_attempt(key_or_reference: str, *, how: str, at: datetime) -> Acknowledgement | None:
    """The same by an answer to a message, known by our key or the gateway's reference; None where
    nobody knows such a message.
    """
    with transaction.atomic(), seeing(MACHINE):
        attempt = attempt_called(key_or_reference)
        if attempt is None:
            return None
        note([attempt.pk], State.ACKNOWLEDGED, at=at)
        answer = Answer(how=how, by=f"{attempt.channel} {attempt.address}"[:254])
        return acknowledge(attempt.recipient, answer, by=MACHINE, at=at)


def acknowledge_as(alert: Alert, *, how: str, by: Viewer, at: datetime) -> Acknowledgement:
    """The same by the viewer, who is one of those who were told, or the person with his address.

    Raises Refused for who was not told.
    """
    with seeing(MACHINE):
        told = Recipient.objects.filter(alert=alert, account__email__iexact=by.account or "")
        recipient = told.order_by("-rung").first()
    if recipient is None:
        raise Refused(_("You are not one of those who were told of this."))
    return acknowledge(recipient, Answer(how=how, by=by.name), by=by, at=at)


def note_receipt(key_or_reference: str, state: State, *, at: datetime, reason: str = "") -> bool:
    """What a gateway says of a message afterwards, by our key or its reference. Said twice it is
    noted once. False: nobody knows such a message.
    """
    with transaction.atomic(), seeing(MACHINE):
        attempt = attempt_called(key_or_reference)
        if attempt is None:
            return False
        known = list(AttemptEvent.objects.filter(attempt=attempt).values_list("state", flat=True))
        if state in known:
            return True
        note([attempt.pk], state, at=at, reason=reason)
        if standing([*(State(each) for each in known), state]) is State.FAILED:
            give_up(attempt, at=at)
    return True


def note(attempts: Sequence[UUID], state: State, *, at: datetime, reason: str = "") -> None:
    rows = Attempt.objects.filter(pk__in=attempts)
    AttemptEvent.objects.bulk_create(
        AttemptEvent(
            attempt=row,
            state=state.value,
            at=at,
            reason=reason[:300],
            **marking_values(row.marking),
        )
        for row in rows
    )


def attempt_called(key_or_reference: str) -> Attempt | None:
    """The attempt with this id, or whose gateway calls it so."""
    rows = Attempt.objects.select_related("recipient__alert__mission")
    try:
        return rows.filter(pk=UUID(key_or_reference)).first()
    except ValueError:
        event = AttemptEvent.objects.filter(gateway_reference=key_or_reference).exclude(
            gateway_reference=""
        )
        named = event.values_list("attempt_id", flat=True).first()
        return rows.filter(pk=named).first() if named else None


def take_check_ins(*, at: datetime) -> int:
    """Whoever checked in at a muster that is open has answered its alert; says how many did."""
    with seeing(MACHINE), connection.cursor() as cursor:
        cursor.execute(OPEN_MUSTERS)
        alerts = [row for (row,) in cursor.fetchall()]
    return sum(checked_in(alert, at=at) for alert in alerts)


def checked_in(alert_id: UUID, *, at: datetime) -> int:
    with transaction.atomic(), seeing(MACHINE):
        alone(alert_id)
        alert = Alert.objects.get(pk=alert_id)
        answered = accounted(alert, at=at)
        rows = Recipient.objects.in_bulk(list(answered))
        with acting("alerts.acknowledge", by=MACHINE, at=at):
            Acknowledgement.objects.bulk_create(
                [
                    Acknowledgement(
                        recipient=row,
                        at=answered[key],
                        how=CHECKED_IN,
                        by=CHECKED_IN,
                        **stated_values(Grounds(marking=row.marking), by=MACHINE, at=at),
                    )
                    for key, row in rows.items()
                ],
                batch_size=2000,
            )
    return len(rows)


def note_read(recipient: Recipient, *, at: datetime) -> None:
    """Its recipient has opened the message on the page; noted once."""
    with transaction.atomic(), seeing(MACHINE):
        pages = Attempt.objects.filter(recipient=recipient, channel=Channel.PAGE)
        known = AttemptEvent.objects.filter(attempt__in=pages, state=State.READ.value)
        unread = pages.exclude(pk__in=known.values("attempt"))
        note(list(unread.values_list("pk", flat=True)), State.READ, at=at)

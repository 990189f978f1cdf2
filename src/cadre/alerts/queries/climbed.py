"""How far the ladder went for recipients, who stands in for whom, and one's own row among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.access.queries import seeing
from cadre.alerts.models import Climb, Recipient, StandIn
from cadre.alerts.queries.lists import OwnMessage, messages, mine
from cadre.alerts.queries.shown import RecipientRead
from cadre.alerts.queries.who import MACHINE
from cadre.core.releasability import Viewer


@dataclass(frozen=True, slots=True)
class Climbed:
    """Somebody who was told, the steps to which the ladder went for him, and for whom he stands in,
    as far as the viewer may see them.
    """

    read: RecipientRead
    steps: tuple[Climb, ...]
    stands_in: tuple[StandIn, ...]


def climbed(viewer: Viewer, rows: Sequence[RecipientRead], *, on: datetime) -> tuple[Climbed, ...]:
    """Each of these recipients with his steps by `on`, in the order that they came in."""
    keys = [each.row.pk for each in rows]
    steps: dict[UUID, list[Climb]] = {}
    for climb in Climb.objects.visible_to(viewer).filter(recipient__in=keys, at__lte=on):
        steps.setdefault(climb.recipient_id, []).append(climb)
    instead: dict[UUID, list[StandIn]] = {}
    found = StandIn.objects.visible_to(viewer).filter(recipient__in=keys, at__lte=on)
    seen = Recipient.objects.visible_to(viewer).values("pk")
    for each in found.filter(silent__in=seen).select_related("silent__person", "silent__account"):
        instead.setdefault(each.recipient_id, []).append(each)
    return tuple(
        Climbed(
            read,
            tuple(sorted(steps.get(read.row.pk, ()), key=lambda climb: climb.rung)),
            tuple(instead.get(read.row.pk, ())),
        )
        for read in rows
    )


def own_message(viewer: Viewer, row: UUID, *, on: datetime) -> OwnMessage | None:
    """One message to the viewer himself; None where there is none."""
    if not viewer.account:
        return None
    with seeing(MACHINE):
        found = mine(viewer, on=on).filter(pk=row).first()
    return messages(viewer, [found])[0] if found else None

"""How far the ladder went for recipients, who stands in for whom, and one's own row among them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.access.queries import seeing
from cadre.accountability.queries.when import When
from cadre.alerts.models import Climb, StandIn
from cadre.alerts.queries.lists import OwnMessage, messages, mine
from cadre.alerts.queries.shown import AlertShown, RecipientRead
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


def climbed(viewer: Viewer, found: AlertShown, *, on: datetime) -> tuple[Climbed, ...]:
    """The recipients of an alert as it is shown with their steps by `on`, in the order that they
    came in.
    """
    rows = found.recipients.object_list
    keys = [each.row.pk for each in rows]
    steps: dict[UUID, list[Climb]] = {}
    for climb in Climb.objects.visible_to(viewer).filter(recipient__in=keys, at__lte=on):
        steps.setdefault(climb.recipient_id, []).append(climb)
    instead: dict[UUID, list[StandIn]] = {}
    named = StandIn.objects.visible_to(viewer).filter(
        recipient__in=keys, at__lte=on, silent__in=found.named
    )
    for each in named.select_related("silent__person", "silent__account"):
        instead.setdefault(each.recipient_id, []).append(each)
    return tuple(
        Climbed(
            read,
            tuple(sorted(steps.get(read.row.pk, ()), key=lambda climb: climb.rung)),
            tuple(instead.get(read.row.pk, ())),
        )
        for read in rows
    )


def own_message(viewer: Viewer, row: UUID, when: When) -> OwnMessage | None:
    """One message to the viewer himself; None where there is none."""
    if not viewer.account:
        return None
    with seeing(MACHINE):
        found = mine(viewer, on=when.on).filter(pk=row).first()
    return messages(viewer, [found], now=when.now)[0] if found else None

"""Words about somebody by name as typed, of whom nobody has found out yet who is meant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from cadre.accountability.models import Mention, MentionSettled, Muster
from cadre.accountability.queries.sight import counting
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Mentions that a person has to look at: those that the viewer may see, the latest first, and
    how many there are in all.
    """

    rows: tuple[Mention, ...]
    number: int

    @property
    def hidden(self) -> int:
        return self.number - len(self.rows)


def open_mentions(
    viewer: Viewer, muster: Muster, *, on: datetime, known_on: datetime | None
) -> Mentioned:
    """The mentions at a muster that nobody has settled by a moment."""
    settled = MentionSettled.objects.filter(mention=models.OuterRef("pk"), settled_at__lte=on)
    rows = Mention.objects.filter(
        ~models.Exists(settled), muster=muster, occurred_at__lte=on
    ).order_by("-occurred_at", "-recorded_at")
    with counting():
        number = Reading(OPERATOR, on=on, known_on=known_on).stated(rows).count()
    seen = Reading(viewer, on=on, known_on=known_on).stated(rows)
    return Mentioned(tuple(seen.select_related("through__person__nation", "muster")), number)


def mention(viewer: Viewer, row: UUID) -> Mention | None:
    """A mention by its id; None when the viewer may know of none."""
    rows = Mention.objects.visible_to(viewer).filter(pk=row)
    return rows.select_related("muster__mission", "through__person__nation").first()

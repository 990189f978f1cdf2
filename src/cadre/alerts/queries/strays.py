"""Answers that nobody could be found for, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.alerts.models import StrayReply, StraySettled
from cadre.core.releasability import Viewer

MOST = 200


@dataclass(frozen=True, slots=True)
class StrayRead:
    """An answer, and how it was settled; None: it waits for somebody."""

    row: StrayReply
    settled: StraySettled | None


def strays(viewer: Viewer, *, on: datetime) -> Sequence[StrayRead]:
    """Those that wait first, the oldest of them first; then the latest that were settled."""
    rows = StrayReply.objects.visible_to(viewer).filter(heard_at__lte=on).order_by("-heard_at")
    done = StraySettled.objects.visible_to(viewer).filter(settled_at__lte=on)
    settled = {each.reply_id: each for each in done.select_related("person")}
    open_ones = rows.exclude(pk__in=list(settled)).order_by("heard_at")[:MOST]
    others = rows.filter(pk__in=list(settled))[:MOST]
    return [StrayRead(row, settled.get(row.pk)) for row in (*open_ones, *others)]


def waiting(viewer: Viewer, *, on: datetime) -> int:
    """How many of them wait for somebody."""
    rows = StrayReply.objects.visible_to(viewer).filter(heard_at__lte=on)
    done = StraySettled.objects.visible_to(viewer).filter(settled_at__lte=on)
    return rows.exclude(pk__in=done.values("reply")).count()


def stray(viewer: Viewer, row: UUID) -> StrayReply | None:
    return StrayReply.objects.visible_to(viewer).filter(pk=row).first()

"""Answers that nobody could be found for, and what became of them: for whom they concern.

Those who decide for a mission that was asking people then read them; where nobody in particular was
asking, those who decide for any. A representative reads what people of his nation alone may have
written. Nobody else reads the words of people who may be another nation's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from cadre.access.models import MarkedQuerySet
from cadre.access.permissions import NotAllowed
from cadre.accountability.queries.held_names import NOBODYS, HeldNames, held_names
from cadre.accountability.queries.when import When
from cadre.alerts.models import StrayReply, StraySettled
from cadre.alerts.queries.offers import missions_in_which
from cadre.core.releasability import Viewer
from cadre.mission.doors import may_somewhere, require_somewhere

MOST: Final = 200
OF_MISSIONS: Final = "alerts.answers"
OF_A_NATION: Final = "alerts.answers_national"


@dataclass(frozen=True, slots=True)
class StrayRead:
    """An answer, and how it was settled; None: it waits for somebody."""

    row: StrayReply
    settled: StraySettled | None


def may_look(viewer: Viewer) -> bool:
    """Whether answers of some mission or nation are for this viewer to look at."""
    return may_somewhere(viewer, OF_MISSIONS) or may_somewhere(viewer, OF_A_NATION)


def require_to_look(viewer: Viewer) -> None:
    """Raises NotAllowed for whom no answer can concern."""
    if not may_look(viewer):
        require_somewhere(viewer, OF_MISSIONS)


def require_concerned(viewer: Viewer, row: StrayReply) -> None:
    """Raises NotAllowed for whom this answer does not concern."""
    require_to_look(viewer)
    if stray(viewer, row.pk) is None:
        raise NotAllowed(_("This answer is not for you to look at."))


def concerning(viewer: Viewer) -> MarkedQuerySet[StrayReply]:
    """The answers that concern a viewer."""
    rows = StrayReply.objects.visible_to(viewer)
    if viewer.sees_all:
        return rows
    own = Q(nations__contained_by=sorted(viewer.affiliations)) & ~Q(nations=[])
    return rows.filter(of_missions(viewer, OF_MISSIONS) | of_missions(viewer, OF_A_NATION) & own)


def of_missions(viewer: Viewer, verb: str) -> Q:
    """The answers of missions in which a viewer may look at them so, and those of none."""
    codes = [each.code for each in missions_in_which(viewer, verb)]
    return Q(missions__overlap=codes) | Q(missions=[]) if codes else Q(pk__in=[])


def strays(viewer: Viewer, when: When, *, live_page: bool) -> Sequence[StrayRead]:
    """Those that wait first, the oldest of them first; then the latest that were settled. By a way
    out (`live_page` False) without names that are held.
    """
    rows = concerning(viewer).filter(heard_at__lte=when.on).order_by("-heard_at")
    done = StraySettled.objects.visible_to(viewer).filter(settled_at__lte=when.on)
    settled = {each.reply_id: each for each in done.select_related("person")}
    open_ones = rows.exclude(pk__in=list(settled)).order_by("heard_at")[:MOST]
    others = rows.filter(pk__in=list(settled))[:MOST]
    held = NOBODYS if live_page else held_names(now=when.now)
    return [read(row, settled.get(row.pk), held) for row in (*open_ones, *others)]


def read(row: StrayReply, settled: StraySettled | None, held: HeldNames) -> StrayRead:
    row.words, row.sender = held.out_of(row.words), held.out_of(row.sender)
    if settled is not None:
        settled.note = held.out_of(settled.note)
    return StrayRead(row, settled)


def waiting(viewer: Viewer, *, on: datetime) -> int:
    """How many of them wait for somebody."""
    done = StraySettled.objects.visible_to(viewer).filter(settled_at__lte=on)
    rows = concerning(viewer).filter(heard_at__lte=on)
    return rows.exclude(pk__in=done.values("reply")).count()


def stray(viewer: Viewer, row: UUID) -> StrayReply | None:
    """One answer; None where none concerns the viewer."""
    return concerning(viewer).filter(pk=row).first()

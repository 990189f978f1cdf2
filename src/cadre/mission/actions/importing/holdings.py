"""Who would hold which post by a list, beside what is on record."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _

from cadre.core.releasability import Viewer
from cadre.mission.actions.importing.values import Cells
from cadre.mission.models import Holding
from cadre.mission.queries.lists import holding_texts

EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HoldingPlan:
    """A holding that would begin, or end at another moment than the record has it."""

    holding: Holding
    before: dict[str, str]
    after: dict[str, str]

    @property
    def is_new(self) -> bool:
        return not self.before


@dataclass(frozen=True, slots=True)
class Stay:
    """A holding as it would be, and the cells of the list that ask for it, if they do."""

    holding: Holding
    cells: Cells | None


def plan_holdings(
    wanted: Sequence[tuple[Cells, Holding]], *, by: Viewer
) -> dict[object, HoldingPlan]:
    """What would change of who holds what, by person. Two holders at a time are a trouble."""
    if not wanted:
        return {}
    people = {holding.person_id for _cells, holding in wanted}
    posts = {holding.post_id for _cells, holding in wanted}
    rows = Holding.objects.visible_to(by).filter(Q(person__in=people) | Q(post__in=posts))
    stays = {row.pk: Stay(row, None) for row in rows.select_related("post")}
    begun = {
        (stay.holding.person_id, stay.holding.post_id, stay.holding.during.lower): stay.holding
        for stay in stays.values()
    }
    plans: dict[object, HoldingPlan] = {}
    for cells, holding in wanted:
        same = begun.get((holding.person_id, holding.post_id, holding.during.lower))
        made = holding if same is None else ended(same, holding)
        stays[made.pk] = Stay(made, cells)
        if same is None or same.during != made.during:
            before = holding_texts(same) if same else {}
            plans[holding.person_id] = HoldingPlan(made, before, holding_texts(made))
    refuse_two_at_a_time(stays.values())
    return plans


def ended(row: Holding, wanted: Holding) -> Holding:
    changed = copy(row)
    changed.during = wanted.during
    return changed


def refuse_two_at_a_time(stays: Iterable[Stay]) -> None:
    """Notes a trouble beside each row of the list by which a post would have two holders."""
    by_post: dict[object, list[Stay]] = {}
    for stay in stays:
        by_post.setdefault(stay.holding.post_id, []).append(stay)
    for of_post in by_post.values():
        of_post.sort(key=lambda stay: stay.holding.during.lower)
        for earlier, later in pairwise(of_post):
            if (earlier.holding.during.upper or EVER) > later.holding.during.lower:
                blame(later if later.cells else earlier)


def blame(stay: Stay) -> None:
    if stay.cells is not None:
        stay.cells.wrong("post_from", _("Somebody else holds this post in that time."))

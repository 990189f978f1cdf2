"""Who stands on which list of a warden: now, and on the list of a muster."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cadre.accountability.models import Muster, MusterEntry, Warden, WardenList
from cadre.accountability.queries.holds import hidden_people
from cadre.accountability.queries.lists import wardens_of
from cadre.accountability.queries.roster import Line, Wish, roster
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.stays import WITHOUT_POST
from cadre.accountability.queries.when import When
from cadre.core.releasability import Viewer, may_see
from cadre.mission.models import Mission, Person


@dataclass(frozen=True, slots=True)
class OnLists:
    """Who stands on each list of a mission (None: on none), as far as the viewer is shown names,
    and how many in all.
    """

    people: Mapping[UUID | None, tuple[Line, ...]]
    numbers: Mapping[UUID | None, int]

    @property
    def on_none(self) -> int:
        """How many stand on no list: nobody counts them."""
        return self.numbers.get(None, 0)


def on_lists(viewer: Viewer, mission: Mission, when: When, *, live_page: bool = False) -> OnLists:
    """Who would stand on each list of a mission if a muster of all were opened at `when.on`.

    `live_page` as in `muster_board`.
    """
    wish = Wish(missions=(mission,), counted_kinds=WITHOUT_POST)
    held = hidden_people(viewer, [mission.code], now=when.now, live_page=live_page)
    numbers: dict[UUID | None, int] = {}
    seen: dict[UUID | None, list[Line]] = {}
    for each in roster(wish, on=when.on, known_on=when.known_on):
        numbers[each.list] = numbers.get(each.list, 0) + 1
        if may_see(viewer, each.person.marking) and each.person.pk not in held:
            seen.setdefault(each.list, []).append(each)
    shown = [each.person for lines in seen.values() for each in lines]
    Person.told((str(each.pk), each.classification) for each in shown)
    return OnLists({row: tuple(lines) for row, lines in seen.items()}, numbers)


@dataclass(frozen=True, slots=True)
class ListOfMuster:
    """A list at a muster: its wardens in their order, and the entries that stand on it and are
    counted; all of them, also of people whom who asks may not see.
    """

    row: WardenList
    wardens: tuple[Warden, ...]
    entries: frozenset[UUID]


def wardens_of_muster(viewer: Viewer, muster: Muster) -> tuple[ListOfMuster, ...]:
    """The lists on which somebody of a muster stands, by code, with the wardens as far as the
    viewer may see them.
    """
    with counting():
        entries = MusterEntry.objects.filter(muster=muster, excluded="", list__isnull=False)
        pairs = list(entries.values_list("list", "pk"))
        named = {row for row, _entry in pairs}
    rows = list(
        WardenList.objects.visible_to(viewer)
        .filter(pk__in=named)
        .select_related("mission", "site", "nation")
        .order_by("code")
    )
    wardens = wardens_of(viewer, rows)
    return tuple(
        ListOfMuster(
            row,
            tuple(wardens.get(row.pk, ())),
            frozenset(entry for listed, entry in pairs if listed == row.pk),
        )
        for row in rows
    )

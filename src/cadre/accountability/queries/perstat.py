"""PERSTAT: how many are assigned, present, accounted for and not, by nation and place, as of any
minute; from the list of the muster that was open then, else from the posts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadre.accountability.models import Muster
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import Board, board_of, entries_of
from cadre.accountability.queries.holds import hidden_people
from cadre.accountability.queries.lines import excluded, not_counted
from cadre.accountability.queries.released import (
    UNRELEASED,
    nations_known,
    released,
    sites_known,
)
from cadre.accountability.queries.roster import Line, Wish, roster
from cadre.accountability.queries.stays import WITHOUT_POST
from cadre.accountability.queries.when import When
from cadre.core.accountability import State
from cadre.core.releasability import Viewer, may_see
from cadre.mission.models import Mission, Person


@dataclass(frozen=True, slots=True)
class Cell:
    """One nation at one place, by code; UNRELEASED is what the viewer may not know of. None of
    accounted and not: nobody was asked.
    """

    nation: str
    site: str
    assigned: int
    present: int
    accounted: int | None
    unaccounted: int | None


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody by name. `state` None: nobody was asked. `excluded`: why not counted; "" counted."""

    person: Person
    nation: str
    site: str
    role: str
    state: State | None
    excluded: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Perstat:
    """The state of a mission's people. `muster` None: none was open, so nobody was asked.

    `names`: of whom the viewer is shown the name; the others are in the cells only.
    """

    mission: Mission
    when: When
    muster: Muster | None
    cells: tuple[Cell, ...]
    names: tuple[Name, ...]

    @property
    def whole(self) -> Cell:
        """The sum over all."""
        return self.sum_of("", "", self.cells)

    @property
    def by_nation(self) -> tuple[Cell, ...]:
        """The sums over all places, a nation each."""
        return self.sums(lambda each: (each.nation, ""))

    @property
    def by_site(self) -> tuple[Cell, ...]:
        """The sums over all nations, a place each."""
        return self.sums(lambda each: ("", each.site))

    def sums(self, part: Callable[[Cell], tuple[str, str]]) -> tuple[Cell, ...]:
        found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for each in self.cells:
            found[part(each)].append(each)
        return tuple(self.sum_of(*key, cells) for key, cells in sorted(found.items()))

    def sum_of(self, nation: str, site: str, cells: Sequence[Cell]) -> Cell:
        asked = self.muster is not None
        return Cell(
            nation,
            site,
            sum(each.assigned for each in cells),
            sum(each.present for each in cells),
            sum(each.accounted or 0 for each in cells) if asked else None,
            sum(each.unaccounted or 0 for each in cells) if asked else None,
        )

    @property
    def hidden(self) -> int:
        return self.whole.assigned - len(self.names)


@dataclass(slots=True)
class Sum:
    """A cell while it is added up."""

    assigned: int = 0
    present: int = 0
    accounted: int = 0
    unaccounted: int = 0

    def add(self, other: "Sum") -> None:
        self.assigned += other.assigned
        self.present += other.present
        self.accounted += other.accounted
        self.unaccounted += other.unaccounted


def perstat(viewer: Viewer, mission: Mission, when: When, *, live_page: bool = False) -> Perstat:
    """The state of a mission's people on a moment, as known on another.

    `live_page` as in `muster_board`: without it no held name is in it.
    """
    row = muster_then(viewer, mission, when)
    if row is None:
        return from_posts(viewer, mission, when, live_page=live_page)
    return from_muster(mission, board_of(viewer, row, when, live_page=live_page))


def muster_then(viewer: Viewer, mission: Mission, when: When) -> Muster | None:
    """The latest muster of the whole mission, or failing that of a part of it, that was open then
    and known of; exercises aside.
    """
    known = when.known_on
    found = [
        each
        for each in lookups.musters_open(viewer, on=when.on, missions=[mission])
        if not each.exercise and (known is None or each.recorded_at <= known)
    ]
    whole = [each for each in found if each.sites is None and each.nations is None
             and each.radius_km is None]  # fmt: skip
    return next(iter(whole or found), None)


def from_muster(mission: Mission, board: Board) -> Perstat:
    sums: dict[tuple[str, str], Sum] = {}
    for each in board.numbers.everybody:
        cell = sums.setdefault((each.nation, each.site), Sum())
        cell.assigned += 1
        cell.present += 1
        cell.accounted += each.stood.state.accounted
        cell.unaccounted += not each.stood.state.accounted
    for _kind, nation, site, number in not_counted(board):
        sums.setdefault((nation, site), Sum()).assigned += number
    cells = cells_of(folded(board.viewer, sums), asked=True)
    return Perstat(mission, board.when, board.muster, cells, names_of(board))


def names_of(board: Board) -> tuple[Name, ...]:
    shown = [each for each in board.numbers.everybody if board.shown(each)]
    rows = entries_of(board.viewer, [each.entry for each in shown])
    counted = [
        Name(row.person, row.nation, row.site, row.role, each.stood.state)
        for each in shown
        if (row := rows.get(each.entry)) is not None
    ]
    others = [
        Name(row.person, row.nation, row.site, row.role, None, row.excluded, row.excluded_because)
        for row in excluded(board).entries
    ]
    return in_order([*counted, *others])


def in_order(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(
        sorted(names, key=lambda each: (each.nation, each.site, each.person.name, each.person.code))
    )


def from_posts(viewer: Viewer, mission: Mission, when: When, *, live_page: bool) -> Perstat:
    """Without a muster: who is assigned, and who of them is not away by status or place."""
    wish = Wish(missions=(mission,), counted_kinds=WITHOUT_POST)
    whole = roster(wish, on=when.on, known_on=when.known_on)
    sums: dict[tuple[str, str], Sum] = {}
    for each in whole:
        cell = sums.setdefault((each.nation, each.place.site), Sum())
        cell.assigned += 1
        cell.present += each.counted
    held = hidden_people(viewer, [mission.code], now=when.now, live_page=live_page)
    seen = [
        each
        for each in whole
        if may_see(viewer, each.person.marking) and each.person.pk not in held
    ]
    shown = released(viewer, seen, wish, on=when.on, known_on=when.known_on)
    cells = cells_of(folded(viewer, sums), asked=False)
    return Perstat(mission, when, None, cells, names_in(shown))


def folded(viewer: Viewer, sums: Mapping[tuple[str, str], Sum]) -> dict[tuple[str, str], Sum]:
    """The same sums, those of nations and places that the viewer may not know of taken together."""
    nations = nations_known(viewer, {nation for nation, _site in sums})
    sites = sites_known(viewer, {site for _nation, site in sums})
    found: dict[tuple[str, str], Sum] = {}
    for (nation, site), each in sums.items():
        key = (
            nation if nation in nations else UNRELEASED,
            site if not site or site in sites else UNRELEASED,
        )
        found.setdefault(key, Sum()).add(each)
    return found


def names_in(shown: Sequence[Line]) -> tuple[Name, ...]:
    return in_order(
        Name(
            each.person, each.nation, each.place.site, each.role, None,
            each.excluded, each.because,
        )
        for each in shown
    )  # fmt: skip  # a row


def cells_of(sums: dict[tuple[str, str], Sum], *, asked: bool) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            nation,
            site,
            each.assigned,
            each.present,
            each.accounted if asked else None,
            each.unaccounted if asked else None,
        )
        for (nation, site), each in sorted(sums.items())
    )

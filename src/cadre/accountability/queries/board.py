"""The live board of a muster: how many of everybody, and the names of those who are outstanding.

The numbers are of all people on the list. Names are given only of whom the viewer may see, and not
of whom a name is held; the others are counted, by nation, site and state.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db import connection

from cadre.access.conditions import MaySee
from cadre.accountability.models import Muster, MusterEnd, MusterEntry, MusterSettings
from cadre.accountability.queries import lookups
from cadre.accountability.queries.holds import hidden_people
from cadre.accountability.queries.places import Map
from cadre.accountability.queries.settings import settings_of, targets_of
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import Asked, Stood, Told, Words, judged
from cadre.accountability.queries.when import When
from cadre.core.accountability import (
    Count,
    Entry,
    Person,
    State,
    Tally,
    Target,
    TargetStatus,
    count,
    riskiest_first,
    target_status,
)
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.queries.reading import Reading

COLUMNS: Final = ("releasable_to", "originator", "communities", "classification")
COUNTED: Final = """
    SELECT e.id, e.person_id, e.nation, e.site, e.role, e.list_id,
        greatest(e.place_seen_at, (
            SELECT max(s.seen_at) FROM accountability_sighting AS s
            WHERE s.person_id = e.person_id AND s.seen_at <= %s
                AND s.seen_at > coalesce(e.place_seen_at, '-infinity')
        )), p.name || chr(1) || p.code, {seen},
        w.state, w.since, w.known_at, w.late, w.told
    FROM cadre_muster_words(%s, %s, %s, %s, %s) AS w
        JOIN accountability_musterentry AS e ON e.id = w.entry
        JOIN mission_person AS p ON p.id = e.person_id
    WHERE e.excluded = ''
"""

type Row = tuple[
    UUID, UUID, str, str, str, UUID | None, datetime | None, str, bool,
    str | None, datetime | None, datetime | None, bool, str | Told | None,
]  # fmt: skip  # the columns of COUNTED


@dataclass(frozen=True, slots=True)
class Counted:
    """One counted person as the numbers need it; `key` is the name to sort by, never to show."""

    entry: UUID
    person: UUID
    nation: str
    site: str
    role: str
    list: UUID | None
    seen_at: datetime | None
    key: str
    visible: bool
    affected: bool
    stood: Stood

    @property
    def in_line(self) -> Person:
        """As `core.accountability.riskiest_first` takes it; found again by the end of the key."""
        return Person(f"{self.key}\0{self.entry}", self.stood.standing, self.affected, self.seen_at)


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many outstanding people of a nation are at a site in a state, whose names the viewer is
    not shown.
    """

    nation: str
    site: str
    state: State
    number: int


@dataclass(frozen=True, slots=True)
class Held:
    """A target and how it stands."""

    target: Target
    status: TargetStatus


@dataclass(frozen=True)
class Numbers:
    """What a muster comes to at a moment, over everybody on its list."""

    asked: Asked
    settings: MusterSettings
    everybody: tuple[Counted, ...]

    @cached_property
    def count(self) -> Count:
        """How many are in which state, and the same by nation, site and role."""
        return count(
            Entry(each.stood.state, each.nation, each.site, each.role) for each in self.everybody
        )

    @cached_property
    def affected(self) -> Tally:
        """The same of the affected sites only; of nobody where there are none."""
        return count(Entry(each.stood.state) for each in self.everybody if each.affected).everybody

    @cached_property
    def targets(self) -> tuple[Held, ...]:
        people = [each.stood.progress(affected=each.affected) for each in self.everybody]
        opened = self.asked.muster.opened_at
        return tuple(
            Held(target, target_status(target, people, opened, self.asked.on))
            for target in targets_of(self.settings)
        )

    @cached_property
    def outstanding(self) -> tuple[Counted, ...]:
        """Those about whom somebody has to do something, riskiest first."""
        rows = {str(each.entry): each for each in self.everybody}
        line = riskiest_first(each.in_line for each in self.everybody)
        return tuple(rows[person.key.rpartition("\0")[2]] for person in line)

    @property
    def open(self) -> int:
        """How many are neither accounted for nor formally placed in another state."""
        return self.count.everybody.total - self.count.everybody.resolved

    @property
    def late(self) -> int:
        return sum(each.stood.late for each in self.everybody)

    @property
    def contradicted(self) -> int:
        return sum(each.stood.standing.contradicted for each in self.everybody)

    @property
    def recheck_due(self) -> int:
        return sum(each.stood.standing.recheck_due for each in self.everybody)

    @property
    def unclear(self) -> int:
        return self.count.everybody.states.get(State.UNCLEAR, 0)


def numbers(viewer: Viewer, asked: Asked, entries: Collection[UUID] | None = None) -> Numbers:
    """The whole of a muster for a viewer, or these entries of it: numbers of all, and who of them
    he may see by marking.
    """
    only = None if entries is None else list(entries)
    affected = affected_sites(asked)
    with counting(), connection.cursor() as cursor:
        seen, values = visible(viewer)
        cursor.execute(
            COUNTED.format(seen=seen),
            [asked.on, *values, *asked.parameters, only],  # type: ignore[list-item]  # columns' values
        )
        everybody = tuple(counted(asked, affected, row) for row in cursor.fetchall())
    return Numbers(asked, settings_of(viewer, asked.muster.mission), everybody)


def counted(asked: Asked, affected: frozenset[str], row: Row) -> Counted:
    """One person, from a row of `COUNTED`."""
    words = Words(*row[9:])
    return Counted(*row[:9], affected=row[3] in affected, stood=judged(asked, words))


def visible(viewer: Viewer) -> tuple[str, Sequence[object]]:
    """Whether the viewer may see an entry and its person, in SQL: as `visible_to` and the policies
    have it. The person's marking may have changed since.
    """
    if viewer.sees_all:
        return "true", ()
    see = MaySee(viewer)
    of_entry, values = see.condition(*(f"e.{name}" for name in COLUMNS))
    of_person, _same = see.condition(*(f"p.{name}" for name in COLUMNS))
    return f"({of_entry} AND {of_person})", (*values, *values)


def affected_sites(asked: Asked) -> frozenset[str]:
    """The affected sites and all that lies in them."""
    named = frozenset(asked.muster.affected_sites)
    if not named:
        return named
    with counting():
        known = Map(Reading(OPERATOR, on=asked.on, known_on=None))
        return frozenset(code for code in known.sites if known.path(code) & named) | named


@dataclass(frozen=True)
class Board:
    """A muster as a viewer sees it at a moment."""

    viewer: Viewer
    muster: Muster
    end: MusterEnd | None
    when: When
    numbers: Numbers
    held: frozenset[UUID]  # whose names the viewer is not shown

    @property
    def open(self) -> bool:
        return self.end is None or self.end.at > self.when.on

    @property
    def elapsed(self) -> timedelta:
        """How long it had been open at the moment asked about, or was in all."""
        last = self.when.on if self.open or self.end is None else self.end.at
        return max(last - self.muster.opened_at, timedelta(0))

    def shown(self, each: Counted) -> bool:
        """Whether the viewer is shown the name."""
        return each.visible and each.person not in self.held

    @cached_property
    def named(self) -> tuple[Counted, ...]:
        """The outstanding people whose names the viewer is shown, riskiest first."""
        return tuple(each for each in self.numbers.outstanding if self.shown(each))

    @cached_property
    def hidden(self) -> tuple[Hidden, ...]:
        """The other outstanding people as numbers, the most first."""
        return hidden_of(each for each in self.numbers.outstanding if not self.shown(each))


def hidden_of(people: Iterable[Counted]) -> tuple[Hidden, ...]:
    found = Counter((each.nation, each.site, each.stood.state) for each in people)
    groups = (Hidden(*group, number) for group, number in found.items())
    return tuple(sorted(groups, key=lambda each: (-each.number, each.nation, each.site)))


def muster_board(
    viewer: Viewer, number: str, when: When, *, live_page: bool = False
) -> Board | None:
    """The board of a muster; None when the viewer may know of none with this number.

    `live_page`: it is for a page in front of the viewer; else for a way out, by which no held name
    leaves.
    """
    row = lookups.muster(viewer, number)
    if row is None:
        return None
    return board_of(viewer, row, when, live_page=live_page)


def board_of(
    viewer: Viewer,
    row: Muster,
    when: When,
    *,
    live_page: bool = False,
    entries: Collection[UUID] | None = None,
) -> Board:
    """The same for a muster that the viewer may see, or of these entries of it only."""
    found = numbers(viewer, Asked(row, when.on, when.known_on), entries)
    missions = [row.mission.code, *row.beside]
    held = hidden_people(viewer, missions, now=when.now, live_page=live_page)
    return Board(viewer, row, lookups.end_of(viewer, row), when, found, held)


def entries_of(viewer: Viewer, rows: Collection[UUID]) -> dict[UUID, MusterEntry]:
    """Entries with their people, as far as the viewer may see them; each counts as a look."""
    found = MusterEntry.objects.visible_to(viewer).filter(pk__in=rows)
    return {row.pk: row for row in found.select_related("person__nation", "list", "muster")}

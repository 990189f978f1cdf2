"""What other parts of Cadre ask about musters: the home board, and whether all are resolved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.accountability.models import Muster
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import Counted, Numbers, numbers
from cadre.accountability.queries.places import Map
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import Asked
from cadre.accountability.queries.when import When
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.models import Mission
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class OpenMuster:
    """A muster that is open, and what it comes to: numbers of all on its list."""

    muster: Muster
    numbers: Numbers

    @property
    def unresolved(self) -> int:
        return self.numbers.open


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whether the people of a part of a mission are resolved, by the latest real musters.

    `musters`: that bear on it, the latest first. `counted`, `unresolved`: people of the part on
    their lists, each once. `whole`: one of them was of everybody in the part; without such a one
    there are people whom nobody asked.
    """

    musters: tuple[Muster, ...]
    counted: int
    unresolved: int
    whole: bool

    @property
    def all_resolved(self) -> bool:
        return self.whole and self.unresolved == 0


def open_musters(viewer: Viewer, when: When) -> tuple[OpenMuster, ...]:
    """The musters that are open, real ones before exercises, the latest first."""
    found = sorted(lookups.musters_open(viewer, on=when.on), key=lambda each: each.exercise)
    return tuple(
        OpenMuster(each, numbers(viewer, Asked(each, when.on, when.known_on))) for each in found
    )


def unaccounted(viewer: Viewer, when: When) -> int | None:
    """How many people are not resolved over all real musters that are open, each once; None: no
    muster is open, so nobody was asked.
    """
    found = [each for each in open_musters(viewer, when) if not each.muster.exercise]
    if not found:
        return None
    return len(
        {
            person.person
            for each in found
            for person in each.numbers.everybody
            if not person.stood.state.resolved
        }
    )


@dataclass(frozen=True)
class Part:
    """A part of a mission: the people at these places and of these nations (None: all)."""

    map: Map
    sites: frozenset[str] | None
    nations: frozenset[str] | None

    def holds(self, each: Counted) -> bool:
        """Whether somebody may be of the part; without a place on record everybody may."""
        there = self.sites is None or not each.site or bool(self.map.path(each.site) & self.sites)
        return there and (self.nations is None or each.nation in self.nations)

    def is_within(self, muster: Muster) -> bool:
        """Whether a muster was of everybody in the part."""
        return (
            muster.radius_km is None
            and within(self.nations, muster.nations)
            and (
                muster.sites is None
                or (
                    self.sites is not None
                    and all(self.map.path(each) & set(muster.sites) for each in self.sites)
                )
            )
        )


def within(ours: frozenset[str] | None, theirs: list[str] | None) -> bool:
    return theirs is None or (ours is not None and ours <= set(theirs))


def part_of(
    sites: Collection[str] | None, nations: Collection[str] | None, *, on: datetime
) -> Part:
    with counting():
        known = Map(Reading(OPERATOR, on=on, known_on=None))
        known.sites  # noqa: B018  # read now, with sight of all
    return Part(
        known,
        None if sites is None else frozenset(sites),
        None if nations is None else frozenset(nations),
    )


def muster_resolved(
    viewer: Viewer, mission: Mission, part: Part, *, on: datetime, known_on: datetime | None
) -> Resolved | None:
    """Whether everybody in a part of a mission is resolved: by the latest real muster, open or
    closed, that was of all of them, and the later ones of some of them. None: no muster counted
    anybody of the part, so nothing is known. The numbers are of all, also of people whom the viewer
    may not see.
    """
    found: list[Muster] = []
    people: dict[UUID, bool] = {}
    for row in lookups.musters(viewer, mission, on=on):
        if row.exercise or (known_on is not None and row.recorded_at > known_on):
            continue
        everybody = numbers(viewer, Asked(row, on, known_on)).everybody
        asked = {each.person: each.stood.state.resolved for each in everybody if part.holds(each)}
        if asked:
            found.append(row)
            people = asked | people
            if part.is_within(row):
                break
    if not found:
        return None
    unresolved = sum(not resolved for resolved in people.values())
    return Resolved(tuple(found), len(people), unresolved, whole=part.is_within(found[-1]))

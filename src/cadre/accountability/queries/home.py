"""What other parts of Cadre ask about musters: the home board, and whether all are resolved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cadre.accountability.models import Muster
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import Numbers, numbers
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
    """How many people of a part of a mission the latest muster that bears on it counted, and how
    many of them are not resolved.
    """

    muster: Muster
    counted: int
    unresolved: int
    closed_at: datetime | None

    @property
    def all_resolved(self) -> bool:
        return self.unresolved == 0


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


def muster_resolved(
    viewer: Viewer,
    mission: Mission,
    sites: Collection[str] | None,
    nations: Collection[str] | None,
    *,
    on: datetime,
    known_on: datetime | None,
) -> Resolved | None:
    """Whether everybody at these sites (and all in them) and of these nations (None: all) is
    resolved, by the latest real muster, open or closed, that counted anybody of them. None: none
    did, so nothing is known. The numbers are of all, also of people whom the viewer may not see.
    """
    with counting():
        known = Map(Reading(OPERATOR, on=on, known_on=None))
        places = None if sites is None else frozenset(sites)
        within = {code for code in known.sites if places is None or known.path(code) & places}
    for row in lookups.musters(viewer, mission, on=on):
        if row.exercise or (known_on is not None and row.recorded_at > known_on):
            continue
        asked = [
            each
            for each in numbers(viewer, Asked(row, on, known_on)).everybody
            if (places is None or not each.site or each.site in within)
            and (nations is None or each.nation in nations)
        ]
        if asked:
            end = lookups.end_of(viewer, row)
            unresolved = sum(not each.stood.state.resolved for each in asked)
            return Resolved(row, len(asked), unresolved, end.at if end else None)
    return None

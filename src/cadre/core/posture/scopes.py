"""The values that rulings are made of: cells, scopes, and what is ordered about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from cadre.core.moments import Moment


class PostureError(ValueError):
    """A scope or an order that means nothing; the message is one sentence for the user."""


class Posture(IntEnum):
    """How far an activity is stopped, from lax to strict."""

    RUNNING = 0
    RESTRICTED = 1
    SUSPENDED = 2

    @property
    def word(self) -> str:
        """The untranslated word of the API and the commands."""
        return self.name.lower()


type Others = tuple[str | None, str | None, str | None, str | None]


class Cell(NamedTuple):
    """What a question is about: an activity line of a mission at a site, for one nation's people.

    `sites` is the path from the root of the site tree down to the place; empty is the mission as
    a whole. `nation` None is the people of all nations; so it is with `unit` (of the host, which
    is trained), `person` and `hour` (of the week in UTC, as "mon-08"). Making one is cheap, since
    a ruling on a whole mission asks about hundreds.
    """

    mission: str
    line: str
    sites: tuple[str, ...] = ()
    nation: str | None = None
    unit: str | None = None
    person: str | None = None
    hour: str | None = None

    @property
    def others(self) -> Others:
        """What is asked about besides line and place: the dimensions that are open."""
        return self[3:]


DAYS_OF_THE_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS_OF_THE_WEEK = frozenset(f"{day}-{hour:02}" for day in DAYS_OF_THE_WEEK for hour in range(24))
DIMENSIONS = ("lines", "sites", "nations", "units", "people", "hours")


@dataclass(frozen=True, slots=True)
class Scope:
    """What an order is about. Each dimension is None for all, or the names that it is limited to.

    Naming a site names everything under it. Nations, units, people and hours are open: there may
    always be others than those that are named. Raises PostureError for an empty set of names: an
    order about nothing is a mistake.
    """

    mission: str
    lines: frozenset[str] | None = None
    sites: frozenset[str] | None = None
    nations: frozenset[str] | None = None
    units: frozenset[str] | None = None
    people: frozenset[str] | None = None
    hours: frozenset[str] | None = None

    def __post_init__(self) -> None:
        for name in DIMENSIONS:
            if getattr(self, name) == frozenset():
                raise PostureError(
                    f"A scope must name at least one of its {name}, or mean them all."
                )

    def covers(self, cell: Cell) -> bool:
        """The whole cell lies in this scope: only "all" covers a whole dimension."""
        return (
            self.mission == cell.mission
            and (self.lines is None or cell.line in self.lines)
            and (self.sites is None or not self.sites.isdisjoint(cell.sites))
            and all(names is None or name in names for names, name in self.opposite(cell))
        )

    def opposite(self, cell: Cell) -> Iterable[tuple[frozenset[str] | None, str | None]]:
        """The open dimensions: what this scope names, and what the cell asks about."""
        return zip((self.nations, self.units, self.people, self.hours), cell.others, strict=True)

    def touches(self, cell: Cell) -> bool:
        """Some part of the cell lies in this scope, as far as the cell alone tells.

        Places under the cell's own are known to `rule` and `Orders` only, from `places`.
        """
        return (
            self.mission == cell.mission
            and (self.lines is None or cell.line in self.lines)
            and (self.sites is None or not cell.sites or not self.sites.isdisjoint(cell.sites))
            and all(
                names is None or name is None or name in names
                for names, name in self.opposite(cell)
            )
        )

    def within(self, other: "Scope") -> bool:
        """Everything in this scope is in the other as well, going by the names alone."""
        return self.mission == other.mission and all(
            fits(getattr(self, name), getattr(other, name)) for name in DIMENSIONS
        )


def fits(names: frozenset[str] | None, others: frozenset[str] | None) -> bool:
    return others is None or (names is not None and names <= others)


@dataclass(frozen=True, slots=True)
class Directive:
    """Restricts or suspends what it covers, from a moment on; only a lift ends it.

    It covers `surely` and at most what is in `surely` or `perhaps`. `temporary` None is not
    stated. Raises PostureError if it orders nothing or speaks of two missions.
    """

    key: str
    effect: Posture
    authority: str
    reason: str
    surely: Scope
    perhaps: Scope
    effective: Moment
    temporary: bool | None = None
    claims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.effect == Posture.RUNNING:
            raise PostureError("A directive restricts or suspends; to restart, lift what stops.")
        if self.surely.mission != self.perhaps.mission:
            raise PostureError("A directive speaks of one mission only.")

    @property
    def mission(self) -> str:
        return self.surely.mission

    def may_cover(self, cell: Cell) -> bool:
        return self.perhaps.covers(cell) or self.surely.covers(cell)


@dataclass(frozen=True, slots=True)
class Lift:
    """Ends one directive, named by its key, within a scope, from a moment on and for good."""

    key: str
    directive: str
    scope: Scope
    effective: Moment
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Opens activity lines of a mission at all its sites and for all nations.

    `withdrawn` None: it has not been withdrawn. Raises PostureError for a narrower scope, which
    is what directives are for.
    """

    key: str
    scope: Scope
    begins: Moment
    withdrawn: Moment | None = None
    claims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(getattr(self.scope, name) is not None for name in DIMENSIONS if name != "lines"):
            raise PostureError("An authorisation opens a line at all sites and for all nations.")


def lifts_by_directive(lifts: Iterable[Lift], mission: str) -> dict[str, list[Lift]]:
    """The lifts within one mission, by the key of the directive that they end."""
    found: dict[str, list[Lift]] = {}
    for lift in lifts:
        if lift.scope.mission == mission:
            found.setdefault(lift.directive, []).append(lift)
    return found

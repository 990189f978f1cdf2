"""How many are accounted for, how that compares with the targets, and whom to look after first.

The people counted are those of a muster's list, which was frozen when it opened. Nobody leaves it:
whoever turns out not to be required is resolved, but never accounted for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cadre.core.accountability.reports import Standing
from cadre.core.accountability.states import State
from cadre.core.moments import later

WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the list, counted by nation, site and role; "" is not stated."""

    state: State
    nation: str = ""
    site: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people are in which state."""

    states: Mapping[State, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def accounted(self) -> int:
        return sum(number for state, number in self.states.items() if state.accounted)

    @property
    def resolved(self) -> int:
        return sum(number for state, number in self.states.items() if state.resolved)

    @property
    def accounted_percent(self) -> int | None:
        return percent(self.accounted, self.total)

    @property
    def resolved_percent(self) -> int | None:
        return percent(self.resolved, self.total)


def percent(part: int, whole: int) -> int | None:
    """Full percent, rounded down: never 100 while one is open. None of nobody."""
    return WHOLE * part // whole if whole else None


@dataclass(frozen=True, slots=True)
class Count:
    """All people of a list, and the same by nation, by site and by role."""

    everybody: Tally
    nations: Mapping[str, Tally]
    sites: Mapping[str, Tally]
    roles: Mapping[str, Tally]


def count(entries: Iterable[Entry]) -> Count:
    """Count a list. Each entry is one person, so who is on two missions' lists comes once."""
    found = list(entries)
    return Count(
        tally(each.state for each in found),
        grouped((each.nation, each.state) for each in found),
        grouped((each.site, each.state) for each in found),
        grouped((each.role, each.state) for each in found),
    )


def tally(states: Iterable[State]) -> Tally:
    return Tally(dict(Counter(states)))


def grouped(pairs: Iterable[tuple[str, State]]) -> dict[str, Tally]:
    groups: dict[str, list[State]] = defaultdict(list)
    for name, state in pairs:
        groups[name].append(state)
    return {name: tally(groups[name]) for name in sorted(groups)}


class Measure(StrEnum):
    """What a target asks for."""

    ACCOUNTED = "accounted"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Target:
    """So many percent are to be accounted for, or resolved, so long after a muster opened.

    `affected`: it asks so only of the people at the sites that the muster is about.
    """

    measure: Measure
    percent: int
    within: timedelta
    affected: bool = False


TARGETS: Final = (
    Target(Measure.ACCOUNTED, 80, timedelta(minutes=15)),
    Target(Measure.ACCOUNTED, 95, timedelta(minutes=60)),
    Target(Measure.RESOLVED, 100, timedelta(hours=4), affected=True),
    Target(Measure.RESOLVED, 100, timedelta(hours=12)),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Since when, without a break, one person has been known to be accounted for, and resolved
    (aware; None: is not). `reports.true_since` tells it.
    """

    affected: bool
    accounted_at: datetime | None = None
    resolved_at: datetime | None = None


class Outcome(StrEnum):
    """How a target stands. One that was missed stays missed, also when it is reached later."""

    MET = "met"
    MISSED = "missed"
    RUNNING = "running"
    NOBODY = "nobody to count"


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """How a target stands, by when it was to be reached, and when it was, if it was (aware)."""

    outcome: Outcome
    due_at: datetime
    reached_at: datetime | None = None


def target_status(
    target: Target, people: Iterable[Progress], opened_at: datetime, at: datetime
) -> TargetStatus:
    """How a target of a muster that opened at a moment stands at another (both aware).

    It is reached when as many as it asks for, rounded up, are accounted for or resolved; who
    ceases to be so does not count any more. What is reached at the last moment is met.
    """
    due_at = later(opened_at, target.within)
    moments = [
        each.accounted_at if target.measure is Measure.ACCOUNTED else each.resolved_at
        for each in people
        if each.affected or not target.affected
    ]
    if not moments:
        return TargetStatus(Outcome.NOBODY, due_at)
    wanted = max(1, -(-target.percent * len(moments) // WHOLE))
    reached = sorted(each for each in moments if each is not None and each <= at)
    reached_at = max(reached[wanted - 1], opened_at) if len(reached) >= wanted else None
    if reached_at is not None and reached_at <= due_at:
        return TargetStatus(Outcome.MET, due_at, reached_at)
    return TargetStatus(Outcome.MISSED if at >= due_at else Outcome.RUNNING, due_at, reached_at)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the list, as far as it matters for who comes first. `key`: the name to sort by,
    unlike all others; `affected`: belongs to a site that the muster is about; `seen_at`: when last.
    """

    key: str
    standing: Standing
    affected: bool = False
    seen_at: datetime | None = None


def riskiest_first(people: Iterable[Person]) -> list[Person]:
    """The people who are outstanding, in the order in which to look after them.

    First by `urgency`, then those of affected sites, then who was never seen, then who was seen
    longest ago, then by name. So it is a total order, and the same from wherever it is asked.
    """
    return sorted((each for each in people if each.standing.outstanding), key=place_in_line)


def place_in_line(person: Person) -> tuple[int, bool, bool, float, str]:
    seen_at = person.seen_at
    return (
        urgency(person.standing),
        not person.affected,
        seen_at is not None,
        seen_at.timestamp() if seen_at else 0.0,
        person.key,
    )


URGENCIES: Final[Sequence[frozenset[State]]] = (
    frozenset({State.NEED_HELP, State.INJURED}),
    frozenset({State.MISSING, State.WHEREABOUTS_UNKNOWN}),
    frozenset({State.UNCLEAR}),
)


def urgency(standing: Standing) -> int:
    """0 needs help or is injured, 1 missing or whereabouts unknown, 2 unclear, 3 contradicted,
    4 unaccounted, 5 whatever else, such as a safe word that has to be asked for again.
    """
    for number, states in enumerate(URGENCIES):
        if standing.state in states:
            return number
    if standing.contradicted:
        return len(URGENCIES)
    return len(URGENCIES) + (1 if standing.state is State.UNACCOUNTED else 2)

"""Residual risk of activities: which assessment counts at a place, and which decision stands.

Of all assessments that cover a line at a place the latest counts, however narrow or wide its
places are; of several that can be the latest, the worse. An assessment orders nothing and stops
nothing, and a decision past its end is open again. That activities are of four criticalities, and
that more may be risked for a more critical one, follows the United Nations' programme criticality.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from cadre.core.moments import Moment


class Criticality(IntEnum):
    """How much depends on an activity: 1 is the highest."""

    LIFESAVING = 1
    ESSENTIAL = 2
    IMPORTANT = 3
    DESIRABLE = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Risk(IntEnum):
    """What is left of a risk after measures; a higher number is worse."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    VERY_HIGH = 4
    UNACCEPTABLE = 5

    @property
    def word(self) -> str:
        return self.name.lower()


RISKS_BY_WORD = {each.word: each for each in Risk}

type Cell = tuple[Criticality, Risk]
type Table = Mapping[
    Cell, str
]  # who has to decide; "" is nobody: not allowed; left out: not stated

CELLS: tuple[Cell, ...] = tuple((criticality, risk) for risk in Risk for criticality in Criticality)


def who_decides(table: Table, criticality: Criticality, risk: Risk) -> str | None:
    """The authority that a mission's table names, "" where it allows nobody to accept the risk;
    None is not stated. What is unacceptable nobody can accept, whatever the table says.
    """
    return "" if risk is Risk.UNACCEPTABLE else table.get((criticality, risk))


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment of a line at some places (None: all of the mission's), as of a moment."""

    key: str
    line: str
    sites: frozenset[str] | None
    criticality: Criticality
    risk: Risk
    moment: Moment

    def covers(self, line: str, path: Iterable[str]) -> bool:
        """`path`: the place and every one that it lies in."""
        return self.line == line and (self.sites is None or not self.sites.isdisjoint(path))

    def surely_after(self, other: "Assessed") -> bool:
        mine, theirs = self.moment.earliest, other.moment.latest
        return mine is not None and theirs is not None and mine > theirs


@dataclass(frozen=True, slots=True)
class RiskStanding:
    """What is assessed of a line at a place: all assessments that can be the latest, worst first.

    `open`: one of them has no stated moment, so which of them counts is not stated.
    """

    candidates: tuple[Assessed, ...]
    open: bool

    @property
    def worst(self) -> Assessed | None:
        return self.candidates[0] if self.candidates else None

    @property
    def counts(self) -> Assessed | None:
        """The assessment that counts; None where there is none, or it is not stated which."""
        return None if self.open else self.worst


def worst_first(each: Assessed) -> tuple[int, int, str]:
    """The higher risk is the worse; of the same risk the one for what is less critical."""
    return -each.risk, -each.criticality, each.key


def standing(
    assessments: Iterable[Assessed], line: str, path: Iterable[str], at: datetime
) -> RiskStanding:
    """What counts of assessments, in whatever order they came, for a line at a place at a moment.

    One whose moment is vague is the latest wherever that fits; one of no stated moment may always
    be. Nothing assessed gives no candidates: not stated.
    """
    places = frozenset(path)
    mine = [each for each in assessments if each.covers(line, places)]
    begun = [each for each in mine if each.moment.perhaps_by(at)]
    sure = [each for each in begun if each.moment.surely_by(at)]
    last = [each for each in begun if not any(other.surely_after(each) for other in sure)]
    return RiskStanding(
        candidates=tuple(sorted(last, key=worst_first)),
        open=any(not each.moment.stated for each in last),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about an assessment. `until` None: it was not accepted, which has no end."""

    key: str
    accepted: bool
    decided_at: datetime
    until: datetime | None = None

    def ended(self, at: datetime) -> bool:
        return self.until is not None and self.until <= at


def last_decision(decisions: Iterable[Decided], at: datetime) -> Decided | None:
    """The decision that was made last by a moment, whether it has ended or not; None for none.

    Of two of one moment the one that accepts less counts: none at all, or for a shorter time.
    """
    made = [each for each in decisions if each.decided_at <= at]
    return max(made, key=strictest_last, default=None)


def strictest_last(each: Decided) -> tuple[datetime, bool, float, str]:
    ends = each.until.timestamp() if each.until else 0.0
    return each.decided_at, not each.accepted, -ends, each.key

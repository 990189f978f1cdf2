"""Protection levels: which one is in force at a place, since when, and whose word that is.

Each authority's latest order for a place is its word there, and of several authorities the
strictest word wins. So a floor from above with more on the spot needs no rule of its own, lowering
by one authority never undoes what another ordered, and the order of entry cannot matter. A level
stops nothing and restarts nothing: only directives and their lifts do.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cadre.core.moments import Moment, later
from cadre.core.posture import Cell, Scope

NOTHING: Final = -1  # the rank below all levels: nothing is ordered
MOVEMENT: Final = "movement"  # the one activity that is no line of the mission


class Allowance(StrEnum):
    """What a level says of an activity; where it says nothing, that is not stated."""

    ALLOWED = "allowed"
    LIMITED = "limited"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Level:
    """A step of a scale. A higher rank protects more. `longest`: how long it can be held; None is
    not stated, unless it can be held `without_limit`.
    """

    code: str
    rank: int
    longest: timedelta | None = None
    without_limit: bool = False
    rules: Mapping[str, Allowance] = field(default_factory=dict)

    def forbids(self, activity: str) -> bool:
        return self.rules.get(activity) is Allowance.FORBIDDEN


def hours(number: int | None) -> timedelta | None:
    """So many hours; None stays not stated."""
    return None if number is None else timedelta(hours=number)


@dataclass(frozen=True, slots=True)
class LevelOrder:
    """An order that a level holds from a moment on. `level` None: to which was not stated.

    `issuer`: whose word it is; a later order of the same issuer takes its place where it covers.
    """

    key: str
    issuer: str
    authority: str
    scope: Scope
    level: int | None
    effective: Moment
    claims: tuple[str, ...] = ()

    def surely_after(self, other: "LevelOrder") -> bool:
        mine, theirs = self.effective.earliest, other.effective.latest
        return mine is not None and theirs is not None and mine > theirs


@dataclass(frozen=True, slots=True)
class Word:
    """An order that counts, or may count. `partly`: it reaches only a part of what is asked."""

    order: LevelOrder
    certain: bool
    partly: bool = False


@dataclass(frozen=True, slots=True)
class LevelRuling:
    """The lowest and the highest level that fit all that is known, as ranks, with the orders.

    NOTHING: none is ordered. `open`: an order counts of which nobody stated the level, so it may
    be higher than `upper` too.
    """

    lower: int
    upper: int
    open: bool
    because: tuple[Word, ...]

    @property
    def rank(self) -> int | None:
        """The rank in force, NOTHING if none is ordered; None is not stated."""
        return None if self.open or self.lower != self.upper else self.lower


def rule(orders: Iterable[LevelOrder], cell: Cell, at: datetime) -> LevelRuling:
    """The level at a place for some people at a moment; `orders` are those of one scale, with
    those of which the scale was not stated. The line of the cell does not matter.
    """
    found = list(orders)
    mine = [each for each in found if each.scope.covers(cell)]
    words = list(words_of(mine, at))
    bounds = [bounds_of(group, at) for group in by_issuer(mine).values()]
    partly = (
        Word(each, certain=each.effective.surely_by(at), partly=True)
        for each in found
        if each.scope.touches(cell)
        and not each.scope.covers(cell)
        and each.effective.perhaps_by(at)
    )
    return LevelRuling(
        lower=max((lower for lower, _upper in bounds), default=NOTHING),
        upper=max((upper for _lower, upper in bounds), default=NOTHING),
        open=any(word.order.level is None for word in words),
        because=tuple(sorted((*words, *partly), key=strictest_first)),
    )


def strictest_first(word: Word) -> tuple[bool, bool, int, str]:
    level = word.order.level
    return word.partly, not word.certain, -(NOTHING if level is None else level), word.order.key


def by_issuer(orders: Iterable[LevelOrder]) -> dict[str, list[LevelOrder]]:
    found: dict[str, list[LevelOrder]] = defaultdict(list)
    for each in orders:
        found[each.issuer].append(each)
    return found


def possible(orders: Sequence[LevelOrder], at: datetime) -> list[LevelOrder]:
    """Of one issuer's orders those that can be its latest at a moment, in some world that fits."""
    begun = [each for each in orders if each.effective.perhaps_by(at)]
    sure = [each for each in begun if each.effective.surely_by(at)]
    return [each for each in begun if not any(other.surely_after(each) for other in sure)]


def bounds_of(orders: Sequence[LevelOrder], at: datetime) -> tuple[int, int]:
    """The lowest and highest rank that one issuer's word can be; a level not stated counts as
    none here, since the ruling says by itself that it is open.
    """
    ranks = [NOTHING if each.level is None else each.level for each in possible(orders, at)]
    if not any(each.effective.surely_by(at) for each in orders):
        ranks.append(NOTHING)
    return min(ranks), max(ranks)


def words_of(orders: Iterable[LevelOrder], at: datetime) -> Iterator[Word]:
    for group in by_issuer(orders).values():
        current = possible(group, at)
        for each in current:
            yield Word(each, certain=len(current) == 1 and each.effective.surely_by(at))


@dataclass(frozen=True, slots=True)
class Held:
    """How long the level in force may have been held, and can be. `since` None: not stated.

    It is counted from the earliest moment at which this level or a higher one can have begun.
    """

    since: datetime | None = None
    until: datetime | None = None
    without_limit: bool = False

    def beyond(self, at: datetime) -> bool:
        """It is held longer than it can be."""
        return self.until is not None and self.until <= at


def held(
    orders: Sequence[LevelOrder], cell: Cell, levels: Mapping[int, Level], at: datetime
) -> Held:
    """How the level that may be in force is held: the highest of the bounds, counted from as early
    as it can have begun, since what is unclear is never safe. `levels`: the scale by rank.
    """
    ruling = rule(orders, cell, at)
    level = levels.get(ruling.upper)
    if level is None or ruling.open:
        return Held()
    since = began(orders, cell, ruling.upper, at)
    if level.without_limit or level.longest is None or since is None:
        return Held(since, without_limit=level.without_limit)
    return Held(since, later(since, level.longest))


def began(orders: Sequence[LevelOrder], cell: Cell, rank: int, at: datetime) -> datetime | None:
    """From when on, without a break, a level of at least this rank may have been in force; None
    where nothing bounds that.
    """
    bounds = (
        bound for each in orders for bound in (each.effective.earliest, each.effective.latest)
    )
    since = None
    for point in sorted({each for each in bounds if each is not None and each <= at}, reverse=True):
        if rule(orders, cell, point).upper < rank:
            return since
        since = point
    endless = any(
        each.effective.earliest is None and each.level is not None and each.level >= rank
        for each in orders
        if each.scope.covers(cell)
    )
    return None if endless else since

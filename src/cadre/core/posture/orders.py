"""The orders of a moment's record in a compiled form, for many questions at once."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial, reduce
from itertools import accumulate
from operator import and_, or_

from cadre.core.posture.masks import Covering, bits
from cadre.core.posture.parts import Part, Path, World
from cadre.core.posture.rulings import (
    Reason,
    Ruling,
    basis_of,
    in_order,
    reason,
    require_zone,
    scopes_of,
)
from cadre.core.posture.scopes import (
    Authorisation,
    Cell,
    Directive,
    Lift,
    Others,
    Posture,
    Scope,
    lifts_by_directive,
)
from cadre.core.posture.spans import (
    ALWAYS,
    Span,
    Steps,
    Timeline,
    highest,
    highest_of,
    lowest_of,
)

type Bounds = tuple[Posture, Posture, tuple[Authorisation, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A directive as it counts in one of the two bounds."""

    number: int  # the same in both bounds
    directive: Directive
    start: datetime
    ends: tuple[tuple[Scope, datetime], ...]  # where and from when on no longer; earliest first


class Bound:
    """One of the two bounds for one mission: what counts in it, indexed.

    Directives stand in the order in which they begin to count, so the lowest bit of a set of them
    is the one that decides from when on the set stops anything.
    """

    def __init__(self, counted: Iterable[Counted], *, certain: bool) -> None:
        self.counted = sorted(counted, key=lambda each: each.start)
        self.scopes = [Covering([each.directive.surely for each in self.counted])]
        if not certain:
            self.scopes.append(Covering([each.directive.perhaps for each in self.counted]))
        self.with_effect = {
            effect: sum(
                1 << place
                for place, each in enumerate(self.counted)
                if each.directive.effect == effect
            )
            for effect in (Posture.SUSPENDED, Posture.RESTRICTED)
        }
        self.starts = [each.start for each in self.counted]
        ends = [end for each in self.counted for end in each.ends]
        self.lifted = Covering([scope for scope, _end in ends])
        self.ends = [end for _scope, end in ends]
        self.first_end = list(accumulate((len(each.ends) for each in self.counted), initial=0))

    def reaching(self, cell: Cell) -> int:
        mask = 0
        for scopes in self.scopes:
            mask |= scopes.of(cell)
        return mask

    def steps(self, cell: Cell, lifted_at: Cell) -> Steps:
        """The strictest effect that counts for one indivisible cell, from each moment on."""
        reaching = self.reaching(cell)
        if not reaching:
            return []
        lifted = self.lifted.of(lifted_at)
        spans: list[Span] = []
        for_good: datetime | None = None  # when something stricter begins to stop it without end
        for effect, mask in self.with_effect.items():
            for place in bits(reaching & mask):
                start, end = self.counted[place].start, self.end(place, lifted)
                if for_good is not None and for_good <= start:
                    break
                if end is None:
                    for_good = start
                if end is None or start < end:
                    spans.append((start, end, effect))
        return highest(spans)

    def counting(self, parts: Iterable[tuple[Cell, Cell]], at: datetime) -> list[int]:
        """The directives that count at a moment for the parts of one cell, as a mask for each: an
        indivisible cell, and where a lift may reach it.
        """
        begun = (1 << bisect_right(self.starts, at)) - 1
        come = sum(1 << number for number, end in enumerate(self.ends) if end <= at)
        lifted_somewhere = sum(
            1 << place for place in range(len(self.counted)) if self.of_its_own(place, come)
        )
        about: dict[Others, list[int]] = {}  # the line of all parts is the same
        masks = []
        for cell, lifted_at in parts:
            asked = cell.others
            if (limits := about.get(asked)) is None:
                limits = about[asked] = [begun & each.about(cell) for each in self.scopes]
            mask = 0
            for scopes, limit in zip(self.scopes, limits, strict=True):
                mask |= limit and limit & scopes.at(cell.sites)
            if mask & lifted_somewhere:
                mask = self.not_lifted(mask, self.lifted.of(lifted_at) & come)
            masks.append(mask)
        return masks

    def not_lifted(self, mask: int, lifts: int) -> int:
        for place in bits(mask if lifts else 0):
            if self.of_its_own(place, lifts):
                mask ^= 1 << place
        return mask

    def strictest(self, mask: int) -> Posture:
        for effect, places in self.with_effect.items():
            if mask & places:
                return effect
        return Posture.RUNNING

    def numbers(self, mask: int) -> set[int]:
        return {self.counted[place].number for place in bits(mask)}

    def of_its_own(self, place: int, lifts: int) -> int:
        """Those of the lifts in the mask that are a directive's own, counted from its first."""
        first, after = self.first_end[place], self.first_end[place + 1]
        return lifts >> first & (1 << after - first) - 1

    def end(self, place: int, lifted: int) -> datetime | None:
        """When the first of those of a directive's lifts that are in the mask ends it."""
        mine = self.of_its_own(place, lifted)
        return self.ends[self.first_end[place] + next(bits(mine))] if mine else None


class MissionOrders:
    """All the orders of one mission, with what was worked out of them so far."""

    def __init__(
        self,
        directives: Sequence[Directive],
        lifting: dict[str, list[Lift]],
        authorisations: Sequence[Authorisation],
        places: Sequence[Path],
    ) -> None:
        self.directives = directives
        self.lifting = lifting
        self.authorisations = authorisations
        self.world = World(scopes_of(directives, lifting), places)
        self.lower = Bound(surely_counted(directives, lifting), certain=True)
        self.upper = Bound(perhaps_counted(directives, lifting), certain=False)
        self.timelines: dict[Cell, Timeline[Bounds]] = {}
        self.of_alike: dict[Hashable, Timeline[Bounds]] = {}
        self.of_moment: dict[Hashable, Ruling] = {}
        self.lower_steps: dict[Part, Steps] = {}
        self.upper_steps: dict[Cell, Steps] = {}

    def timeline(self, cell: Cell) -> Timeline[Bounds]:
        """The bounds and the basis of a cell at every moment."""
        found = self.timelines.get(cell)
        if found is None:
            alike = self.world.alike(cell)
            found = self.of_alike.get(alike)
            if found is None:
                found = self.of_alike[alike] = self.compiled(cell)
            self.timelines[cell] = found
        return found

    def compiled(self, cell: Cell) -> Timeline[Bounds]:
        parts = self.world.parts(cell)
        lower = lowest_of([self.lower_of(part) for part in parts])
        upper = highest_of([self.upper_of(part) for part in parts])
        points = sorted(
            {
                ALWAYS,
                *(point for point, _level in lower),
                *(point for point, _level in upper),
                *basis_changes(cell, self.authorisations),
            }
        )
        return Timeline(points, self.bounds_at(cell, points, lower, upper))

    def bounds_at(
        self, cell: Cell, points: list[datetime], lower: Steps, upper: Steps
    ) -> list[Bounds]:
        lows, highs = dict(lower), dict(upper)
        low, high = Posture.RUNNING, Posture.RUNNING
        found: list[Bounds] = []
        for point in points:
            low, high = Posture(lows.get(point, low)), Posture(highs.get(point, high))
            basis = basis_of(cell, point, self.authorisations)
            found.append((low, high if basis else Posture.SUSPENDED, basis))
        return found

    def lower_of(self, part: Part) -> Steps:
        found = self.lower_steps.get(part)
        if found is None:
            found = self.lower_steps[part] = self.lower.steps(part.cell, part.widest)
        return found

    def upper_of(self, part: Part) -> Steps:
        found = self.upper_steps.get(part.cell)
        if found is None:
            found = self.upper_steps[part.cell] = self.upper.steps(part.cell, part.cell)
        return found

    def once(self, cell: Cell, at: datetime) -> Ruling:
        """The ruling at one moment, without working out what changes at others."""
        alike = self.world.alike(cell), at
        found = self.of_moment.get(alike)
        if found is None:
            low, high = self.counting(cell, at)
            basis = basis_of(cell, at, self.authorisations)
            found = self.of_moment[alike] = Ruling(
                min(map(self.lower.strictest, set(low))),
                max(map(self.upper.strictest, set(high))) if basis else Posture.SUSPENDED,
                partial(self.reasons, low, high),
                basis,
            )
        return found

    def because(self, cell: Cell, at: datetime) -> tuple[Reason, ...]:
        """The reasons of the ruling, as `rule` gives them."""
        return self.reasons(*self.counting(cell, at))

    def counting(self, cell: Cell, at: datetime) -> tuple[list[int], list[int]]:
        """What surely and what perhaps counts in each part, as masks of the two bounds."""
        parts = self.world.parts(cell)
        return (
            self.lower.counting(((part.cell, part.widest) for part in parts), at),
            self.upper.counting(((part.cell, part.cell) for part in parts), at),
        )

    def reasons(self, low: list[int], high: list[int]) -> tuple[Reason, ...]:
        in_some, in_all = (self.lower.numbers(reduce(by, set(low))) for by in (or_, and_))
        perhaps, perhaps_in_all = (self.upper.numbers(reduce(by, set(high))) for by in (or_, and_))
        return in_order(
            reason(
                self.directives[number],
                in_some=number in in_some,
                in_all=number in in_all,
                perhaps_in_all=number in perhaps_in_all,
            )
            for number in perhaps
        )


class Orders:
    """Directives, lifts and authorisations, compiled: the same answers as `rule`, many a second.

    Holds what it worked out, so make a new one when the record has changed.
    """

    def __init__(
        self,
        directives: Iterable[Directive],
        lifts: Iterable[Lift],
        authorisations: Iterable[Authorisation],
        places: Iterable[Path] = (),
    ) -> None:
        self.directives: dict[str, list[Directive]] = {}
        for directive in directives:
            self.directives.setdefault(directive.mission, []).append(directive)
        self.lifts = tuple(lifts)
        self.authorisations = tuple(authorisations)
        self.places = tuple(places)
        self.missions: dict[str, MissionOrders] = {}

    def rule(self, cell: Cell, at: datetime) -> Ruling:
        """The ruling for a cell at a moment (any time zone), as `rule` gives it."""
        if at.tzinfo is None:
            require_zone(at)
        mission = self.missions.get(cell.mission) or self.mission(cell.mission)
        timeline = mission.timelines.get(cell) or mission.timeline(cell)
        lower, upper, basis = timeline.at(at)
        return Ruling(lower, upper, partial(mission.because, cell, at), basis)

    def rule_once(self, cell: Cell, at: datetime) -> Ruling:
        """As `rule`, quicker where a cell is asked about at one moment only."""
        require_zone(at)
        return (self.missions.get(cell.mission) or self.mission(cell.mission)).once(cell, at)

    def changes(self, cell: Cell) -> tuple[datetime, ...]:
        """The moments at which the cell's bounds or basis may change, in order."""
        mission = self.missions.get(cell.mission) or self.mission(cell.mission)
        return tuple(mission.timeline(cell).points[1:])

    def mission(self, name: str) -> MissionOrders:
        found = self.missions[name] = MissionOrders(
            self.directives.get(name, ()),
            lifts_by_directive(self.lifts, name),
            self.authorisations,
            self.places,
        )
        return found


def surely_counted(
    directives: Iterable[Directive], lifting: dict[str, list[Lift]]
) -> Iterable[Counted]:
    """As they count in the lower bound: from when they surely began until a lift can have come."""
    for number, each in enumerate(directives):
        if each.effective.latest is not None:
            ends = [
                (lift.scope, lift.effective.earliest or ALWAYS)
                for lift in lifting.get(each.key, ())
            ]
            yield Counted(number, each, each.effective.latest, in_time(ends))


def perhaps_counted(
    directives: Iterable[Directive], lifting: dict[str, list[Lift]]
) -> Iterable[Counted]:
    """As they count in the upper bound: from when they can have begun until a lift surely came."""
    for number, each in enumerate(directives):
        ends = [
            (lift.scope, lift.effective.latest)
            for lift in lifting.get(each.key, ())
            if lift.effective.latest is not None
        ]
        yield Counted(number, each, each.effective.earliest or ALWAYS, in_time(ends))


def in_time(ends: list[tuple[Scope, datetime]]) -> tuple[tuple[Scope, datetime], ...]:
    return tuple(sorted(ends, key=lambda found: found[1]))


def basis_changes(cell: Cell, authorisations: Iterable[Authorisation]) -> Iterable[datetime]:
    """When the basis of the cell's line surely begins or can have ended."""
    for each in authorisations:
        if each.scope.covers(cell):
            if each.begins.latest is not None:
                yield each.begins.latest
            if each.withdrawn is not None and each.withdrawn.earliest is not None:
                yield each.withdrawn.earliest

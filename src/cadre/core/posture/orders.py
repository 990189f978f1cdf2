"""The orders of a moment's record in a compiled form, for many questions at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from cadre.core.posture.masks import Covering, bits
from cadre.core.posture.parts import Part, Path, parts_of
from cadre.core.posture.rulings import (
    Reason,
    Ruling,
    basis_of,
    reasons,
    require_zone,
    scopes_of,
    standing,
)
from cadre.core.posture.scopes import (
    Authorisation,
    Cell,
    Directive,
    Lift,
    Posture,
    Scope,
    lifts_by_directive,
)
from cadre.core.posture.spans import (
    ALWAYS,
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

    directive: Directive
    start: datetime
    ends: tuple[tuple[Scope, datetime], ...]  # where and from when on it counts no longer


class Bound:
    """One of the two bounds for one mission: what counts in it, indexed.

    Directives stand in the order in which they begin to count, so the lowest bit of a set of them
    is the one that decides from when on the set stops anything.
    """

    def __init__(self, counted: Iterable[Counted], *, certain: bool) -> None:
        self.counted = sorted(counted, key=lambda each: each.start)
        surely = Covering([each.directive.surely for each in self.counted])
        self.scopes = [surely]
        if not certain:
            self.scopes.append(Covering([each.directive.perhaps for each in self.counted]))
        ends = sorted(
            (
                (end, place, scope)
                for place, each in enumerate(self.counted)
                for scope, end in each.ends
            ),
            key=lambda found: found[:2],
        )
        self.ends = [(place, end) for end, place, _scope in ends]
        self.lifted = Covering([scope for _end, _place, scope in ends])
        self.with_effect = {
            effect: sum(
                1 << place
                for place, each in enumerate(self.counted)
                if each.directive.effect == effect
            )
            for effect in (Posture.RESTRICTED, Posture.SUSPENDED)
        }

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
        ended: dict[int, datetime] = {}
        for bit in bits(self.lifted.of(lifted_at)):
            place, end = self.ends[bit]
            ended.setdefault(place, end)  # the ends are in order: the first one counts
        spans: list[tuple[datetime, datetime | None, int]] = []
        for place, end in ended.items():
            each = self.counted[place]
            if reaching >> place & 1 and each.start < end:
                spans.append((each.start, end, each.directive.effect))
            reaching &= ~(1 << place)
        for effect, mask in self.with_effect.items():
            if reaching & mask:
                first = next(bits(reaching & mask))
                spans.append((self.counted[first].start, None, effect))
        return highest(spans)


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
        self.places = places
        self.scopes = list(scopes_of(directives, lifting))
        self.lower = Bound(surely_counted(directives, lifting), certain=True)
        self.upper = Bound(perhaps_counted(directives, lifting), certain=False)
        self.timelines: dict[Cell, Timeline[Bounds]] = {}
        self.lower_steps: dict[Part, Steps] = {}
        self.upper_steps: dict[Cell, Steps] = {}

    def timeline(self, cell: Cell) -> Timeline[Bounds]:
        found = self.timelines.get(cell)
        if found is None:
            found = self.timelines[cell] = self.compiled(cell)
        return found

    def compiled(self, cell: Cell) -> Timeline[Bounds]:
        parts = self.parts(cell)
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

    def parts(self, cell: Cell) -> tuple[Part, ...]:
        return parts_of(cell, self.scopes, self.places)

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

    def because(self, cell: Cell, at: datetime) -> tuple[Reason, ...]:
        parts = self.parts(cell)
        mask = 0
        for part in parts:
            mask |= self.upper.reaching(part.cell)
        counted = [self.upper.counted[place] for place in bits(mask)]
        return reasons(
            standing(each.directive, self.lifting.get(each.directive.key, ()), parts, at)
            for each in counted
            if each.start <= at
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
        self.lifting = lifts_by_directive(lifts)
        self.authorisations = tuple(authorisations)
        self.places = tuple(places)
        self.missions: dict[str, MissionOrders] = {}

    def rule(self, cell: Cell, at: datetime) -> Ruling:
        """The ruling for a cell at a moment (any time zone), as `rule` gives it."""
        if at.tzinfo is None:
            require_zone(at)
        mission = self.missions.get(cell.mission) or self.mission(cell.mission)
        lower, upper, basis = mission.timeline(cell).at(at)
        return Ruling(lower, upper, partial(mission.because, cell, at), basis)

    def changes(self, cell: Cell) -> tuple[datetime, ...]:
        """The moments at which the cell's bounds or basis may change, in order."""
        mission = self.missions.get(cell.mission) or self.mission(cell.mission)
        return tuple(mission.timeline(cell).points[1:])

    def mission(self, name: str) -> MissionOrders:
        found = self.missions[name] = MissionOrders(
            self.directives.get(name, ()), self.lifting, self.authorisations, self.places
        )
        return found


def surely_counted(
    directives: Iterable[Directive], lifting: dict[str, list[Lift]]
) -> Iterable[Counted]:
    """As they count in the lower bound: from when they surely began until a lift can have come."""
    for each in directives:
        if each.effective.latest is not None:
            ends = tuple(
                (lift.scope, lift.effective.earliest or ALWAYS)
                for lift in lifting.get(each.key, ())
            )
            yield Counted(each, each.effective.latest, ends)


def perhaps_counted(
    directives: Iterable[Directive], lifting: dict[str, list[Lift]]
) -> Iterable[Counted]:
    """As they count in the upper bound: from when they can have begun until a lift surely came."""
    for each in directives:
        ends = tuple(
            (lift.scope, lift.effective.latest)
            for lift in lifting.get(each.key, ())
            if lift.effective.latest is not None
        )
        yield Counted(each, each.effective.earliest or ALWAYS, ends)


def basis_changes(cell: Cell, authorisations: Iterable[Authorisation]) -> Iterable[datetime]:
    """When the basis of the cell's line surely begins or can have ended."""
    for each in authorisations:
        if each.scope.covers(cell):
            if each.begins.latest is not None:
                yield each.begins.latest
            if each.withdrawn is not None and each.withdrawn.earliest is not None:
                yield each.withdrawn.earliest

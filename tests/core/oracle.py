"""An independent answer to every posture question: count out all the worlds that could be.

A world decides everything that the orders leave open: when each moment was, and whether a
directive covers only what it surely covers or all that it may. In one world nothing is uncertain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product

from cadre.core.moments import Moment
from cadre.core.posture import Authorisation, Cell, Directive, Lift, Posture, Scope

type Path = tuple[str, ...]
# A place apart from those under it; one nation, one unit of the host, one person, one hour.
type Atom = tuple[Path, str, str, str, str]
type Case = tuple[str, str, bool]  # directive, certainty, partly

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
FAR_OFF = datetime(9999, 12, 30, tzinfo=UTC)
OTHERS = "what nobody names"
NAMED = (("FR", "DE", "SE"), ("first", "second"), ("smith", "jones"), ("mon-08",))


@dataclass(frozen=True)
class Orders:
    directives: Sequence[Directive] = ()
    lifts: Sequence[Lift] = ()
    authorisations: Sequence[Authorisation] = ()
    places: Sequence[Path] = ()


@dataclass
class Answer:
    lower: Posture
    upper: Posture
    because: set[Case] = field(default_factory=set)


@dataclass(frozen=True)
class World:
    starts: tuple[datetime, ...]
    generous: tuple[bool, ...]  # covers all that it may
    lifted: tuple[datetime, ...]
    opened: tuple[datetime, ...]
    closed: tuple[datetime, ...]


def answer(cell: Cell, at: datetime, orders: Orders) -> Answer:
    atoms = atoms_of(cell, orders)
    found: list[tuple[Posture, Posture]] = []
    count = len(orders.directives)
    always = [set(atoms) for _ in range(count)]
    ever: list[set[Atom]] = [set() for _ in range(count)]
    for world in worlds(orders, at):
        in_force = [where(world, number, cell, at, orders) & atoms for number in range(count)]
        open_ = is_open(world, cell, at, orders)
        for number, there in enumerate(in_force):
            always[number] &= there
            ever[number] |= there
        for atom in atoms:
            strictest = max(
                (
                    directive.effect
                    for directive, there in zip(orders.directives, in_force, strict=True)
                    if atom in there
                ),
                default=Posture.RUNNING,
            )
            found.append((strictest, strictest if open_ else Posture.SUSPENDED))
    return Answer(
        lower=min(low for low, _high in found),
        upper=max(high for _low, high in found),
        because={
            (directive.key, "surely", always[number] != atoms)
            if always[number]
            else (directive.key, "perhaps", ever[number] != atoms)
            for number, directive in enumerate(orders.directives)
            if ever[number]
        },
    )


def worlds(orders: Orders, at: datetime) -> Iterator[World]:
    for starts in choices([each.effective for each in orders.directives], at):
        for generous in product((False, True), repeat=len(orders.directives)):
            for lifted in choices([each.effective for each in orders.lifts], at):
                for opened in choices([each.begins for each in orders.authorisations], at):
                    ends = [each.withdrawn for each in orders.authorisations]
                    for closed in choices(ends, at):
                        yield World(starts, generous, lifted, opened, closed)


def choices(moments: Sequence[Moment | None], at: datetime) -> Iterator[tuple[datetime, ...]]:
    return product(*(instants(moment, at) for moment in moments))


def instants(moment: Moment | None, at: datetime) -> list[datetime]:
    """One instant on each side of the question, where the bounds allow it."""
    if moment is None:
        return [FAR_OFF]
    first = moment.earliest or LONG_AGO
    last = moment.latest or FAR_OFF
    tries = [first, last, at, at + timedelta(microseconds=1)]
    inside = [instant for instant in tries if first <= instant <= last]
    before = [instant for instant in inside if instant <= at][:1]
    return before + [instant for instant in inside if instant > at][:1]


def atoms_of(cell: Cell, orders: Orders) -> set[Atom]:
    paths = {cell.sites}
    for place in orders.places:
        for length in range(len(place) + 1):
            if place[:length][: len(cell.sites)] == cell.sites and length >= len(cell.sites):
                paths.add(place[:length])
    asked = (cell.nation, cell.unit, cell.person, cell.hour)
    limited = [
        any(getattr(each, names) is not None for each in scopes_of(orders))
        for names in ("nations", "units", "people", "hours")
    ]
    others = [
        {name} if name else {OTHERS, *named} if told_apart else {OTHERS}
        for name, named, told_apart in zip(asked, NAMED, limited, strict=True)
    ]
    return {(path, *beside) for path in paths for beside in product(*others)}


def scopes_of(orders: Orders) -> Iterator[Scope]:
    for directive in orders.directives:
        yield from (directive.surely, directive.perhaps)
    for lift in orders.lifts:
        yield lift.scope


def where(world: World, number: int, cell: Cell, at: datetime, orders: Orders) -> set[Atom]:
    directive = orders.directives[number]
    if world.starts[number] > at:
        return set()
    atoms = atoms_of(cell, orders)
    scopes = [directive.surely, directive.perhaps] if world.generous[number] else [directive.surely]
    there = {atom for atom in atoms for scope in scopes if reaches(scope, cell, atom)}
    for lift, moment in zip(orders.lifts, world.lifted, strict=True):
        if lift.directive == directive.key and moment <= at:
            there -= {atom for atom in atoms if reaches(lift.scope, cell, atom)}
    return there


def reaches(scope: Scope, cell: Cell, atom: Atom) -> bool:
    path, *beside = atom
    if scope.mission != cell.mission:
        return False
    if scope.lines is not None and cell.line not in scope.lines:
        return False
    if scope.sites is not None and not any(name in scope.sites for name in path):
        return False
    limits = (scope.nations, scope.units, scope.people, scope.hours)
    return all(each is None or name in each for each, name in zip(limits, beside, strict=True))


def is_open(world: World, cell: Cell, at: datetime, orders: Orders) -> bool:
    return any(
        each.scope.mission == cell.mission
        and (each.scope.lines is None or cell.line in each.scope.lines)
        and opened <= at < closed
        for each, opened, closed in zip(
            orders.authorisations, world.opened, world.closed, strict=True
        )
    )

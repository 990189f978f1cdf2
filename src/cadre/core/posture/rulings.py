"""What the orders say about one cell at one moment, and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cadre.core.posture.parts import Part, Path, World
from cadre.core.posture.scopes import (
    Authorisation,
    Cell,
    Directive,
    Lift,
    Posture,
    PostureError,
    Scope,
    lifts_by_directive,
)

type Certainty = Literal["surely", "perhaps"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One directive that stops, or may stop, what was asked about.

    `surely`: it stops it, or a part of it, in every case that fits what is known. `partly`: with
    that certainty it reaches only a part of the cell asked about.
    """

    directive: Directive
    certainty: Certainty
    partly: bool = False


class Ruling:
    """The laxest and the strictest posture that fit all that is known, with the reasons.

    A value: equal rulings compare equal. The reasons may be worked out when they are first read,
    since most of many rulings are never asked for theirs.
    """

    __slots__ = ("_because", "basis", "lower", "upper")

    def __init__(
        self,
        lower: Posture,
        upper: Posture,
        because: tuple[Reason, ...] | Callable[[], tuple[Reason, ...]],
        basis: tuple[Authorisation, ...],
    ) -> None:
        self.lower = lower
        self.upper = upper
        self.basis = basis  # authorisations that surely hold
        self._because = because

    @property
    def because(self) -> tuple[Reason, ...]:
        """Every directive that counts, strictest first."""
        if not isinstance(self._because, tuple):
            self._because = self._because()
        return self._because

    @property
    def posture(self) -> Posture | None:
        """The answer; None where it is not stated."""
        return self.lower if self.lower == self.upper else None

    @property
    def differs(self) -> bool:
        """There is no one answer, and what stops reaches only a part of what was asked about."""
        return self.posture is None and any(reason.partly for reason in self.because)

    @property
    def in_part(self) -> bool:
        """It is known of each part what may go on, and the parts differ."""
        return (
            self.differs
            and bool(self.basis)
            and all(reason.certainty == "surely" for reason in self.because)
        )

    def unopened(self) -> "Ruling":
        """The same orders where nothing on record says that the line is open."""
        return Ruling(self.lower, Posture.SUSPENDED, self._because, ())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ruling) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)

    def __repr__(self) -> str:
        return f"Ruling({self.lower!r}, {self.upper!r}, {self.because!r}, {self.basis!r})"

    @property
    def content(
        self,
    ) -> tuple[Posture, Posture, tuple[Reason, ...], tuple[Authorisation, ...]]:
        return self.lower, self.upper, self.because, self.basis


@dataclass(frozen=True, slots=True)
class Standing:
    """In which parts of a cell a directive counts at a moment: one truth value for each part."""

    directive: Directive
    surely: tuple[bool, ...]
    perhaps: tuple[bool, ...]


def rule(
    cell: Cell,
    at: datetime,
    *,
    directives: Iterable[Directive],
    lifts: Iterable[Lift],
    authorisations: Iterable[Authorisation],
    places: Iterable[Path] = (),
) -> Ruling:
    """The ruling for a cell at a moment (any time zone).

    `places` are the mission's sites as paths from the root: with them an area is ruled on with
    everything under it. Without them a site is taken to have nothing under it, and for a mission
    as a whole the answer is less exact, never wrong. Nothing known gives running to suspended
    without a basis: nobody said that it runs. Raises PostureError if `at` has no time zone.
    """
    require_zone(at)
    ours = [directive for directive in directives if directive.mission == cell.mission]
    lifting = lifts_by_directive(lifts, cell.mission)
    parts = World(scopes_of(ours, lifting), places).parts(cell)
    standings = [standing(each, lifting.get(each.key, ()), parts, at) for each in ours]
    basis = basis_of(cell, at, authorisations)
    lower = min(strictest(standings, place) for place in range(len(parts)))
    counting = [each.directive.effect for each in standings if any(each.perhaps)]
    upper = max(counting, default=Posture.RUNNING) if basis else Posture.SUSPENDED
    return Ruling(lower, upper, reasons(standings), basis)


def require_zone(at: datetime) -> None:
    if at.tzinfo is None:
        raise PostureError(f"The moment {at.isoformat()} has no time zone.")


def scopes_of(directives: Sequence[Directive], lifting: dict[str, list[Lift]]) -> Iterable[Scope]:
    for directive in directives:
        yield directive.surely
        yield directive.perhaps
        for lift in lifting.get(directive.key, ()):
            yield lift.scope


def standing(
    directive: Directive, lifts: Sequence[Lift], parts: Sequence[Part], at: datetime
) -> Standing:
    """In which parts a directive counts.

    Surely where nothing can have kept it from a part or ended it there; perhaps where something
    can have brought it to a part and nothing surely ended it there.
    """
    begun, may_begin = directive.effective.surely_by(at), directive.effective.perhaps_by(at)
    may_end = [lift.scope for lift in lifts if lift.effective.perhaps_by(at)]
    ended = [lift.scope for lift in lifts if lift.effective.surely_by(at)]
    return Standing(
        directive,
        surely=tuple(
            begun
            and directive.surely.covers(part.cell)
            and not any(scope.covers(part.widest) for scope in may_end)
            for part in parts
        ),
        perhaps=tuple(
            may_begin
            and directive.may_cover(part.cell)
            and not any(scope.covers(part.cell) for scope in ended)
            for part in parts
        ),
    )


def strictest(standings: Sequence[Standing], place: int) -> Posture:
    return max(
        (each.directive.effect for each in standings if each.surely[place]),
        default=Posture.RUNNING,
    )


def reasons(standings: Iterable[Standing]) -> tuple[Reason, ...]:
    return in_order(
        reason(
            each.directive,
            in_some=any(each.surely),
            in_all=all(each.surely),
            perhaps_in_all=all(each.perhaps),
        )
        for each in standings
        if any(each.perhaps)
    )


def reason(directive: Directive, *, in_some: bool, in_all: bool, perhaps_in_all: bool) -> Reason:
    """Why a directive counts, from whether it does so in some and in all parts."""
    if in_some:
        return Reason(directive, "surely", partly=not in_all)
    return Reason(directive, "perhaps", partly=not perhaps_in_all)


def in_order(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """Strictest, surest, then by key: the order of entry must not show."""
    return tuple(
        sorted(
            found,
            key=lambda each: (
                -each.directive.effect,
                each.certainty != "surely",
                each.directive.key,
            ),
        )
    )


def basis_of(
    cell: Cell, at: datetime, authorisations: Iterable[Authorisation]
) -> tuple[Authorisation, ...]:
    """The authorisations that surely hold for the cell's line at a moment, by key."""
    found = [
        each
        for each in authorisations
        if each.scope.covers(cell)
        and each.begins.surely_by(at)
        and not (each.withdrawn and each.withdrawn.perhaps_by(at))
    ]
    return tuple(sorted(found, key=lambda each: each.key))

"""Small generated records of directives, as rows and, by another way, as values of the core."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st

from cadre.core.moments import Moment, together
from cadre.core.posture import Authorisation, Cell, Directive, Lift, Posture, Ruling, Scope, rule
from cadre.directives.models import Clock

MISSIONS = ("M", "N")
LINES = ("training", "advising")
NATIONS = ("FR", "DE")
BESIDE = (("first", "second"), ("smith", "jones", "miller"), ("mon-08", "tue-09"))
PATHS = {
    "country": ("country",),
    "area": ("country", "area"),
    "room": ("country", "area", "room"),
    "hall": ("country", "area", "hall"),
    "abroad": ("abroad",),
}
SITES = (*PATHS, "unheard-of")  # the last is in no tree
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 6


def day(number: float) -> datetime:
    return FIRST_DAY + timedelta(days=number)


days = st.integers(0, DAYS).map(day)
asked_moments = st.integers(-1, 2 * DAYS + 1).map(lambda half: day(half / 2))


@dataclass(frozen=True)
class Written[Value]:
    """One row: what it says, when it could be known, which row of its kind it corrects, and
    whether it is secret.
    """

    value: Value
    known_from: datetime
    recorded_at: datetime
    corrects: int | None
    secret: bool
    row: UUID

    def known(self, known_on: datetime | None, began: datetime) -> bool:
        if known_on is None:
            return True
        return (self.known_from if known_on < began else self.recorded_at) <= known_on


@dataclass(frozen=True)
class Order:
    surely: Scope
    perhaps: Scope
    effect: Posture


@dataclass(frozen=True)
class Said:
    """What somebody said of a moment of the `of`-th row of another kind."""

    of: int
    moment: Moment


@dataclass(frozen=True)
class Timed(Said):
    clock: Clock


@dataclass(frozen=True)
class Lifting:
    of: int
    scope: Scope
    moment: Moment


@dataclass(frozen=True)
class Opening:
    mission: str
    lines: frozenset[str] | None
    request: int
    begins: Moment


@dataclass(frozen=True)
class WrittenWorld:
    """A record of two missions. Requests of the host are numbered, the first is the first's."""

    began: datetime
    tree: tuple[str, ...]
    orders: Sequence[Written[Order]]
    timings: Sequence[Written[Timed]]
    lifts: Sequence[Written[Lifting]]
    openings: Sequence[Written[Opening]]
    withdrawals: Sequence[Written[Said]]

    def rule(self, cell: Cell, at: datetime, known_on: datetime | None, *, cleared: bool) -> Ruling:
        """What the core says when it is told what this record knew, secrets only if cleared."""

        def known[Value](rows: Sequence[Written[Value]]) -> dict[int, Written[Value]]:
            return {
                number: row
                for number, row in enumerate(rows)
                if row.known(known_on, self.began) and (cleared or not row.secret)
            }

        def live[Value](rows: Sequence[Written[Value]]) -> dict[int, Value]:
            found = known(rows)
            gone = {row.corrects for row in found.values()}
            return {number: row.value for number, row in found.items() if number not in gone}

        timings, withdrawals = live(self.timings).values(), live(self.withdrawals).values()
        issued = {  # known as soon as anything of their times is
            number: row.value
            for number, row in enumerate(self.orders)
            if (cleared or not row.secret)
            and number in {*known(self.orders), *(each.of for each in timings)}
            and number not in {each.corrects for each in known(self.orders).values()}
        }
        return rule(
            cell,
            at,
            directives=[
                Directive(
                    key=str(number),
                    effect=order.effect,
                    authority="the commander",
                    reason="",
                    surely=order.surely,
                    perhaps=order.perhaps,
                    effective=together(
                        said.moment
                        for said in timings
                        if (said.of, said.clock) == (number, Clock.EFFECTIVE)
                    ),
                )
                for number, order in issued.items()
            ],
            lifts=[
                Lift(str(number), str(lift.of), lift.scope, lift.moment)
                for number, lift in live(self.lifts).items()
            ],
            authorisations=[
                Authorisation(
                    key=str(number),
                    scope=Scope(opening.mission, opening.lines),
                    begins=opening.begins,
                    withdrawn=together(ends) if ends else None,
                )
                for number, opening in live(self.openings).items()
                for ends in ([s.moment for s in withdrawals if s.of == opening.request],)
            ],
            places=[PATHS[name] for name in self.tree],
        )


def spanning(bounds: list[datetime]) -> Moment:
    first, last = min(bounds), max(bounds)
    return Moment.at(first) if first == last else Moment(first, last, "between")


moments = st.one_of(
    days.map(Moment.at),
    st.lists(days, min_size=2, max_size=2).map(spanning),
    days.map(lambda at: Moment(None, at, "by")),
    days.map(lambda at: Moment(at, None, "after")),
    st.just(Moment.unknown()),
)


def some(names: Sequence[str]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(names), min_size=1, max_size=2)


def part_of(
    names: frozenset[str] | None, every: Sequence[str]
) -> st.SearchStrategy[frozenset[str] | None]:
    """Names within others; the database refuses what is sure and not possible."""
    if names is None:
        return some(every)
    return st.just(names) | st.frozensets(st.sampled_from(sorted(names)), min_size=1)


def seldom(names: Sequence[str]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.one_of(st.none(), st.none(), some(names))


def scopes(mission: str) -> st.SearchStrategy[Scope]:
    beside = (seldom(names) for names in BESIDE)
    return st.builds(Scope, st.just(mission), some(LINES), some(SITES), some(NATIONS), *beside)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    perhaps = draw(st.sampled_from(MISSIONS).flatmap(scopes))
    surely = Scope(
        perhaps.mission,
        draw(part_of(perhaps.lines, LINES)),
        draw(part_of(perhaps.sites, SITES)),
        draw(part_of(perhaps.nations, NATIONS)),
        perhaps.units,
        perhaps.people,
        perhaps.hours,
    )
    effect = draw(st.sampled_from([Posture.RESTRICTED, Posture.SUSPENDED]))
    return Order(draw(st.sampled_from([surely, surely, perhaps])), perhaps, effect)


@st.composite
def written[Value](
    draw: st.DrawFn, values: st.SearchStrategy[Value], most: int, *, corrections: bool
) -> list[Written[Value]]:
    rows: list[Written[Value]] = []
    for number in range(draw(st.integers(0, most))):
        earlier = st.integers(0, number - 1) if number and corrections else st.nothing()
        rows.append(
            Written(
                value=draw(values),
                known_from=draw(days),
                recorded_at=draw(days),
                corrects=draw(st.none() | earlier),
                secret=draw(st.booleans()),
                row=uuid4(),
            )
        )
    return rows


@st.composite
def worlds(draw: st.DrawFn, *, corrections: bool, reissues: bool) -> WrittenWorld:
    """`corrections`: rows may correct others; `reissues`: directives may, too."""
    issued = draw(written(orders(), 4, corrections=reissues))
    numbers = st.integers(0, max(len(issued) - 1, 0))
    clocks = st.sampled_from([Clock.EFFECTIVE, Clock.EFFECTIVE, Clock.DECIDED])
    timed = st.builds(Timed, numbers, moments, clocks)
    lifting = numbers.flatmap(
        lambda of: st.builds(Lifting, st.just(of), scopes(issued[of].value.surely.mission), moments)
    )
    opening = st.builds(
        Opening,
        st.sampled_from(MISSIONS),
        some(LINES),
        st.integers(0, 1),
        st.just(Moment.at(day(-30))) | moments,
    )
    return WrittenWorld(
        began=draw(days),
        tree=draw(st.sampled_from([tuple(PATHS), tuple(PATHS), ("country", "area"), ()])),
        orders=issued,
        timings=draw(written(timed, 6, corrections=corrections)) if issued else [],
        lifts=draw(written(lifting, 4, corrections=corrections)) if issued else [],
        openings=draw(written(opening, 3, corrections=corrections)),
        withdrawals=draw(
            written(st.builds(Said, st.integers(0, 1), moments), 2, corrections=corrections)
        ),
    )

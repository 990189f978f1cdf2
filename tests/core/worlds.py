"""Small generated missions, in which every kind of vagueness occurs often."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from cadre.core.moments import Moment
from cadre.core.posture import Authorisation, Cell, Directive, Lift, Posture, Scope
from oracle import Orders, Path

TREE: tuple[Path, ...] = (
    ("country", "area", "room"),
    ("country", "area", "hall"),
    ("country", "camp"),
    ("abroad",),
)
SITES = ("country", "area", "room", "hall", "camp", "abroad")
PATHS: tuple[Path, ...] = (
    (),
    ("country",),
    ("country", "area"),
    ("country", "area", "room"),
    ("country", "camp"),
    ("abroad",),
)
LEAVES: tuple[Path, ...] = (
    ("country", "area", "room"),
    ("country", "area", "hall"),
    ("country", "camp"),
)
LINES = ("training", "advising")
NATIONS = ("FR", "DE")
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
LAST_DAY = 7


def day(number: int) -> datetime:
    return FIRST_DAY + timedelta(days=number)


days = st.integers(0, LAST_DAY).map(day)
questions = st.integers(-1, 2 * LAST_DAY + 1).map(lambda half: FIRST_DAY + timedelta(days=half / 2))


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


def some(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(names), min_size=1, max_size=2)


def scopes(mission: str = "M") -> st.SearchStrategy[Scope]:
    return st.builds(Scope, st.just(mission), some(LINES), some(SITES), some(NATIONS))


@st.composite
def directives(draw: st.DrawFn, key: str, mission: str = "M") -> Directive:
    surely = draw(scopes(mission))
    return Directive(
        key=key,
        effect=draw(st.sampled_from([Posture.RESTRICTED, Posture.SUSPENDED])),
        authority="the commander",
        reason="threat",
        surely=surely,
        perhaps=draw(st.just(surely) | scopes(mission)),
        effective=draw(moments),
    )


@st.composite
def lifts(draw: st.DrawFn, key: str, mission: str = "M") -> Lift:
    return Lift(
        key=key,
        directive=draw(st.sampled_from(["D0", "D1", "D2"])),
        scope=draw(scopes(mission)),
        effective=draw(moments),
    )


@st.composite
def authorisations(draw: st.DrawFn, key: str, mission: str = "M") -> Authorisation:
    return Authorisation(
        key=key,
        scope=Scope(mission, draw(some(LINES))),
        begins=draw(st.just(Moment.at(day(-30))) | moments),
        withdrawn=draw(st.none() | moments),
    )


@st.composite
def orders(draw: st.DrawFn, mission: str = "M") -> Orders:
    return Orders(
        directives=[draw(directives(f"D{n}", mission)) for n in range(draw(st.integers(0, 3)))],
        lifts=[draw(lifts(f"L{n}", mission)) for n in range(draw(st.integers(0, 3)))],
        authorisations=[
            draw(authorisations(f"A{n}", mission)) for n in range(draw(st.integers(0, 2)))
        ],
        places=TREE,
    )


cells = st.builds(
    Cell,
    st.just("M"),
    st.sampled_from(LINES),
    st.sampled_from(PATHS),
    st.sampled_from([None, "FR", "DE", "SE"]),
)
single_cells = st.builds(
    Cell,
    st.just("M"),
    st.sampled_from(LINES),
    st.sampled_from(LEAVES),
    st.sampled_from(["FR", "DE", "SE"]),
)

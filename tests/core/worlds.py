"""Small generated missions, in which every kind of vagueness occurs often."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations

from hypothesis import strategies as st

from cadre.core.moments import Moment
from cadre.core.posture import (
    Authorisation,
    Cell,
    Directive,
    Lift,
    Posture,
    Ruling,
    Scope,
    rule,
)
from tests.core.oracle import Orders, Path

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
UNITS = ("first", "second")
PEOPLE = ("smith", "jones")
HOURS = ("mon-08",)
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
LAST_DAY = 7


def day(number: int) -> datetime:
    return FIRST_DAY + timedelta(days=number)


EVERY_DAY = [day(number) for number in range(LAST_DAY + 1)]

questions = st.sampled_from([FIRST_DAY + timedelta(days=half / 2) for half in range(-1, 16)])


def every_moment() -> list[Moment]:
    """Moments of each kind, on each of the days."""
    spans = [Moment(one, other, "between") for one, other in combinations(EVERY_DAY, 2)]
    found = [(Moment.at(at), Moment(None, at, "by"), Moment(at, None, "after")) for at in EVERY_DAY]
    return [Moment.unknown(), *(each for kinds in found for each in kinds), *spans]


moments = st.sampled_from(every_moment())


def some(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str] | None]:
    sets = [frozenset({name}) for name in names]
    sets += [frozenset(pair) for pair in combinations(names, 2)]
    return st.sampled_from([None, None, *sets])


def seldom(names: tuple[str, ...]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.one_of(st.none(), st.none(), st.none(), some(names))


@cache
def scopes(mission: str = "M") -> st.SearchStrategy[Scope]:
    return st.builds(
        Scope,
        st.just(mission),
        some(LINES),
        some(SITES),
        some(NATIONS),
        seldom(UNITS),
        seldom(PEOPLE),
        seldom(HOURS),
    )


@cache
def directives(key: str, mission: str = "M") -> st.SearchStrategy[Directive]:
    def made(effect: Posture, surely: Scope, perhaps: Scope | None, at: Moment) -> Directive:
        return Directive(key, effect, "the commander", "threat", surely, perhaps or surely, at)

    effects = st.sampled_from([Posture.RESTRICTED, Posture.SUSPENDED])
    return st.builds(made, effects, scopes(mission), st.none() | scopes(mission), moments)


@cache
def lifts(key: str, mission: str = "M") -> st.SearchStrategy[Lift]:
    ended = st.sampled_from(["D0", "D1", "D2"])
    return st.builds(Lift, st.just(key), ended, scopes(mission), moments)


@cache
def authorisations(key: str, mission: str = "M") -> st.SearchStrategy[Authorisation]:
    opened = st.builds(Scope, st.just(mission), some(LINES))
    begins = st.just(Moment.at(day(-30))) | moments
    return st.builds(Authorisation, st.just(key), opened, begins, st.none() | moments)


@cache
def orders(mission: str = "M") -> st.SearchStrategy[Orders]:
    """At most three directives, three lifts and two authorisations, on the whole tree."""
    ruled = [st.tuples(*(directives(f"D{n}", mission) for n in range(count))) for count in range(4)]
    lifted = [st.tuples(*(lifts(f"L{n}", mission) for n in range(count))) for count in range(4)]
    opened = [
        st.tuples(*(authorisations(f"A{n}", mission) for n in range(count))) for count in range(3)
    ]
    return st.builds(Orders, st.one_of(ruled), st.one_of(lifted), st.one_of(opened), st.just(TREE))


cells = st.builds(
    Cell,
    st.just("M"),
    st.sampled_from(LINES),
    st.sampled_from(PATHS),
    st.sampled_from([None, "FR", "DE", "SE"]),
    st.sampled_from([None, None, "first", "third"]),
    st.sampled_from([None, None, "smith", "miller"]),
    st.sampled_from([None, None, "mon-08", "tue-09"]),
)
single_cells = st.builds(
    Cell,
    st.just("M"),
    st.sampled_from(LINES),
    st.sampled_from(LEAVES),
    st.sampled_from(["FR", "DE", "SE"]),
    st.sampled_from(["first", "third"]),
    st.sampled_from(["smith", "miller"]),
    st.sampled_from(["mon-08", "tue-09"]),
)


def ruling(
    cell: Cell, at: datetime, record: Orders, places: tuple[tuple[str, ...], ...] = TREE
) -> Ruling:
    return rule(
        cell,
        at,
        directives=record.directives,
        lifts=record.lifts,
        authorisations=record.authorisations,
        places=places,
    )

"""Protection levels: several authorities, vague moments, and how long a level can be held."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cadre.core.levels import NOTHING, Allowance, Held, Level, LevelOrder, held, rule
from cadre.core.moments import Moment
from cadre.core.posture import Cell, Scope

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
CAMP = Cell("M", "", ("country", "camp"))
FORT = Cell("M", "", ("country", "fort"))


def day(number: float) -> datetime:
    return FIRST + timedelta(days=number)


def between(first: float | None, last: float | None) -> Moment:
    if first is None and last is None:
        return Moment.unknown()
    if first is not None and first == last:
        return Moment.at(day(first))
    return Moment(
        None if first is None else day(first), None if last is None else day(last), "between"
        if first is not None and last is not None else "by" if first is None else "after",
    )  # fmt: skip  # a moment


def ordered(
    level: int | None,
    first: float | None,
    last: float | None = None,
    *,
    issuer: str = "mission",
    sites: frozenset[str] | None = None,
    key: str = "",
) -> LevelOrder:
    effective = between(first, first if last is None else last)
    scope = Scope("M", sites=sites)
    return LevelOrder(key or f"{issuer}-{level}-{first}", issuer, issuer, scope, level, effective)


def bounds(orders: Sequence[LevelOrder], at: float, cell: Cell = CAMP) -> tuple[int, int]:
    ruling = rule(orders, cell, day(at))
    return ruling.lower, ruling.upper


def test_without_an_order_no_level_is_in_force() -> None:
    assert rule([], CAMP, day(1)).rank == NOTHING


def test_later_order_of_one_authority_takes_the_place_of_its_earlier_one() -> None:
    orders = [ordered(3, 1), ordered(1, 5)]

    assert [bounds(orders, at) for at in (0, 1, 4, 5)] == [(-1, -1), (3, 3), (3, 3), (1, 1)]


def test_lowering_by_one_authority_leaves_what_another_ordered() -> None:
    floor = ordered(2, 1, issuer="headquarters")
    ruling = rule([floor, ordered(3, 2), ordered(0, 4)], CAMP, day(5))

    assert (ruling.rank, ruling.because[0].order) == (2, floor)


def test_an_order_for_one_site_leaves_the_others() -> None:
    orders = [ordered(1, 1), ordered(3, 2, sites=frozenset({"camp"}))]

    assert (bounds(orders, 3), bounds(orders, 3, FORT)) == ((3, 3), (1, 1))


def test_an_order_for_a_country_holds_for_every_site_in_it() -> None:
    assert bounds([ordered(2, 1, sites=frozenset({"country"}))], 1, FORT) == (2, 2)


def test_an_order_for_one_site_is_told_of_the_mission_as_a_part() -> None:
    ruling = rule([ordered(2, 1, sites=frozenset({"camp"}))], Cell("M", ""), day(1))

    assert (ruling.rank, [word.partly for word in ruling.because]) == (NOTHING, [True])


def test_order_that_may_have_begun_counts_in_the_upper_bound_only() -> None:
    orders = [ordered(1, 0), ordered(3, 2, 6)]

    assert [bounds(orders, at) for at in (1, 4, 6)] == [(1, 1), (1, 3), (3, 3)]


def test_raised_to_a_level_that_nobody_stated_is_not_stated() -> None:
    ruling = rule([ordered(None, 1)], CAMP, day(2))

    assert (ruling.rank, ruling.open, len(ruling.because)) == (None, True, 1)


SCALE = {
    0: Level("A", 0, without_limit=True),
    1: Level("B", 1, timedelta(days=30)),
    2: Level("C", 2, timedelta(days=3), rules={"training": Allowance.FORBIDDEN}),
}


def test_a_level_is_held_since_it_or_a_higher_one_began() -> None:
    orders = [ordered(0, 0), ordered(2, 2), ordered(1, 4)]

    assert held(orders, CAMP, SCALE, day(10)) == Held(day(2), day(32))


def test_a_level_held_longer_than_it_can_be_is_told() -> None:
    found = held([ordered(2, 2)], CAMP, SCALE, day(5))

    assert (found.until, found.beyond(day(4.9)), found.beyond(day(5))) == (day(5), False, True)


def test_it_is_counted_from_the_earliest_moment_that_fits() -> None:
    assert held([ordered(2, 2, 4)], CAMP, SCALE, day(4)) == Held(day(2), day(5))


def test_lowered_and_raised_again_is_counted_anew() -> None:
    orders = [ordered(2, 0), ordered(0, 2), ordered(2, 7)]

    assert held(orders, CAMP, SCALE, day(8)) == Held(day(7), day(10))


def test_what_nobody_dated_has_no_clock() -> None:
    assert held([ordered(2, None, 3)], CAMP, SCALE, day(4)) == Held()


def test_a_level_without_limit_is_never_beyond() -> None:
    found = held([ordered(0, 0)], CAMP, SCALE, day(9_000))

    assert (found, found.beyond(day(99_000))) == (Held(day(0), None, without_limit=True), False)


def test_a_level_forbids_only_what_it_says() -> None:
    assert [SCALE[2].forbids(name) for name in ("training", "advising")] == [True, False]


BOUND = st.one_of(st.none(), st.integers(0, 4))


@st.composite
def an_order(draw: st.DrawFn) -> LevelOrder:
    first, last = draw(BOUND), draw(BOUND)
    if first is not None and last is not None and first > last:
        first, last = last, first
    name = draw(st.integers(0, 10_000))
    return LevelOrder(
        key=f"{name}",
        issuer=draw(st.sampled_from(("mission", "headquarters"))),
        authority="somebody",
        scope=Scope("M", sites=draw(st.sampled_from((None, frozenset({"camp"}))))),
        level=draw(st.integers(0, 3)),
        effective=between(first, last),
    )


def worlds(orders: Sequence[LevelOrder]) -> Iterator[tuple[float, ...]]:
    """Every way in which the orders can have begun, to half a day, before the first and after the
    last moment that anything names too.
    """
    grid = [number / 2 for number in range(-2, 12)]
    choices = [
        [
            each
            for each in grid
            if (order.effective.earliest is None or day(each) >= order.effective.earliest)
            and (order.effective.latest is None or day(each) <= order.effective.latest)
        ]
        for order in orders
    ]
    return product(*choices)


def told(orders: Sequence[LevelOrder], begun: Sequence[float], at: float, cell: Cell) -> set[int]:
    """The levels in one world; more than one where an authority's latest orders tie."""
    found = [{NOTHING}]
    for issuer in ("mission", "headquarters"):
        mine = [
            (start, order.level)
            for order, start in zip(orders, begun, strict=True)
            if order.issuer == issuer and start <= at and order.scope.covers(cell)
        ]
        last = max((start for start, _level in mine), default=None)
        levels = {level for start, level in mine if start == last and level is not None}
        found.append(levels or {NOTHING})
    return {max(each) for each in product(*found)}


@given(st.lists(an_order(), max_size=4), st.integers(0, 8), st.sampled_from((CAMP, FORT)))
def test_bounds_are_those_of_every_world_that_could_be(
    orders: list[LevelOrder], half_days: int, cell: Cell
) -> None:
    at = half_days / 2
    found = {level for begun in worlds(orders) for level in told(orders, begun, at, cell)}

    assert bounds(orders, at, cell) == (min(found), max(found))


@given(st.lists(an_order(), max_size=5), st.randoms(use_true_random=False))
def test_order_of_entry_does_not_matter(orders: list[LevelOrder], chance: object) -> None:
    shuffled = list(orders)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own generator

    assert bounds(shuffled, 3) == bounds(orders, 3)


@given(st.lists(an_order(), max_size=4), an_order())
def test_another_authority_never_lowers(orders: list[LevelOrder], one: LevelOrder) -> None:
    other = LevelOrder("X", "third", "third", one.scope, one.level, one.effective)

    for at in range(5):
        before, after = rule(orders, CAMP, day(at)), rule([*orders, other], CAMP, day(at))
        assert (after.lower >= before.lower, after.upper >= before.upper) == (True, True)


@given(st.lists(an_order(), max_size=4), st.integers(0, 4))
def test_a_clock_of_holding_never_starts_after_now(orders: list[LevelOrder], at: int) -> None:
    levels = {rank: Level(str(rank), rank, timedelta(days=1)) for rank in range(4)}
    found = held(orders, CAMP, levels, day(at))

    assert found.since is None or found.since <= day(at)

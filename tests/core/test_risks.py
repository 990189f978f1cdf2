"""Residual risks: which assessment counts at a place, which decision stands, who decides."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.moments import Moment
from cadre.core.risks import (
    CELLS,
    Assessed,
    Criticality,
    Decided,
    Risk,
    last_decision,
    standing,
    who_decides,
)

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
CAMP, FORT = ("country", "camp"), ("country", "fort")
DAYS = 5


def day(number: float) -> datetime:
    return FIRST + timedelta(days=number)


def between(first: int | None, last: int | None) -> Moment:
    if first is None and last is None:
        return Moment.unknown()
    if first is not None and first == last:
        return Moment.at(day(first))
    precision = "by" if first is None else "after" if last is None else "between"
    ends = (None if each is None else day(each) for each in (first, last))
    return Moment(*ends, precision)  # type: ignore[arg-type]  # one of three precisions


def assessed(
    risk: Risk,
    first: int | None,
    last: int | None = None,
    *,
    sites: frozenset[str] | None = None,
    criticality: Criticality = Criticality.IMPORTANT,
    key: str = "",
) -> Assessed:
    moment = between(first, first if last is None else last)
    key = key or f"{risk.word} {first} {last} {sites}"
    return Assessed(key, "training", sites, criticality, risk, moment)


def counts(found: Sequence[Assessed], at: float, path: tuple[str, ...] = CAMP) -> Risk | None:
    result = standing(found, "training", path, day(at)).counts
    return result.risk if result else None


def test_nothing_assessed_is_not_stated() -> None:
    found = standing([], "training", CAMP, day(1))

    assert (found.counts, found.worst, found.open) == (None, None, False)


def test_the_latest_counts_from_its_moment_on() -> None:
    found = [assessed(Risk.HIGH, 1), assessed(Risk.LOW, 3)]

    assert [counts(found, at) for at in (0, 1, 2, 3)] == [None, Risk.HIGH, Risk.HIGH, Risk.LOW]


def test_a_narrower_place_does_not_hide_a_wider_one() -> None:
    narrow = assessed(Risk.LOW, 1, sites=frozenset({"camp"}))
    wide = assessed(Risk.HIGH, 2, sites=frozenset({"country"}))

    assert (counts([narrow, wide], 3), counts([narrow, wide], 3, FORT)) == (Risk.HIGH, Risk.HIGH)
    assert counts([narrow, wide], 1, FORT) is None


def test_of_one_moment_the_worse_counts_however_wide() -> None:
    wide, narrow = assessed(Risk.LOW, 1), assessed(Risk.VERY_HIGH, 1, sites=frozenset({"camp"}))

    assert (counts([wide, narrow], 1), counts([wide, narrow], 1, FORT)) == (
        Risk.VERY_HIGH, Risk.LOW,
    )  # fmt: skip


def test_of_one_risk_the_less_critical_is_the_worse() -> None:
    found = [
        assessed(Risk.HIGH, 1, criticality=each, key=each.word)
        for each in (Criticality.DESIRABLE, Criticality.LIFESAVING)
    ]
    result = standing(found, "training", CAMP, day(1)).counts

    assert result is not None
    assert result.criticality is Criticality.DESIRABLE


def test_what_may_be_the_latest_is_not_thought_away() -> None:
    sure, vague = assessed(Risk.LOW, 2), assessed(Risk.HIGH, 1, 3)

    assert [counts([sure, vague], at) for at in (1, 2, 4)] == [Risk.HIGH, Risk.HIGH, Risk.HIGH]
    assert counts([sure, vague, assessed(Risk.MEDIUM, 4)], 4) is Risk.MEDIUM


def test_an_assessment_of_no_stated_moment_leaves_it_open() -> None:
    found = standing([assessed(Risk.HIGH, 4), assessed(Risk.LOW, None)], "training", CAMP, day(5))

    assert (found.counts, found.open) == (None, True)
    assert found.worst is not None
    assert found.worst.risk is Risk.HIGH


def test_another_line_is_another_matter() -> None:
    assert standing([assessed(Risk.HIGH, 1)], "advising", CAMP, day(2)).worst is None


# --- against every world that fits ---------------------------------------------------------------

PLACES = (None, frozenset({"country"}), frozenset({"camp"}), frozenset({"fort", "camp"}))
BOUNDS = st.one_of(
    st.integers(0, DAYS).map(lambda each: (each, each)),
    st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(lambda each: tuple(sorted(each))),
)


@st.composite
def several(draw: st.DrawFn) -> list[Assessed]:
    return [
        assessed(
            draw(st.sampled_from(Risk)),
            *draw(BOUNDS),
            sites=draw(st.sampled_from(PLACES)),
            criticality=draw(st.sampled_from(Criticality)),
            key=str(number),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


def worlds(found: Sequence[Assessed]) -> Iterator[tuple[int, ...]]:
    """On which day each was made, in every way that fits what is known."""
    yield from product(*(
        [each for each in range(DAYS + 1)
         if each_of.moment.earliest <= day(each) <= each_of.moment.latest]  # type: ignore[operator]  # both are stated here
        for each_of in found
    ))  # fmt: skip


def latest_in_some_world(found: Sequence[Assessed], path: tuple[str, ...], at: int) -> set[str]:
    mine = [each for each in found if each.covers("training", path)]
    keys: set[str] = set()
    for world in worlds(mine):
        made = [(when, each) for when, each in zip(world, mine, strict=True) if when <= at]
        last = max((when for when, _each in made), default=None)
        keys |= {each.key for when, each in made if when == last}
    return keys


@given(several(), st.sampled_from((CAMP, FORT)), st.integers(0, DAYS))
def test_candidates_are_those_that_are_the_latest_in_some_world(
    found: list[Assessed], path: tuple[str, ...], at: int
) -> None:
    result = standing(found, "training", path, day(at))
    expected = latest_in_some_world(found, path, at)

    assert {each.key for each in result.candidates} == expected
    risks = [each.risk for each in found if each.key in expected]
    assert (result.counts.risk if result.counts else None) == max(risks, default=None)
    assert not result.open


@given(several(), st.booleans(), st.integers(0, DAYS), st.randoms())
def test_the_order_of_arrival_does_not_matter(
    found: list[Assessed], open_one: bool, at: int, chance: Random  # noqa: FBT001  # hypothesis gives it
) -> None:  # fmt: skip
    found = [*found, assessed(Risk.LOW, None, key="open")] if open_one else found
    before = standing(found, "training", CAMP, day(at))
    chance.shuffle(found)

    assert standing(found, "training", CAMP, day(at)) == before
    assert before.open is open_one


@given(several(), several(), st.integers(0, DAYS))
def test_one_more_of_the_same_moment_never_makes_it_better(
    found: list[Assessed], more: list[Assessed], at: int
) -> None:
    """Whoever adds to what is the latest by one as late, finds the same risk or a worse one."""
    before = standing(found, "training", CAMP, day(at)).counts
    if before is None:
        return
    beside = [
        Assessed(f"more {each.key}", "training", each.sites, each.criticality, each.risk,
                 before.moment)
        for each in more
    ]  # fmt: skip
    after = standing([*found, *beside], "training", CAMP, day(at)).counts

    assert after is not None
    assert after.risk >= before.risk


# --- decisions -----------------------------------------------------------------------------------


def decided(number: int, at: int, until: int | None) -> Decided:
    ends = None if until is None else day(until)
    return Decided(str(number), until is not None, day(at), ends)


def test_an_acceptance_past_its_end_is_open_again() -> None:
    found = last_decision([decided(1, 1, 3)], day(3))

    assert found is not None
    assert [found.ended(day(at)) for at in (2, 3)] == [False, True]


def test_a_later_refusal_takes_the_place_of_an_acceptance() -> None:
    found = [decided(1, 1, 5), decided(2, 2, None)]

    assert [each.accepted if (each := last_decision(found, day(at))) else None
            for at in (0, 1, 2)] == [None, True, False]  # fmt: skip


DECISIONS = st.lists(
    st.tuples(st.integers(0, DAYS), st.one_of(st.none(), st.integers(1, DAYS))), max_size=5
)


@given(DECISIONS, st.integers(0, DAYS))
def test_the_last_decision_is_the_one_that_accepts_least_of_the_last_moment(
    said: list[tuple[int, int | None]], at: int
) -> None:
    found = [
        decided(number, made, None if lasts is None else made + lasts)
        for number, (made, lasts) in enumerate(said)
    ]
    made = [each for each in found if each.decided_at <= day(at)]
    last = max((each.decided_at for each in made), default=None)
    ends = [each.until for each in made if each.decided_at == last]
    result = last_decision(reversed(found), day(at))

    assert (result is None) == (not made)
    if result is not None:
        assert result.decided_at == last
        assert result.until == (None if None in ends else min(filter(None, ends)))


# --- who decides ---------------------------------------------------------------------------------


def test_what_the_table_does_not_say_is_not_stated_and_nothing_is_nobody() -> None:
    table = {
        (Criticality.LIFESAVING, Risk.LOW): "Commander",
        (Criticality.LIFESAVING, Risk.HIGH): "",
    }
    found = [who_decides(table, Criticality.LIFESAVING, each) for each in Risk]

    assert found == ["Commander", None, "", None, ""]


@pytest.mark.parametrize("criticality", Criticality)
def test_nobody_accepts_what_is_unacceptable_whatever_the_table_says(
    criticality: Criticality,
) -> None:
    assert who_decides(dict.fromkeys(CELLS, "Council"), criticality, Risk.UNACCEPTABLE) == ""

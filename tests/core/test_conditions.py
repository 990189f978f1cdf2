"""How a restart condition stands: decided by a person, on evidence that ages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.conditions import (
    Condition,
    Decision,
    Evidence,
    Standing,
    State,
    bearing_on,
    standing,
)
from cadre.core.moments import Moment
from cadre.core.posture import Scope

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
PATHS = {"country": ("country",), "camp": ("country", "camp"), "fort": ("country", "fort")}


def day(number: float) -> datetime:
    return FIRST + timedelta(days=number)


def shown(number: float, *, key: str = "E", supports: bool = True) -> Evidence:
    return Evidence(key, supports, Moment.at(day(number)), day(number))


def decided(state: State, number: float, *keys: str, until: datetime | None = None) -> Decision:
    return Decision(state, day(number), frozenset(keys), until)


def condition(*said: Evidence | Decision, shelf_life: timedelta | None = None) -> Condition:
    return Condition(
        "C",
        Scope("M"),
        shelf_life,
        tuple(each for each in said if isinstance(each, Evidence)),
        tuple(each for each in said if isinstance(each, Decision)),
    )


def test_evidence_alone_decides_nothing() -> None:
    assert standing(condition(shown(1)), day(2)) == Standing(State.NOT_ASSESSED)


def test_decision_holds_while_its_evidence_is_fresh() -> None:
    fresh = condition(shown(1), decided(State.MET, 2, "E"), shelf_life=timedelta(days=3))

    assert [standing(fresh, day(number)).state for number in (1.5, 2, 3.9, 4, 9)] == [
        State.NOT_ASSESSED,
        State.MET,
        State.MET,
        State.UNKNOWN,
        State.UNKNOWN,
    ]
    assert (standing(fresh, day(2)).until, standing(fresh, day(4)).why) == (day(4), "stale")


def test_vague_evidence_is_as_old_as_it_can_be() -> None:
    between = Evidence("E", True, Moment(day(0), day(5), "between"), day(5))
    unknown = replace(between, occurred=Moment(None, day(5), "by"))
    decision = decided(State.MET, 5, "E")

    for said in (between, unknown):
        assert (
            standing(condition(said, decision, shelf_life=timedelta(days=3)), day(5)).state
            == State.UNKNOWN
        )
        assert standing(condition(said, decision), day(5)).state == State.MET


def test_what_speaks_against_it_afterwards_makes_it_unknown_until_decided_again() -> None:
    said = (shown(1), decided(State.MET, 2, "E"), shown(3, key="A", supports=False))

    assert standing(condition(*said), day(2.5)).state == State.MET
    assert standing(condition(*said), day(3)).why == "disputed"
    again = decided(State.MET, 4, "E")
    assert standing(condition(*said, again), day(4)).state == State.MET


def test_waiver_ends_by_itself_and_leaves_it_unknown() -> None:
    waiver = condition(decided(State.WAIVED, 1, until=day(3)))

    assert standing(waiver, day(2)) == Standing(
        State.WAIVED, until=day(3), decision=waiver.decisions[0]
    )
    assert (standing(waiver, day(3)).state, standing(waiver, day(3)).why) == (
        State.UNKNOWN,
        "waiver ended",
    )


def test_of_two_decisions_at_one_moment_the_stricter_counts() -> None:
    both = (decided(State.MET, 2, "E"), decided(State.NOT_MET, 2))
    for order in (both, both[::-1]):
        assert standing(condition(shown(1), *order), day(2)).state == State.NOT_MET


@pytest.mark.parametrize(
    ("part", "asked", "bears"),
    [
        (Scope("M"), Scope("M", sites=frozenset({"camp"})), True),
        (Scope("M", sites=frozenset({"camp"})), Scope("M"), True),
        (Scope("M", sites=frozenset({"country"})), Scope("M", sites=frozenset({"camp"})), True),
        (Scope("M", sites=frozenset({"camp"})), Scope("M", sites=frozenset({"country"})), True),
        (Scope("M", sites=frozenset({"camp"})), Scope("M", sites=frozenset({"fort"})), False),
        (Scope("M", frozenset({"a"})), Scope("M", frozenset({"b"})), False),
        (Scope("M", nations=frozenset({"DE"})), Scope("M", nations=frozenset({"FR"})), False),
        (Scope("N"), Scope("M"), False),
    ],
)
def test_condition_bears_on_what_its_part_meets(part: Scope, asked: Scope, *, bears: bool) -> None:
    found = bearing_on(asked, [replace(condition(), part=part)], PATHS)

    assert bool(found) == bears


moments = st.integers(0, 8).map(day)
evidence = st.builds(
    Evidence,
    st.sampled_from("EFG"),
    st.booleans(),
    st.one_of(moments.map(Moment.at), st.just(Moment.unknown())),
    moments,
)
decisions = st.builds(
    Decision,
    st.sampled_from([State.MET, State.NOT_MET, State.WAIVED]),
    moments,
    st.frozensets(st.sampled_from("EFG")),
    st.none() | moments,
)
conditions = st.builds(
    Condition,
    st.just("C"),
    st.just(Scope("M")),
    st.none() | st.integers(1, 4).map(lambda days: timedelta(days=days)),
    st.lists(evidence, max_size=4).map(tuple),
    st.lists(decisions, max_size=3).map(tuple),
)


@given(conditions, moments, st.randoms(use_true_random=False))
def test_order_of_entry_does_not_show(found: Condition, at: datetime, shuffle: Random) -> None:
    mixed = [list(found.evidence), list(found.decisions)]
    for each in mixed:
        shuffle.shuffle(each)  # type: ignore[arg-type]  # a list of either
    other = replace(found, evidence=tuple(mixed[0]), decisions=tuple(mixed[1]))  # type: ignore[arg-type]

    assert standing(other, at).state == standing(found, at).state


@given(conditions, moments, moments)
def test_time_alone_opens_nothing(found: Condition, one: datetime, other: datetime) -> None:
    """Between two moments at which nothing is said, what was shut stays shut."""
    first, last = sorted((one, other))
    said = [each.brought_at for each in found.evidence] + [each.at for each in found.decisions]
    if not any(first < each <= last for each in said) and not standing(found, first).state.opens:
        assert not standing(found, last).state.opens


@given(conditions, evidence, moments)
def test_more_evidence_against_opens_nothing(
    found: Condition, more: Evidence, at: datetime
) -> None:
    against = replace(more, supports=False, key="X")
    told = replace(found, evidence=(*found.evidence, against))
    if standing(told, at).state.opens:
        assert standing(found, at).state.opens


@given(conditions, moments)
def test_nothing_opens_that_nobody_decided(found: Condition, at: datetime) -> None:
    assert not standing(replace(found, decisions=()), at).state.opens

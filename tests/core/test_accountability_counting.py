"""Counts that never round up, targets that stay missed, and whom to look after first."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.accountability import (
    TARGETS,
    Entry,
    Measure,
    Outcome,
    Person,
    Progress,
    Report,
    Standing,
    State,
    Tally,
    Target,
    TargetStatus,
    Voice,
    count,
    riskiest_first,
    target_status,
)

OPENED = datetime(2020, 1, 8, 1, 30, tzinfo=UTC)


def minute(number: float) -> datetime:
    return OPENED + timedelta(minutes=number)


# --- counts -----------------------------------------------------------------------------------


def test_people_are_counted_by_state_nation_site_and_role() -> None:
    found = count(
        [
            Entry(State.SAFE, "FR", "north", "trainer"),
            Entry(State.NEED_HELP, "FR", "south", "trainer"),
            Entry(State.UNACCOUNTED, "DE", "north", "warden"),
            Entry(State.NOT_REQUIRED, "DE", "north"),
        ]
    )

    assert found.everybody == Tally(
        {State.SAFE: 1, State.NEED_HELP: 1, State.UNACCOUNTED: 1, State.NOT_REQUIRED: 1}
    )
    assert (found.everybody.total, found.everybody.accounted, found.everybody.resolved) == (4, 2, 3)
    assert found.nations == {
        "DE": Tally({State.UNACCOUNTED: 1, State.NOT_REQUIRED: 1}),
        "FR": Tally({State.SAFE: 1, State.NEED_HELP: 1}),
    }
    assert {name: each.total for name, each in found.sites.items()} == {"north": 3, "south": 1}
    assert list(found.roles) == ["", "trainer", "warden"]


def test_nobody_has_no_percentage() -> None:
    nobody = count([]).everybody

    assert (nobody.total, nobody.accounted_percent, nobody.resolved_percent) == (0, None, None)


@pytest.mark.parametrize(
    ("safe", "silent", "percent"), [(999, 1, 99), (1, 999, 0), (2, 1, 66), (3, 0, 100), (0, 1, 0)]
)
def test_percentage_never_rounds_up(safe: int, silent: int, percent: int) -> None:
    tally = Tally({State.SAFE: safe, State.UNACCOUNTED: silent})

    assert (tally.accounted_percent, tally.resolved_percent) == (percent, percent)


ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from(State),
        st.sampled_from(["", "FR", "DE"]),
        st.sampled_from(["north", "south"]),
        st.sampled_from(["", "trainer"]),
    )
)


@given(ENTRIES)
def test_each_person_is_counted_once_in_each_way_of_counting(entries: list[Entry]) -> None:
    found = count(entries)

    whole = Counter(each.state for each in entries)
    for parts in ({"": found.everybody}, found.nations, found.sites, found.roles):
        summed = Counter[State]()
        for tally in parts.values():
            summed.update(tally.states)
        assert summed == whole


@given(ENTRIES)
def test_everybody_is_accounted_for_only_when_nobody_is_open(entries: list[Entry]) -> None:
    tally = count(entries).everybody

    assert (tally.accounted_percent == 100) == (
        bool(entries) and all(each.state.accounted for each in entries)
    )
    assert (tally.resolved_percent == 100) == (
        bool(entries) and all(each.state.resolved for each in entries)
    )


# --- targets ----------------------------------------------------------------------------------

MOST, NEARLY_ALL, AFFECTED, ALL = TARGETS


def progress(*moments: float | None, affected: bool = True) -> list[Progress]:
    told = [None if each is None else minute(each) for each in moments]
    return [Progress(affected, at, at) for at in told]


def test_targets_to_start_with() -> None:
    assert [(each.measure, each.percent, each.within, each.affected) for each in TARGETS] == [
        (Measure.ACCOUNTED, 80, timedelta(minutes=15), False),
        (Measure.ACCOUNTED, 95, timedelta(minutes=60), False),
        (Measure.RESOLVED, 100, timedelta(hours=4), True),
        (Measure.RESOLVED, 100, timedelta(hours=12), False),
    ]


@pytest.mark.parametrize(
    ("at", "outcome", "reached"),
    [
        (3, Outcome.RUNNING, None),
        (4, Outcome.MET, 4),
        (15, Outcome.MET, 4),
        (999, Outcome.MET, 4),
    ],
)
def test_target_is_met_when_the_last_of_as_many_as_it_asks_for_is_there(
    at: float, outcome: Outcome, reached: float | None
) -> None:
    people = progress(1, 2, 3, 4, None)

    assert target_status(MOST, people, OPENED, minute(at)) == TargetStatus(
        outcome, minute(15), None if reached is None else minute(reached)
    )


def test_target_that_is_reached_too_late_stays_missed() -> None:
    people = progress(1, 2, 3, 40, None)

    found = [target_status(MOST, people, OPENED, minute(at)) for at in (14, 15, 40)]
    assert found == [
        TargetStatus(Outcome.RUNNING, minute(15)),
        TargetStatus(Outcome.MISSED, minute(15)),
        TargetStatus(Outcome.MISSED, minute(15), minute(40)),
    ]


def test_part_of_a_person_is_a_person() -> None:
    people = progress(1, 1, 1, None)

    assert target_status(MOST, people, OPENED, minute(2)).outcome is Outcome.RUNNING


def test_target_reached_at_its_last_moment_is_met() -> None:
    assert target_status(MOST, progress(15), OPENED, minute(15)).outcome is Outcome.MET


def test_target_of_affected_sites_asks_for_their_people_only() -> None:
    people = [*progress(30), *progress(None, affected=False)]

    found = [target_status(each, people, OPENED, minute(60)).outcome for each in (AFFECTED, ALL)]
    assert found == [Outcome.MET, Outcome.RUNNING]
    assert (
        target_status(AFFECTED, progress(1, affected=False), OPENED, minute(60)).outcome
        is Outcome.NOBODY
    )


def test_who_was_accounted_for_before_the_muster_opened_is_so_from_its_first_moment() -> None:
    assert target_status(MOST, progress(-30), OPENED, OPENED).reached_at == OPENED


def test_accounted_and_resolved_are_measured_apart() -> None:
    missing = [Progress(affected=True, accounted_at=None, resolved_at=minute(5))]
    either = [Target(each, 100, timedelta(minutes=10)) for each in Measure]

    found = [target_status(each, missing, OPENED, minute(20)).outcome for each in either]
    assert found == [Outcome.MISSED, Outcome.MET]


@given(
    st.lists(st.none() | st.integers(0, 120), max_size=12),
    st.integers(1, 100),
    st.integers(0, 120),
)
def test_target_is_reached_just_when_the_percentage_is(
    moments: list[int | None], wanted: int, at: int
) -> None:
    target = Target(Measure.ACCOUNTED, wanted, timedelta(minutes=60))
    status = target_status(target, progress(*moments), OPENED, minute(at))
    there = sum(each is not None and each <= at for each in moments)

    if not moments:
        assert status.outcome is Outcome.NOBODY
    else:
        assert (status.reached_at is not None) == (100 * there >= wanted * len(moments))


# --- riskiest first ---------------------------------------------------------------------------

WORD = Report("K", State.SAFE, OPENED, OPENED, Voice.SELF)


def standing(state: State, *, contradicted: bool = False, recheck: bool = False) -> Standing:
    return Standing(
        state, (WORD,), (WORD,) if contradicted else (), since=OPENED, recheck_due=recheck
    )


def test_line_is_by_urgency_then_affected_then_oldest_sighting_then_name() -> None:
    silent = standing(State.UNACCOUNTED)
    line = [
        Person("h", standing(State.NEED_HELP), affected=True),
        Person("g", standing(State.INJURED)),
        Person("k", standing(State.MISSING)),
        Person("l", standing(State.WHEREABOUTS_UNKNOWN)),
        Person("f", standing(State.UNCLEAR), affected=True),
        Person("e", standing(State.SAFE, contradicted=True)),
        Person("d", silent, affected=True),
        Person("z", silent, affected=True, seen_at=minute(1)),
        Person("c", silent, affected=True, seen_at=minute(2)),
        Person("y", silent),
        Person("a", silent, seen_at=minute(-9)),
        Person("b", silent, seen_at=minute(-9)),
        Person("i", standing(State.AWAY, recheck=True), affected=True),
    ]

    assert riskiest_first(reversed(line)) == line


@pytest.mark.parametrize(
    "state",
    [State.SAFE, State.SHELTERING, State.AWAY, State.DECEASED, State.NOT_REQUIRED],
)
def test_who_needs_nobody_is_not_in_line(state: State) -> None:
    assert riskiest_first([Person("a", standing(state), affected=True)]) == []
    assert riskiest_first([Person("a", standing(state, contradicted=True))]) != []


PEOPLE = st.lists(
    st.builds(
        Person,
        st.sampled_from([f"{number:02}" for number in range(20)]),
        st.builds(
            standing, st.sampled_from(State), contradicted=st.booleans(), recheck=st.booleans()
        ),
        st.booleans(),
        st.none() | st.integers(0, 3).map(minute),
    ),
    unique_by=lambda each: each.key,
)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_line_is_the_same_from_wherever_it_is_asked(people: list[Person], chance: Random) -> None:
    mixed = list(people)
    chance.shuffle(mixed)

    assert riskiest_first(mixed) == riskiest_first(people)
    assert {each.key for each in riskiest_first(people)} == {
        each.key for each in people if each.standing.outstanding
    }

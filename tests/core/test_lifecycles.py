"""Life cycles: whole, of one meaning, and never loosened by silence; the core's rules agree."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core import conditions, precautions, reviews
from cadre.core.accountability import MUSTER, SEARCH, Muster, Search
from cadre.core.lifecycles import (
    CONDITION,
    DIRECTIVE,
    DRAFT,
    MACHINES,
    PRECAUTION,
    PROPOSAL,
    REVIEW,
    STOP,
    Draft,
    Event,
    Force,
    Machine,
    NoStep,
    Proposal,
    Stop,
)
from cadre.core.moments import Moment
from cadre.core.posture import Scope

FIRST = datetime(2020, 1, 6, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIFTS = {Event.LIFT, Event.LIFT_PART, Event.LIFT_ALL}
EVERY = (*MACHINES, MUSTER, SEARCH)
DECISIONS = {Event.FIND_MET, Event.FIND_NOT_MET, Event.WAIVE, Event.SET_BACK}

each_machine = pytest.mark.parametrize("machine", EVERY, ids=lambda each: each.name)


@each_machine
def test_every_state_is_reached_from_the_first(machine: Machine) -> None:
    reached, before = {machine.initial}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {each.after for each in machine.steps if each.before in before}

    assert reached == set(machine.states)


@pytest.mark.parametrize(
    ("machine", "states"),
    [
        (DRAFT, Draft),
        (DIRECTIVE, Force),
        (STOP, Stop),
        (PROPOSAL, Proposal),
        (CONDITION, conditions.State),
        (REVIEW, reviews.State),
        (PRECAUTION, precautions.State),
        (MUSTER, Muster),
        (SEARCH, Search),
    ],
    ids=lambda each: getattr(each, "name", ""),
)
def test_table_has_all_states_that_there_are(machine: Machine, states: type[StrEnum]) -> None:
    assert set(machine.states) == set(states)


@each_machine
def test_no_event_leads_two_ways_from_one_state(machine: Machine) -> None:
    pairs = [(each.before, each.event) for each in machine.steps]

    assert len(pairs) == len(set(pairs))


@each_machine
def test_every_step_says_who_or_what_makes_it(machine: Machine) -> None:
    assert [each for each in machine.steps if not each.by.strip()] == []


def test_time_makes_due_stale_or_somebody_elses_and_nothing_more() -> None:
    changes = {
        (machine.name, each.before, each.after)
        for machine in EVERY
        for each in machine.steps
        if each.event is Event.TIME and each.before != each.after
    }

    assert changes == {
        ("restart condition", "met", "unknown"),
        ("restart condition", "waived", "unknown"),
        ("review", "due", "overdue"),
        ("precaution", "open", "overdue"),
        ("precaution", "overdue", "escalated"),
        ("search for a person", "waiting", "overdue"),
        ("search for a person", "found", "overdue"),
    }


def test_nothing_is_lifted_but_by_a_lift_and_nothing_opens_but_by_a_decision() -> None:
    lifted = {each.event for machine in EVERY for each in machine.steps if "lifted" in each.after}
    opened = {
        each.event
        for each in CONDITION.steps
        if each.after in {"met", "waived"} and each.before != each.after
    }

    assert lifted - {Event.TIME} == LIFTS
    assert opened == {Event.FIND_MET, Event.WAIVE}
    unknown = [each for each in CONDITION.steps if each.before == conditions.State.UNKNOWN]
    assert {each.event for each in unknown if each.after != each.before} == DECISIONS


@each_machine
def test_what_is_lifted_stays_lifted(machine: Machine) -> None:
    assert [each for each in machine.steps if each.before == "lifted"] == []


def test_gate_opens_for_the_same_states_by_the_table_and_by_the_rule() -> None:
    assert [each for each in conditions.State if CONDITION.allows(each, Event.LIFT)] == [
        each for each in conditions.State if each.opens
    ]


def test_step_that_is_not_in_the_table_is_refused_in_one_sentence() -> None:
    assert DRAFT.after(Draft.OPEN, Event.SIGN) == Draft.SIGNED
    with pytest.raises(NoStep) as refused:
        DRAFT.after(Draft.SIGNED, Event.SIGN)

    assert str(refused.value) == "For a draft that is signed, there is no step “sign”."


def follow(machine: Machine, state: str, event: Event) -> str:
    """Time that passes without a step, and what is not allowed, leaves everything as it is."""
    return machine.after(state, event) if machine.allows(state, event) else state


VERDICTS = {
    Event.FIND_NOT_MET: conditions.State.NOT_MET,
    Event.WAIVE: conditions.State.WAIVED,
    Event.SET_BACK: conditions.State.NOT_ASSESSED,
}


def happened(event: Event, at: datetime) -> list[conditions.Evidence | conditions.Decision]:
    """What is put on record of a condition by one event."""
    evidence = conditions.Evidence(str(at), event is not Event.SPEAK_AGAINST, Moment.at(at), at)
    if event is Event.FIND_MET:
        return [evidence, conditions.Decision(conditions.State.MET, at, frozenset({str(at)}))]
    if event in VERDICTS:
        until = at + DAY if event is Event.WAIVE else None
        return [conditions.Decision(VERDICTS[event], at, until=until)]
    return [evidence] if event in {Event.SPEAK_FOR, Event.SPEAK_AGAINST} else []


@given(st.lists(st.sampled_from([*DECISIONS, Event.SPEAK_FOR, Event.SPEAK_AGAINST, Event.TIME])))
def test_condition_stands_as_its_table_says_whatever_happens(events: list[Event]) -> None:
    at, state = FIRST, CONDITION.initial
    evidence: list[conditions.Evidence] = []
    decisions: list[conditions.Decision] = []
    for event in events:
        at += 2 * DAY if event is Event.TIME else timedelta(seconds=1)
        for said in happened(event, at):
            if isinstance(said, conditions.Evidence):
                evidence.append(said)
            else:
                decisions.append(said)
        state = follow(CONDITION, state, event)
        told = conditions.Condition("C", Scope("M"), DAY, tuple(evidence), tuple(decisions))
        assert conditions.standing(told, at).state == state


OUTCOMES = {
    Event.REPORT_DONE: precautions.Outcome.DONE,
    Event.REPORT_NOT_NEEDED: precautions.Outcome.NOT_NEEDED,
    Event.REPORT_CANNOT: precautions.Outcome.CANNOT,
}


@given(st.lists(st.sampled_from([*OUTCOMES, Event.TIME]), max_size=8))
def test_precaution_stands_as_its_table_says_whatever_happens(events: list[Event]) -> None:
    deadline = precautions.Deadline(FIRST + HOUR, FIRST + 2 * HOUR)
    at, state = FIRST, PRECAUTION.initial
    reports: list[precautions.Report] = []
    for event in events:
        at += HOUR if event is Event.TIME else timedelta(seconds=1)
        if event in OUTCOMES:
            reports.append(precautions.Report(OUTCOMES[event], at, at))
        state = follow(PRECAUTION, state, event)
        assert precautions.standing(deadline, reports, at).state == state


def test_review_stands_as_its_table_says() -> None:
    dated = reviews.Due(FIRST + HOUR)

    assert reviews.Due(None).state(FIRST) == REVIEW.initial
    assert dated.state(FIRST) == REVIEW.after(REVIEW.initial, Event.DATE)
    assert dated.state(FIRST + HOUR) == REVIEW.after(dated.state(FIRST), Event.TIME)

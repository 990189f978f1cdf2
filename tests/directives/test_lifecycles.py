"""Life cycles against the record: each verb is tried in each state, and goes by the table."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.db import transaction

from cadre.access.permissions import BY_VERB
from cadre.core import conditions, reviews
from cadre.core.lifecycles import (
    CONDITION,
    DIRECTIVE,
    DRAFT,
    MACHINES,
    PROPOSAL,
    REVIEW,
    STOP,
    Draft,
    Event,
    Force,
    Machine,
    Proposal,
    Stop,
)
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Marking
from cadre.directives import actions, models
from cadre.directives.actions import Composed, NewAssessment, NewCondition, NewEvidence, NewProposal
from cadre.directives.models import ConfirmationOutcome, Outcome, Verdict
from cadre.directives.queries import restart
from cadre.directives.queries.stops import stop_state
from cadre.mission.queries.versions import fingerprint
from tests.directives.conftest import COMMANDER, DUTY, Issue, Place, order, ruling

type Verbs = dict[Event, Callable[[], object]]

HOUR = timedelta(hours=1)
TRAINING = Scope("M", frozenset({"training"}))
CAMP, FORT = (Scope("M", frozenset({"training"}), frozenset({code})) for code in ("CAMP", "FORT"))
GATE = NewCondition(
    text="The gate is repaired", owner="J4", wanted="A photograph", shelf_life=3 * HOUR
)


def each_pair(states: Iterable[str], events: Iterable[Event]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("state", "event"), [*product(states, events)])


def follow(machine: Machine, state: str, event: Event) -> str:
    """What is not allowed leaves everything as it is; so does time without a step."""
    return machine.after(state, event) if machine.allows(state, event) else state


def allowed(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except Refused:
        return False
    return True


def test_tables_name_permissions_that_there_are() -> None:
    told = " ".join(step.by for machine in MACHINES for step in machine.steps)
    named = set(re.findall(r"`([^`]+)`", told))

    assert "directives.lift" in named
    assert named - BY_VERB.keys() == set()


# --- drafts -----------------------------------------------------------------------------------


def composed(title: str) -> Composed:
    return Composed(title=title, content={"kind": "order"}, marking=Marking())


def draft_verbs(row: models.Draft, at: datetime, authority: str) -> Verbs:
    seen, new = fingerprint(row), order(at, authority=authority)
    return {
        Event.CHANGE: lambda: actions.change_draft(
            row, composed(authority), seen="", by=COMMANDER, at=at
        ),
        Event.SIGN: lambda: actions.sign(row, new, seen=seen, by=COMMANDER, at=at),
        Event.DROP: lambda: actions.drop_draft(row, by=COMMANDER, at=at),
    }


@each_pair(DRAFT.states, (Event.CHANGE, Event.SIGN, Event.DROP))
def test_draft(place: Place, at: datetime, state: Draft, event: Event) -> None:
    row = actions.write_draft(place.mission, composed("First"), by=COMMANDER, at=at)
    for before in {Draft.SIGNED: [Event.SIGN], Draft.DROPPED: [Event.DROP]}.get(state, []):
        draft_verbs(row, at, "Commander")[before]()
    row = models.Draft.objects.get(pk=row.pk)
    assert row.state == state
    done = allowed(draft_verbs(row, at, "Another")[event])

    assert done == DRAFT.allows(state, event)
    assert models.Draft.objects.get(pk=row.pk).state == follow(DRAFT, state, event)


# --- lifts and proposals ----------------------------------------------------------------------


def waived(directive: models.Directive, at: datetime) -> models.Directive:
    """The directive, with one condition that is waived: nothing is missing for a lift."""
    condition = actions.write_condition(directive, GATE, by=DUTY, at=at)
    waiver = NewAssessment(
        verdict=Verdict.WAIVED, authority="C", reason="None here", until=at + 99 * HOUR
    )
    actions.assess(condition, waiver, by=COMMANDER, at=at)
    return directive


def propose(directive: models.Directive, part: Scope, at: datetime) -> models.LiftProposal:
    return actions.propose_lift(directive, NewProposal(part=part, reason="x"), by=DUTY, at=at)


def lift(directive: models.Directive, part: Scope, at: datetime) -> models.Lift:
    return actions.lift(propose(directive, part, at), by=COMMANDER, at=at)


ENDS = {
    Proposal.LIFTED: Event.LIFT,
    Proposal.TURNED_DOWN: Event.TURN_DOWN,
    Proposal.TAKEN_BACK: Event.TAKE_BACK,
}


@each_pair(PROPOSAL.states, ENDS.values())
def test_proposal(issued: Issue, at: datetime, state: Proposal, event: Event) -> None:
    row = propose(waived(issued(COMMANDER), at), CAMP, at)
    verbs: Verbs = {
        Event.LIFT: lambda: actions.lift(row, by=COMMANDER, at=at),
        Event.TURN_DOWN: lambda: actions.end_proposal(row, "No", by=COMMANDER, at=at),
        Event.TAKE_BACK: lambda: actions.end_proposal(row, "No", by=DUTY, at=at),
    }
    if state in ENDS:
        verbs[ENDS[state]]()
    assert models.LiftProposal.objects.get(pk=row.pk).state == state
    done = allowed(verbs[event])

    assert done == PROPOSAL.allows(state, event)
    assert models.LiftProposal.objects.get(pk=row.pk).state == follow(PROPOSAL, state, event)


FORCE = {
    Posture.SUSPENDED: Force.IN_FORCE,
    Posture.RUNNING: Force.LIFTED,
    None: Force.LIFTED_IN_PART,
}


@each_pair(FORCE.values(), (Event.LIFT_PART, Event.LIFT_ALL, Event.TIME))
def test_directive(issued: Issue, at: datetime, state: Force, event: Event) -> None:
    row = waived(issued(COMMANDER), at)
    for part in {Force.LIFTED_IN_PART: [FORT], Force.LIFTED: [TRAINING]}.get(state, []):
        lift(row, part, at)
    assert FORCE[ruling("training", at).posture] == state
    later = at + (9_000 * HOUR if event is Event.TIME else HOUR)
    if event is not Event.TIME:
        part = CAMP if event is Event.LIFT_PART else TRAINING
        assert allowed(lambda: lift(row, part, later)) == DIRECTIVE.allows(state, event)

    assert FORCE[ruling("training", later).posture] == follow(DIRECTIVE, state, event)


# --- stops ------------------------------------------------------------------------------------


def stop_verbs(row: models.Directive, at: datetime) -> Verbs:
    confirmed, amended = ConfirmationOutcome.CONFIRMED, ConfirmationOutcome.AMENDED
    whole = Scope("M", sites=frozenset({"CAMP"}))
    return {
        Event.TIME: lambda: None,
        Event.CONFIRM: lambda: actions.confirm(row, confirmed, "", by=DUTY, at=at),
        Event.AMEND: lambda: actions.confirm(row, amended, "M-D-1", by=DUTY, at=at),
        Event.LIFT_ALL: lambda: lift(row, whole, at),
    }


REACHED = {Stop.CONFIRMED: Event.CONFIRM, Stop.AMENDED: Event.AMEND, Stop.LIFTED: Event.LIFT_ALL}


@each_pair(STOP.states, (*REACHED.values(), Event.TIME))
def test_stop(place: Place, at: datetime, state: Stop, event: Event) -> None:
    stop = actions.Stop(mission=place.mission, site="CAMP")
    row = waived(actions.stop_now(stop, by=DUTY, at=at), at)
    if state in REACHED:
        stop_verbs(row, at)[REACHED[state]]()
    assert stop_state(row, at=at) == state
    later = at + (9_000 * HOUR if event is Event.TIME else HOUR)
    done = allowed(stop_verbs(row, later)[event])

    assert done == (STOP.allows(state, event) or event is Event.TIME)
    assert stop_state(row, at=later) == follow(STOP, state, event)


def test_stop_that_is_to_be_lifted_is_provisional_until_then(place: Place, at: datetime) -> None:
    stop = actions.Stop(mission=place.mission, site="CAMP")
    row = waived(actions.stop_now(stop, by=DUTY, at=at), at)
    soon = NewProposal(part=stop.scope, reason="x", effective=Moment.at(at + 2 * HOUR))
    asked = actions.propose_lift(row, soon, by=DUTY, at=at)
    number = actions.lift(asked, by=COMMANDER, at=at).number
    assert [stop_state(row, at=at + hours * HOUR) for hours in (1, 2)] == ["provisional", "lifted"]
    verbs = stop_verbs(row, at + 2 * HOUR)
    with pytest.raises(Refused, match=f"This was lifted already, as {number}"):
        verbs[Event.CONFIRM]()

    assert allowed(stop_verbs(row, at + HOUR)[Event.CONFIRM])


# --- conditions and reviews -------------------------------------------------------------------


def condition_verbs(row: models.Condition, at: datetime) -> Verbs:
    def assess(verdict: Verdict, **said: object) -> object:
        new = NewAssessment(verdict=verdict, authority="C", **said)  # type: ignore[arg-type]  # each verb says which
        return actions.assess(row, new, by=COMMANDER, at=at)

    def bring(*, supports: bool) -> models.Evidence:
        new = NewEvidence(
            supports=supports, text=f"As of {at}", source="J2", occurred=Moment.at(at)
        )
        return actions.bring_evidence(row, new, by=DUTY, at=at)

    return {
        Event.TIME: lambda: None,
        Event.FIND_MET: lambda: assess(Verdict.MET, evidence=(bring(supports=True).pk,)),
        Event.FIND_NOT_MET: lambda: assess(Verdict.NOT_MET),
        Event.WAIVE: lambda: assess(Verdict.WAIVED, reason="No gate", until=at + 3 * HOUR),
        Event.SET_BACK: lambda: assess(Verdict.NOT_ASSESSED),
        Event.SPEAK_FOR: lambda: bring(supports=True),
        Event.SPEAK_AGAINST: lambda: bring(supports=False),
        Event.LIFT: lambda: lift(row.directive, TRAINING, at),
    }


BEFORE = {
    conditions.State.MET: [Event.FIND_MET],
    conditions.State.NOT_MET: [Event.FIND_NOT_MET],
    conditions.State.WAIVED: [Event.WAIVE],
    conditions.State.UNKNOWN: [Event.FIND_MET, Event.SPEAK_AGAINST],
}


def stands(row: models.Condition, at: datetime) -> conditions.State:
    (found,) = restart(OPERATOR, row.directive, on=at, known_on=None).conditions
    return found.standing.state


@each_pair(CONDITION.states, dict.fromkeys(step.event for step in CONDITION.steps))
def test_condition(issued: Issue, at: datetime, state: conditions.State, event: Event) -> None:
    row = issued(COMMANDER, conditions=(GATE,)).conditions.get()
    for before in BEFORE.get(state, []):
        at += timedelta(minutes=1)
        condition_verbs(row, at)[before]()
    assert stands(row, at) == state
    later = at + (4 * HOUR if event is Event.TIME else timedelta(minutes=1))
    done = allowed(condition_verbs(row, later)[event])

    assert done == (CONDITION.allows(state, event) or event is Event.TIME)
    assert stands(row, later) == follow(CONDITION, state, event)


NOT_YET_HELD = (reviews.State.NOT_DATED, reviews.State.DUE, reviews.State.OVERDUE)


@each_pair(NOT_YET_HELD, (Event.HOLD, Event.LIFT))
def test_review(
    place: Place, issued: Issue, at: datetime, state: reviews.State, event: Event
) -> None:
    if state is reviews.State.NOT_DATED:
        told = actions.ReportedDirective(
            number="R", effect=Posture.SUSPENDED, authority="Head", surely=TRAINING
        )
        row = actions.report_directive(told, by=OPERATOR, at=at)
    else:
        row = issued(COMMANDER)
    waived(row, at)
    later = at + (25 * HOUR if state is reviews.State.OVERDUE else HOUR)
    soon = later + HOUR
    new = actions.NewReview(
        outcome=Outcome.KEEP, reason="As it was", authority="C", next_at=soon, next_owner="J3"
    )
    assert reviews.Due(row.first_review_at).state(later) == state
    verbs: Verbs = {
        Event.HOLD: lambda: actions.hold_review(row, new, by=COMMANDER, at=later),
        Event.LIFT: lambda: lift(row, TRAINING, later),
    }

    assert allowed(verbs[event]) == REVIEW.allows(state, event)

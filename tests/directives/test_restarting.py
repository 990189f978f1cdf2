"""Restart by condition: two people, every condition, a standing basis, a review that is not due."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from cadre.access.permissions import NotAllowed
from cadre.access.queries import seeing
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.directives import actions
from cadre.directives.actions import (
    NewAssessment,
    NewCondition,
    NewEvidence,
    NewProposal,
    Shut,
)
from cadre.directives.models import Condition, Directive, Kind, Lift, LiftProposal, Verdict
from cadre.mission import actions as mission_actions
from cadre.mission.actions import Grounds
from cadre.mission.models import HostRequest
from tests.directives.conftest import (
    COMMANDER,
    DUTY,
    GERMANY,
    Issue,
    make_place,
    order,
    ruling,
    viewer,
)

CAMP = Scope("M", frozenset({"training"}), frozenset({"CAMP"}))
ALL = Scope("M")
TRAINING = Scope("M", frozenset({"training"}))
GATE = NewCondition(text="The gate is repaired", owner="J4", wanted="A photograph")

type Meet = Callable[..., None]


def meet_(condition: Condition, *, at: datetime, by: Viewer = COMMANDER) -> None:
    shown = actions.bring_evidence(
        condition,
        NewEvidence(supports=True, text="It stands", source="Photo", occurred=Moment.at(at)),
        by=DUTY,
        at=at,
    )
    met = NewAssessment(verdict=Verdict.MET, authority="Commander", evidence=(shown.pk,))
    actions.assess(condition, met, by=by, at=at)


@pytest.fixture
def stopped(issued: Issue) -> Directive:
    """Training is suspended, with one restart condition for all of it."""
    return issued(COMMANDER, conditions=(GATE,))


def propose(directive: Directive, part: Scope, at: datetime, by: Viewer = DUTY) -> LiftProposal:
    return actions.propose_lift(directive, NewProposal(part=part, reason="Ready"), by=by, at=at)


def refusal(proposal: LiftProposal, at: datetime, by: Viewer = COMMANDER) -> list[str]:
    with pytest.raises(Shut) as shut:
        actions.lift(proposal, by=by, at=at)
    return [each.kind for each in shut.value.missing]


def test_part_is_lifted_when_nothing_is_missing_and_exactly_that_part_runs(
    stopped: Directive, at: datetime
) -> None:
    later = at + timedelta(hours=2)
    proposal = propose(stopped, CAMP, later)
    assert refusal(proposal, later) == ["condition"]
    meet_(Condition.objects.get(), at=later)
    lifted = actions.lift(proposal, by=COMMANDER, at=later + timedelta(minutes=1))

    now = later + timedelta(minutes=1)
    assert (lifted.number, lifted.reported) == (f"{stopped.number}-L001", False)
    assert ruling("training", now, site="CAMP").posture == Posture.RUNNING
    assert ruling("training", now, site="FORT").posture == Posture.SUSPENDED
    assert ruling("training", later, site="CAMP").posture == Posture.SUSPENDED
    assert ruling("training", now).in_part


def test_refusal_lists_exactly_what_is_missing(stopped: Directive, at: datetime) -> None:
    late = at + timedelta(days=2)
    proposal = propose(stopped, TRAINING, late, by=COMMANDER)
    request = HostRequest.objects.get()
    mission_actions.withdraw_host_request(
        request, "Go.", effective=Moment.at(late), by=OPERATOR, at=late
    )
    with pytest.raises(Shut) as shut:
        actions.lift(proposal, by=COMMANDER, at=late)

    assert [(each.kind, each.sentence) for each in shut.value.missing] == [
        ("second person", "Another person than the one who proposed it has to lift it."),
        ("condition", "Not assessed: The gate is repaired"),
        (
            "host request",
            "No request of the host nation and mandate stand for the line “training”.",
        ),
        ("review", "Its review is overdue: hold it first."),
    ]
    assert Lift.objects.count() == 0


def test_nothing_opens_without_a_condition(issued: Issue, at: datetime) -> None:
    assert refusal(propose(issued(COMMANDER), CAMP, at), at) == ["condition"]


@pytest.mark.parametrize(
    ("verdict", "after", "kinds"),
    [
        (Verdict.NOT_MET, timedelta(0), ["condition"]),
        (Verdict.WAIVED, timedelta(0), []),
        (Verdict.WAIVED, timedelta(hours=6), ["condition"]),
    ],
)
def test_condition_is_met_or_waived_by_name_until_a_moment(
    stopped: Directive, at: datetime, verdict: Verdict, after: timedelta, kinds: list[str]
) -> None:
    until = at + timedelta(hours=5) if verdict == Verdict.WAIVED else None
    actions.assess(
        Condition.objects.get(),
        NewAssessment(verdict=verdict, authority="Commander", reason="No gate here", until=until),
        by=COMMANDER,
        at=at,
    )
    proposal = propose(stopped, CAMP, at + after)
    if kinds:
        assert refusal(proposal, at + after) == kinds
    else:
        assert actions.lift(proposal, by=COMMANDER, at=at + after).proposal == proposal


def test_evidence_that_has_gone_stale_shuts_the_gate_again(issued: Issue, at: datetime) -> None:
    fresh = NewCondition(text="Watched", owner="J2", wanted="y", shelf_life=timedelta(hours=3))
    stopped = issued(COMMANDER, conditions=(fresh,))
    meet_(Condition.objects.get(), at=at)
    late = at + timedelta(hours=3)
    with pytest.raises(Shut, match="Its evidence is stale: Watched"):
        actions.lift(propose(stopped, CAMP, late), by=COMMANDER, at=late)


def test_condition_of_another_site_does_not_bear_on_this_one(issued: Issue, at: datetime) -> None:
    at_fort = NewCondition(
        text="Roof", owner="J4", wanted="y", part=Scope("M", sites=frozenset({"FORT"}))
    )
    at_camp = NewCondition(
        text="Gate", owner="J4", wanted="y", part=Scope("M", sites=frozenset({"CAMP"}))
    )
    stopped = issued(COMMANDER, conditions=(at_fort, at_camp))
    meet_(Condition.objects.get(text="Gate"), at=at)

    assert actions.lift(propose(stopped, CAMP, at), by=COMMANDER, at=at)
    country = Scope("M", frozenset({"training"}), frozenset({"COUNTRY"}))
    assert refusal(propose(stopped, country, at), at) == ["condition"]


def test_condition_that_is_secret_to_the_lifter_keeps_the_gate_shut_without_its_words(
    stopped: Directive, at: datetime
) -> None:
    meet_(Condition.objects.get(), at=at)
    secret = Grounds(marking=Marking(classification=Classification.SECRET))
    actions.write_condition(stopped, GATE_SECRET, grounds=secret, by=OPERATOR, at=at)
    proposal = propose(stopped, CAMP, at)
    with (
        seeing(COMMANDER),
        pytest.raises(Shut, match=r"^A condition that you may not see is not met\.$"),
    ):
        actions.lift(proposal, by=COMMANDER, at=at)


GATE_SECRET = NewCondition(text="The source is safe", owner="J2", wanted="A report")


def test_who_may_lift_what(stopped: Directive, issued: Issue, at: datetime) -> None:
    caveat = issued(
        GERMANY,
        kind=Kind.CAVEAT,
        nation="DE",
        scope=Scope("M", nations=frozenset({"DE"})),
        conditions=(NewCondition(text="Cleared", owner="SNR", wanted="An answer"),),
    )
    meet_(Condition.objects.get(directive=stopped), at=at)
    meet_(Condition.objects.get(directive=caveat), at=at, by=GERMANY)
    ours = propose(stopped, CAMP, at)
    theirs = propose(caveat, Scope("M", nations=frozenset({"DE"})), at)

    assert refusal(ours, at, by=viewer("duty_officer", name="other")) == ["competence"]
    assert refusal(ours, at, by=GERMANY) == ["competence"]
    assert refusal(theirs, at, by=COMMANDER) == ["competence"]
    france = viewer("senior_national_representative", "FR", name="france")
    assert refusal(theirs, at, by=france) == ["competence"]
    assert actions.lift(theirs, by=GERMANY, at=at).directive == caveat
    assert ruling("training", at, nation="DE").posture == Posture.SUSPENDED  # ours still stands


def test_condition_of_a_caveat_is_decided_by_its_nation_only(issued: Issue) -> None:
    issued(
        GERMANY,
        kind=Kind.CAVEAT,
        nation="DE",
        scope=Scope("M", nations=frozenset({"DE"})),
        conditions=(GATE,),
    )
    with pytest.raises(NotAllowed, match="Only the representative of DE decides"):
        meet_(Condition.objects.get(), at=datetime.fromisoformat("2026-01-05T12:00Z"))


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (ALL, "This reaches beyond what directive"),
        (Scope("M", frozenset({"advising"})), "This reaches beyond what directive"),
        (Scope("M", frozenset({"training"}), frozenset({"MOON"})), "There is no site “MOON”"),
    ],
)
def test_proposal_stays_within_its_directive(
    stopped: Directive, at: datetime, part: Scope, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        propose(stopped, part, at)


def test_nothing_is_lifted_backwards(stopped: Directive, at: datetime) -> None:
    past = NewProposal(part=CAMP, reason="", effective=Moment.at(at - timedelta(minutes=1)))
    with pytest.raises(Refused, match="Nothing is lifted backwards"):
        actions.propose_lift(stopped, past, by=DUTY, at=at)
    meet_(Condition.objects.get(), at=at)
    soon = NewProposal(part=CAMP, reason="", effective=Moment.at(at + timedelta(minutes=1)))
    proposal = actions.propose_lift(stopped, soon, by=DUTY, at=at)
    assert refusal(proposal, at + timedelta(minutes=2)) == ["moment"]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (NewAssessment(verdict=Verdict.MET, authority="x"), "A condition is met on evidence"),
        (NewAssessment(verdict=Verdict.WAIVED, authority="x", reason="y"), "says until when"),
        (NewAssessment(verdict=Verdict.WAIVED, authority="x"), "A waiver says why."),
    ],
)
def test_decision_that_says_too_little_is_refused(
    stopped: Directive, at: datetime, new: NewAssessment, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.assess(Condition.objects.get(), new, by=COMMANDER, at=at)


def test_proposal_that_was_turned_down_is_not_lifted(stopped: Directive, at: datetime) -> None:
    meet_(Condition.objects.get(), at=at)
    proposal = propose(stopped, CAMP, at)
    with pytest.raises(NotAllowed):
        actions.end_proposal(proposal, "No", by=viewer("adviser"), at=at)
    assert actions.end_proposal(proposal, "Not yet", by=COMMANDER, at=at).turned_down
    with pytest.raises(Refused, match="taken back or turned down already"):
        actions.lift(proposal, by=COMMANDER, at=at)


def test_part_that_was_lifted_is_not_lifted_again(stopped: Directive, at: datetime) -> None:
    meet_(Condition.objects.get(), at=at)
    first, second = propose(stopped, CAMP, at), propose(stopped, CAMP, at)
    number = actions.lift(first, by=COMMANDER, at=at).number
    with pytest.raises(Refused, match=f"lifted already, as {number}"):
        actions.lift(first, by=COMMANDER, at=at)
    assert refusal(second, at) == ["already lifted"]


def test_two_who_lift_at_once_get_one_lift_and_one_clear_refusal(
    scratch: str, at: datetime
) -> None:
    with seeing(OPERATOR):
        make_place(by=OPERATOR, at=at - timedelta(days=9))
        stopped = actions.issue(order(at, conditions=(GATE,)), by=COMMANDER, at=at)
        meet_(Condition.objects.get(), at=at)
        proposal = propose(stopped, CAMP, at)

    def lifted(number: int) -> str:
        by = viewer("commander", name=f"commander {number}")
        try:
            with seeing(by):
                return actions.lift(LiftProposal.objects.get(pk=proposal.pk), by=by, at=at).number
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        found = sorted(pool.map(lifted, range(3)))
    number = f"{stopped.number}-L001"
    assert found == [number, *[f"This was lifted already, as {number}."] * 2]

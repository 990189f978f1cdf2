"""The case, walked on: NATO's training restarts at one site, and nothing else does."""

from datetime import datetime, timedelta

import pytest

from cadre.core.moments import Moment
from cadre.core.posture import Posture, Ruling, Scope
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.actions import (
    NewAssessment,
    NewCondition,
    NewEvidence,
    NewProposal,
    NewReview,
    Shut,
)
from cadre.directives.models import Directive, Outcome, Verdict
from cadre.directives.queries import Question, World
from cadre.mission import actions as mission_actions
from cadre.mission.models import Mission, Site
from tests.directives.conftest import viewer

COMMANDER = viewer("commander", mission="NMI", name="nmi")
DUTY = viewer("duty_officer", mission="NMI", name="nmi-duty")
TAJI = Scope("NMI", frozenset({"training"}), frozenset({"TAJI"}))


def two_sites(*, by: Viewer, at: datetime) -> None:
    """The article names no place below a country; a mission that restarts by site has some."""
    nmi, iraq = Mission.objects.get(code="NMI"), Site.objects.get(code="IQ")
    for code in ("TAJI", "BESMAYA"):
        new = mission_actions.NewSite(code=code, name=code.title(), kind="site", parent=iraq)
        site = mission_actions.add_site(new, by=by, at=at)
        mission_actions.place(nmi, site, since=Moment.unknown(), by=by, at=at)


def test_training_restarts_at_one_site_when_nothing_is_missing_and_nowhere_else(
    article: None, operator: Viewer, at: datetime
) -> None:
    two_sites(by=operator, at=at)
    stop = Directive.objects.get(number="NMI-SUSPENSION-REPORTED")
    now = at + timedelta(hours=1)
    proposal = actions.propose_lift(stop, NewProposal(part=TAJI, reason="Ready"), by=DUTY, at=now)
    with pytest.raises(Shut) as shut:
        actions.lift(proposal, by=COMMANDER, at=now)
    assert [each.sentence for each in shut.value.missing] == [
        "No restart condition is written for this part.",
        "No review of it has a date: hold one first.",
    ]

    review = NewReview(
        outcome=Outcome.NARROW, reason="The situation permits", authority="Commander",
        next_at=now + timedelta(days=1), next_owner="J3",
    )  # fmt: skip
    actions.hold_review(stop, review, by=COMMANDER, at=now)
    wanted = NewCondition(text="The host consents", owner="Liaison", wanted="The letter", part=TAJI)
    condition = actions.write_condition(stop, wanted, by=DUTY, at=now)
    letter = NewEvidence(
        supports=True, text="Iraq wants it to go on", source="Letter", occurred=Moment.at(now)
    )
    shown = actions.bring_evidence(condition, letter, by=DUTY, at=now)
    met = NewAssessment(verdict=Verdict.MET, authority="Commander", evidence=(shown.pk,))
    actions.assess(condition, met, by=COMMANDER, at=now)
    actions.lift(proposal, by=COMMANDER, at=now)

    world = World(operator, known_on=None)

    def ruling(mission: str, line: str, site: str = "") -> Ruling:
        return world.rule(Question(mission, line, site), now)

    assert ruling("NMI", "training", "TAJI").posture == Posture.RUNNING
    assert ruling("NMI", "training", "BESMAYA").posture == Posture.SUSPENDED
    assert ruling("NMI", "training").in_part
    assert ruling("NMI", "advising", "TAJI").posture is None  # it never was stated
    assert ruling("OIR", "training", "TAJI").posture == Posture.SUSPENDED

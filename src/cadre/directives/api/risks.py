"""Risks for programs: what is left where, who has to decide, and what was decided."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.directives import actions
from cadre.directives.api.found import the_mission, there
from cadre.directives.api.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.directives.forms.risks import RiskDecisionForm, RiskForm, RiskTableForm
from cadre.directives.outgoing_risks import RisksOut, risks_out
from cadre.directives.queries import World
from cadre.directives.queries.risks import mission_risks, risk_assessment
from cadre.web.programs import Moments, Problem, Words

router = Router(tags=["risks"])


@router.get("/missions/{code}/risks", response={200: RisksOut, 404: Problem})
def risks(request: HttpRequest, code: Words, moments: Query[Moments]) -> RisksOut:
    """Each line at each site with the risk that is left there, all assessments with what was
    decided, and the mission's table of who decides. It orders nothing and stops nothing.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    world = World(viewer, known_on=moments.known())
    return risks_out(mission_risks(world, mission, on=moments.true_on()))


@router.post("/missions/{code}/risks", response=ANSWERS)
def assess_risk(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Assesses a risk: `line`, `sites`, `criticality` 1 to 4, `risk` as low, medium, high,
    very_high or unacceptable, `measures`, `reason`, `assessed_by`, `assessed`.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "risks.assess", code)
    form = RiskForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.assess_risk(mission, form.new(), by=viewer, at=at))


@router.post("/missions/{code}/risks/table", response=ANSWERS)
def risk_table(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Says anew who decides: for each cell `says_1_low` as authority or not_allowed, and
    `who_1_low`. What is not sent is not stated then. `seen`: the version that was in view.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "risks.define", code)
    form = RiskTableForm(viewer, mission, typed(sent))

    def act(at: datetime) -> object:
        seen = form.cleaned_data["seen"]
        actions.set_risk_table(mission, form.said(), seen=seen, by=viewer, at=at)
        return mission

    return done(form, act)


@router.post("/risks/{row}/decisions", response=ANSWERS)
def decide_risk(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Decides about an assessment: `decision` as accepted or not_accepted, `authority`,
    `decided_at`, `until`, `reason`.
    """
    viewer = viewer_in(request)
    kept = there(risk_assessment(viewer, row), "assessment of a risk")
    require(viewer, "risks.decide", kept.mission.code)
    form = RiskDecisionForm(viewer, typed(sent))
    return done(form, lambda at: actions.decide_risk(kept, form.new(), by=viewer, at=at))

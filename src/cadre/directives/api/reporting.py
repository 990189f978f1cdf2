"""What was ordered elsewhere, and what nations answer, for programs."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.directives import actions
from cadre.directives.api.found import the_directive, the_mission
from cadre.directives.api.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.directives.forms.reporting import ReportedDirectiveForm, ReportedLiftForm
from cadre.directives.forms.restarting import AnswerForm
from cadre.directives.queries.indicators import consulted
from cadre.mission.doors import now
from cadre.web.programs import Moments, Number, Problem, Words

router = Router(tags=["directives"])


class ConsultationOut(Schema):
    """The latest answer of a contingent; null: it is silent, which is not consent."""

    nation: str
    name: str
    position: str | None
    text: str
    answered: datetime | None
    by: str


@router.post("/missions/{code}/directives/reported", response=ANSWERS)
def report(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Records a directive that somebody reported: `number`, `effect` (1 restrict, 2 suspend),
    `authority`, its scope and, as vaguely as they are known, its clocks.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "directives.report", code)
    form = ReportedDirectiveForm(viewer, mission, typed(sent, first={"reason_code": "not_stated"}))
    return done(form, lambda at: actions.report_order(form.new(), form.clocks(), by=viewer, at=at))


@router.post("/directives/{path:number}/lifts/reported", response=ANSWERS)
def report_lift(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Records a lift that somebody reported: `number`, `authority`, `effective` and its scope."""
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    require(viewer, "directives.report", directive.mission.code)
    form = ReportedLiftForm(viewer, directive, typed(sent))
    return done(form, lambda at: actions.report_end(form.new(), by=viewer, at=at))


@router.get(
    "/directives/{path:number}/nations", response={200: list[ConsultationOut], 404: Problem}
)
def nations(request: HttpRequest, number: Number, moments: Query[Moments]) -> list[ConsultationOut]:
    """What each contingent answers to a restart: the silent first."""
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    found = consulted(viewer, directive, on=moments.true_on(), known_on=moments.known())
    return [
        ConsultationOut(
            nation=code,
            name=name,
            position=answer.position if answer else None,
            text=answer.text if answer else "",
            answered=answer.answered_at if answer else None,
            by=answer.answered_by if answer else "",
        )
        for code, name, answer in found
    ]


@router.post("/directives/{path:number}/nations", response=ANSWERS)
def answer(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Records an answer: `nation`, `position`, `text`, `answered_at`, `answered_by`, `note`."""
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    require(viewer, "directives.consult", directive.mission.code)
    form = AnswerForm(viewer, typed(sent))
    form.offer(consulted(viewer, directive, on=now(), known_on=None))
    return done(
        form, lambda at: actions.answer_consultation(directive, form.new(), by=viewer, at=at)
    )

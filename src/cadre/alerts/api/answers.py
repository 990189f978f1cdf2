"""Answers that nobody could be found for, or that are not clear."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from cadre.access.queries import viewer_in
from cadre.accountability.queries import When
from cadre.alerts import actions
from cadre.alerts.api.found import there
from cadre.alerts.forms.strays import StrayForm
from cadre.alerts.outgoing_answers import StrayOut, stray_out
from cadre.alerts.queries import strays
from cadre.mission.doors import now
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.web.programs import Moments, Problem

router = Router()


@router.get("/answers", response={200: list[StrayOut], 403: Problem, 422: Problem})
def answers(request: HttpRequest, asked: Query[Moments]) -> list[StrayOut]:
    """Answers for a person to look at: those that wait first, the oldest of them first."""
    viewer = viewer_in(request)
    strays.require_to_look(viewer)
    when = When(asked.true_on(), asked.known(), now())
    return [stray_out(each) for each in strays.strays(viewer, when, live_page=False)]


@router.post("/answers/{row}/settle", response=ANSWERS)
def settle(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Says whose an answer is, or why nothing is to be done: `who` (a code, or none), `note`."""
    viewer = viewer_in(request)
    strays.require_to_look(viewer)
    found = there(strays.stray(viewer, row), "answer")
    form = StrayForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        note = form.cleaned_data["note"]
        return actions.settle_stray(found, form.person(), note, by=viewer, at=at)

    return done(form, act)

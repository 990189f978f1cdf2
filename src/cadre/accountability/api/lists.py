"""Lists of wardens for programs."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.api.found import the_list, the_mission, when_of
from cadre.accountability.forms.rosters import ListForm, WardensForm
from cadre.accountability.outgoing_people import WardenListsOut, lists_out
from cadre.accountability.queries.counted import lists_of
from cadre.accountability.queries.holds import withheld
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.web.programs import Moments, Problem, Words

router = Router(tags=["wardens"])


@router.get("/missions/{code}/wardens", response={200: WardenListsOut, 404: Problem})
def list_all(request: HttpRequest, code: Words, moments: Query[Moments]) -> WardenListsOut:
    """The lists of a mission with their wardens, and how many people stand on each and on none."""
    viewer, when = viewer_in(request), when_of(moments)
    found = lists_of(viewer, the_mission(viewer, code), when)
    return lists_out(found, withheld(now=when.now))


@router.post("/missions/{code}/wardens", response=ANSWERS)
def write(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Writes a list, or makes the one of this code what is sent: `code`, `title`, `site`, `nation`,
    `people`, `dropped`.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "accountability.lists", code)
    form = ListForm(viewer, typed(sent))
    return done(form, lambda at: actions.write_list(mission, form.new(), by=viewer, at=at))


@router.post("/missions/{code}/wardens/{warden_list}/people", response=ANSWERS)
def wardens(
    request: HttpRequest, code: Words, warden_list: Words, sent: TypedIn
) -> Status[NumberOut]:
    """Names the warden and the alternates of a list, in this order: `people`, by code."""
    viewer = viewer_in(request)
    row = the_list(viewer, code, warden_list)
    require(viewer, "accountability.lists", code)
    form = WardensForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        actions.set_wardens(row, form.cleaned_data["people"], by=viewer, at=at)
        return row

    return done(form, act)

"""Musters for programs: opened, counted, closed; PERSTAT. No held name is in any answer."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.api.found import the_board, the_mission, the_muster, when_of
from cadre.accountability.forms.musters import CloseForm, OpenForm, TargetsForm
from cadre.accountability.outgoing import (
    BoardOfMusterOut,
    CountedMusterOut,
    PerstatOut,
    WouldCountOut,
    board_out,
    muster_out,
    perstat_out,
    preview_out,
)
from cadre.accountability.papers import csv_of, pdf
from cadre.accountability.papers.perstats import perstat_paper
from cadre.accountability.papers.rosters import call_tree
from cadre.accountability.queries.listed import musters
from cadre.accountability.queries.perstat import from_muster, perstat
from cadre.accountability.queries.preview import preview
from cadre.accountability.queries.settings import settings_of
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.queries.rows import Mission
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, require_good, typed
from cadre.web import clock
from cadre.web.programs import Moments, Number, Problem, Words

router = Router(tags=["musters"])
PDF = {"responses": {200: {"description": "OK", "content": {"application/pdf": {}}}}}
CSV = {"responses": {200: {"description": "OK", "content": {"text/csv": {}}}}}


@router.get("/musters", response=list[CountedMusterOut])
def muster_list(request: HttpRequest, moments: Query[Moments]) -> list[CountedMusterOut]:
    """All musters, those that are open first; of closed ones the latest."""
    return [muster_out(each) for each in musters(viewer_in(request), when_of(moments))]


def open_form(viewer: Viewer, mission: Mission, sent: TypedIn) -> OpenForm:
    """What is not sent stands as the page shows it first: the kinds that are usually counted."""
    first = {"counted_kinds": sorted(actions.COUNTED)}
    return OpenForm(viewer, mission, typed(sent, first=dict(first)))


@router.post("/missions/{code}/musters", response=ANSWERS)
def open_muster(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Opens a muster and freezes its list: `title`, `protective_action`, `sites`, `nations`,
    `incident` (an id) with `radius_km`, `exercise`, `counted_kinds`, `beside`, `counts_from`.
    """
    viewer = viewer_in(request)
    form = open_form(viewer, the_mission(viewer, code), sent)

    def act(at: datetime) -> object:
        opened = actions.open_muster(form.new(), by=viewer, at=at)
        clock.start()
        return opened

    return done(form, act)


@router.post(
    "/missions/{code}/musters/preview",
    response={200: WouldCountOut, 404: Problem, 409: Problem, 422: Problem},
)
def would_count(request: HttpRequest, code: Words, sent: TypedIn) -> WouldCountOut:
    """Who would be counted if it were opened now, and why others would not. Nothing is opened."""
    viewer = viewer_in(request)
    form = open_form(viewer, the_mission(viewer, code), sent)
    require_good(form)
    found = preview(viewer, actions.wish_of(form.new()), on=now(), known_on=None)
    return preview_out(found)


@router.get("/musters/{number}", response={200: BoardOfMusterOut, 404: Problem})
def board(request: HttpRequest, number: Number, moments: Query[Moments]) -> BoardOfMusterOut:
    """The board of a muster as of a moment: numbers of everybody, names as far as released."""
    return board_out(the_board(viewer_in(request), number, when_of(moments)))


@router.post("/musters/{number}/close", response=ANSWERS)
def close(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Closes a muster: `reason`, without which it stays open while somebody is not resolved."""
    viewer = viewer_in(request)
    row = the_muster(viewer, number)
    form = CloseForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        actions.close_muster(row, form.cleaned_data["reason"], by=viewer, at=at)
        return row

    return done(form, act)


@router.get("/musters/{number}/perstat", response={200: PerstatOut, 404: Problem})
def perstat_of_muster(request: HttpRequest, number: Number, moments: Query[Moments]) -> PerstatOut:
    """PERSTAT by one muster, also when it is an exercise."""
    found = the_board(viewer_in(request), number, when_of(moments))
    return perstat_out(from_muster(found.row.mission, found.board))


@router.get("/musters/{number}/call-tree.pdf", response={404: Problem}, openapi_extra=PDF)
def tree(request: HttpRequest, number: Number, moments: Query[Moments]) -> HttpResponse:
    """Whom to call in which order, to print."""
    found = the_board(viewer_in(request), number, when_of(moments))
    paper = call_tree(found, found.lists, "en")
    return HttpResponse(pdf(paper), content_type="application/pdf")


@router.get("/missions/{code}/perstat", response={200: PerstatOut, 404: Problem})
def perstat_of_mission(request: HttpRequest, code: Words, moments: Query[Moments]) -> PerstatOut:
    """The state of a mission's people as of any minute."""
    viewer = viewer_in(request)
    return perstat_out(perstat(viewer, the_mission(viewer, code), when_of(moments)))


@router.get("/missions/{code}/perstat.pdf", response={404: Problem}, openapi_extra=PDF)
def perstat_pdf(request: HttpRequest, code: Words, moments: Query[Moments]) -> HttpResponse:
    """The same, to print."""
    viewer = viewer_in(request)
    found = perstat(viewer, the_mission(viewer, code), when_of(moments))
    return HttpResponse(pdf(perstat_paper(found, "en")), content_type="application/pdf")


@router.get("/missions/{code}/perstat.csv", response={404: Problem}, openapi_extra=CSV)
def perstat_csv(request: HttpRequest, code: Words, moments: Query[Moments]) -> HttpResponse:
    """The same, for a spreadsheet."""
    viewer = viewer_in(request)
    found = perstat(viewer, the_mission(viewer, code), when_of(moments))
    return HttpResponse(csv_of(perstat_paper(found, "en")), content_type="text/csv")


@router.post("/missions/{code}/muster-targets", response=ANSWERS)
def targets(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Sets a mission's targets and times, with the fields of the page's form."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "accountability.settings", code)
    shown = TargetsForm.shows(settings_of(viewer, mission))
    first = {name: "" if value is None else value for name, value in shown.items()}
    form = TargetsForm(viewer, typed(sent, first=first | {"seen": ""}))
    return done(form, lambda at: actions.set_targets(mission, form.new(), by=viewer, at=at))

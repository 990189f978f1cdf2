"""Movements for programs: ordered, with a manifest, departed, arrived, closed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.api.found import the_mission, the_movement, there, when_of
from cadre.accountability.forms.movements import (
    EndForm,
    ManifestForm,
    MoveReportForm,
    OrderForm,
    PersonMovedForm,
)
from cadre.accountability.outgoing_people import (
    ManifestOut,
    MovementOut,
    manifest_out,
    movement_out,
)
from cadre.accountability.papers import pdf
from cadre.accountability.papers.manifests import manifest
from cadre.accountability.queries.counted import chosen_people
from cadre.accountability.queries.lists import lists
from cadre.accountability.queries.movements import movement, movements
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.web.programs import Moments, Number, Problem, Words

router = Router(tags=["movements"])


@router.get("/movements", response=list[MovementOut])
def list_all(request: HttpRequest, moments: Query[Moments]) -> list[MovementOut]:
    """All movements, the latest first."""
    return [movement_out(each) for each in movements(viewer_in(request), None, when_of(moments))]


@router.post("/missions/{code}/movements", response=ANSWERS)
def order(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Orders a movement: `kind` (hibernate, relocate, evacuate), `title`, `from_site`, `to_site` or
    `to_place`, `because`, `exercise`.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "accountability.movements", code)
    form = OrderForm(viewer, typed(sent))
    return done(form, lambda at: actions.order_movement(form.new(mission), by=viewer, at=at))


@router.get("/movements/{number}", response={200: ManifestOut, 404: Problem})
def one(request: HttpRequest, number: Number, moments: Query[Moments]) -> ManifestOut:
    """A movement with its manifest; no held name is in it."""
    found = movement(viewer_in(request), number, when_of(moments))
    return manifest_out(there(found, "movement"))


@router.get("/movements/{number}/manifest.pdf", response={404: Problem}, openapi_extra={
    "responses": {200: {"description": "OK", "content": {"application/pdf": {}}}}
})  # fmt: skip  # one call
def on_paper(request: HttpRequest, number: Number, moments: Query[Moments]) -> HttpResponse:
    """The manifest, to print."""
    when = when_of(moments)
    found = there(movement(viewer_in(request), number, when), "movement")
    return HttpResponse(pdf(manifest(found, "en", on=when.on)), content_type="application/pdf")


@router.post("/movements/{number}/manifest", response=ANSWERS)
def add(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Puts people on the manifest: `people` by code, or all of a `site`, `nation`, `warden_list`;
    `seat`.
    """
    viewer = viewer_in(request)
    row = the_movement(viewer, number)
    require(viewer, "accountability.movements", row.mission.code)
    named = [(each.row.code, each.row.title) for each in lists(viewer, row.mission)]
    form = ManifestForm(viewer, typed(sent), lists=named)

    def act(at: datetime) -> object:
        people = chosen_people(viewer, row.mission, form.cleaned_data["people"], form.rule(), at=at)
        seats = dict.fromkeys(people, form.cleaned_data["seat"])
        actions.add_to_manifest(row, seats, by=viewer, at=at)
        return row

    return done(form, act)


@router.post("/movements/{number}/reports", response=ANSWERS)
def report(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Says that the whole departed or arrived: `event`, `occurred_at`, `head_count`, `said_by`."""
    viewer = viewer_in(request)
    row = the_movement(viewer, number)
    require(viewer, "accountability.report", row.mission.code)
    form = MoveReportForm(viewer, typed(sent))
    return done(form, lambda at: actions.report_movement(row, form.new(), by=viewer, at=at))


@router.post("/movements/{number}/people", response=ANSWERS)
def report_people(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Says that people boarded, did not, or arrived: `event` (boarded, not_aboard, arrived),
    `people` by code, `occurred_at`, `said_by`. All of it, or nothing.
    """
    viewer = viewer_in(request)
    row = the_movement(viewer, number)
    require(viewer, "accountability.report", row.mission.code)
    form = PersonMovedForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        actions.report_movements(row, form.news(), by=viewer, at=at)
        return row

    return done(form, act)


@router.post("/movements/{number}/close", response=ANSWERS)
def close(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Closes a movement: `reason`, where somebody is not known to have arrived."""
    viewer = viewer_in(request)
    row = the_movement(viewer, number)
    require(viewer, "accountability.movements", row.mission.code)
    form = EndForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        actions.close_movement(row, form.cleaned_data["reason"], by=viewer, at=at)
        return row

    return done(form, act)

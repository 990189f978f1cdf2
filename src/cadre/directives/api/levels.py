"""Levels for programs: which is in force where, scales, orders, receipts, the threat."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.api.found import the_mission, there
from cadre.directives.api.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.directives.forms.levels import (
    LevelForm,
    LevelOrderForm,
    ReportedLevelForm,
    ScaleForm,
    ThreatForm,
)
from cadre.directives.forms.receiving import ReceiptForm
from cadre.directives.outgoing_levels import (
    LevelOrderOut,
    LevelsOut,
    ScaleOut,
    level_order_out,
    levels_out,
    scale_out,
)
from cadre.directives.queries import World, lookups
from cadre.directives.queries.levelled import level_order_read, mission_levels
from cadre.directives.queries.levels import Levels, level_read
from cadre.directives.queries.receipts import level_addressees
from cadre.directives.queries.rows import LevelOrder, Scale, Track
from cadre.mission.doors import now
from cadre.web.programs import Moments, Number, Problem, Words

router = Router(tags=["levels"])


def the_order(viewer: Viewer, number: str) -> LevelOrder:
    return there(lookups.level_order(viewer, number), "order about a level")


def the_scale(viewer: Viewer, mission: str, code: str) -> Scale:
    found = lookups.scale_called(viewer, the_mission(viewer, mission), code)
    return there(found, "scale")


@router.get("/missions/{code}/levels", response={200: LevelsOut, 404: Problem})
def levels(request: HttpRequest, code: Words, moments: Query[Moments]) -> LevelsOut:
    """The level in force at each site with the orders that it rests on, how long it can be held,
    what runs where it is forbidden, and how high the threat was found to be.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    world = World(viewer, known_on=moments.known())
    return levels_out(mission_levels(world, mission, on=moments.true_on()))


@router.get("/missions/{code}/scales", response={200: list[ScaleOut], 404: Problem})
def scales(request: HttpRequest, code: Words, moments: Query[Moments]) -> list[ScaleOut]:
    """The mission's scales of both tracks, with what each level permits."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    found = Levels(viewer, on=moments.true_on(), known_on=moments.known(), missions=[mission.pk])
    return [
        scale_out(each) for track in Track for each in found.on_track(track).get(mission.code, ())
    ]


@router.post("/missions/{code}/scales", response=ANSWERS)
def define_scale(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Defines a scale: `code`, `name`, `track`, and `example` to start from one."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "levels.define", code)
    form = ScaleForm(viewer, typed(sent))
    return done(form, lambda at: actions.define_scale(mission, form.new(), by=viewer, at=at))


@router.post("/missions/{code}/scales/{scale}/levels", response=ANSWERS)
def add_level(request: HttpRequest, code: Words, scale: Words, sent: TypedIn) -> Status[NumberOut]:
    """Adds a level: `code`, `name`, `rank`, and for each line and `movement` `allows_…`."""
    viewer = viewer_in(request)
    row = the_scale(viewer, code, scale)
    require(viewer, "levels.define", code)
    form = LevelForm(viewer, row, typed(sent))
    return done(form, lambda at: actions.add_level(row, form.new(), by=viewer, at=at))


@router.post("/missions/{code}/scales/{scale}/levels/{level}", response=ANSWERS)
def change_level(
    request: HttpRequest, code: Words, scale: Words, level: Words, sent: TypedIn
) -> Status[NumberOut]:
    """Describes a level anew; the fields that are not sent are emptied, save its code."""
    viewer = viewer_in(request)
    row = the_scale(viewer, code, scale)
    named = lookups.levels_named(viewer, row.mission, Track(row.track))
    kept = there(named.get(f"{row.code}/{level}"), "level")
    require(viewer, "levels.define", code)
    form = LevelForm(viewer, row, typed(sent), level=level_read(viewer, kept))

    def act(at: datetime) -> object:
        seen = form.cleaned_data["seen"]
        return actions.change_level(kept, form.new(), seen=seen, by=viewer, at=at)

    return done(form, act)


@router.post("/missions/{code}/levels", response=ANSWERS)
def order_level(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Orders a level: `level` as scale/level, `whose`, `sites`, `nations`, `effective`,
    `authority`, `review_at`, `review_owner`. It stops nothing.
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    form = LevelOrderForm(viewer, mission, typed(sent, first={"whose": "mission"}))
    return done(form, lambda at: actions.order_level(mission, form.new(), by=viewer, at=at))


@router.post("/missions/{code}/levels/reported", response=ANSWERS)
def report_level(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Records an order that somebody reported; what nobody stated is left out."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "directives.report", code)
    form = ReportedLevelForm(viewer, mission, typed(sent, first={"direction": "not_stated"}))
    return done(form, lambda at: actions.report_level(mission, form.new(), by=viewer, at=at))


@router.post("/missions/{code}/threat", response=ANSWERS)
def threat(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """States how high the threat is: `level` as scale/level, `sites`, `assessed_by`, `reason`."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "levels.threat", code)
    form = ThreatForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.state_threat(mission, form.new(), by=viewer, at=at))


@router.post("/levels/{path:number}/receipts", response=ANSWERS)
def receive_level(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Records a receipt: `addressee` as nation:DE or site:CODE, `received_at`, `received_by`."""
    viewer = viewer_in(request)
    row = the_order(viewer, number)
    require(viewer, "directives.receive", row.mission.code)
    form = ReceiptForm(viewer, typed(sent))
    everybody = level_addressees(viewer, row, on=now(), known_on=None)
    form.offer([each for each in everybody if each.receipt is None])
    return done(form, lambda at: actions.receive_level(row, form.new(), by=viewer, at=at))


@router.get("/levels/{path:number}", response={200: LevelOrderOut, 404: Problem})
def level_order(request: HttpRequest, number: Number, moments: Query[Moments]) -> LevelOrderOut:
    """One order about a level, and who has received it: the silent first."""
    viewer = viewer_in(request)
    row = the_order(viewer, number)
    found = level_order_read(viewer, row, on=moments.true_on(), known_on=moments.known())
    return level_order_out(there(found, "order about a level"))

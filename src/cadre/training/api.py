"""What a stop would stop, for programs."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from cadre.access.queries import viewer_in
from cadre.core.moments import later
from cadre.core.posture import Scope
from cadre.directives.forms.composed import before_signing
from cadre.directives.queries import World, composing, lookups
from cadre.directives.queries.levels import scope_of
from cadre.directives.queries.rows import Track
from cadre.mission.doors import now, unknown
from cadre.mission.queries import missions
from cadre.training import queries
from cadre.training.outgoing import (
    CostOut,
    ForbiddenOut,
    ImpactOut,
    codes,
    cost_out,
    forbidden_out,
    impact_out,
)
from cadre.training.queries import SessionRead, Span
from cadre.web.programs import NOT_FOUND, PAGE, Moments, Number, Paged, Problem

router = Router(tags=["training"])


class ScopeIn(Moments):
    """What the stop would be about: codes with commas between them; empty is all."""

    lines: str = ""
    sites: str = ""
    nations: str = ""
    units: str = ""
    people: str = ""
    hours: str = ""


class SessionsQuery(ScopeIn, Paged):
    """Which part of a mission, over so many days from the moment on."""

    days: Annotated[int, Field(ge=1, le=366)] = 14


class SessionOut(Schema):
    """A session or engagement; `posture`: of its line at its place for all nations."""

    id: UUID
    kind: str
    title: str
    line: str
    site: str
    begins: datetime
    ends: datetime
    nations: list[str]
    posts: int
    posture: str


@router.get("/missions/{code}/impact", response={200: ImpactOut, 404: Problem})
def impact(request: HttpRequest, code: str, asked: Query[ScopeIn]) -> ImpactOut:
    """What a stop of this scope would stop as of a moment, and over 72 hours, 14 and 90 days."""
    viewer = viewer_in(request)
    if missions.find(viewer, code) is None:
        raise unknown(code)
    scope = scope_in(code, asked)
    found = queries.impact(viewer, scope, at=asked.true_on(), known_on=asked.known())
    return impact_out(found)


def scope_in(mission: str, asked: ScopeIn) -> Scope:
    names = ("lines", "sites", "nations", "units", "people", "hours")
    return Scope(mission, **{name: codes(getattr(asked, name)) for name in names})


def session_out(found: SessionRead) -> SessionOut:
    row, posture = found.row, found.posture.posture
    return SessionOut(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        line=row.line,
        site=row.site.code,
        begins=row.during.lower,
        ends=row.during.upper,
        nations=list(found.nations),
        posts=found.posts,
        posture="not stated" if posture is None else posture.word,
    )


@router.get("/missions/{code}/sessions", response={200: list[SessionOut], 404: Problem})
def session_list(request: HttpRequest, code: str, asked: Query[SessionsQuery]) -> list[SessionOut]:
    """The sessions and engagements that a scope reaches, by when they begin, a page at a time."""
    viewer = viewer_in(request)
    if missions.find(viewer, code) is None:
        raise unknown(code)
    at = asked.true_on()
    ends = later(at, timedelta(days=asked.days))
    span = Span(at, ends, PAGE, (asked.page - 1) * PAGE)
    world = World(viewer, known_on=asked.known())
    found, _total = queries.sessions(world, scope_in(code, asked), span, at=at)
    return [session_out(each) for each in found]


class LevelQuery(Moments):
    """A level as scale/level, for sites and nations by code with commas; empty is all."""

    level: str
    sites: str = ""
    nations: str = ""


@router.get("/missions/{code}/forbids", response={200: ForbiddenOut, 404: Problem})
def forbids(request: HttpRequest, code: str, asked: Query[LevelQuery]) -> ForbiddenOut:
    """What a protection level would forbid of what is planned, before it is ordered."""
    viewer = viewer_in(request)
    mission = missions.find(viewer, code)
    if mission is None:
        raise unknown(code)
    level = lookups.levels_named(viewer, mission, Track.PROTECTION).get(asked.level)
    if level is None:
        raise HttpError(NOT_FOUND, "There is no such protection level of this mission.")
    scope = Scope(code, sites=codes(asked.sites), nations=codes(asked.nations))
    found = queries.forbidden(viewer, level, scope, at=asked.true_on(), known_on=asked.known())
    return forbidden_out(found)


@router.get("/levels/{path:number}/forbids", response={200: ForbiddenOut, 404: Problem})
def order_forbids(request: HttpRequest, number: Number, moments: Query[Moments]) -> ForbiddenOut:
    """What an order about a level forbids of what is planned."""
    viewer = viewer_in(request)
    row = lookups.level_order(viewer, number)
    if row is None or row.level_to is None:
        raise HttpError(NOT_FOUND, "There is no such order that states its level.")
    found = queries.forbidden(
        viewer, row.level_to, scope_of(row), at=moments.true_on(), known_on=moments.known()
    )
    return forbidden_out(found)


@router.get("/directives/{path:number}/cost", response={200: CostOut, 404: Problem})
def cost(request: HttpRequest, number: Number, moments: Query[Moments]) -> CostOut:
    """What a directive has cost so far; 404 where it is not stated from when on, too."""
    found = queries.cost(viewer_in(request), number, on=moments.true_on(), known_on=moments.known())
    if found is None:
        raise HttpError(NOT_FOUND, "What it cost is not stated: it is not there, or not begun.")
    return cost_out(found)


@router.get("/directives/drafts/{row}/impact", response={200: ImpactOut, 404: Problem})
def draft_impact(request: HttpRequest, row: UUID) -> ImpactOut:
    """What a draft would stop if it were signed now."""
    viewer = viewer_in(request)
    draft = composing.draft(viewer, row)
    seen = before_signing(viewer, draft, at=now()) if draft else None
    if seen is None or seen.new is None:
        raise HttpError(NOT_FOUND, "There is no such draft that can be read as a directive.")
    return impact_out(queries.impact(viewer, seen.new.scope, at=now(), known_on=None))

"""What a stop would stop, for programs."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from cadre.access.queries import viewer_in
from cadre.core.posture import Scope
from cadre.directives.forms.composed import before_signing
from cadre.directives.queries import composing
from cadre.mission.doors import now, unknown
from cadre.mission.queries import missions
from cadre.training import queries
from cadre.training.queries import Impact
from cadre.training.queries.impact import KEYS
from cadre.web.programs import NOT_FOUND, Moments, Problem

router = Router(tags=["training"])


class ScopeIn(Moments):
    """What the stop would be about: codes with commas between them; empty is all."""

    lines: str = ""
    sites: str = ""
    nations: str = ""
    units: str = ""
    people: str = ""
    hours: str = ""


class WindowOut(Schema):
    """What is reached in one span. `trainees` null: of no course is a number stated."""

    window: str
    sessions: int
    engagements: int
    stopped_already: int
    institutions: int
    trainees: int | None
    courses_without_number: int
    people: int
    away_from_base: int
    people_by_nation: dict[str, int]
    people_by_site: dict[str, int]


class ImpactOut(Schema):
    """What a stop would stop, now and in the time ahead, and the directives that overlap."""

    windows: list[WindowOut]
    overlaps: list[str]


@router.get("/missions/{code}/impact", response={200: ImpactOut, 404: Problem})
def impact(request: HttpRequest, code: str, asked: Query[ScopeIn]) -> ImpactOut:
    """What a stop of this scope would stop as of a moment, and over 72 hours, 14 and 90 days."""
    viewer = viewer_in(request)
    if missions.find(viewer, code) is None:
        raise unknown(code)
    names = ("lines", "sites", "nations", "units", "people", "hours")
    limits = {name: codes(getattr(asked, name)) for name in names}
    found = queries.impact(
        viewer, Scope(code, **limits), at=asked.true_on(), known_on=asked.known()
    )
    return impact_out(found)


def codes(text: str) -> frozenset[str] | None:
    return frozenset(part.strip() for part in text.split(",") if part.strip()) or None


@router.get("/directives/drafts/{row}/impact", response={200: ImpactOut, 404: Problem})
def draft_impact(request: HttpRequest, row: UUID) -> ImpactOut:
    """What a draft would stop if it were signed now."""
    viewer = viewer_in(request)
    draft = composing.draft(viewer, row)
    seen = before_signing(viewer, draft, at=now()) if draft else None
    if seen is None or seen.new is None:
        raise HttpError(NOT_FOUND, "There is no such draft that can be read as a directive.")
    return impact_out(queries.impact(viewer, seen.new.scope, at=now(), known_on=None))


def impact_out(found: Impact) -> ImpactOut:
    return ImpactOut(
        windows=[
            WindowOut(
                window=key,
                sessions=each.sessions,
                engagements=each.engagements,
                stopped_already=each.already,
                institutions=each.institutions,
                trainees=each.trainees,
                courses_without_number=each.unstated,
                people=each.people,
                away_from_base=each.away,
                people_by_nation=each.by_nation,
                people_by_site=each.by_site,
            )
            for key, each in zip(KEYS, found.windows, strict=True)
        ],
        overlaps=[each.key for each in found.overlaps],
    )

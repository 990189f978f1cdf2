"""Missions' door for programs that put on record what is stated about one."""

from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field, StringConstraints

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.mission.doors import now, unknown
from cadre.mission.forms.additions import put_on_record
from cadre.mission.forms.sent import Unfit
from cadre.mission.queries import missions
from cadre.mission.schemas import Words
from cadre.web.programs import Problem

router = Router(tags=["mission"])

type Code = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]+$", max_length=60)]
type Codes = Annotated[list[Code], Field(max_length=100)]
ANSWERS = {403: Problem, 404: Problem, 409: Problem, 422: Problem}


class StatedIn(Schema):
    """On what a statement rests, who may see it, and which earlier row it corrects."""

    claims: Annotated[Codes, Field(description="references of claims; none: stated by you")] = []
    classification: Annotated[int, Field(ge=0, le=3)] = 0
    releasable_to: Annotated[Codes, Field(description="codes; none: no limit")] = []
    communities: Codes = []
    corrects: UUID | None = None


class MandateIn(StatedIn):
    """A version of the mandate. Moments are EDTF or plain dates; empty is not stated."""

    wording: Words
    since: Words = ""


class RelationIn(StatedIn):
    """How the mission stands to another, or to something named that is no mission on record."""

    kind: Literal["contributes_to", "sister_of", "part_of"]
    other_mission: Words = ""
    other: Words = ""
    since: Words = ""


class AppointmentIn(StatedIn):
    """Who holds an office of the mission."""

    office: Words
    holder: Words
    since: Words = ""


class ContributionIn(StatedIn):
    """What a nation or organisation lends; `quantity` as it was said: around 120 troops."""

    organisation: Words
    quantity: Words = ""
    roles: Words = ""
    when: Words = ""


class ContributorListIn(StatedIn):
    """A list of contributors as it was given; an open one may have more than it names."""

    wording: Words
    organisations: Codes = []
    open: bool


class HostRequestIn(StatedIn):
    """The host nation's request; without lines it is for the mission as a whole."""

    host: Words
    wording: Words
    lines: Codes = []
    form: Words = ""
    made: Words = ""


class AuthorisationIn(StatedIn):
    """Opens lines (none named: all) on a host nation's request and a mandate, by their ids."""

    host_request: UUID
    mandate: UUID
    lines: Codes = []
    begins: Words = ""


class PresenceIn(StatedIn):
    """A site where the mission works."""

    site: Words
    since: Words = ""


class StatedOut(Schema):
    """The row that is on record now."""

    id: UUID


def stated(request: HttpRequest, code: str, what: str, sent: StatedIn) -> Status[StatedOut]:
    """Puts it on record as the page does. 409 where the record refuses it, 422 for a bad value."""
    viewer = viewer_in(request)
    mission = missions.find(viewer, code)
    if mission is None:
        raise unknown(code)
    require(viewer, "mission.change", code)
    try:
        kept = put_on_record(what, mission, typed(sent), by=viewer, at=now())
    except Unfit as problem:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(problem)) from problem
    return Status(HTTPStatus.CREATED, StatedOut(id=kept.pk))


def typed(sent: StatedIn) -> dict[str, object]:
    """What was sent as somebody would type it into the form."""
    return {
        name: value if name == "lines" else in_form(value)
        for name, value in sent.model_dump().items()
    }


def in_form(value: object) -> object:
    match value:
        case None:
            return ""
        case list():
            return " ".join(map(str, value))
        case UUID() | int() if not isinstance(value, bool):
            return str(value)
        case _:
            return value


@router.post("/missions/{code}/mandates", response={201: StatedOut, **ANSWERS})
def add_mandate(request: HttpRequest, code: Code, sent: MandateIn) -> Status[StatedOut]:
    """Records a version of the mandate; the latest that has begun is in force."""
    return stated(request, code, "mandate", sent)


@router.post("/missions/{code}/relations", response={201: StatedOut, **ANSWERS})
def add_relation(request: HttpRequest, code: Code, sent: RelationIn) -> Status[StatedOut]:
    """Records a relation to another mission or coalition."""
    return stated(request, code, "relation", sent)


@router.post("/missions/{code}/appointments", response={201: StatedOut, **ANSWERS})
def add_appointment(request: HttpRequest, code: Code, sent: AppointmentIn) -> Status[StatedOut]:
    """Records who holds an office."""
    return stated(request, code, "appointment", sent)


@router.post("/missions/{code}/contributions", response={201: StatedOut, **ANSWERS})
def add_contribution(request: HttpRequest, code: Code, sent: ContributionIn) -> Status[StatedOut]:
    """Records what a nation or organisation lends."""
    return stated(request, code, "contribution", sent)


@router.post("/missions/{code}/contributor-lists", response={201: StatedOut, **ANSWERS})
def add_contributors(
    request: HttpRequest, code: Code, sent: ContributorListIn
) -> Status[StatedOut]:
    """Records a list of contributors in its own words."""
    return stated(request, code, "contributors", sent)


@router.post("/missions/{code}/host-requests", response={201: StatedOut, **ANSWERS})
def add_request(request: HttpRequest, code: Code, sent: HostRequestIn) -> Status[StatedOut]:
    """Records a request of the host nation."""
    return stated(request, code, "request", sent)


@router.post("/missions/{code}/authorisations", response={201: StatedOut, **ANSWERS})
def add_authorisation(request: HttpRequest, code: Code, sent: AuthorisationIn) -> Status[StatedOut]:
    """Opens activity lines."""
    return stated(request, code, "authorisation", sent)


@router.post("/missions/{code}/presences", response={201: StatedOut, **ANSWERS})
def add_site(request: HttpRequest, code: Code, sent: PresenceIn) -> Status[StatedOut]:
    """Records that the mission works at a site."""
    return stated(request, code, "site", sent)

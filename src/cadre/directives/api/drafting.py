"""Drafts of directives, and signing them, for programs."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.refused import Refused
from cadre.directives import actions
from cadre.directives.api.found import the_mission, there
from cadre.directives.api.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.directives.forms.issuing import DirectiveForm, retyped
from cadre.directives.outgoing import draft_out
from cadre.directives.queries import composing
from cadre.directives.schemas import DraftOut
from cadre.mission.doors import now
from cadre.web.programs import Problem, Words

router = Router(tags=["directives"])


class SignIn(Schema):
    """Which version of the draft is signed, as `seen` told it."""

    seen: Words


@router.get("/directives/drafts", response=list[DraftOut])
def drafts(request: HttpRequest) -> list[DraftOut]:
    """The drafts that wait for a signature."""
    viewer = viewer_in(request)
    return [draft_out(viewer, each, at=now()) for each in composing.drafts(viewer)]


@router.get("/directives/drafts/{row}", response={200: DraftOut, 404: Problem})
def draft(request: HttpRequest, row: UUID) -> DraftOut:
    """One draft: what it lacks, and whether you may sign it."""
    viewer = viewer_in(request)
    return draft_out(viewer, there(composing.draft(viewer, row)), at=now())


@router.post("/missions/{code}/drafts", response=ANSWERS)
def write_draft(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Keeps a draft of a directive; its fields are those of the page that composes one."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "directives.draft", code)
    form = DirectiveForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.write_draft(mission, form.composed(), by=viewer, at=at))


@router.post("/directives/drafts/{row}/sign", response=ANSWERS)
def sign(request: HttpRequest, row: UUID, sent: SignIn) -> Status[NumberOut]:
    """Signs a draft as it was seen; 409 where it has changed, lacks something or is signed."""
    viewer = viewer_in(request)
    found = there(composing.draft(viewer, row))
    form = DirectiveForm(viewer, found.mission, retyped(found.content))
    if not form.is_valid():
        raise Refused("The draft cannot be read as a directive; change it first.")
    seen = sent.seen
    signed = actions.sign(found, form.new(), seen=seen, by=viewer, at=now())
    return Status(HTTPStatus.CREATED, NumberOut(number=signed.number))

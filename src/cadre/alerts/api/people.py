"""How people are reached, and how a mission tells them: read and changed at one address."""

from http import HTTPStatus

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.alerts import actions
from cadre.alerts.api.found import the_mission, the_person
from cadre.alerts.forms.contacts import ContactForm, DeputyForm
from cadre.alerts.forms.ladders import LadderForm
from cadre.alerts.outgoing import ContactOut, contact_out
from cadre.alerts.outgoing_answers import DeputyOut, deputy_out
from cadre.alerts.queries import contacts, offers
from cadre.alerts.queries.rows import Cause
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.web.programs import Problem, Words

router = Router()


@router.get("/people/{code}/contacts", response={200: list[ContactOut], 404: Problem})
def addresses(request: HttpRequest, code: Words) -> list[ContactOut]:
    """How somebody is reached, the first to be tried first."""
    viewer = viewer_in(request)
    person = the_person(viewer, code, told=True)
    return [contact_out(each) for each in contacts.contacts(viewer, [person])[person]]


@router.post("/people/{code}/contacts", response=ANSWERS)
def add_contact(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Notes an address: `channel`, `address`, `position`."""
    viewer = viewer_in(request)
    person = the_person(viewer, code)
    form = ContactForm(viewer, typed(sent))
    return done(form, lambda at: actions.note_contact(form.new(person), by=viewer, at=at))


@router.get("/missions/{code}/deputies", response={200: list[DeputyOut], 404: Problem})
def deputies(request: HttpRequest, code: Words) -> list[DeputyOut]:
    """Which post of a mission stands in for which, as far as one may see them."""
    viewer = viewer_in(request)
    rows = contacts.deputies_of(viewer, the_mission(viewer, code))
    return [deputy_out(each) for each in rows]


@router.post("/missions/{code}/deputies", response=ANSWERS)
def name_deputy(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Says which post stands in for which: `post`, `deputy`, `position`, `dropped`."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "alerts.contacts")
    form = DeputyForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.name_deputy(form.new(), by=viewer, at=at))


class StepOut(Schema):
    """A step of a ladder: after so many minutes without an answer, to whom, by which channels."""

    after: int
    to: str
    channels: list[str]


class LadderOut(Schema):
    """How a mission tells of a cause; cause "": of each that is not named. `own`: not shipped."""

    cause: str
    acknowledging: str
    wanted: int | None
    window_minutes: int
    own: bool
    steps: list[StepOut]


@router.get("/missions/{code}/ladders", response={200: list[LadderOut], 404: Problem})
def ladders(request: HttpRequest, code: Words) -> list[LadderOut]:
    """How a mission tells its people of what."""
    viewer = viewer_in(request)
    return [
        LadderOut(
            cause=each.cause,
            acknowledging=each.ladder.acknowledging.value,
            wanted=each.ladder.wanted,
            window_minutes=each.window,
            own=each.own,
            steps=[
                StepOut(
                    after=round(step.after.total_seconds() / 60),
                    to=step.to,
                    channels=list(step.channels),
                )
                for step in each.ladder.rungs
            ],
        )
        for each in offers.ladders(viewer, the_mission(viewer, code))
    ]


@router.post("/missions/{code}/ladders", response=ANSWERS)
def set_ladder(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Says how a mission tells of a cause: `cause` (none: of all that have none of their own),
    `acknowledging`, `wanted`, `window_minutes`, `steps` (a line each).
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "alerts.ladders", code)
    fields = dict(sent.fields)
    cause = str(fields.pop("cause", ""))
    if cause and cause not in Cause.values:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, "cause: There is no such cause.")
    form = LadderForm(viewer, typed(TypedIn(fields=fields)))
    return done(
        form, lambda at: actions.set_ladder(mission, cause, form.ladder(), by=viewer, at=at)
    )

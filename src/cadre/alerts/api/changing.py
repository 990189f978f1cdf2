"""Messages, acknowledgements, contacts, ladders, tests."""

from datetime import datetime
from http import HTTPStatus
from typing import Literal
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja import Router, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.accountability.queries import When
from cadre.alerts import actions
from cadre.alerts.api.found import the_alert, the_contact, the_mission, there
from cadre.alerts.forms.contacts import VerifyForm
from cadre.alerts.forms.messages import FollowForm, MessageForm
from cadre.alerts.queries.climbed import own_message
from cadre.alerts.queries.rows import Lane, Phase
from cadre.mission.doors import now
from cadre.mission.typed import ANSWERS, NumberOut, TypedIn, done, typed
from cadre.web.programs import Words

router = Router()
PHASES = {"update": Phase.UPDATE, "cancel": Phase.CANCEL, "all-clear": Phase.ALL_CLEAR}
PLAIN = {"to": "everybody", "lane": str(Lane.ORDINARY.value)}


@router.post("/missions/{code}/alerts", response=ANSWERS)
def send(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Sends a message, with the fields of the page's form: `lane`, `protective_action`, `to`,
    `sites`, `nations`, `people`, `roles`, a subject and a text by language, `asks`, `key` (a UUID:
    the same is sent once).
    """
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "alerts.send", code)
    form = MessageForm(viewer, mission, typed(sent, first=PLAIN | {"key": uuid4()}))
    return done(form, lambda at: actions.send(form.new(), by=viewer, at=at))


@router.post("/alerts/{row}/again", response=ANSWERS)
def again(request: HttpRequest, row: UUID) -> Status[NumberOut]:
    """Tells those once more whom nothing reached; `number` is how many."""
    viewer = viewer_in(request)
    number = actions.send_again(the_alert(viewer, row, "alerts.send"), by=viewer, at=now())
    return Status(HTTPStatus.CREATED, NumberOut(number=str(number)))


@router.post("/alerts/{row}/{phase}", response=ANSWERS)
def follow(
    request: HttpRequest, row: UUID, phase: Literal["update", "cancel", "all-clear"], sent: TypedIn
) -> Status[NumberOut]:
    """Updates a message, calls it off or gives the all-clear: a subject and a text by language."""
    viewer = viewer_in(request)
    first = the_alert(viewer, row, "alerts.send")
    form = FollowForm(viewer, typed(sent, first={"key": uuid4()}))

    def act(at: datetime) -> object:
        key = form.written_key()
        return actions.follow(first, PHASES[phase], form.texts(), key=key, by=viewer, at=at)

    return done(form, act)


@router.post("/messages/{row}/acknowledge", response=ANSWERS)
def acknowledge(request: HttpRequest, row: UUID) -> Status[NumberOut]:
    """Acknowledges a message to oneself."""
    viewer, at = viewer_in(request), now()
    found = there(own_message(viewer, row, When(at, None, at)), "message to you")
    answer = actions.Answer(how="api", by=viewer.name)
    kept = actions.acknowledge(found.row, answer, by=viewer, at=at)
    return Status(HTTPStatus.CREATED, NumberOut(number=str(kept.pk)))


@router.post("/contacts/{row}/verify", response=ANSWERS)
def verify(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Says how somebody made sure that an address is right: `how`."""
    viewer = viewer_in(request)
    found = the_contact(viewer, row)
    require(viewer, "alerts.contacts")
    form = VerifyForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        return actions.verify_contact(found, form.cleaned_data["how"], by=viewer, at=at)

    return done(form, act)


@router.post("/contacts/{row}/ask", response=ANSWERS)
def ask(request: HttpRequest, row: UUID) -> Status[NumberOut]:
    """Sends a message to an address; who answers it has shown that it is his."""
    viewer = viewer_in(request)
    made = actions.ask_to_verify(the_contact(viewer, row), by=viewer, at=now())
    return Status(HTTPStatus.CREATED, NumberOut(number=made.number))


@router.post("/contacts/{row}/drop", response=ANSWERS)
def drop(request: HttpRequest, row: UUID) -> Status[NumberOut]:
    """Sends nothing to an address any more."""
    viewer = viewer_in(request)
    kept = actions.drop_contact(the_contact(viewer, row), by=viewer, at=now())
    return Status(HTTPStatus.CREATED, NumberOut(number=str(kept.pk)))


@router.post("/channels/test", response=ANSWERS)
def test_channels(request: HttpRequest) -> Status[NumberOut]:
    """Tests every channel now; `number` is how many."""
    number = actions.test_now(by=viewer_in(request), at=now())
    return Status(HTTPStatus.CREATED, NumberOut(number=str(number)))

"""Messages that somebody writes: checked against the ladder before they go, and chained after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.access.queries import seeing
from cadre.alerts.actions.ladders import require_fits
from cadre.alerts.actions.making import make_alert
from cadre.alerts.models import Alert, Cause, Lane, Phase, Why
from cadre.alerts.queries.causes.entries import told_of
from cadre.alerts.queries.ladders import ladder_for
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.queries.reach import Audience, audience
from cadre.alerts.queries.silent import ended
from cadre.alerts.queries.who import MACHINE
from cadre.core.alerts import Ladder
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer, may_see
from cadre.mission.actions.checks import Misfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A message in one language."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to be sent. `texts` by language; who reads none of them reads the English one, else
    any. `ladder` None: as the mission tells its people. `key`: the same is sent once.
    """

    to: Audience
    texts: Mapping[str, Text]
    lane: Lane = Lane.ORDINARY
    protective_action: str = ""
    ladder: Ladder | None = None
    exercise: bool = False
    asks: bool = True
    marking: Marking = field(default_factory=Marking)
    key: UUID = field(default_factory=uuid4)


def send(new: NewMessage, *, by: Viewer, at: datetime) -> Alert:
    """Sends a message to an audience, with sight of all whom it names.

    Raises NotAllowed for who may not; Misfit for no text, a life-safety message that does not say
    what to do, and a marking by which `by` could not see it; Refused for a ladder that the window
    ends before, with the figures, for nobody to be told, and for the same again.
    """
    mission = new.to.mission
    require(by, "alerts.send", mission.code)
    require_texts(new.texts)
    if not may_see(by, new.marking):
        raise Misfit("releasable_to", _("By its marking you could not see this yourself."))
    if new.lane == Lane.LIFE_SAFETY and not new.protective_action.strip():
        raise Misfit("protective_action", _("Say what people are to do."))
    with seeing(MACHINE):
        ladder = new.ladder or ladder_for(mission, Cause.MESSAGE, new.lane)
        people, accounts = audience(new.to, at=at)
    require_fits(ladder)
    if not people and not accounts:
        raise Misfit("to", _("Nobody would be told of this."))
    made = make_alert(
        NewAlert(
            cause=Cause.MESSAGE,
            cause_key=f"message:{new.key}",
            mission=mission,
            lane=new.lane,
            content={"texts": written(new.texts)},
            protective_action=new.protective_action.strip(),
            exercise=new.exercise,
            marking=new.marking,
            ladder=ladder,
            asks=new.asks,
            to=[Group(why=Why.WRITTEN_TO, people=people, accounts=accounts)],
        ),
        by=by,
        at=at,
    )
    return new_one(made)


def follow(
    first: Alert, phase: Phase, texts: Mapping[str, Text], *, key: UUID, by: Viewer, at: datetime
) -> Alert:
    """An update, a cancellation or an all-clear to everybody who was told of a message.

    After the last two nobody is asked any more. Raises NotAllowed for who may not; Misfit for no
    text; Refused for what is over already, for a message that follows another one, and for the same
    again.
    """
    require(by, "alerts.send", first.mission.code if first.mission else "")
    require_texts(texts)
    if phase == Phase.FIRST or first.phase != Phase.FIRST:
        raise Refused(_("Only a first message is updated, called off or followed by an all-clear."))
    with seeing(MACHINE):
        if ended(first):
            raise Refused(_("This is over already."))
        told = told_of(first, Why.WRITTEN_TO)
    made = make_alert(
        NewAlert(
            cause=Cause.MESSAGE,
            cause_key=f"message:{key}",
            mission=first.mission,
            lane=Lane(first.lane),
            phase=phase,
            first=first,
            about=first.about,
            content={"texts": written(texts)},
            exercise=first.exercise,
            marking=first.marking,
            to=[told],
        ),
        by=by,
        at=at,
    )
    return new_one(made)


def new_one(made: Alert | None) -> Alert:
    if made is None:
        raise Refused(_("This was sent already."))
    return made


def require_texts(texts: Mapping[str, Text]) -> None:
    if not texts or any(
        not each.subject.strip() or not each.text.strip() for each in texts.values()
    ):
        raise Misfit("text", _("A message has a subject and a text in each of its languages."))


def written(texts: Mapping[str, Text]) -> dict[str, dict[str, str]]:
    return {
        language: {"subject": each.subject.strip(), "text": each.text.strip()}
        for language, each in texts.items()
    }

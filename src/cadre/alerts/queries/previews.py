"""What each channel carries of an alert, before and after it is sent, as far as one may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy, override

from cadre.access.models import RoleChoices, marking_values
from cadre.accountability.queries.held_names import held_names
from cadre.alerts.channels import Notice
from cadre.alerts.channels.content import cut
from cadre.alerts.channels.sms import length
from cadre.alerts.links import PATH, whole
from cadre.alerts.models import Alert, Cause, Channel, Lane, Phase
from cadre.alerts.queries.ladders import DEPUTY, SELF, WARDEN
from cadre.alerts.queries.reach import Audience, Reach, reach_of
from cadre.alerts.queries.silent import ladder_of
from cadre.alerts.queries.wording.sight import Sight
from cadre.alerts.queries.wording.texts import bare, protective_action, words_of
from cadre.core.alerts import Ladder, minutes, misfits
from cadre.core.releasability import Classification, Marking, Viewer, may_see

# As long as a real one, so that a channel keeps or leaves it as it would; shown as an ellipsis.
STAND_IN: Final = "x" * 43
ELLIPSIS: Final = "…"
WHOM: Final = {
    SELF: gettext_lazy("who is told"),
    DEPUTY: gettext_lazy("the deputy"),
    WARDEN: gettext_lazy("the warden"),
}


@dataclass(frozen=True, slots=True)
class Carried:
    """A message as one channel carries it. `parts`: in how many text messages, 0 elsewhere."""

    channel: Channel
    subject: str
    text: str
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message that is not sent yet."""

    to: Audience
    texts: dict[str, dict[str, str]]
    lane: Lane
    protective_action: str
    ladder: Ladder
    exercise: bool
    asks: bool
    marking: Marking


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of a ladder: after so many minutes, to whom, by which channels, in words."""

    after: int
    to: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft as it would go out. `left`: minutes between the last step and the end of the window;
    nothing is sent where there are none.
    """

    reach: Reach
    by: tuple[tuple[Channel, int], ...]
    texts: tuple[tuple[str, tuple[Carried, ...]], ...]
    steps: tuple[StepShown, ...]
    window: int
    left: int
    fits: bool


def looked(viewer: Viewer, draft: Draft, *, at: datetime) -> Looked:
    """What would go out at a moment, to how many by what, and whether there is time for it."""
    reach = reach_of(viewer, draft.to, at=at)
    last = draft.ladder.rungs[-1].after if draft.ladder.rungs else draft.ladder.window
    return Looked(
        reach=reach,
        by=tuple((each, reach.by.get(each.value, 0)) for each in Channel),
        texts=tuple(
            (language, carried(viewer, row_of(draft), language, now=at)) for language in draft.texts
        ),
        steps=steps_of(draft.ladder),
        window=minutes(draft.ladder.window),
        left=minutes(draft.ladder.window - last),
        fits=not any(misfits(draft.ladder)),
    )


def steps_of(ladder: Ladder) -> tuple[StepShown, ...]:
    names = {**dict(Channel.choices), **dict(RoleChoices.choices), **WHOM}
    return tuple(
        StepShown(
            minutes(each.after),
            str(names.get(each.to, each.to)),
            tuple(str(names.get(name, name)) for name in each.channels),
        )
        for each in ladder.rungs
    )


def row_of(draft: Draft) -> Alert:
    """The alert that a draft would become, not kept."""
    return Alert(
        mission=draft.to.mission,
        cause=Cause.MESSAGE,
        lane=draft.lane,
        phase=Phase.FIRST,
        content={"texts": draft.texts},
        protective_action=draft.protective_action,
        exercise=draft.exercise,
        acknowledging=draft.ladder.acknowledging.value if draft.asks else "",
        **marking_values(draft.marking),
    )


def carried(viewer: Viewer, alert: Alert, language: str, *, now: datetime) -> tuple[Carried, ...]:
    """An alert by each channel in a language; what the viewer may not see is left out. Of codes
    and links, which are each recipient's own, only the place is shown.
    """
    with override(language):
        notice = notice_of(Sight(alert, viewer, held_names(now=now)), language)
    return tuple(
        by_channel(notice, each, urgent=alert.lane == Lane.LIFE_SAFETY) for each in Channel
    )


def notice_of(sight: Sight, language: str) -> Notice:
    alert = sight.alert
    allowed = may_see(sight.viewer, alert.marking)
    told = alert.cause != Cause.DIGEST and allowed
    subject, text = words_of(sight) if told else bare(alert)
    counted = alert.cause in {Cause.MUSTER, Cause.RECHECK}
    return Notice(
        cause=alert.cause,
        phase=alert.phase,
        language=language,
        subject=subject,
        text=text,
        protective_action=protective_action(sight) if told else "",
        link=whole(f"{PATH}{STAND_IN}/") if alert.acknowledging or counted else "",
        code="0000" if counted else "",
        exercise=alert.exercise,
        classification=Classification(alert.classification).name.lower(),
    )


def by_channel(notice: Notice, channel: Channel, *, urgent: bool) -> Carried:
    message = cut(notice, key="", channel=channel.value, address="", urgent=urgent)
    text = message.text.replace(STAND_IN, ELLIPSIS)
    if notice.code:
        text = text.replace(notice.code, ELLIPSIS)
    parts = length(message.text).parts if channel == Channel.SMS else 0
    return Carried(channel, message.subject, text, parts)


def languages_of(alert: Alert) -> Sequence[str]:
    """The languages in which a message was written; () for what is put together for each reader."""
    texts = alert.content.get("texts")
    return tuple(texts) if isinstance(texts, dict) else ()


def steps_kept(alert: Alert) -> tuple[StepShown, ...]:
    """The ladder as an alert keeps it."""
    return steps_of(ladder_of(alert))

"""What the pages of links say: sentences that a page and the answer to a phone have in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre.accountability.queries import Outstanding, OwnPage, WardenPage
from cadre.accountability.queries.rows import CheckIn, StateChoices
from cadre.core.accountability import State


@dataclass(frozen=True, slots=True)
class Press:
    """A button: what it reports, what it says to the person, and to others; never colour alone."""

    state: str
    sign: str
    label: Promise
    word: Promise


PRESSES: Final = (
    Press("safe", "✓", gettext_lazy("I am safe"), StateChoices.SAFE.label),
    Press("need help", "!", gettext_lazy("I need help"), StateChoices.NEED_HELP.label),
    Press("injured", "✚", gettext_lazy("I am injured"), StateChoices.INJURED.label),
    Press("sheltering", "⌂", gettext_lazy("I am sheltering"), StateChoices.SHELTERING.label),
    Press("away", "↗", gettext_lazy("I am away from the site"), StateChoices.AWAY.label),
)
HOWS: Final = (
    ("seen", pgettext_lazy("how somebody knows", "seen")),
    ("called", pgettext_lazy("how somebody knows", "called")),
    ("told", pgettext_lazy("how somebody knows", "told by somebody")),
)


def state_word(state: State) -> str:
    """The word of a state, also of those that nobody says."""
    if state is State.UNACCOUNTED:
        return _("no word")
    if state is State.UNCLEAR:
        return _("unclear")
    return str(StateChoices(state.value).label)


def clock(moment: datetime, at: datetime) -> str:
    """A moment as staff write it, in UTC: 10:05Z, with the day where it is another one."""
    time = f"{moment:%H:%M}Z"
    return time if moment.date() == at.date() else f"{date_format(moment, 'j M')}, {time}"


def heard_of_oneself(page: OwnPage, at: datetime) -> str:
    """What the node has last heard of the person of a link, and as what that stands."""
    if not page.said:
        return _("Nothing has been heard of you yet.")
    last = page.said[0]
    return " ".join(filter(None, (recorded(last, at), standing(page, last))))


def recorded(last: CheckIn, at: datetime) -> str:
    words = {
        "time": clock(last.recorded_at, at),
        "of": clock(last.occurred_at, at),
        "state": state_word(State(last.state) if last.state else State.UNCLEAR),
    }
    if words["time"] == words["of"]:
        return _("Recorded at %(time)s: %(state)s.") % words
    return _("Recorded at %(time)s, as of %(of)s: %(state)s.") % words


def standing(page: OwnPage, last: CheckIn) -> str:
    """What stands in spite of the last word, if anything does."""
    state = page.stood.state
    if state.value == (last.state or State.UNCLEAR.value):
        return _("It is time to report again.") if page.stood.standing.recheck_due else ""
    return _("You stand as “%(state)s” until somebody in charge has made sure.") % {
        "state": state_word(state)
    }


def heard_of(person: Outstanding, at: datetime) -> str:
    """How somebody on a warden's list stands by now."""
    found = person.stood.standing
    state = state_word(found.state)
    since = clock(found.since, at) if found.since else ""
    said = _("%(state)s since %(time)s") % {"state": state, "time": since} if since else state
    if found.contradicted:
        return _("%(said)s; reports contradict each other") % {"said": said}
    return _("%(said)s; ask again") % {"said": said} if found.recheck_due else said


def summary(page: WardenPage) -> str:
    """How many of a list somebody has to do something about."""
    number = sum(each.stood.standing.outstanding for each in page.people)
    return _("Outstanding: %(number)s of %(total)s.") % {
        "number": number,
        "total": len(page.people),
    }

"""The words for each cause: a subject and a text, in the language that is active."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from cadre.accountability.models import MovementKind
from cadre.alerts.models import Alert, Cause, Phase
from cadre.alerts.queries.wording.sight import Sight
from cadre.directives.models import ConfirmationOutcome
from cadre.situation.models import IncidentKind

type Words = tuple[str, str]

# What people are to do where nobody wrote it down for this case; kept by its name.
STANDARD_ACTIONS: Final = {
    "incident": gettext_lazy("Keep away from the place, take cover, and wait for instructions."),
    "level": gettext_lazy("Follow the measures of this level."),
    "muster": gettext_lazy("Go to a safe place and say how you are."),
    "movement": gettext_lazy("Get ready, stay with your people, and wait for instructions."),
}


def protective_action(sight: Sight) -> str:
    """What people are to do: as it was written, a standard one in the language that is active."""
    named = STANDARD_ACTIONS.get(sight.text("action"))
    return str(named) if named is not None else sight.held.out_of(sight.alert.protective_action)


def of_directive(sight: Sight) -> Words:
    stops = sight.text("effect") == "suspend"
    subject = _("%(number)s: suspended") if stops else _("%(number)s: restricted")
    text = (
        _("%(authority)s suspends, from %(moment)s on. Activities: %(lines)s. Places: %(sites)s."
          " Nations: %(nations)s.")
        if stops
        else _("%(authority)s restricts, from %(moment)s on. Activities: %(lines)s. Places:"
               " %(sites)s. Nations: %(nations)s.")
    )  # fmt: skip  # sentences
    return subject % {"number": sight.text("number")}, text % scope_words(sight)


def of_stop(sight: Sight) -> Words:
    """The stop itself, or what a competent authority decided of it since."""
    words = {each: sight.text(each) for each in ("number", "authority", "note")}
    if sight.text("outcome") == ConfirmationOutcome.CONFIRMED:
        return _("%(number)s: confirmed") % words, _(
            "%(authority)s has confirmed this stop: it stands until it is lifted."
        ) % words
    if sight.text("outcome") == ConfirmationOutcome.AMENDED:
        return _("%(number)s: amended") % words, _(
            "%(authority)s has amended this stop: %(note)s. What was stopped stays stopped until it"
            " is lifted."
        ) % words
    return of_directive(sight)


def of_lift(sight: Sight) -> Words:
    subject = _("%(number)s: restarted for a scope") % {"number": sight.text("number")}
    text = _(
        "%(authority)s restarts this scope, from %(moment)s on. Activities: %(lines)s. Places:"
        " %(sites)s. Nations: %(nations)s. What is not named here stays as it was ordered."
    )
    return subject, text % scope_words(sight)


def scope_words(sight: Sight) -> dict[str, str]:
    return {
        "authority": sight.text("authority"),
        "moment": sight.moment("effective") or _("a moment that is not stated"),
        "lines": sight.lines,
        "sites": sight.sites,
        "nations": sight.nations,
    }


def of_muster(sight: Sight) -> Words:
    words = {"title": sight.text("title")}
    if sight.alert.phase == Phase.ALL_CLEAR:
        return _("The muster is over"), _("“%(title)s” is over. Nothing is to be done.") % words
    return _("Check in"), _("“%(title)s” is open: say how you are.") % words


def of_recheck(_sight: Sight) -> Words:
    return _("Check in again"), _("You checked in a while ago: say again how you are.")


def of_review(sight: Sight) -> Words:
    subject = _("Review of %(number)s is overdue") % {"number": sight.text("number")}
    text = _("It was due on %(moment)s. What is stopped stays stopped until it is lifted.")
    return subject, text % {"moment": sight.moment("due")}


def of_precaution(sight: Sight) -> Words:
    number = sight.number("count")
    subject = _("Precautions of %(number)s are overdue") % {"number": sight.text("number")}
    text = ngettext(
        "%(count)d of them was due on %(moment)s and is open. Places: %(sites)s.",
        "%(count)d of them were due on %(moment)s and are open. Places: %(sites)s.",
        number,
    )
    return subject, text % {
        "count": number, "moment": sight.moment("due"), "sites": sight.sites
    }  # fmt: skip  # one thing


def of_incident(sight: Sight) -> Words:
    kind = str(dict(IncidentKind.choices).get(sight.text("kind"), sight.text("kind")))
    subject = _("Incident near you: %(kind)s") % {"kind": kind}
    text = _("Reported as %(number)s. When: %(moment)s. Places near it: %(sites)s.")
    return subject, text % {
        "number": sight.text("number"),
        "moment": sight.moment("occurred") or _("not stated"),
        "sites": sight.sites,
    }


def of_session(sight: Sight) -> Words:
    subject = _("Changed: %(title)s") % {"title": sight.text("title")}
    text = _("It is now from %(begins)s to %(ends)s. Place: %(sites)s.")
    words = {
        "begins": sight.moment("begins"), "ends": sight.moment("ends"), "sites": sight.sites
    }  # fmt: skip  # one thing
    return subject, text % words


def of_level(sight: Sight) -> Words:
    subject = _("Protection level: %(level)s") % {"level": sight.text("level")}
    text = _("%(authority)s orders it from %(moment)s on. Places: %(sites)s. Nations: %(nations)s.")
    return subject, text % scope_words(sight)


def of_hold(_sight: Sight) -> Words:
    return _("A name is held"), _(
        "The name of a person of your nation is held until the next of kin are told. Only your"
        " nation is told of this."
    )


def of_movement(sight: Sight) -> Words:
    if sight.alert.phase == Phase.ALL_CLEAR:
        words = {"number": sight.text("number")}
        return _("Movement %(number)s is over") % words, _("Nothing more is to be done.")
    subjects = {
        MovementKind.HIBERNATE: _("Stay where you are"),
        MovementKind.RELOCATE: _("Get ready to relocate"),
        MovementKind.EVACUATE: _("Get ready to be evacuated"),
    }
    text = _("Ordered as %(number)s. From: %(sites)s.")
    words = {"number": sight.text("number"), "sites": sight.sites}
    return subjects[MovementKind(sight.text("kind"))], text % words


def of_message(sight: Sight) -> Words:
    """As it was written in the language that is active, else in English, else as it was written."""
    texts = sight.alert.content.get("texts")
    written: dict[str, dict[str, object]] = texts if isinstance(texts, dict) else {}
    found = written.get(get_language()) or written.get("en") or next(iter(written.values()), {})
    return str(found.get("subject", "")), str(found.get("text", ""))


def of_test(sight: Sight) -> Words:
    if sight.text("contact"):
        return _("Is this address yours?"), _("Open the link and confirm it, if you are meant.")
    return _("A test"), _("This is a test of this way out. Nothing is to be done.")


WRITERS: Final[dict[str, Callable[[Sight], Words]]] = {
    Cause.DIRECTIVE: of_directive,
    Cause.STOP: of_stop,
    Cause.LIFT: of_lift,
    Cause.MUSTER: of_muster,
    Cause.RECHECK: of_recheck,
    Cause.REVIEW: of_review,
    Cause.PRECAUTION: of_precaution,
    Cause.INCIDENT: of_incident,
    Cause.SESSION: of_session,
    Cause.LEVEL: of_level,
    Cause.HOLD: of_hold,
    Cause.MOVEMENT: of_movement,
    Cause.MESSAGE: of_message,
    Cause.TEST: of_test,
}


def words_of(sight: Sight) -> Words:
    """The subject and the text of an alert for one reader, in the language that is active."""
    subject, text = WRITERS[sight.alert.cause](sight)
    if sight.alert.phase == Phase.UPDATE:
        subject = _("Update: %(subject)s") % {"subject": subject}
    if sight.alert.phase == Phase.CANCEL:
        subject = _("Cancelled: %(subject)s") % {"subject": subject}
    return sight.held.out_of(subject), sight.held.out_of(text)


def bare(alert: Alert) -> Words:
    """What everybody may be told: that there is something, and nothing of what."""
    if alert.cause in {Cause.MUSTER, Cause.RECHECK} and alert.phase == Phase.FIRST:
        return _("Check in"), _("Check in.")
    return _("There is a message for you"), _(
        "What it says may not be sent this way, or not to you. Sign in and read it, or ask the duty"
        " officer or the representative of your nation."
    )

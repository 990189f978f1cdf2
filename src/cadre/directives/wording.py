"""The text of an order: short numbered paragraphs, the same for page, paper and voice.

It says only what its reader may see, and every moment as vaguely as it was stated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from cadre.core.moments import Moment
from cadre.core.posture import Posture
from cadre.core.releasability import Viewer
from cadre.directives.queries.library import BY_KEY
from cadre.directives.queries.names import ScopeRead
from cadre.directives.queries.reading import DirectiveRead, directive
from cadre.directives.queries.restart import RestartRead, restart
from cadre.web.paper import date_time_group, marking_words
from cadre.web.wording import known_name, moment_text

LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph: what it is about, and what it says in sentences."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """An order in one language. `marking`: what stands on every page of it."""

    number: str
    title: str
    group: str  # its date-time group
    marking: str
    language: str
    paragraphs: tuple[Paragraph, ...]

    def as_text(self) -> str:
        """Short lines, no symbols: fit to be read out on a voice call."""
        marking = self.marking.replace(" · ", ", ")
        lines = [marking, self.title, f"{self.number} {self.group}", ""]
        for number, each in enumerate(self.paragraphs, 1):
            lines += [f"{number}. {each.title}.", *each.sentences, ""]
        return "\n".join([*lines, marking, ""])


def order(
    viewer: Viewer, number: str, language: str, *, on: datetime, known_on: datetime
) -> Order | None:
    """The order of a directive in one of LANGUAGES, as far as the viewer may see it; None where he
    may not see it or it is not known at that moment.
    """
    with override(language):
        found = directive(viewer, number, on=on, known_on=known_on)
        if found is None:
            return None
        row = found.row
        conditions = restart(viewer, row, on=on, known_on=known_on)
        return Order(
            number=row.number,
            title=title_of(found),
            group=date_time_group(row.recorded_at),
            marking=marking_words(found.row.marking),
            language=language,
            paragraphs=tuple(each for each in paragraphs(found, conditions) if each.sentences),
        )


def title_of(found: DirectiveRead) -> str:
    effect = {
        Posture.SUSPENDED: pgettext("title of an order", "Suspension"),
        Posture.RESTRICTED: pgettext("title of an order", "Restriction"),
    }[Posture(found.row.effect)]
    return _("%(effect)s, %(mission)s") % {"effect": effect, "mission": found.surely.mission}


def paragraphs(found: DirectiveRead, conditions: RestartRead) -> Iterator[Paragraph]:
    row = found.row
    moments = {each.clock: each.moment for each in found.clocks}
    yield Paragraph(_("Authority"), tuple(filter(None, (row.authority, row.post))))
    yield Paragraph(_("Situation"), tuple(situation(found)))
    yield Paragraph(_("Order"), tuple(ordered(found)))
    yield Paragraph(_("Effective"), (effective(moments["effective"]),))
    yield Paragraph(_("Protective action"), tuple(filter(None, (row.protective_action,))))
    yield Paragraph(_("Review"), tuple(review(found)))
    yield Paragraph(_("Restart"), tuple(ending(conditions)))
    yield Paragraph(_("References"), tuple(row.references))
    yield Paragraph(_("Acknowledge"), (_("Say when you received this, and who you are."),))


def situation(found: DirectiveRead) -> Iterator[str]:
    row = found.row
    if row.reason_code != "not_stated":
        yield sentence(str(row.get_reason_code_display()))
    for text in (row.reason, row.cause):
        if text:
            yield sentence(text)
    if row.cause_area:
        yield sentence(_("Area: %(area)s") % {"area": row.cause_area})


def ordered(found: DirectiveRead) -> Iterator[str]:
    row = found.row
    verb = {
        Posture.SUSPENDED: _("Suspended: %(scope)s."),
        Posture.RESTRICTED: _("Restricted: %(scope)s."),
    }[Posture(row.effect)]
    yield verb % {"scope": in_words(found.surely)}
    if found.perhaps != found.surely:
        yield _("It may cover as well: %(scope)s.") % {"scope": in_words(found.perhaps)}
    if row.permits:
        yield _("What stays allowed: %(permits)s") % {"permits": sentence(row.permits)}


def in_words(scope: ScopeRead) -> str:
    """A scope as one phrase: lines, sites, nations, and what else it is limited to."""
    parts = [
        _("all lines")
        if scope.lines is None
        else ", ".join(known_name(name) for name in scope.lines),
        _("at all sites")
        if scope.sites is None
        else _("at %(sites)s") % {"sites": ", ".join(scope.sites)},
        _("for all nations")
        if scope.nations is None
        else _("for %(nations)s") % {"nations": ", ".join(scope.nations)},
    ]
    if scope.units is not None:
        parts.append(_("with %(units)s") % {"units": ", ".join(scope.units)})
    if scope.people is not None:
        people = [*scope.people, *([_("others")] if scope.unseen else [])]
        parts.append(_("of %(people)s") % {"people": ", ".join(people)})
    if scope.hours:
        parts.append(scope.hours)
    return "; ".join(parts)


def effective(moment: Moment) -> str:
    if not moment.stated:
        return _("Not stated from when.")
    return sentence(_("From %(moment)s") % {"moment": moment_text(moment)})


def review(found: DirectiveRead) -> Iterator[str]:
    row = found.row
    if row.first_review_at is None:
        yield _("No date of review is stated.")
    else:
        due = moment_text(Moment.at(row.first_review_at))
        yield _("First review by %(moment)s, by %(owner)s.") % {
            "moment": due,
            "owner": row.review_owner,
        }
    yield _("Silence keeps this order as it is.")


def ending(conditions: RestartRead) -> Iterator[str]:
    yield _("It has no end. Only a lift by a competent authority ends it, for all or a part.")
    for each in conditions.conditions:
        usual = BY_KEY.get(each.row.library)
        yield sentence(str(usual.text) if usual else each.row.text)


def sentence(text: str) -> str:
    """The text as a sentence: with a capital letter and a full stop."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "؟")) else f"{text}."

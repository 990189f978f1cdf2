"""What to do next, on the first screen: the most urgent first, each with where to do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre.core.moments import later
from cadre.core.posture import Directive
from cadre.directives.queries.levels import AtSite
from cadre.directives.queries.precautions import OverdueList
from cadre.directives.queries.reviews import ReviewDue
from cadre.directives.queries.watching import Contradiction, LevelReview
from cadre.web.queries.summary import Group, Row, lines, stands
from cadre.web.wording import known_name

LINKED = 6  # places that a step names
SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads somewhere."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next, in one sentence, and what it is to be done about: some of it by name,
    how much more there is, and where all of it stands.
    """

    title: str
    links: tuple[Link, ...]
    more: int = 0
    every: str = ""


@dataclass(frozen=True, slots=True)
class Protection:
    """What is wrong about protection: levels, what they forbid, reviews and precautions."""

    beyond: Sequence[AtSite]
    contradictions: Sequence[Contradiction]
    reviews: Sequence[LevelReview]
    lists: Sequence[OverdueList]


def steps(
    groups: Sequence[Group],
    stops: Sequence[Directive],
    due: Sequence[ReviewDue],
    protection: Protection,
    on: datetime,
) -> tuple[Step, ...]:
    """What is missing and who could say it, the most urgent first; alike things in one step."""
    unclear = [(group, row) for group, row in lines(groups) if stands(row) == "not stated"]
    soon = later(on, SOON)
    found = (
        provisional(stops),
        forbidden(protection.contradictions),
        precautions(protection.lists),
        overdue([each for each in due if each.overdue]),
        beyond(protection.beyond),
        look_again(protection.reviews),
        due_soon([each for each in due if each.due.at and on < each.due.at <= soon]),
        undated([each for each in due if each.due.at is None]),
        unstated(unclear),
    )
    return tuple(step for step in found if step.links)


def leading(sentence: str, links: Sequence[Link], every: str) -> Step:
    """A step with the first of these links; `every`: where all of it stands."""
    return Step(sentence, tuple(links[:LINKED]), max(0, len(links) - LINKED), every)


def provisional(stops: Sequence[Directive]) -> Step:
    sentence = ngettext(
        "Confirm, amend or lift one stop that was pressed on the spot: nobody has.",
        "Confirm, amend or lift %(number)s stops that were pressed on the spot: nobody has.",
        len(stops),
    )
    links = [Link(each.key, reverse("directives:directive", args=[each.key])) for each in stops]
    return leading(sentence % {"number": len(stops)}, links, reverse("directives:directives"))


def forbidden(found: Sequence[Contradiction]) -> Step:
    sentence = ngettext(
        "Stop it or lower the level: one activity may go on where the protection level forbids it.",
        "Stop them or lower the level: %(number)s activities may go on where the protection level"
        " forbids it.",
        len(found),
    )
    names = [
        _("{line} at {place}").format(line=known_name(each.line_name), place=each.site_name)
        for each in found
    ]
    missions = [each.mission for each in found]
    return at_levels(sentence % {"number": len(found)}, names, missions)


def beyond(sites: Sequence[AtSite]) -> Step:
    sentence = ngettext(
        "Relieve one site or lower its protection level: it is held longer than it can be.",
        "Relieve %(number)s sites or lower their protection level: it is held longer than it can"
        " be.",
        len(sites),
    )
    missions = [each.mission for each in sites]
    return at_levels(sentence % {"number": len(sites)}, [each.name for each in sites], missions)


def at_levels(sentence: str, names: Sequence[str], missions: Sequence[str]) -> Step:
    """Each name leads to the levels of its mission."""
    urls = [reverse("directives:levels", args=[mission]) for mission in missions]
    links = [Link(name, url) for name, url in zip(names, urls, strict=True)]
    return leading(sentence, links, next(iter(urls), ""))


def precautions(lists: Sequence[OverdueList]) -> Step:
    number = sum(each.overdue for each in lists)
    sentence = ngettext(
        "See to one precaution: it is overdue or cannot be done.",
        "See to %(number)s precautions: they are overdue or cannot be done.",
        number,
    )
    links = [
        Link(
            _("{title} ({number})").format(title=each.title, number=each.overdue),
            reverse("directives:checklist", args=[each.number]),
        )
        for each in lists
    ]
    missions = [reverse("directives:precautions", args=[each.mission]) for each in lists]
    return leading(sentence % {"number": number}, links, next(iter(missions), ""))


def look_again(reviews: Sequence[LevelReview]) -> Step:
    sentence = ngettext(
        "Look at one protection level again: that is overdue.",
        "Look at %(number)s protection levels again: that is overdue.",
        len(reviews),
    )
    links = [
        Link(owned(each.number, each.owner), reverse("directives:level_order", args=[each.number]))
        for each in reviews
    ]
    missions = [reverse("directives:levels", args=[each.mission]) for each in reviews]
    return leading(sentence % {"number": len(reviews)}, links, next(iter(missions), ""))


def owned(number: str, owner: str) -> str:
    return f"{number} ({owner})" if owner else number


def overdue(due: Sequence[ReviewDue]) -> Step:
    sentence = ngettext(
        "Hold the review of one directive: it is overdue.",
        "Hold the reviews of %(number)s directives: they are overdue.",
        len(due),
    )
    return at_reviews(sentence % {"number": len(due)}, due)


def due_soon(due: Sequence[ReviewDue]) -> Step:
    sentence = ngettext(
        "Prepare the review of one directive: it is due within 24 hours.",
        "Prepare the reviews of %(number)s directives: they are due within 24 hours.",
        len(due),
    )
    return at_reviews(sentence % {"number": len(due)}, due)


def undated(due: Sequence[ReviewDue]) -> Step:
    sentence = ngettext(
        "Name an owner and a date for the review of one directive in force: none is stated.",
        "Name an owner and a date for the review of each of %(number)s directives in force: "
        "none is stated.",
        len(due),
    )
    return at_reviews(sentence % {"number": len(due)}, due)


def at_reviews(sentence: str, due: Sequence[ReviewDue]) -> Step:
    links = [
        Link(owned(each.number, each.due.owner), reverse("directives:review", args=[each.number]))
        for each in due
    ]
    return leading(sentence, links, reverse("directives:reviews"))


def unstated(unclear: Sequence[tuple[Group, Row]]) -> Step:
    return Step(
        _("Find out whether this runs: nobody has stated it."),
        tuple(
            Link(
                _("{line} ({mission})").format(line=known_name(row.line), mission=group.code),
                row.url,
            )
            for group, row in unclear
        ),
    )

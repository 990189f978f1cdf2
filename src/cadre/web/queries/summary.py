"""What the board comes to: how many lines stand how, which, and what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre.core.moments import Moment, later
from cadre.core.posture import Directive, Ruling
from cadre.directives.queries.reviews import ReviewDue
from cadre.web.wording import IN_PART, known_name, posture_name

POSTURES = ("suspended", IN_PART, "restricted", "running", "not stated")
NAMED = 3  # lines that a tile names
LINKED = 6  # directives that a step names
SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a mission, as a whole or at one site or for one nation."""

    line: str
    url: str
    posture: Ruling
    part: str  # "site" or "nation" for a part of a line, named by `where`; else ""
    where: str
    packs: frozenset[str]  # that the posture rests on
    since: Moment | None
    by: str
    why: str
    more: int
    perhaps: bool  # it is not stated whether that reaches this line
    parts: int = 0  # of a line as a whole: how many of its parts stand otherwise
    unshown: int = 0  # and how many of those have no row here


@dataclass(frozen=True, slots=True)
class Group:
    """One mission with its lines."""

    code: str
    name: str
    url: str
    pack: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """How many lines stand so, and the first of them by name."""

    posture: str
    number: int
    named: tuple[str, ...]
    more: int


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


def tiles(groups: Sequence[Group]) -> tuple[Tile, ...]:
    """One for each posture, the strictest first; lines as a whole, not their parts."""
    return tuple(
        tile(word, [each for each in lines(groups) if stands(each[1]) == word]) for word in POSTURES
    )


def tile(posture: str, found: Sequence[tuple[Group, Row]]) -> Tile:
    named = tuple(
        _("{line} ({mission})").format(line=known_name(row.line), mission=group.code)
        for group, row in found[:NAMED]
    )
    return Tile(posture, len(found), named, len(found) - len(named))


def lines(groups: Iterable[Group]) -> Iterable[tuple[Group, Row]]:
    return ((group, row) for group in groups for row in group.rows if not row.part)


def stands(row: Row) -> str:
    return IN_PART if row.posture.in_part else posture_name(row.posture.posture)


@dataclass(frozen=True, slots=True)
class ReviewTile:
    """The reviews of all directives in force: overdue, dated, and without a date."""

    overdue: int
    undated: int
    in_force: int
    nearest: datetime | None  # of those that are not overdue

    @classmethod
    def of(cls, due: Sequence[ReviewDue]) -> Self:
        ahead = [each.due.at for each in due if each.due.at is not None and not each.overdue]
        return cls(
            overdue=sum(each.overdue for each in due),
            undated=sum(each.due.at is None for each in due),
            in_force=len(due),
            nearest=min(ahead, default=None),
        )


def steps(
    groups: Sequence[Group],
    stops: Sequence[Directive],
    due: Sequence[ReviewDue],
    on: datetime,
) -> tuple[Step, ...]:
    """What is missing and who could say it, the most urgent first; alike things in one step."""
    unclear = [(group, row) for group, row in lines(groups) if stands(row) == "not stated"]
    soon = later(on, SOON)
    found = (
        provisional(stops),
        overdue([each for each in due if each.overdue]),
        due_soon([each for each in due if each.due.at and on < each.due.at <= soon]),
        undated([each for each in due if each.due.at is None]),
        unstated(unclear),
    )
    return tuple(step for step in found if step.links)


def provisional(stops: Sequence[Directive]) -> Step:
    sentence = ngettext(
        "Confirm, amend or lift one stop that was pressed on the spot: nobody has.",
        "Confirm, amend or lift %(number)s stops that were pressed on the spot: nobody has.",
        len(stops),
    )
    return Step(
        sentence % {"number": len(stops)},
        tuple(
            Link(each.key, reverse("directives:directive", args=[each.key]))
            for each in stops[:LINKED]
        ),
        more=max(0, len(stops) - LINKED),
        every=reverse("directives:directives"),
    )


def overdue(due: Sequence[ReviewDue]) -> Step:
    sentence = ngettext(
        "Hold the review of one directive: it is overdue.",
        "Hold the reviews of %(number)s directives: they are overdue.",
        len(due),
    )
    return step_of(sentence % {"number": len(due)}, due)


def due_soon(due: Sequence[ReviewDue]) -> Step:
    sentence = ngettext(
        "Prepare the review of one directive: it is due within 24 hours.",
        "Prepare the reviews of %(number)s directives: they are due within 24 hours.",
        len(due),
    )
    return step_of(sentence % {"number": len(due)}, due)


def undated(due: Sequence[ReviewDue]) -> Step:
    sentence = ngettext(
        "Name an owner and a date for the review of one directive in force: none is stated.",
        "Name an owner and a date for the review of each of %(number)s directives in force: "
        "none is stated.",
        len(due),
    )
    return step_of(sentence % {"number": len(due)}, due)


def step_of(sentence: str, due: Sequence[ReviewDue]) -> Step:
    return Step(
        sentence,
        tuple(
            Link(label_of(each), reverse("directives:review", args=[each.number]))
            for each in due[:LINKED]
        ),
        more=max(0, len(due) - LINKED),
        every=reverse("directives:reviews"),
    )


def label_of(review: ReviewDue) -> str:
    owner = review.due.owner
    return f"{review.number} ({owner})" if owner else review.number


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

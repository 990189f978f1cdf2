"""What the board comes to: how many lines stand how, which, and what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.posture import Ruling
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

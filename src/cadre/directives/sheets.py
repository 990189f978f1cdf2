"""A site's page of precautions on paper: every item with room to write, the same as the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.directives.queries.precautions import ChecklistRead, PrecautionRead
from cadre.web.paper import date_time_group, marking_words
from cadre.web.wording import moment_text


@dataclass(frozen=True, slots=True)
class Line:
    """Room for one answer. `reported`: what was known of it when the page was printed."""

    who: str
    due: str
    reported: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do, with a line for the site or for each contingent."""

    number: str
    text: str
    wanted: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one site: what stands on it, in the reader's language."""

    number: str
    title: str
    site: str
    group: str
    marking: str
    language: str
    head: tuple[str, ...]
    items: tuple[Item, ...]
    foot: tuple[str, ...]


def sheet(found: ChecklistRead, items: Sequence[PrecautionRead], language: str) -> Sheet:
    """`items`: those of one site, in the order of its page."""
    return Sheet(
        number=found.row.number,
        title=found.row.title,
        site=items[0].site,
        group=date_time_group(found.row.opened_at),
        marking=marking_words(found.row.marking),
        language=language,
        head=(_("What is to be done"), _("Who"), _("Due (UTC)"), _("Done at, by, evidence or why")),
        items=tuple(
            item(list(lines)) for _place, lines in groupby(items, lambda each: each.row.position)
        ),
        foot=(
            _("Filled in by"),
            _("Write times in UTC. Hand the page in: it is entered with the times written here."),
        ),
    )


def item(lines: Sequence[PrecautionRead]) -> Item:
    row = lines[0].row
    return Item(str(row.position), row.text, row.wanted, tuple(line(each) for each in lines))


def line(item: PrecautionRead) -> Line:
    row = item.row
    who = f"{row.owner} ({item.nation})" if item.nation else row.owner
    return Line(who, f"{row.due_at:%d %H:%M}", reported(item))


def reported(item: PrecautionRead) -> str:
    if not item.reports:
        return ""
    last = item.reports[0]
    when = moment_text(Moment.at(last.occurred_at))
    words = {"outcome": last.get_outcome_display(), "moment": when, "by": last.done_by}
    return _("%(outcome)s, %(moment)s, %(by)s") % words

"""Rosters to tick by warden's list, and the call tree, made from live data."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cadre.accountability.papers.tables import BOX, Paper, Section
from cadre.accountability.papers.wording import banner, hidden_note
from cadre.accountability.queries.pages import Page
from cadre.accountability.queries.rows import MusterEntry, WardenList
from cadre.web.paper import date_time_group, marking_words

BOXES = 5  # safe, help, injured, away, unknown


def roster_paper(page: Page, row: WardenList | None, language: str) -> Paper:
    """The list of one warden (None: of those who are on none), a line to tick for each person."""
    people = page.of_list(row.pk if row else None)
    title = row.title if row else _("On no warden's list")
    wardens = page.wardens_on(row) if row else ()
    return paper(
        page,
        title=_("Roster: %(list)s") % {"list": title},
        language=language,
        sections=(
            Section(
                title=", ".join(str(each.person) for each in wardens) or _("no warden"),
                head=(_("No."), _("Person"), _("Nation, role"), _("Safe"), _("Help"), _("Injured"),
                      _("Away"), _("Unknown"), _("Time (UTC)"), _("How known")),
                widths=(0, 5, 4, 0, 0, 0, 0, 0, 2, 4),
                rows=tuple(line(number, each) for number, each in enumerate(people, 1)),
                note=hidden_note(page.hidden_of_list(row.pk if row else None)),
                room=True,
            ),
        ),
        writing=(_("Filled in by"),),
    )  # fmt: skip  # a paper from top to bottom


def line(number: int, entry: MusterEntry) -> tuple[str, ...]:
    about = ", ".join(filter(None, (entry.nation, entry.role)))
    return str(number), str(entry.person), about, *([BOX] * BOXES), "", ""


def call_tree(page: Page, lists: Sequence[WardenList], language: str) -> Paper:
    """Whom to call in which order: the wardens and alternates of each list with their telephones,
    and below them the people, each with room for when they were reached.
    """
    sections = [section(page, row) for row in lists]
    rest = branch(page, None, _("On no warden's list: call them yourself"))
    return paper(
        page,
        title=_("Call tree"),
        language=language,
        sections=(*sections, *([rest] if rest.rows or rest.note else [])),
        writing=(_("Called by"),),
    )


def section(page: Page, row: WardenList) -> Section:
    wardens = page.wardens_on(row)
    names = "; ".join(f"{each.person} {each.person.phone}".strip() for each in wardens)
    return branch(page, row, f"{row.title}: {names or _('no warden')}")


def branch(page: Page, row: WardenList | None, title: str) -> Section:
    key = row.pk if row else None
    return Section(
        title=title,
        head=(_("Person"), _("Nation, role"), _("Telephone"), _("Reached at (UTC)"), _("Said")),
        widths=(4, 4, 3, 2, 4),
        rows=tuple(called(each) for each in page.of_list(key)),
        note=hidden_note(page.hidden_of_list(key)),
        room=True,
    )


def called(entry: MusterEntry) -> tuple[str, ...]:
    about = ", ".join(filter(None, (entry.nation, entry.role)))
    return str(entry.person), about, entry.person.phone or _("not stated"), "", ""


def paper(
    page: Page, *, title: str, language: str, sections: tuple[Section, ...],
    writing: tuple[str, ...],
) -> Paper:  # fmt: skip  # reads as one sentence
    row = page.row
    action = _("What everybody is to do now: %(action)s") % {"action": row.protective_action}
    return Paper(
        number=row.number,
        title=f"{title} · {row.title}" if row.title else title,
        group=date_time_group(page.board.when.on),
        marking=marking_words(row.marking),
        language=language,
        exercise=row.exercise,
        banner=banner(exercise=row.exercise),
        lead=(action,) if row.protective_action else (),
        sections=sections,
        writing=writing,
        foot=(
            _("Write times in UTC. Hand the page in: it is entered with the times written here."),
        ),
        wide=True,
    )

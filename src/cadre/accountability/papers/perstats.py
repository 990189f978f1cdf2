"""PERSTAT on paper and in a file: how many are where and how, and the names that are released."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from cadre.accountability.papers.tables import Paper, Section
from cadre.accountability.papers.wording import banner, exclusion_words, hidden_note, state_words
from cadre.accountability.queries.perstat import Cell, Name, Perstat
from cadre.accountability.queries.released import UNRELEASED
from cadre.core.moments import Moment
from cadre.core.releasability import Marking
from cadre.web.paper import date_time_group, marking_words
from cadre.web.wording import moment_text


def perstat_paper(found: Perstat, language: str) -> Paper:
    """As of the moment asked about; no held name is in it if `found` was read for paper."""
    muster, mission = found.muster, found.mission
    exercise = muster.exercise if muster else False
    return Paper(
        number=muster.number if muster else mission.code,
        title=_("PERSTAT, %(mission)s") % {"mission": mission.name},
        group=date_time_group(found.when.on),
        marking=marking_words(muster.marking if muster else Marking()),
        language=language,
        exercise=exercise,
        banner=banner(exercise=exercise),
        lead=tuple(lead(found)),
        sections=(numbers(found), names(found)),
        wide=True,
    )


def lead(found: Perstat) -> Iterable[str]:
    yield _("As of %(moment)s.") % {"moment": moment_text(Moment.at(found.when.on))}
    if found.muster is None:
        yield _(
            "No muster was open then: nobody was asked, and who is present is by post and status."
        )
    else:
        words = {"number": found.muster.number, "moment": opened(found.muster.opened_at)}
        yield _("By muster %(number)s, opened %(moment)s.") % words


def opened(at: datetime) -> str:
    return moment_text(Moment.at(at))


def numbers(found: Perstat) -> Section:
    return Section(
        title=_("Numbers"),
        head=(_("Nation"), _("Site"), _("Assigned"), _("Present"), _("Accounted for"),
              _("Not accounted for")),
        widths=(2, 3, 1, 1, 1, 1),
        rows=(*(cell(each) for each in found.cells), whole(found.whole)),
    )  # fmt: skip  # a table from its head down


def cell(each: Cell) -> tuple[str, ...]:
    return (named(each.nation), named(each.site), *figures(each))


def named(code: str) -> str:
    if code == UNRELEASED:
        return _("not released to you")
    return code or _("not stated")


def whole(each: Cell) -> tuple[str, ...]:
    return (_("All"), "", *figures(each))


def figures(each: Cell) -> tuple[str, ...]:
    asked = ("–", "–") if each.accounted is None else (str(each.accounted), str(each.unaccounted))
    return (str(each.assigned), str(each.present), *asked)


def names(found: Perstat) -> Section:
    return Section(
        title=_("Names"),
        head=(_("Nation"), _("Site"), _("Person"), _("Role"), _("State"), _("Why not counted")),
        widths=(1, 2, 4, 4, 3, 4),
        rows=tuple(name(each) for each in found.names),
        note=hidden_note(found.hidden),
    )


def name(each: Name) -> tuple[str, ...]:
    excluded = exclusion_words(each.excluded) if each.excluded else ""
    return (
        each.nation,
        each.site or _("not stated"),
        str(each.person),
        each.role,
        "" if each.excluded else state_words(each.state),
        f"{excluded}: {each.because}" if excluded else "",
    )

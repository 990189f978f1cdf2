"""The manifest of a movement on paper, with boxes for who is aboard and who arrived."""

from datetime import datetime

from django.utils.translation import gettext as _

from cadre.accountability.papers.tables import BOX, Paper, Section
from cadre.accountability.papers.wording import banner, hidden_note
from cadre.accountability.queries.movements import MovementRead, Passenger
from cadre.web.paper import date_time_group, marking_words


def manifest(found: MovementRead, language: str, *, on: datetime) -> Paper:
    """As it stands at a moment (aware); no held name is in it if `found` was read for paper."""
    row = found.row
    to = row.to_site.name if row.to_site else row.to_place
    way = _("From %(place)s to %(other)s.") % {"place": row.from_site.name, "other": to}
    stay = _("Everybody stays at %(place)s.") % {"place": row.from_site.name}
    return Paper(
        number=row.number,
        title=row.title,
        group=date_time_group(on),
        marking=marking_words(row.marking),
        language=language,
        exercise=row.exercise,
        banner=banner(exercise=row.exercise),
        lead=(f"{row.get_kind_display()}. {way if to else stay}",),
        sections=(
            Section(
                title=_("Manifest"),
                head=(_("Person"), _("Nation"), _("Vehicle or seat"), _("Reported"),
                      _("Aboard"), _("Arrived")),
                widths=(4, 1, 2, 3, 0, 0),
                rows=tuple(line(each) for each in found.people),
                note=hidden_note(found.hidden),
                room=True,
            ),
        ),
        writing=(_("Head count at departure, time (UTC), by whom"),
                 _("Head count on arrival, time (UTC), by whom")),
    )  # fmt: skip  # a paper from top to bottom


def line(each: Passenger) -> tuple[str, ...]:
    person, report = each.line.person, each.report
    said = f"{report.get_event_display()} {report.occurred_at:%d %H:%M}" if report else ""
    return str(person), person.nation.code, each.line.seat, said, BOX, BOX

"""Precautions: usual lists of a mission, lists that are opened, and how each item stands.

Nothing opens a list by itself: a level or an order suggests one, and somebody decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.moments import later
from cadre.core.posture import Scope
from cadre.core.precautions import Outcome
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.checks import Names
from cadre.directives.actions.issuing import next_in, one_by_one
from cadre.directives.models import (
    Checklist,
    ChecklistEnd,
    Each,
    Precaution,
    PrecautionReport,
    Template,
    TemplateItem,
)
from cadre.directives.queries.precautions import contingents
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.batches import put_on_record
from cadre.mission.actions.checks import Misfit, refuse_lacking, stated, stated_values
from cadre.mission.models import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A list to be opened: from which template, because of what, for which sites."""

    template: Template
    sites: frozenset[str]
    because: str = ""
    opened_at: datetime | None = None  # None: now; deadlines count from here
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """What somebody says of a precaution. `occurred_at`: when, not when it is entered."""

    outcome: Outcome
    occurred_at: datetime
    done_by: str
    evidence: str = ""
    note: str = ""
    grounds: Grounds = OUR_OWN


def open_checklist(mission: Mission, new: Opened, *, by: Viewer, at: datetime) -> Checklist:
    """Opens a list: one row for each item at each site, and for each contingent there where the
    item is for each. Its words stay as they are now, whatever becomes of the template.

    Raises NotAllowed for who may not; Refused for a template without items, for no site or one
    that is not on record, and for a list that is open already for the same reason and sites.
    """
    require(by, "precautions.open", mission.code)
    opened_at = new.opened_at or at
    if not new.sites:
        raise Misfit("sites", _("Name the sites at which precautions are to be taken."))
    if opened_at > at:
        raise Misfit("opened_at", _("A list was opened at a moment that has come."))
    scope = Scope(mission.code, sites=new.sites)
    Names.of([scope]).require(scope)
    items = list(TemplateItem.objects.filter(template=new.template, dropped=False))
    if not items:
        raise Misfit("template", _("This template has no items yet."))
    values = stated_values(new.grounds, by=by, at=at)
    with transaction.atomic():
        one_by_one(mission.code)
        row = Checklist(
            mission=mission,
            number=next_in(f"{mission.code}-P-{at.year}-"),
            template=new.template,
            title=new.template.title,
            because=new.because.strip(),
            sites=sorted(new.sites),
            opened_at=opened_at,
            opened_by=by.name,
            **values,
        )
        refuse_open(row)
        put_on_record([row], "precautions.open", by=by, at=at)
        rows = list(precaution_rows(row, items, values))
        put_on_record(rows, "precautions.open", by=by, at=at)
    return row


def refuse_open(row: Checklist) -> None:
    same = Checklist.objects.filter(
        mission=row.mission, template=row.template, because=row.because, sites=row.sites, end=None
    ).first()
    if same is not None:
        raise Refused(
            _("This list is open already for these sites, as %(number)s.") % {"number": same.number}
        )


def precaution_rows(
    checklist: Checklist, items: Sequence[TemplateItem], values: Mapping[str, object]
) -> Iterator[Precaution]:
    """Rows yet to be written; `values`: what every stated row has."""
    there = contingents(checklist.mission, checklist.sites or ())
    for item in items:
        due_at = later(checklist.opened_at, timedelta(minutes=item.due_minutes))
        for site in checklist.sites or ():
            for nation in [""] if item.each == Each.SITE else there.get(site, [""]):
                yield Precaution(
                    checklist=checklist,
                    position=item.position,
                    text=item.text,
                    site=site,
                    nation=nation,
                    owner=item.owner,
                    due_at=due_at,
                    escalates_to=item.escalates_to,
                    escalates_at=later(due_at, timedelta(minutes=item.escalates_minutes)),
                    wanted=item.wanted,
                    **values,
                )


def report_precaution(
    precaution: Precaution, new: NewReport, *, by: Viewer, at: datetime
) -> PrecautionReport:
    """Puts one report on record: see `enter_sheet`."""
    return enter_sheet(precaution.checklist, {precaution: new}, by=by, at=at)[0]


def enter_sheet(
    checklist: Checklist, reports: Mapping[Precaution, NewReport], *, by: Viewer, at: datetime
) -> list[PrecautionReport]:
    """Puts what was written on a site's page on record, all or none, each with both its times.

    A report of something that was reported already is another report: the latest occurrence
    counts. Raises NotAllowed for who may not; Misfit for a moment that has not come or that is
    before the list was opened, for nobody who did it, and for what was not done without a reason;
    Refused where nothing is entered or the same is on record already.
    """
    require(by, "precautions.report", checklist.mission.code)
    if not reports:
        raise Refused(_("Nothing was entered: say of at least one item how it stands."))
    for new in reports.values():
        require_report(checklist, new, at=at)
    with transaction.atomic():
        return [
            stated(report_row(item, new), new.grounds, "precautions.report", by=by, at=at)
            for item, new in reports.items()
        ]


def require_report(checklist: Checklist, new: NewReport, *, at: datetime) -> None:
    reasoned = new.outcome == Outcome.DONE or bool(new.note.strip())
    opened = checklist.opened_at.replace(second=0, microsecond=0)  # people write minutes
    refuse_lacking((
        ("occurred_at", new.occurred_at > at, _("It happened at a moment that has come.")),
        ("occurred_at", new.occurred_at < opened,
         _("It happened after the list was opened.")),
        ("done_by", not new.done_by.strip(), _("Say who did it, or who says so.")),
        ("note", not reasoned, _("Say why it is not needed, or why it cannot be done.")),
    ))  # fmt: skip  # a table reads best as one


def report_row(precaution: Precaution, new: NewReport) -> PrecautionReport:
    return PrecautionReport(
        precaution=precaution,
        outcome=new.outcome.value,
        occurred_at=new.occurred_at,
        done_by=new.done_by.strip(),
        evidence=new.evidence.strip(),
        note=new.note.strip(),
    )


def close_checklist(checklist: Checklist, reason: str, *, by: Viewer, at: datetime) -> ChecklistEnd:
    """Closes a list. What is open stays open in the record, and is told so; nothing becomes done.

    Raises NotAllowed, Misfit without a reason, and Refused where it is closed already.
    """
    require(by, "precautions.open", checklist.mission.code)
    if not reason.strip():
        raise Misfit("reason", _("Say why the list is closed."))
    with transaction.atomic():
        one_by_one(checklist.mission.code)
        if ChecklistEnd.objects.filter(checklist=checklist).exists():
            raise Refused(_("This list is closed already."))
        row = ChecklistEnd(checklist=checklist, at=at, ended_by=by.name, reason=reason.strip())
        grounds = Grounds(marking=checklist.marking)
        return stated(row, grounds, "precautions.close", by=by, at=at)

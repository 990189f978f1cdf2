"""Lists of precautions as programs get them, by the API and by the command."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from cadre.directives.queries.precautions import ChecklistRead, PrecautionRead, Tally


class TallyOut(Schema):
    """How many items of a site or contingent stand how."""

    code: str
    name: str
    total: int
    settled: int
    open: int
    overdue: int
    escalated: int
    cannot: int


class PrecautionOut(Schema):
    """An item: how it stands, with whom, and when the latest report says that it happened."""

    id: UUID
    text: str
    site: str
    nation: str
    state: str
    late: bool
    with_whom: str
    due: datetime
    occurred: datetime | None
    entered: datetime | None
    by: str


class ChecklistOut(Schema):
    """A list of precautions. `closed` null: it is open."""

    number: str
    title: str
    mission: str
    because: str
    opened: datetime
    closed: datetime | None
    by_site: list[TallyOut]
    by_contingent: list[TallyOut]
    items: list[PrecautionOut]


def checklist_out(found: ChecklistRead) -> ChecklistOut:
    row = found.row
    return ChecklistOut(
        number=row.number,
        title=row.title,
        mission=row.mission.code,
        because=row.because,
        opened=row.opened_at,
        closed=found.end.at if found.end else None,
        by_site=[tally_out(each) for each in found.by_site],
        by_contingent=[tally_out(each) for each in found.by_nation],
        items=[item_out(each) for each in found.items],
    )


def tally_out(tally: Tally) -> TallyOut:
    names = TallyOut.model_fields
    return TallyOut(**{name: getattr(tally, name) for name in names})


def item_out(item: PrecautionRead) -> PrecautionOut:
    row, last = item.row, item.reports[0] if item.reports else None
    return PrecautionOut(
        id=row.pk,
        text=row.text,
        site=row.site,
        nation=row.nation,
        state=item.standing.state,
        late=item.standing.late,
        with_whom=item.with_whom,
        due=row.due_at,
        occurred=last.occurred_at if last else None,
        entered=last.recorded_at if last else None,
        by=last.done_by if last else "",
    )

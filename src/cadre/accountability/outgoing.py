"""Musters as programs get them, by the API and by the command."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from cadre.accountability.queries.figures import Figures, Group
from cadre.accountability.queries.lines import Outstanding
from cadre.accountability.queries.listed import MusterLine
from cadre.accountability.queries.pages import Page
from cadre.accountability.queries.perstat import Cell, Name, Perstat
from cadre.accountability.queries.preview import Preview
from cadre.accountability.queries.rows import Muster


class FiguresOut(Schema):
    """How many of some people stand how. `percent` of those accounted for; null: of nobody."""

    total: int
    accounted: int
    resolved: int
    outstanding: int
    percent: int | None
    states: dict[str, int]


class CountedMusterOut(Schema):
    """A muster in the list. `closed` null: it is open; else `open_at_end` says how many were not
    resolved then. `exercise` true: nothing of it is real.
    """

    number: str
    title: str
    mission: str
    exercise: bool
    opened: datetime
    closed: datetime | None
    open_at_end: int | None
    figures: FiguresOut | None


class PartOut(Schema):
    """The people of a site, a nation or a role; `code` "" is not stated, "?" not for
    you to know.
    """

    code: str
    name: str
    figures: FiguresOut


class OutstandingOut(Schema):
    """Somebody about whom something has to be done. `due`: what is overdue; null: nothing yet."""

    id: UUID
    person: str
    name: str
    nation: str
    role: str
    site: str
    state: str
    since: datetime | None
    contradicted: bool
    recheck_due: bool
    affected: bool
    place: str
    place_source: str
    seen: datetime | None
    age: str
    warden_list: str | None
    search: str
    due: str | None


class AimOut(Schema):
    """A target: so many per cent accounted for or resolved by a moment."""

    measure: str
    percent: int
    affected: bool
    outcome: str
    due: datetime
    reached: datetime | None


class HiddenOut(Schema):
    """How many outstanding people of a nation there are whose names you are not told."""

    nation: str
    number: int
    help: int
    unclear: int


class ExcludedOut(Schema):
    """Somebody on the list who is not counted, and why."""

    person: str
    name: str
    nation: str
    kind: str
    because: str


class BoardOfMusterOut(Schema):
    """The board of a muster at a moment: numbers of everybody, names of whom you may know. No held
    name is in it. `exercise` true: nothing of it is real. `mentions`: how often somebody was
    spoken of by name, and nobody has found out who is meant.
    """

    number: str
    title: str
    mission: str
    beside: list[str]
    exercise: bool
    code: str
    protective_action: str
    opened: datetime
    opened_by: str
    closed: datetime | None
    figures: FiguresOut
    by_site: list[PartOut]
    by_nation: list[PartOut]
    by_role: list[PartOut]
    targets: list[AimOut]
    first: datetime | None
    half: datetime | None
    ninety_five: datetime | None
    last: datetime | None
    outstanding: list[OutstandingOut]
    hidden: list[HiddenOut]
    excluded: list[ExcludedOut]
    not_counted: dict[str, int]
    late: int
    mentions: int


class WouldCountOut(Schema):
    """Who a muster would count if it were opened now."""

    counted: int
    in_doubt: int
    without_warden: int
    hidden: int
    not_counted: dict[str, int]


class PerstatCellOut(Schema):
    """One nation at one place; null: nobody was asked; "?": not for you to know."""

    nation: str
    site: str
    assigned: int
    present: int
    accounted: int | None
    unaccounted: int | None


class NameOut(Schema):
    """Somebody by name; `state` null: nobody was asked, or not counted for the reason given."""

    person: str
    name: str
    nation: str
    site: str
    role: str
    state: str | None
    excluded: str
    because: str


class PerstatOut(Schema):
    """The state of a mission's people as of a moment. `muster` null: none was open then. `hidden`:
    people who are in the numbers only.
    """

    mission: str
    on: datetime
    muster: str | None
    exercise: bool
    whole: PerstatCellOut
    cells: list[PerstatCellOut]
    names: list[NameOut]
    hidden: int


def figures_out(found: Figures) -> FiguresOut:
    tally = found.tally
    return FiguresOut(
        total=tally.total,
        accounted=tally.accounted,
        resolved=tally.resolved,
        outstanding=found.outstanding,
        percent=tally.accounted_percent,
        states={state.value: number for state, number in tally.states.items()},
    )


def muster_out(found: MusterLine) -> CountedMusterOut:
    row = found.row
    return CountedMusterOut(
        number=row.number,
        title=row.title,
        mission=row.mission.code,
        exercise=row.exercise,
        opened=row.opened_at,
        closed=found.end.at if found.end else None,
        open_at_end=found.end.open_count if found.end else None,
        figures=figures_out(found.figures) if found.figures else None,
    )


def board_out(page: Page) -> BoardOfMusterOut:
    row: Muster = page.row
    return BoardOfMusterOut(
        number=row.number,
        title=row.title,
        mission=row.mission.code,
        beside=row.beside,
        exercise=row.exercise,
        code=row.code,
        protective_action=row.protective_action,
        opened=row.opened_at,
        opened_by=row.opened_by,
        closed=page.end.at if page.end else None,
        figures=figures_out(page.figures),
        by_site=parts_out(page.by_site),
        by_nation=parts_out(page.by_nation),
        by_role=parts_out(page.by_role),
        targets=aims_out(page),
        first=page.times.first,
        half=page.times.half,
        ninety_five=page.times.ninety_five,
        last=page.times.last,
        outstanding=[outstanding_out(each) for each in page.all_outstanding],
        hidden=[
            HiddenOut(nation=each.code, number=each.number, help=each.help, unclear=each.unclear)
            for each in page.hidden
        ],
        excluded=excluded_out(page),
        not_counted=dict(page.excluded.kinds),
        late=page.board.numbers.late,
        mentions=page.mentions.number,
    )


def parts_out(groups: tuple[Group, ...]) -> list[PartOut]:
    return [
        PartOut(code=each.code, name=each.name, figures=figures_out(each.figures))
        for each in groups
    ]


def aims_out(page: Page) -> list[AimOut]:
    return [
        AimOut(
            measure=each.held.target.measure,
            percent=each.held.target.percent,
            affected=each.held.target.affected,
            outcome=each.held.status.outcome,
            due=each.held.status.due_at,
            reached=each.held.status.reached_at,
        )
        for each in page.aims
    ]


def outstanding_out(each: Outstanding) -> OutstandingOut:
    entry, standing, where = each.entry, each.stood.standing, each.whereabouts
    return OutstandingOut(
        id=entry.pk,
        person=entry.person.code,
        name=str(entry.person),
        nation=entry.nation,
        role=entry.role,
        site=entry.site,
        state=standing.state,
        since=standing.since,
        contradicted=standing.contradicted,
        recheck_due=standing.recheck_due,
        affected=each.affected,
        place=where.name,
        place_source=where.place.source,
        seen=where.place.seen_at,
        age=where.age,
        warden_list=entry.list.code if entry.list else None,
        search=each.search,
        due=each.due,
    )


def excluded_out(page: Page) -> list[ExcludedOut]:
    return [
        ExcludedOut(
            person=each.person.code,
            name=str(each.person),
            nation=each.nation,
            kind=each.excluded,
            because=each.excluded_because,
        )
        for each in page.excluded.entries
    ]


def preview_out(found: Preview) -> WouldCountOut:
    return WouldCountOut(
        counted=found.counted,
        in_doubt=found.in_doubt,
        without_warden=found.without_warden,
        hidden=found.hidden,
        not_counted=dict(found.excluded),
    )


def perstat_out(found: Perstat) -> PerstatOut:
    muster = found.muster
    return PerstatOut(
        mission=found.mission.code,
        on=found.when.on,
        muster=muster.number if muster else None,
        exercise=muster.exercise if muster else False,
        whole=cell_out(found.whole),
        cells=[cell_out(each) for each in found.cells],
        names=[name_out(each) for each in found.names],
        hidden=found.hidden,
    )


def cell_out(each: Cell) -> PerstatCellOut:
    names = PerstatCellOut.model_fields
    return PerstatCellOut(**{name: getattr(each, name) for name in names})


def name_out(each: Name) -> NameOut:
    return NameOut(
        person=each.person.code,
        name=str(each.person),
        nation=each.nation,
        site=each.site,
        role=each.role,
        state=each.state,
        excluded=each.excluded,
        because=each.because,
    )

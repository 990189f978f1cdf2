"""Lists of precautions: how each item stands, rolled up by site and contingent, what is overdue."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, OuterRef, Q, Subquery, When

from cadre.core.precautions import Deadline, Outcome, Report, Standing, State, standing
from cadre.core.releasability import Viewer
from cadre.directives.models import (
    Checklist,
    ChecklistEnd,
    Kind,
    Level,
    Precaution,
    PrecautionReport,
    Template,
    TemplateItem,
    Trigger,
)
from cadre.directives.queries.levels import EVER
from cadre.mission.models import Mission, Organisation, Post, Site
from cadre.mission.queries.reading import Reading

URGENT = {State.ESCALATED: 0, State.CANNOT: 1, State.OVERDUE: 2, State.OPEN: 3}


@dataclass(frozen=True, slots=True)
class PrecautionRead:
    """An item with how it stands, what was reported of it (the latest first), and names."""

    row: Precaution
    standing: Standing
    reports: tuple[PrecautionReport, ...]
    site: str
    nation: str

    @property
    def with_whom(self) -> str:
        """Whose business it is now."""
        escalated = self.standing.state is State.ESCALATED
        return self.row.escalates_to if escalated else self.row.owner

    def of(self, site: str, nation: str) -> bool:
        """It is of this site and this contingent; "" is any."""
        return site in {"", self.row.site} and nation in {"", self.row.nation}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items stand how, for one site or one contingent."""

    code: str
    name: str
    total: int
    settled: int
    open: int
    overdue: int
    escalated: int
    cannot: int


@dataclass(frozen=True, slots=True)
class ChecklistRead:
    """A list with its items, the most urgent first, and the tallies of sites and contingents."""

    row: Checklist
    end: ChecklistEnd | None
    items: tuple[PrecautionRead, ...]

    @property
    def settled(self) -> int:
        return sum(each.standing.state.settled for each in self.items)

    @property
    def overdue(self) -> tuple[PrecautionRead, ...]:
        """What is overdue, has passed to somebody else, or cannot be done, while it is open."""
        wanting = {State.OVERDUE, State.ESCALATED, State.CANNOT}
        found = (each for each in self.items if each.standing.state in wanting)
        return () if self.end else tuple(found)

    @property
    def by_site(self) -> list[Tally]:
        return tallies((each.row.site, each.site, each) for each in self.items)

    @property
    def by_nation(self) -> list[Tally]:
        found = ((each.row.nation, each.nation, each) for each in self.items if each.row.nation)
        return tallies(found)

    def at(self, site: str) -> tuple[PrecautionRead, ...]:
        """The items of one site in the order of its page."""
        found = (each for each in self.items if each.row.site == site)
        return tuple(sorted(found, key=lambda each: (each.row.position, each.nation)))


def tallies(found: Iterable[tuple[str, str, PrecautionRead]]) -> list[Tally]:
    states: dict[tuple[str, str], Counter[State]] = defaultdict(Counter)
    for code, name, each in found:
        states[code, name][each.standing.state] += 1
    return [
        Tally(
            code=code,
            name=name,
            total=counted.total(),
            settled=sum(number for state, number in counted.items() if state.settled),
            open=counted[State.OPEN],
            overdue=counted[State.OVERDUE],
            escalated=counted[State.ESCALATED],
            cannot=counted[State.CANNOT],
        )
        for (code, name), counted in sorted(states.items(), key=lambda each: each[0][1])
    ]


def checklists(
    viewer: Viewer, *, on: datetime, known_on: datetime | None, mission: Mission | None = None
) -> list[ChecklistRead]:
    """Lists that were opened by `on`, of one mission or of all (None): those that are open first,
    then the latest first. Five questions to the database, however many there are.
    """
    rows = Checklist.objects.filter(opened_at__lte=on)
    if mission is not None:
        rows = rows.filter(mission=mission)
    reading = Reading(viewer, on=on, known_on=known_on)
    found = read(reading, list(reading.stated(rows).select_related("mission", "template")))
    return sorted(found, key=lambda each: (each.end is not None, -each.row.opened_at.timestamp()))


def checklist(
    viewer: Viewer, number: str, *, on: datetime, known_on: datetime | None
) -> ChecklistRead | None:
    """One list; None where the viewer may see none with this number or it is not known then."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = reading.stated(Checklist.objects.filter(number=number))
    found = read(reading, list(rows.select_related("mission", "template")))
    return found[0] if found else None


def read(reading: Reading, rows: Sequence[Checklist]) -> list[ChecklistRead]:
    if not rows:
        return []
    items = list(reading.stated(Precaution.objects.filter(checklist__in=rows)))
    said: dict[UUID, list[PrecautionReport]] = defaultdict(list)
    reports = PrecautionReport.objects.filter(precaution__checklist__in=rows)
    for report in reading.stated(reports).order_by("-occurred_at", "-recorded_at"):
        said[report.precaution_id].append(report)
    ends = reading.stated(ChecklistEnd.objects.filter(checklist__in=rows, at__lte=reading.on))
    ended = {each.checklist_id: each for each in ends}
    names = names_of(reading.viewer, items)
    belonging: dict[UUID, list[PrecautionRead]] = defaultdict(list)
    for item in items:
        belonging[item.checklist_id].append(item_read(item, said[item.pk], names, reading.on))
    return [
        ChecklistRead(row, ended.get(row.pk), tuple(sorted(belonging[row.pk], key=urgency)))
        for row in rows
    ]


def item_read(
    item: Precaution, reports: Sequence[PrecautionReport], names: dict[str, str], on: datetime
) -> PrecautionRead:
    by_then = tuple(each for each in reports if each.occurred_at <= on)
    return PrecautionRead(
        row=item,
        standing=standing(Deadline(item.due_at, item.escalates_at), map(as_core, by_then), on),
        reports=by_then,
        site=names.get(item.site, item.site),
        nation=names.get(item.nation, item.nation),
    )


def as_core(row: PrecautionReport) -> Report:
    return Report(Outcome(row.outcome), row.occurred_at, row.recorded_at)


def urgency(each: PrecautionRead) -> tuple[int, datetime, int, str, str]:
    row = each.row
    return URGENT.get(each.standing.state, 4), row.due_at, row.position, each.site, each.nation


def names_of(viewer: Viewer, items: Iterable[Precaution]) -> dict[str, str]:
    """The names of sites and contingents, as far as the viewer may see them."""
    codes = {(each.site, each.nation) for each in items}
    sites = Site.objects.visible_to(viewer).filter(code__in={site for site, _nation in codes})
    nations = Organisation.objects.visible_to(viewer)
    named = nations.filter(code__in={nation for _site, nation in codes if nation})
    return dict([*sites.values_list("code", "name"), *named.values_list("code", "name")])


def contingents(mission: Mission, sites: Collection[str]) -> dict[str, list[str]]:
    """The nations that hold a post of the mission at each of these sites or below, by code."""
    found: dict[str, set[str]] = defaultdict(set)
    posts = Post.objects.filter(mission=mission, nation__isnull=False, site__isnull=False)
    for nation, path in posts.values_list("nation__code", "site__path").distinct():
        for site in set(path).intersection(sites):
            found[site].add(nation)
    return {site: sorted(codes) for site, codes in found.items()}


@dataclass(frozen=True, slots=True)
class TemplateRead:
    """A usual list with its items in order; what is no longer used is left out."""

    row: Template
    items: tuple[TemplateItem, ...]


def templates(viewer: Viewer, mission: Mission, *, known_on: datetime | None) -> list[TemplateRead]:
    """The usual lists of a mission, by title."""
    reading = Reading(viewer, on=EVER, known_on=known_on)
    rows = Template.objects.visible_to(viewer).filter(mission=mission)
    found = reading.described(rows.select_related("level").order_by("title"))
    belonging: dict[UUID, list[TemplateItem]] = defaultdict(list)
    items = TemplateItem.objects.visible_to(viewer).filter(template__mission=mission)
    for item in reading.described(items.order_by("position")):
        if not item.dropped:
            belonging[item.template_id].append(item)
    return [TemplateRead(row, tuple(belonging[row.pk])) for row in found]


@dataclass(frozen=True, slots=True)
class OverdueList:
    """A list that is open, and how many of its items are overdue or cannot be done."""

    number: str
    title: str
    mission: str
    overdue: int


def overdue_lists(viewer: Viewer, *, on: datetime, known_on: datetime | None) -> list[OverdueList]:
    """Every list that is open and has such items, most of them first: counted by the database."""
    reading = Reading(viewer, on=on, known_on=known_on)
    caution = Case(When(outcome=Outcome.DONE.value, then=0), default=1)
    said = reading.stated(
        PrecautionReport.objects.filter(precaution=OuterRef("pk"), occurred_at__lte=on)
    )
    last = said.order_by("-occurred_at", caution.desc()).values("outcome")[:1]
    items = reading.stated(Precaution.objects.all()).annotate(last=Subquery(last))
    wanting = items.filter(Q(last=Outcome.CANNOT.value) | Q(last=None, due_at__lte=on))
    counted = dict(wanting.values_list("checklist").annotate(number=Count("pk")))
    if not counted:
        return []
    closed = reading.stated(ChecklistEnd.objects.filter(at__lte=on)).values("checklist")
    rows = reading.stated(Checklist.objects.filter(pk__in=counted, opened_at__lte=on))
    found = [
        OverdueList(row.number, row.title, row.mission.code, counted[row.pk])
        for row in rows.exclude(pk__in=closed).select_related("mission")
    ]
    return sorted(found, key=lambda each: (-each.overdue, each.number))


def suggested(
    viewer: Viewer, mission: Mission, *, level: Level | None = None, kind: Kind | None = None,
    reason_code: str = "",
) -> list[Template]:  # fmt: skip  # reads as one sentence
    """The usual lists that a level (in force or found) or a directive suggests, by title. A
    suggestion opens nothing.
    """
    fits = Q(trigger=Trigger.STOP) if kind == Kind.STOP else Q(pk__in=[])
    if level is not None:
        fits |= Q(level__scale=level.scale_id, level__rank__lte=level.rank)
    if reason_code:
        fits |= Q(trigger=Trigger.DIRECTIVE, reason_code__in=["", reason_code])
    rows = Template.objects.visible_to(viewer).filter(fits, mission=mission)
    return list(rows.order_by("title"))

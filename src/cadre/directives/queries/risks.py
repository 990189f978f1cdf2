"""What a mission's risks are, who has to decide about each, and what was decided."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.core.risks import (
    CELLS,
    Assessed,
    Cell,
    Criticality,
    Decided,
    Risk,
    RiskStanding,
    last_decision,
    standing,
    who_decides,
)
from cadre.directives.models import (
    CRITICALITIES,
    RISKS,
    RiskAssessment,
    RiskAuthority,
    RiskDecision,
    RiskVerdict,
)
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.posture import World
from cadre.mission.models import Mission
from cadre.mission.queries.reading import Reading
from cadre.mission.queries.versions import live

CRITICALITY_WORDS = {Criticality(number): words for number, words in CRITICALITIES}
RISK_WORDS = {Risk(number): words for number, words in RISKS}

# Who decides in the example, by risk and the least criticality that it takes. It is not official.
EXAMPLE: Mapping[Risk, tuple[str | Promise, Criticality]] = {
    Risk.LOW: (_("Site commander"), Criticality.DESIRABLE),
    Risk.MEDIUM: (_("Commander"), Criticality.DESIRABLE),
    Risk.HIGH: (_("Parent headquarters"), Criticality.ESSENTIAL),
    Risk.VERY_HIGH: (_("Council"), Criticality.LIFESAVING),
}


def example_table() -> dict[Cell, str]:
    """The example in the language of the moment: who decides in each cell, "" for not allowed."""
    found = dict.fromkeys(CELLS, "")
    for criticality, risk in CELLS:
        who, least = EXAMPLE.get(risk, ("", Criticality.DESIRABLE))
        if criticality <= least:
            found[criticality, risk] = str(who)
    return found


@dataclass(frozen=True, slots=True)
class TableCell:
    """Who decides in one cell: "" is nobody, None is not stated."""

    criticality: Criticality
    words: str | Promise
    who: str | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A risk with who decides for each criticality, the most critical first."""

    words: str | Promise
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class RiskTable:
    """What a mission has said about who decides; cells that it says nothing of are left out."""

    said: Mapping[Cell, str]

    @property
    def version(self) -> str:
        """Differs when anything that it says does."""
        said = sorted((*cell, who) for cell, who in self.said.items())
        return hashlib.blake2b(repr(said).encode(), digest_size=12).hexdigest()

    @property
    def criticalities(self) -> tuple[str | Promise, ...]:
        return tuple(CRITICALITY_WORDS.values())

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """Row by row as it is said; what is unacceptable is allowed by none."""
        return tuple(
            TableRow(
                words,
                tuple(
                    TableCell(each, CRITICALITY_WORDS[each], who_decides(self.said, each, risk))
                    for each in Criticality
                ),
            )
            for risk, words in RISK_WORDS.items()
        )


def table_from(rows: Iterable[RiskAuthority]) -> RiskTable:
    return RiskTable(
        {
            (Criticality(row.criticality), Risk(row.risk)): row.authority
            for row in rows
            if not row.dropped
        }
    )


def risk_table(viewer: Viewer, mission: Mission) -> RiskTable:
    """The table as it stands now."""
    return table_from(RiskAuthority.objects.visible_to(viewer).filter(mission=mission))


def risk_assessment(
    viewer: Viewer, row: UUID, *, mission: Mission | None = None
) -> RiskAssessment | None:
    """One that is on record (in a mission, if one is named) and that nothing corrects; None where
    there is none for this viewer.
    """
    rows = live(RiskAssessment.objects.visible_to(viewer), known_on=None, began=None)
    if mission is not None:
        rows = rows.filter(mission=mission)
    return rows.filter(pk=row).select_related("mission").first()


def as_core(row: RiskAssessment) -> Assessed:
    return Assessed(
        key=str(row.pk),
        line=row.line,
        sites=None if row.sites is None else frozenset(row.sites),
        criticality=Criticality(row.criticality),
        risk=Risk(row.risk),
        moment=row.assessed,
    )


@dataclass(frozen=True, slots=True)
class AssessmentRead:
    """An assessment, who has to decide about it (None: not stated, "": not allowed), what was
    decided last, and whether that has ended, so that it is open again.
    """

    row: RiskAssessment
    scope: ScopeRead
    who: str | None
    decision: RiskDecision | None
    ended: bool

    @property
    def decided(self) -> RiskDecision | None:
        """The decision that stands."""
        return None if self.ended else self.decision


@dataclass(frozen=True, slots=True)
class RiskAt:
    """A line at a site. `counts` None: nothing is assessed, or it is not stated which counts."""

    line: str
    line_name: str
    site: str
    site_name: str
    standing: RiskStanding
    counts: AssessmentRead | None
    worst: AssessmentRead | None


@dataclass(frozen=True, slots=True)
class MissionRisks:
    """All about a mission's risks."""

    places: tuple[RiskAt, ...]  # each line at each site, by name
    assessments: tuple[AssessmentRead, ...]  # the latest first, those of no stated moment first
    table: RiskTable


@dataclass(frozen=True, slots=True)
class ToDecide:
    """An assessment before it is decided about, with who has to decide now."""

    row: RiskAssessment
    scope: ScopeRead
    who: str | None


def to_decide(viewer: Viewer, row: RiskAssessment) -> ToDecide:
    scope = scope_of(row, row.mission)
    said = risk_table(viewer, row.mission).said
    who = who_decides(said, Criticality(row.criticality), Risk(row.risk))
    return ToDecide(row, Names(viewer, (scope,)).of(scope), who)


def scope_of(row: RiskAssessment, mission: Mission) -> Scope:
    sites = None if row.sites is None else frozenset(row.sites)
    return Scope(mission.code, lines=frozenset({row.line}), sites=sites)


class Risks:
    """The assessments of a mission with their decisions, as one viewer may know them at a moment.

    Three questions to the database, and four for names, however many rows there are.
    """

    def __init__(self, world: World, mission: Mission, on: datetime) -> None:
        reading = Reading(world.viewer, on=on, known_on=world.known_on)
        self.on = on
        authorities = RiskAuthority.objects.visible_to(world.viewer).filter(mission=mission)
        self.table = table_from(reading.described(authorities))
        stated = reading.stated(RiskAssessment.objects.filter(mission=mission))
        self.rows = sorted(
            (row for row in stated if row.assessed.perhaps_by(on)),
            key=lambda row: (not row.assessed.stated, row.assessed_latest or row.recorded_at),
        )
        decided = reading.stated(RiskDecision.objects.filter(assessment__mission=mission))
        self.decisions: dict[UUID, list[RiskDecision]] = defaultdict(list)
        for row in decided:
            self.decisions[row.assessment_id].append(row)

    def read(self, row: RiskAssessment, scope: ScopeRead) -> AssessmentRead:
        decision = self.last(self.decisions[row.pk])
        who = who_decides(self.table.said, Criticality(row.criticality), Risk(row.risk))
        ended = decision is not None and decision_as_core(decision).ended(self.on)
        return AssessmentRead(row, scope, who, decision, ended)

    def last(self, decisions: Iterable[RiskDecision]) -> RiskDecision | None:
        by_key = {str(each.pk): each for each in decisions}
        found = last_decision(map(decision_as_core, by_key.values()), self.on)
        return by_key[found.key] if found else None


def decision_as_core(row: RiskDecision) -> Decided:
    accepted = row.decision == RiskVerdict.ACCEPTED
    return Decided(str(row.pk), accepted, row.decided_at, row.until)


def mission_risks(world: World, mission: Mission, *, on: datetime) -> MissionRisks:
    """As true on `on` (aware) and known as the world is. What nobody assessed is not stated."""
    risks = Risks(world, mission, on)
    assessed = [as_core(row) for row in risks.rows]
    scopes = [scope_of(row, mission) for row in risks.rows]
    names = Names(world.viewer, scopes)
    read = {
        str(row.pk): risks.read(row, names.of(scope))
        for row, scope in zip(risks.rows, scopes, strict=True)
    }
    lines = next((each.lines for each in world.missions if each.code == mission.code), ())
    places = []
    for line in lines:
        for site in world.present[mission.code]:
            found = standing(assessed, line.code, world.paths[site], on)
            places.append(
                RiskAt(
                    line=line.code,
                    line_name=line.name,
                    site=site,
                    site_name=world.names[site],
                    standing=found,
                    counts=read[found.counts.key] if found.counts else None,
                    worst=read[found.worst.key] if found.worst else None,
                )
            )
    return MissionRisks(tuple(places), tuple(reversed(read.values())), risks.table)

"""How the restart of a directive stands: its conditions, what was proposed, what is missing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.core import conditions as core
from cadre.core.conditions import Standing, State
from cadre.core.lifecycles import PROPOSAL, Event
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import (
    Assessment,
    Condition,
    Directive,
    Evidence,
    LiftProposal,
    Verdict,
)
from cadre.directives.queries.indicators import Data, proposed
from cadre.directives.queries.library import BY_KEY
from cadre.directives.queries.mustered import Proposed
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.scopes import part_of
from cadre.mission.queries.reading import Reading

STATES = {
    Verdict.MET: State.MET,
    Verdict.NOT_MET: State.NOT_MET,
    Verdict.WAIVED: State.WAIVED,
    Verdict.NOT_ASSESSED: State.NOT_ASSESSED,
}


@dataclass(frozen=True, slots=True)
class ConditionRead:
    """A condition with its standing and all that was said of it, the latest first."""

    row: Condition
    text: str  # in the reader's language where it is of the library
    owner: str
    wanted: str
    part: ScopeRead
    condition: core.Condition
    standing: Standing
    proposed: Proposed | None  # what data say of it, if it has an indicator
    evidence: tuple[Evidence, ...]
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class ProposalRead:
    """A proposal to lift a part, and how it ended, if it did."""

    row: LiftProposal
    part: ScopeRead

    @property
    def open(self) -> bool:
        return is_open(self.row)


def is_open(row: LiftProposal) -> bool:
    """Neither lifted nor taken back nor turned down."""
    return PROPOSAL.allows(row.state, Event.LIFT)


@dataclass(frozen=True, slots=True)
class RestartRead:
    """Everything about the restart of one directive."""

    conditions: tuple[ConditionRead, ...]
    proposals: tuple[ProposalRead, ...]


def restart(
    viewer: Viewer, directive: Directive, *, on: datetime, known_on: datetime | None
) -> RestartRead:
    """Conditions as they stand on a moment, and proposals, as known on another."""
    reading = Reading(viewer, on=on, known_on=known_on)
    mission = directive.mission.code
    found = conditions(reading, directive)
    proposals = list(
        reading.stated(LiftProposal.objects.filter(directive=directive))
        .select_related("lift", "end")
        .order_by("-proposed_at", "-number")
    )
    parts = {each.pk: part_of(each, mission) for each in proposals}
    names = Names(viewer, (*parts.values(), *(said.part for said in found)))
    data = Data(viewer, directive, on, known_on)
    return RestartRead(
        conditions=tuple(condition_read(said, names.of(said.part), data) for said in found),
        proposals=tuple(ProposalRead(each, names.of(parts[each.pk])) for each in proposals),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A condition's rows."""

    row: Condition
    evidence: tuple[Evidence, ...]
    assessments: tuple[Assessment, ...]
    part: Scope


def conditions(reading: Reading, directive: Directive) -> list[Said]:
    """The conditions of a directive with what was said of each; three questions, however many."""
    rows = list(
        reading.stated(Condition.objects.filter(directive=directive)).order_by("recorded_at")
    )
    evidence: dict[UUID, list[Evidence]] = defaultdict(list)
    told = reading.stated(Evidence.objects.filter(condition__in=rows))
    for each in told.order_by("-recorded_at"):
        evidence[each.condition_id].append(each)
    assessed: dict[UUID, list[Assessment]] = defaultdict(list)
    decided = reading.stated(Assessment.objects.filter(condition__in=rows))
    for decision in decided.order_by("-at"):
        assessed[decision.condition_id].append(decision)
    mission = directive.mission.code
    return [
        Said(row, tuple(evidence[row.pk]), tuple(assessed[row.pk]), part_of(row, mission))
        for row in rows
    ]


def as_core(said: Said) -> core.Condition:
    return core.Condition(
        key=str(said.row.pk),
        part=said.part,
        shelf_life=said.row.shelf_life,
        evidence=tuple(
            core.Evidence(str(each.pk), each.supports, each.occurred, each.recorded_at)
            for each in said.evidence
        ),
        decisions=tuple(
            core.Decision(
                state=STATES[Verdict(each.verdict)],
                at=each.at,
                evidence=frozenset(map(str, each.evidence)),
                until=each.until,
            )
            for each in said.assessments
        ),
    )


def condition_read(said: Said, part: ScopeRead, data: Data) -> ConditionRead:
    row, usual = said.row, BY_KEY.get(said.row.library)
    condition = as_core(said)
    return ConditionRead(
        row=row,
        text=str(usual.text) if usual else row.text,
        owner=row.owner,
        wanted=str(usual.wanted) if usual else row.wanted,
        part=part,
        condition=condition,
        standing=core.standing(condition, data.on),
        proposed=proposed(data, row.indicator, said.part, row.parameters),
        evidence=said.evidence,
        assessments=said.assessments,
    )

"""Risks as programs get them, by the API and by the command."""

from datetime import datetime

from ninja import Schema

from cadre.core.risks import Risk
from cadre.directives.queries.risks import (
    AssessmentRead,
    MissionRisks,
    RiskAt,
)
from cadre.directives.queries.rows import RiskDecision
from cadre.web.programs import moment_out


class RiskDecisionOut(Schema):
    """What was decided about an assessment last. `open_again`: it has ended."""

    decision: str
    authority: str
    decided_at: datetime
    until: datetime | None
    reason: str
    open_again: bool


class RiskAssessmentOut(Schema):
    """An assessment: criticality from 1 lifesaving to 4 desirable, and the risk that is left.

    `sites` null: all. `allowed` false: nobody can accept it; null: not stated. `decides`: who has
    to decide by the mission's table; null: not stated, or nobody. `decision` null: nobody has.
    """

    id: str
    line: str
    sites: list[str] | None
    criticality: int
    risk: str
    measures: str
    reason: str
    assessed_by: str
    assessed: str | None
    allowed: bool | None
    decides: str | None
    decision: RiskDecisionOut | None


class RiskAtOut(Schema):
    """A line at a site, with the id of the assessment that counts there; null: not stated.

    `worst`: the id of the worst that may count, where one of no stated moment leaves it open.
    """

    line: str
    site: str
    criticality: int | None
    risk: str | None
    assessment: str | None
    worst: str | None


class RiskCellOut(Schema):
    """A cell of the mission's table. `authority` "": not allowed; null: not stated."""

    criticality: int
    risk: str
    authority: str | None


class RisksOut(Schema):
    """All about a mission's risks; `version`: of the table, to be sent as `seen`."""

    places: list[RiskAtOut]
    assessments: list[RiskAssessmentOut]
    table: list[RiskCellOut]
    version: str


def risks_out(found: MissionRisks) -> RisksOut:
    return RisksOut(
        places=[place_out(each) for each in found.places],
        assessments=[assessment_out(each) for each in found.assessments],
        table=[
            RiskCellOut(criticality=cell.criticality.value, risk=risk.word, authority=cell.who)
            for risk, row in zip(Risk, found.table.rows, strict=True)
            for cell in row.cells
        ],
        version=found.table.version,
    )


def place_out(found: RiskAt) -> RiskAtOut:
    row = found.counts.row if found.counts else None
    return RiskAtOut(
        line=found.line,
        site=found.site,
        criticality=row.criticality if row else None,
        risk=Risk(row.risk).word if row else None,
        assessment=str(row.pk) if row else None,
        worst=str(found.worst.row.pk) if found.worst else None,
    )


def assessment_out(found: AssessmentRead) -> RiskAssessmentOut:
    row = found.row
    return RiskAssessmentOut(
        id=str(row.pk),
        line=row.line,
        sites=row.sites,
        criticality=row.criticality,
        risk=Risk(row.risk).word,
        measures=row.measures,
        reason=row.reason,
        assessed_by=row.assessed_by,
        assessed=moment_out(row.assessed),
        allowed=None if found.who is None else found.who != "",
        decides=found.who or None,
        decision=decision_out(found.decision, found) if found.decision else None,
    )


def decision_out(row: RiskDecision, found: AssessmentRead) -> RiskDecisionOut:
    return RiskDecisionOut(
        decision=row.decision,
        authority=row.authority,
        decided_at=row.decided_at,
        until=row.until,
        reason=row.reason,
        open_again=found.ended,
    )

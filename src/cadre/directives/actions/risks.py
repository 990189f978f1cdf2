"""Assessments of the risk that is left, decisions about them, and who has to decide.

None of it orders, stops or restarts anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.moments import Moment
from cadre.core.posture import Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer
from cadre.core.risks import CELLS, Cell, Criticality, Risk, who_decides
from cadre.directives.actions.checks import Names
from cadre.directives.actions.issuing import one_by_one
from cadre.directives.models import (
    RiskAssessment,
    RiskAuthority,
    RiskDecision,
    RiskVerdict,
)
from cadre.directives.queries.risks import (
    CRITICALITY_WORDS,
    RISK_WORDS,
    example_table,
    risk_table,
)
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.checks import Misfit, Stale, add, change, stated
from cadre.mission.models import Mission
from cadre.record.fields import moment_values
from cadre.record.models import Stated, StatedQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRiskAssessment:
    """How critical a line is at some sites (None: all of the mission's), and what risk is left."""

    line: str
    criticality: Criticality
    risk: Risk
    assessed_by: str
    reason: str
    measures: str = ""
    sites: frozenset[str] | None = None
    assessed: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRiskDecision:
    """Whether an assessed risk is accepted, by whom, and until when (of what is accepted only).

    A decision of whose marking nothing is said is marked as the assessment is.
    """

    verdict: RiskVerdict
    authority: str
    decided_at: datetime
    until: datetime | None = None
    reason: str = ""
    grounds: Grounds = OUR_OWN


def assess_risk(
    mission: Mission, new: NewRiskAssessment, *, by: Viewer, at: datetime
) -> RiskAssessment:
    """Records how critical an activity is and what risk is left. It orders and stops nothing.

    Raises NotAllowed, and Misfit or Refused for what is missing or not on record.
    """
    require(by, "risks.assess", mission.code)
    for name, value, sentence in (
        ("assessed_by", new.assessed_by, _("Say who assessed it.")),
        ("reason", new.reason, _("Say on what grounds.")),
    ):
        if not value.strip():
            raise Misfit(name, sentence)
    scope = Scope(mission.code, lines=frozenset({new.line}), sites=new.sites)
    Names.of([scope]).require(scope)
    require_to_correct(new.grounds, RiskAssessment.objects.filter(mission=mission))
    row = RiskAssessment(
        mission=mission,
        line=new.line,
        sites=None if new.sites is None else sorted(new.sites),
        criticality=new.criticality.value,
        risk=new.risk.value,
        measures=new.measures.strip(),
        reason=new.reason.strip(),
        assessed_by=new.assessed_by.strip(),
        **moment_values("assessed", new.assessed),
    )
    return stated(row, new.grounds, "risks.assess", by=by, at=at)


def require_to_correct[M: Stated](grounds: Grounds, rows: StatedQuerySet[M]) -> None:
    """Raises Refused for correcting a row of another mission, or about something else."""
    if grounds.corrects is not None and not rows.filter(pk=grounds.corrects).exists():
        raise Refused(_("What this is to correct is not on record here."))


def decide_risk(
    assessment: RiskAssessment, new: NewRiskDecision, *, by: Viewer, at: datetime
) -> RiskDecision:
    """Records that a risk is accepted until a moment, or that it is not.

    Raises NotAllowed; Misfit for what is missing, and for accepting what is unacceptable or what
    the mission's table does not allow. Where the table says nothing, whoever decides is named.
    """
    mission = assessment.mission
    require(by, "risks.decide", mission.code)
    require_whole(new, at=at)
    with transaction.atomic():
        one_by_one(mission.code)
        if new.verdict == RiskVerdict.ACCEPTED:
            refuse_forbidden(assessment, by=by)
        require_to_correct(new.grounds, RiskDecision.objects.filter(assessment=assessment))
        row = RiskDecision(
            assessment=assessment,
            decision=new.verdict.value,
            authority=new.authority.strip(),
            decided_at=new.decided_at,
            until=new.until,
            reason=new.reason.strip(),
        )
        grounds = new.grounds
        if grounds.marking == Marking():
            grounds = replace(grounds, marking=assessment.marking)
        return stated(row, grounds, "risks.decide", by=by, at=at)


def require_whole(new: NewRiskDecision, *, at: datetime) -> None:
    accepted = new.verdict == RiskVerdict.ACCEPTED
    for name, wrong, sentence in (
        ("authority", not new.authority.strip(), _("Say who decided.")),
        ("decided_at", new.decided_at > at, _("A decision was made at a moment that has come.")),
        ("until", accepted and new.until is None,
         _("Say until when it is accepted: after that it is open again.")),
        ("until", accepted and new.until is not None and new.until <= new.decided_at,
         _("It is accepted until a moment after the decision.")),
        ("until", not accepted and new.until is not None,
         _("What is not accepted has no end: it stands until it is decided again.")),
    ):  # fmt: skip  # a table reads best as one
        if wrong:
            raise Misfit(name, sentence)


def refuse_forbidden(assessment: RiskAssessment, *, by: Viewer) -> None:
    criticality, risk = Criticality(assessment.criticality), Risk(assessment.risk)
    if risk is Risk.UNACCEPTABLE:
        raise Misfit(
            "decision",
            _("Nobody can accept an unacceptable risk: lower it by measures and assess it again."),
        )
    if who_decides(risk_table(by, assessment.mission).said, criticality, risk) == "":
        words = {"criticality": CRITICALITY_WORDS[criticality], "risk": RISK_WORDS[risk]}
        raise Misfit(
            "decision",
            _(
                "By the mission's table nobody can accept this: criticality %(criticality)s, risk"
                " %(risk)s is not allowed."
            )
            % words,
        )


def set_risk_table(
    mission: Mission, said: Mapping[Cell, str], *, seen: str = "", by: Viewer, at: datetime
) -> None:
    """Says anew who has to decide: "" for nobody; what `said` leaves out is not stated then.

    Raises NotAllowed, Misfit for an authority over what is unacceptable, and Stale where somebody
    else has changed the table since the version `seen`; "" skips that check.
    """
    require(by, "risks.define", mission.code)
    for (criticality, risk), who in said.items():
        if risk is Risk.UNACCEPTABLE and who.strip():
            raise Misfit(
                f"who_{criticality.value}_{risk.word}",
                _("Nobody can accept an unacceptable risk: here is no authority to name."),
            )
    with transaction.atomic():
        one_by_one(mission.code)
        rows = RiskAuthority.objects.filter(mission=mission)
        kept = {(Criticality(row.criticality), Risk(row.risk)): row for row in rows}
        if seen and seen != risk_table(by, mission).version:
            raise Stale(next(iter(kept.values()), RiskAuthority(mission=mission)))
        for cell in CELLS:
            set_cell(mission, cell, kept.get(cell), said.get(cell), by=by, at=at)


def set_cell(
    mission: Mission, cell: Cell, row: RiskAuthority | None, who: str | None, *,
    by: Viewer, at: datetime,
) -> None:  # fmt: skip  # reads as one sentence
    values: dict[str, object] = {"authority": (who or "").strip(), "dropped": who is None}
    if row is not None:
        change(row, values, "risks.define", seen="", by=by, at=at)
    elif who is not None:
        criticality, risk = cell
        row = RiskAuthority(
            mission=mission, criticality=criticality.value, risk=risk.value, **values
        )
        add(row, "risks.define", by=by, at=at)


def take_risk_example(mission: Mission, *, by: Viewer, at: datetime) -> None:
    """Takes over the example, which is nobody's official table, as the mission's own words.

    Raises NotAllowed, and Refused where the mission has said anything about it already.
    """
    require(by, "risks.define", mission.code)
    with transaction.atomic():
        one_by_one(mission.code)
        if risk_table(by, mission).said:
            raise Refused(_("The mission has said already who decides; change its table instead."))
        set_risk_table(mission, example_table(), by=by, at=at)

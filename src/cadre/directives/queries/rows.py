"""The kinds of rows that doors hand on: named here, so that no door reaches for a table itself."""

from cadre.directives.models import (
    AddresseeKind,
    Condition,
    ConfirmationOutcome,
    Directive,
    Draft,
    Effect,
    Evidence,
    Kind,
    LiftProposal,
    Outcome,
    ReasonCode,
    Review,
    StopPass,
    Verdict,
)
from cadre.mission.models import Mission

__all__ = [
    "AddresseeKind",
    "Condition",
    "ConfirmationOutcome",
    "Directive",
    "Draft",
    "Effect",
    "Evidence",
    "Kind",
    "LiftProposal",
    "Mission",
    "Outcome",
    "ReasonCode",
    "Review",
    "StopPass",
    "Verdict",
]

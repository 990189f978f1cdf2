"""Orders, and what stands around them. All but drafts, passes and settings is only added to."""

from cadre.directives.models.issuing import (
    AddresseeKind,
    Confirmation,
    ConfirmationOutcome,
    Draft,
    Notice,
    Receipt,
    StopPass,
)
from cadre.directives.models.orders import (
    Clock,
    Directive,
    Effect,
    Kind,
    Lift,
    ReasonCode,
    Timing,
    as_scope,
    codes,
    never_empty,
)
from cadre.directives.models.restart import (
    Assessment,
    Condition,
    Evidence,
    LiftProposal,
    ProposalEnd,
    Verdict,
)
from cadre.directives.models.reviews import Dissent, Outcome, Review, Rhythm

__all__ = [
    "AddresseeKind",
    "Assessment",
    "Clock",
    "Condition",
    "Confirmation",
    "ConfirmationOutcome",
    "Directive",
    "Dissent",
    "Draft",
    "Effect",
    "Evidence",
    "Kind",
    "Lift",
    "LiftProposal",
    "Notice",
    "Outcome",
    "ProposalEnd",
    "ReasonCode",
    "Receipt",
    "Review",
    "Rhythm",
    "StopPass",
    "Timing",
    "Verdict",
    "as_scope",
    "codes",
    "never_empty",
]

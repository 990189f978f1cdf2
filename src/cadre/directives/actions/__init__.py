"""Changes of orders. Each verb is one transaction, and one sentence if it is refused."""

from cadre.directives.actions.conditions import NewCondition
from cadre.directives.actions.drafting import (
    Composed,
    change_draft,
    drop_draft,
    sign,
    write_draft,
)
from cadre.directives.actions.issuing import NewDirective, issue, lacking
from cadre.directives.actions.receiving import NewReceipt, note_changes, receive
from cadre.directives.actions.reports import (
    ReportedDirective,
    ReportedLift,
    ReportedTiming,
    report_directive,
    report_directives,
    report_lift,
    report_lifts,
    report_timing,
    report_timings,
)
from cadre.directives.actions.restarting import (
    NewAssessment,
    NewEvidence,
    NewProposal,
    Shut,
    assess,
    bring_evidence,
    end_proposal,
    lift,
    propose_lift,
    write_condition,
)
from cadre.directives.actions.reviewing import NewReview, dissent, hold_review, set_rhythm
from cadre.directives.actions.stopping import (
    Stop,
    confirm,
    give_pass,
    revoke_pass,
    stop_by_pass,
    stop_now,
)

__all__ = [
    "Composed",
    "NewAssessment",
    "NewCondition",
    "NewDirective",
    "NewEvidence",
    "NewProposal",
    "NewReceipt",
    "NewReview",
    "ReportedDirective",
    "ReportedLift",
    "ReportedTiming",
    "Shut",
    "Stop",
    "assess",
    "bring_evidence",
    "change_draft",
    "confirm",
    "dissent",
    "drop_draft",
    "end_proposal",
    "give_pass",
    "hold_review",
    "issue",
    "lacking",
    "lift",
    "note_changes",
    "propose_lift",
    "receive",
    "report_directive",
    "report_directives",
    "report_lift",
    "report_lifts",
    "report_timing",
    "report_timings",
    "revoke_pass",
    "set_rhythm",
    "sign",
    "stop_by_pass",
    "stop_now",
    "write_condition",
    "write_draft",
]

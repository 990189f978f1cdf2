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

__all__ = [
    "Composed",
    "NewCondition",
    "NewDirective",
    "ReportedDirective",
    "ReportedLift",
    "ReportedTiming",
    "change_draft",
    "drop_draft",
    "issue",
    "lacking",
    "report_directive",
    "report_directives",
    "report_lift",
    "report_lifts",
    "report_timing",
    "report_timings",
    "sign",
    "write_draft",
]

"""Changes of orders. Each verb is one transaction, and one sentence if it is refused."""

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
    "ReportedDirective",
    "ReportedLift",
    "ReportedTiming",
    "report_directive",
    "report_directives",
    "report_lift",
    "report_lifts",
    "report_timing",
    "report_timings",
]

"""What of the ledger people are told, and what time brings: one rule for each kind of cause."""

from cadre.alerts.queries.causes.rules import RULES, heard
from cadre.alerts.queries.causes.time import overdue

__all__ = ["RULES", "heard", "overdue"]

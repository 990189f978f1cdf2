"""Who is safe, who is not, and who has not been heard of: the rules of musters.

Reports come late, doubled, out of order and against each other; from the same reports there is one
answer. Unclear is never safe, no reply is not safe, and any word for help beats any safe word.
"""

from cadre.core.accountability.counting import (
    TARGETS,
    Count,
    Entry,
    Measure,
    Outcome,
    Person,
    Progress,
    Tally,
    Target,
    TargetStatus,
    count,
    riskiest_first,
    target_status,
    urgency,
)
from cadre.core.accountability.escalation import MUSTER, SEARCH, Act, Muster, Search, search
from cadre.core.accountability.fading import Age, LastKnown, Sighting, last_known
from cadre.core.accountability.replies import Meaning, Reply, read_reply
from cadre.core.accountability.reports import Report, Standing, Voice, standing, true_since
from cadre.core.accountability.states import ONLY_IN_CHARGE, State

__all__ = [
    "MUSTER",
    "ONLY_IN_CHARGE",
    "SEARCH",
    "TARGETS",
    "Act",
    "Age",
    "Count",
    "Entry",
    "LastKnown",
    "Meaning",
    "Measure",
    "Muster",
    "Outcome",
    "Person",
    "Progress",
    "Reply",
    "Report",
    "Search",
    "Sighting",
    "Standing",
    "State",
    "Tally",
    "Target",
    "TargetStatus",
    "Voice",
    "count",
    "last_known",
    "read_reply",
    "riskiest_first",
    "search",
    "standing",
    "target_status",
    "true_since",
    "urgency",
]

"""Telling people: ladders, what became of an attempt, when to try again, quiet hours."""

from cadre.core.alerts.attempts import Outcome, State, standing
from cadre.core.alerts.ladders import Acknowledging, Ladder, Rung, misfits
from cadre.core.alerts.quiet import Quiet, loud_from
from cadre.core.alerts.retries import LONGEST, MOST_TRIES, wait_before

__all__ = [
    "LONGEST",
    "MOST_TRIES",
    "Acknowledging",
    "Ladder",
    "Outcome",
    "Quiet",
    "Rung",
    "State",
    "loud_from",
    "misfits",
    "standing",
    "wait_before",
]

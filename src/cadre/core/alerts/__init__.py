"""Telling people: ladders, what became of an attempt, when to try again, quiet hours."""

from cadre.core.alerts.attempts import Outcome, State, Telling, standing
from cadre.core.alerts.ladders import Acknowledging, Ladder, Rung, minutes, misfits
from cadre.core.alerts.quiet import Quiet, loud_from
from cadre.core.alerts.retries import LONGEST, MOST_TRIES, wait_before
from cadre.core.alerts.times import Times, times

__all__ = [
    "LONGEST",
    "MOST_TRIES",
    "Acknowledging",
    "Ladder",
    "Outcome",
    "Quiet",
    "Rung",
    "State",
    "Telling",
    "Times",
    "loud_from",
    "minutes",
    "misfits",
    "standing",
    "times",
    "wait_before",
]

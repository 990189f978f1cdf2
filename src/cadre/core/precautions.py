"""Precautions: what is to be done about a place, by whom and by when, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What somebody reports of a precaution."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    CANNOT = "cannot"


class State(StrEnum):
    """How a precaution stands. Silence makes it overdue, never done."""

    OPEN = "open"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    DONE = "done"
    NOT_NEEDED = "not needed"
    CANNOT = "cannot be done"

    @property
    def settled(self) -> bool:
        """Nobody has to do anything about it any more."""
        return self in {State.DONE, State.NOT_NEEDED}


STATES = {
    Outcome.DONE: State.DONE,
    Outcome.NOT_NEEDED: State.NOT_NEEDED,
    Outcome.CANNOT: State.CANNOT,
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is due, and from when on it is somebody else's business (both aware)."""

    due_at: datetime
    escalates_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody's report: when it happened, and when it was entered."""

    outcome: Outcome
    occurred_at: datetime
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a precaution stands; `late`: it was done after it was due."""

    state: State
    report: Report | None = None
    late: bool = False


def standing(deadline: Deadline, reports: Iterable[Report], at: datetime) -> Standing:
    """How it stands at a moment: the latest occurrence counts, not the latest entry.

    Of two reports of one moment what cannot be done or is not needed is told before what is done:
    they contradict each other, and what is unclear is never safe.
    """
    said = [each for each in reports if each.occurred_at <= at]
    if said:
        last = max(said, key=lambda each: (each.occurred_at, caution(each.outcome)))
        late = last.outcome is Outcome.DONE and last.occurred_at > deadline.due_at
        return Standing(STATES[last.outcome], last, late=late)
    if at >= deadline.escalates_at:
        return Standing(State.ESCALATED)
    return Standing(State.OVERDUE if at >= deadline.due_at else State.OPEN)


def caution(outcome: Outcome) -> int:
    return (Outcome.DONE, Outcome.NOT_NEEDED, Outcome.CANNOT).index(outcome)

"""Close review: when a directive is to be looked at again. Silence keeps it as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cadre.core.moments import later


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often: the first after `first`, then every `then` for `span`, later every `later`."""

    first: timedelta = timedelta(hours=24)
    then: timedelta = timedelta(hours=24)
    span: timedelta = timedelta(days=7)
    later: timedelta = timedelta(days=7)

    def due(self, began: datetime, held: Iterable[datetime]) -> datetime:
        """By when the next review is due, for a directive that began at a moment and was reviewed
        at others (all aware).
        """
        last = max(held, default=None)
        if last is None:
            return later(began, self.first)
        return later(last, self.then if last < later(began, self.span) else self.later)


class State(StrEnum):
    """How a review stands; one that was held names the next."""

    NOT_DATED = "not dated"
    DUE = "due"
    OVERDUE = "overdue"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Due:
    """When a review is due and who owns it; no moment: nobody stated one."""

    at: datetime | None
    owner: str = ""
    held: int = 0  # reviews so far

    def state(self, on: datetime) -> State:
        """How it stands at a moment (aware). What nobody dated is never overdue."""
        if self.at is None:
            return State.NOT_DATED
        return State.OVERDUE if self.at <= on else State.DUE

    def overdue(self, on: datetime) -> bool:
        """It was due by this moment."""
        return self.state(on) is State.OVERDUE


@dataclass(frozen=True, slots=True)
class Held:
    """A review that was held, and the next one that it named."""

    held_at: datetime
    next_at: datetime
    next_owner: str


def next_review(first: datetime | None, owner: str, held: Iterable[Held], on: datetime) -> Due:
    """What is due as of a moment: what the latest review by then named, else the first one."""
    found = sorted((each for each in held if each.held_at <= on), key=lambda each: each.held_at)
    if not found:
        return Due(first, owner if first else "")
    return Due(found[-1].next_at, found[-1].next_owner, len(found))

"""What became of one message to one address."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """What is known of an attempt. Words of gateways come late, twice and out of order."""

    QUEUED = "queued"
    SENDING = "sending"  # handed over; nobody has said yet what came of it
    DEFERRED = "deferred"  # it did not go out, and will be tried again
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    ACKNOWLEDGED = "acknowledged"


class Outcome(StrEnum):
    """What a sender has to know of somebody whom he tells."""

    WAITING = "waiting"  # it is on its way
    NOT_REACHED = "not reached"  # no address, or nothing arrived: as loud as any problem
    SILENT = "silent"  # it went out, and he has not answered in the time that he had
    SENT = "sent"  # it went out, nobody asked for an answer, and nobody knows whether it arrived
    REACHED = "reached"  # it arrived, and nobody asked for an answer
    ANSWERED = "answered"


ORDER: Final = tuple(State)
ON_THE_WAY: Final = frozenset({State.QUEUED, State.SENDING, State.DEFERRED})
ARRIVED: Final = frozenset({State.DELIVERED, State.READ, State.ACKNOWLEDGED})


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known of one person who is told: the state of each attempt, whether somebody
    answered for him, whether he is asked to, and whether the time that he had is over.
    """

    attempts: tuple[State, ...]
    answered: bool = False
    asked: bool = True
    late: bool = False

    @property
    def outcome(self) -> Outcome:
        """What the sender has to know. Unclear is never good: what may be on its way is waiting,
        and what is only known to have gone out has not arrived.
        """
        best = max(self.attempts, key=ORDER.index, default=State.FAILED)
        alive = [each for each in self.attempts if each is not State.FAILED]
        if self.answered or best is State.ACKNOWLEDGED:
            return Outcome.ANSWERED
        if not alive:
            return Outcome.NOT_REACHED
        if all(each in ON_THE_WAY for each in alive):
            return Outcome.WAITING
        if self.asked:
            return Outcome.SILENT if self.late else Outcome.WAITING
        return Outcome.REACHED if best in ARRIVED else Outcome.SENT


def standing(said: Iterable[State]) -> State:
    """The furthest that was said, in whatever order it came; nothing said: queued.

    What arrived after all is no failure, and what failed after it was sent is one: a mail server
    takes a letter first and sends it back later.
    """
    return max(said, key=ORDER.index, default=State.QUEUED)

"""What became of one message to one address."""

from collections.abc import Iterable
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
    REACHED = "reached"  # it arrived, and nobody asked for an answer
    ANSWERED = "answered"


ORDER: Final = tuple(State)


def standing(said: Iterable[State]) -> State:
    """The furthest that was said, in whatever order it came; nothing said: queued.

    What arrived after all is no failure, and what failed after it was sent is one: a mail server
    takes a letter first and sends it back later.
    """
    return max(said, key=ORDER.index, default=State.QUEUED)

"""What goes out and what comes of it: the same for every channel."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """All that one recipient may read of an alert, in his language, before a channel cuts it.

    `cause` and `phase` as in `alerts.models`; `code`: the four digits with which he checks in,
    `link`: his own address for an answer, whole; "" where there is none. `classification`: of what
    it says, as in `core.releasability`.
    """

    cause: str
    phase: str
    language: str
    subject: str
    text: str
    protective_action: str = ""
    link: str = ""
    code: str = ""
    exercise: bool = False
    classification: str = "unclassified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one address, as it goes out.

    `key` is the same for every try, so that a gateway which honours it sends one message however
    often it is asked to. `urgent`: of the life-safety lane. `follows`: the key of the message to
    the same address that this one updates or ends.
    """

    key: str
    channel: str
    address: str
    language: str
    subject: str
    text: str
    link: str = ""
    code: str = ""
    exercise: bool = False
    urgent: bool = False
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a try. `reason` is a sentence for the sender, without the address.

    `again`: it did not go out now and may later. `unclear`: it may have gone out all the same (the
    line broke after it was handed over), so that the next try may be a double. `delivered`: it is
    known to be there. `gone`: the address is no more and never comes back. `wait`: for so many
    seconds the other side wants to hear nothing.
    """

    sent: bool
    reference: str = ""
    reason: str = ""
    again: bool = False
    unclear: bool = False
    delivered: bool = False
    gone: bool = False
    wait: int = 0


class Adapter(Protocol):
    """A way out. It never raises for what the other side does: that is an outcome."""

    honours_keys: bool  # the other side sends one message for one key
    in_database: bool  # it writes to the database, so it is called by the thread that has one

    def send(self, message: Message) -> Outcome:
        """Hands one message over and says what came of it, within the adapter's own time limit."""
        ...

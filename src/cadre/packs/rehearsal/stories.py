"""What one person lives through at a muster: what is said of them, and what has to be known.

Plain values; times are counted from the moment at which the muster was opened.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from cadre.core.accountability import State
from cadre.core.accountability.states import HURT


class Way(StrEnum):
    """How a report reaches the node."""

    LINK = "link"  # the person's own link
    SMS = "sms"  # in words
    MAIL = "mail"
    WARDEN = "warden"  # the link of the warden who counts the person; in charge
    PAPER = "paper"  # typed in by the staff; in charge
    HEARSAY = "voice"  # somebody calls in and says so of another


class Kind(StrEnum):
    """What a story is about."""

    PLAIN = "answered"
    COUNTED = "counted by somebody in charge"
    CALLED_FOR_HELP = "called for help"
    CONTRADICTED = "contradictory"
    LATE = "late"
    UNCLEAR = "unclear"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is counted. `ways`: by which of their own they can answer. `counted_by`: the
    warden who counts them and may see them (a row's id), None where the staff has to.
    """

    entry: UUID
    person: str
    language: str
    ways: tuple[Way, ...]
    counted_by: UUID | None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said: a state, or words. `again`: how many times more it is sent with the same key.

    `after_close`: it reaches the node once the muster is closed.
    """

    state: State | None = None
    words: str = ""
    again: int = 0
    after_close: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """A report. `arrives` is when the node gets it, `occurred` the moment that it is about: times
    since the muster was opened.
    """

    entry: UUID
    way: Way
    arrives: timedelta
    occurred: timedelta
    key: UUID
    said: Utterance


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known of a person from a time on."""

    since: timedelta
    state: State
    contradicted: bool = False


@dataclass(slots=True)
class Story:
    """What one person lives through."""

    member: Member
    kind: Kind
    acts: list[Act] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)

    def at(self, time: timedelta) -> Known:
        """What has to be known by then; nobody is safe of whom nothing was said."""
        found = Known(timedelta(), State.UNACCOUNTED)
        for each in sorted(self.known, key=lambda one: one.since):
            if each.since <= time:
                found = each
        return found

    def hurt_by(self, time: timedelta) -> bool:
        """Whether by then anything said that they need help."""
        return any(each.since <= time and each.state in HURT for each in self.known)

"""What the record answers when it is asked for one attribute of one subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cadre.core.moments import Moment


class Status(StrEnum):
    """How an answer stands."""

    STATED = "stated"
    INFERRED = "inferred"
    CONFLICTING = "conflicting"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Said:
    """One claim, as an answer shows it."""

    claim: str  # its row
    reference: str
    pack: str
    value: str
    when: Moment
    precision: str
    said_by: tuple[str, ...]
    source: str
    source_row: str
    sentences: tuple[str, ...]
    inferred: bool
    summary: str = ""
    reasoning: str = ""
    subject: str = ""  # left out where the answer that it belongs to names both
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is on record about one attribute of one subject, latest first."""

    subject: str
    attribute: str
    status: Status
    said: tuple[Said, ...]


def answer(subject: str, attribute: str, said: Sequence[Said], *, several: bool) -> Answer:
    """Weighs what was said. Nothing said is *not stated*; nothing is ever chosen or averaged.

    `several`: the attribute may hold several values at once, so that different ones agree.
    """
    return Answer(subject, attribute, status_of(said, several=several), tuple(said))


def status_of(said: Sequence[Said], *, several: bool) -> Status:
    if not said:
        return Status.NOT_STATED
    if not several and any(
        contradict(one, other) for place, one in enumerate(said) for other in said[place + 1 :]
    ):
        return Status.CONFLICTING
    return Status.INFERRED if all(one.inferred for one in said) else Status.STATED


def contradict(one: Said, other: Said) -> bool:
    """Two sources speak of the same time and do not say the same.

    One source's several wordings stand side by side without contradicting each other, and a later
    value follows an earlier one. Where a time is not known the times may be the same (law 7).
    """
    return (
        (one.pack, one.source) != (other.pack, other.source)
        and folded(one.value) != folded(other.value)
        and may_coincide(one.when, other.when)
    )


def folded(value: str) -> str:
    return " ".join(value.split()).strip(" \"'“”.").casefold()


def may_coincide(one: Moment, other: Moment) -> bool:
    return may_precede(one, other) and may_precede(other, one)


def may_precede(one: Moment, other: Moment) -> bool:
    return one.earliest is None or other.latest is None or one.earliest <= other.latest

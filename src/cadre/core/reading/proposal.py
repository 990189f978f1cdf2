"""What the reader proposes: a value, its place in a sentence, and the reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from cadre.core.moments import Moment
from cadre.core.quantities import OpenList, Quantity

NO_DETAILS: Final[Mapping[str, str]] = MappingProxyType({})


class Kind(StrEnum):
    """What a proposal is about."""

    DATE = "date"
    PERIOD = "period"
    QUANTITY = "quantity"
    LIST = "list"
    SPEAKER = "speaker"
    NAME = "name"


class Certainty(StrEnum):
    """How the value stands in the sentence. Unclear means that there is no value to take."""

    STATED = "stated"
    INFERRED = "inferred"
    UNCLEAR = "unclear"


class Reason(StrEnum):
    """Why something is proposed: English sentences with named places; pages translate them."""

    DATE_COMPLETE = "The sentence names the whole date."
    YEAR_FROM_DOCUMENT = (
        "The sentence names no year; {year} is the one nearest to the document’s own date, {date}."
    )
    YEAR_UNKNOWN = "The sentence names no year, and the document’s own date does not tell it."
    NOT_IN_CALENDAR = "There is no such day in the calendar."
    WEEKDAY_DIFFERS = "{date} was not the day of the week that the sentence names."
    WEEKDAY_BEFORE_DOCUMENT = (
        "The sentence names only a day of the week; this is the last one"
        " up to the document’s own date, {date}."
    )
    WEEKDAY_UNKNOWN = (
        "The sentence names only a day of the week, and does not tell which week is meant."
    )
    DAY_OR_MONTH = "It is not clear which of the numbers is the day and which is the month."
    MONTH_COMPLETE = "The sentence names the month and the year."
    YEAR_COMPLETE = "The sentence names the year."
    PART_OF_YEAR = "“{words}” names no months; the part of the year is taken as these."
    PART_OF_MONTH = "“{words}” names no days; the part of the month is taken as these."
    SEASON = "A season is named, which falls in other months elsewhere; sure is only the year."
    DECADE = "The sentence names ten years."
    DAY_BEFORE_DOCUMENT = "“{words}” is one day before the document’s own date, {date}."
    BY = "“{words}” sets the last moment; the first one is not stated."
    AFTER = "“{words}” sets the first moment; the last one is not stated."
    BETWEEN = "The sentence names two moments between which it lies."
    FROM_TO = "The sentence names the first and the last moment."

    NUMBER = "A number stands before what it counts."
    QUALIFIED_NUMBER = "The number is qualified by “{words}”."
    VAGUE_NUMBER = "The number is said in words that leave it open."

    OPEN_LIST = "“{words}” opens a list that may have more members."

    SAYS = "“{words}” says who said it."
    SAYS_IN = "“{words}” says who said it; the way it became known is named too."
    SEEN_BY = "“{words}” says through whom it became known."
    PRONOUN = "“{words}” stands for whoever was named last as saying something."
    CONTINUES = "The quotation goes on; who says it is named in {sentence}."

    NAME = "The record knows this name."
    NAME_SHARED = "The record knows this name for several: {names}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something found in one sentence. It is accepted by nobody but a person.

    `start` and `end` are places in the sentence's text, and `wording` is what stands there.
    `meant` is the value as the record has it and None if it is unclear.
    """

    kind: Kind
    sentence: int
    start: int
    end: int
    wording: str
    meant: Moment | Quantity | OpenList | tuple[str, ...] | str | None
    certainty: Certainty
    reason: Reason
    details: Mapping[str, str] = field(default=NO_DETAILS)

    @property
    def key(self) -> str:
        """Names the proposal among those of its document."""
        return f"{self.kind}-{self.sentence}-{self.start}-{self.end}"

    @property
    def value(self) -> str:
        """The value as text: EDTF for moments, a speaker chain by “>”; empty if it is unclear."""
        match self.meant:
            case None:
                return ""
            case Moment():
                return self.meant.edtf()
            case tuple():
                return " > ".join(self.meant)
            case _:
                return str(self.meant)

    @property
    def why(self) -> str:
        """The reason in English."""
        return str(self.reason).format(**self.details)


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal before it is known which sentence it belongs to."""

    start: int
    end: int
    meant: Moment | Quantity | OpenList | tuple[str, ...] | str | None
    certainty: Certainty
    reason: Reason
    details: Mapping[str, str] = field(default=NO_DETAILS)

    def overlaps(self, other: "Found") -> bool:
        return self.start < other.end and other.start < self.end


def longest_first(found: list[Found]) -> list[Found]:
    """Those that remain when of two that overlap the longer one is kept, by place."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(each.overlaps(other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)

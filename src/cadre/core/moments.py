"""When something happened, exactly as vaguely as it is known.

Text in and out is EDTF (ISO 8601-2), that part of it that a mission's record needs. The reader is
our own because the `edtf` package loads Django, takes most of a second to import, drops the time
of day and cannot read one inside brackets; the tests hold the two against each other on everything
that both can read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from cadre.core import edtf
from cadre.core.edtf import MomentError, Precision, as_utc
from cadre.core.wordings import moment_in_words

__all__ = ["Moment", "MomentError", "Precision", "asked", "together"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment known within closed bounds: UTC, microseconds, None where nothing bounds it.

    `precision` is how it was stated and `wording` in which words. `conflicting`: the bounds are
    the hull of statements that cannot all be true. Raises MomentError where a bound has no time
    zone, the bounds are in the wrong order or do not fit the precision.
    """

    earliest: datetime | None
    latest: datetime | None
    precision: Precision
    wording: str = ""
    conflicting: bool = False

    def __post_init__(self) -> None:
        for name in ("earliest", "latest"):
            bound = getattr(self, name)
            object.__setattr__(self, name, None if bound is None else as_utc(bound))
        edtf.check(self.earliest, self.latest, self.precision)

    @classmethod
    def parse(cls, text: str, wording: str = "") -> Self:
        """Reads EDTF; the empty text is a moment that is not stated. Dates are days in UTC.

        Raises MomentError with one sentence for anything else, such as a time of day without its
        offset from UTC, which would leave open which moment is meant.
        """
        return cls(*edtf.read(text.strip()), wording=wording)

    @classmethod
    def at(cls, instant: datetime, wording: str = "") -> Self:
        """The moment that is known exactly."""
        return cls(instant, instant, "instant", wording)

    @classmethod
    def unknown(cls, wording: str = "") -> Self:
        """The moment that nobody stated."""
        return cls(None, None, "not stated", wording)

    @property
    def stated(self) -> bool:
        """Whether anything at all bounds it."""
        return self.earliest is not None or self.latest is not None

    @property
    def vague(self) -> bool:
        """Not even the day is known."""
        if self.earliest is None or self.latest is None:
            return True
        return self.precision == "around" or self.latest - self.earliest >= timedelta(days=1)

    def edtf(self) -> str:
        """The EDTF text that `parse` reads back into the same bounds and precision."""
        return edtf.written(self.earliest, self.latest, self.precision)

    def __str__(self) -> str:
        """Plain English; pages have translated wordings of their own."""
        words = moment_in_words(self.earliest, self.latest, self.precision)
        return f"{words} (the sources conflict)" if self.conflicting else words

    def surely_by(self, at: datetime) -> bool:
        """It has happened by `at`, wherever within its bounds it lies."""
        return self.latest is not None and self.latest <= at

    def perhaps_by(self, at: datetime) -> bool:
        """It can have happened by `at`."""
        return self.earliest is None or self.earliest <= at

    def narrowed(self, other: "Moment") -> "Moment":
        """What this and another statement about the same moment say together: see `together`."""
        return together((self, other))


def together(moments: Iterable[Moment]) -> Moment:
    """What several statements about one moment say together, in whatever order they came.

    Their intersection; where they exclude each other, the hull of them all, marked as
    conflicting. No statement at all is a moment that is not stated.
    """
    said = sorted(moments, key=lambda each: (each.edtf(), each.wording))
    if not said:
        return Moment.unknown()
    starts = [each.earliest for each in said if each.earliest is not None]
    ends = [each.latest for each in said if each.latest is not None]
    earliest, latest = max(starts, default=None), min(ends, default=None)
    crossed = earliest is not None and latest is not None and earliest > latest
    if crossed or any(each.conflicting for each in said):
        earliest = min(starts) if len(starts) == len(said) else None
        latest = max(ends) if len(ends) == len(said) else None
        return replace(spanning(earliest, latest), conflicting=True)
    for each in said:
        if (each.earliest, each.latest) == (earliest, latest):
            return each
    return spanning(earliest, latest)


def spanning(earliest: datetime | None, latest: datetime | None) -> Moment:
    """The moment that is known to lie between two bounds and of which no more is known."""
    return Moment(earliest, latest, edtf.precision_of(earliest, latest))


def later(at: datetime, delay: timedelta) -> datetime:
    """The moment so much later; where no calendar goes so far, the last one there is."""
    last = datetime.max.replace(tzinfo=at.tzinfo)
    return last if last - at < delay else at + delay


def earlier(at: datetime, delay: timedelta) -> datetime:
    """The moment so much earlier; where no calendar goes so far, the first one there is."""
    first = datetime.min.replace(tzinfo=at.tzinfo)
    return first if at - first < delay else at - delay


def asked(text: str) -> datetime:
    """The moment that a question is about: the last one of the day, month or year that it names.

    An ISO instant is itself; one without offset is taken as UTC. Raises MomentError otherwise.
    """
    return edtf.last_moment_of(text.strip())

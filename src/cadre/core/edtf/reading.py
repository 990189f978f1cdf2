"""Reading and writing EDTF (ISO 8601-2), as bounds and a precision.

Read are: days, months, years; minutes and instants with their offset; `[..X]`, `[X..]`, `[X..Y]`,
`[X,Y]`; the spans `X/Y`, `../Y`, `X/..`; `X~`; unspecified digits such as `201X`. Seasons by number
and dates marked `?` are refused with what to write instead: neither says which days are meant.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal, get_args

type Precision = Literal[
    "instant",
    "minute",
    "day",
    "month",
    "season",
    "year",
    "by",
    "after",
    "between",
    "around",
    "not stated",
]
type Bounds = tuple[datetime | None, datetime | None, Precision]
type Span = tuple[datetime, datetime, Precision]

PRECISIONS: Final[frozenset[str]] = frozenset(get_args(Precision.__value__))
OPEN: Final = frozenset({"", ".."})
DAY_ENDS: Final = time(23, 59, 59, 999999)

DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
INSTANT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?"
    r"(Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)
DIGITS_MISSING: Final = re.compile(r"([0-9]{1,3})(X{1,3})|([0-9]{4}(?:-[0-9]{2})?)(?:-XX){1,2}")
SEASON: Final = re.compile(r"[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])")


class MomentError(ValueError):
    """A text or a pair of bounds that is no moment; the message is one sentence for the user."""


@lru_cache(maxsize=16_384)
def read(text: str) -> Bounds:
    """Bounds and precision of an EDTF text; the empty text is not stated."""
    if not text:
        return None, None, "not stated"
    if text.startswith("[") and text.endswith("]"):
        return read_set(text)
    if "/" in text:
        return read_interval(text)
    if text.endswith("~"):
        return read_around(text)
    return read_span(text)


def read_set(text: str) -> Bounds:
    """`[..X]`, `[X..]`, `[X..Y]` and lists of alternatives, of which the hull counts."""
    members = [member.strip() for member in text[1:-1].split(",")]
    spans = [read_member(member, text) for member in members]
    starts = [start for start, _end in spans if start is not None]
    ends = [end for _start, end in spans if end is not None]
    earliest = min(starts) if len(starts) == len(spans) else None
    latest = max(ends) if len(ends) == len(spans) else None
    return earliest, latest, precision_of_set(earliest, latest, text)


def read_member(member: str, text: str) -> tuple[datetime | None, datetime | None]:
    first, dots, last = member.partition("..")
    if not dots:
        start, end, _precision = read_span(member)
        return start, end
    return ends_of(first, last, text)


def read_interval(text: str) -> Bounds:
    """A span of whole days, months or years within which the moment lies."""
    first, _slash, last = text.partition("/")
    start, end = ends_of("" if first in OPEN else first, "" if last in OPEN else last, text)
    precision = precision_of_set(start, end, text)
    return start, end, "season" if precision == "between" else precision


def ends_of(first: str, last: str, text: str) -> tuple[datetime | None, datetime | None]:
    start = read_span(first.strip())[0] if first.strip() else None
    end = read_span(last.strip())[1] if last.strip() else None
    if start is not None and end is not None and start > end:
        raise MomentError(f"In “{text}” the first moment is later than the last.")
    return start, end


def precision_of_set(start: datetime | None, end: datetime | None, text: str) -> Precision:
    if start is None and end is None:
        raise MomentError(f"“{text}” has no bound; leave the moment empty if it is not stated.")
    if start is None:
        return "by"
    return "after" if end is None else "between"


def read_around(text: str) -> Bounds:
    """`X~`: one year, month or day either side is possible too, as the `edtf` package has it."""
    start, end, precision = read_span(text[:-1])
    if precision not in {"year", "month", "day"}:
        raise MomentError(f"In “{text}” only a year, a month or a day can be approximate.")
    try:
        return shifted(start, precision, -1), padded_end(end, precision), "around"
    except (ValueError, OverflowError):
        raise MomentError(f"“{text}” is out of the range of years from 1 to 9999.") from None


def padded_end(end: datetime, precision: Precision) -> datetime:
    after = end + timedelta(microseconds=1)
    return shifted(after, precision, 1) - timedelta(microseconds=1)


def shifted(at: datetime, precision: Precision, by: int) -> datetime:
    """The first moment of a day, month or year, that many of them later."""
    if precision == "day":
        return at + timedelta(days=by)
    months = at.year * 12 + at.month - 1 + by * (12 if precision == "year" else 1)
    return at.replace(year=months // 12, month=months % 12 + 1)


def read_span(text: str) -> Span:
    """The bounds of one day, month, year, minute or instant."""
    found = DATE.fullmatch(text)
    if found and not SEASON.fullmatch(text):
        return read_date(text, found)
    found = INSTANT.fullmatch(text)
    if found:
        return read_instant(text, found)
    found = DIGITS_MISSING.fullmatch(text)
    if found:
        return read_missing_digits(found)
    raise MomentError(advice(text))


def advice(text: str) -> str:
    if SEASON.fullmatch(text):
        return f"The season “{text}” does not say which months are meant; write 2017-09/2017-12."
    if text.endswith(("?", "%")):
        return (
            f"“{text}” is doubtful, so nothing bounds it; write between which dates it lies,"
            " such as [2020-01-02..2020-01-06]."
        )
    return f"“{text}” is not a moment in EDTF, such as 2020-01-06, 2018-10 or [..2020-01-03]."


def read_date(text: str, found: re.Match[str]) -> Span:
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise MomentError(f"“{text}” is not in the calendar.") from None
    if day:
        return starts(first), ends(first), "day"
    if month:
        return starts(first), ends(month_end(first)), "month"
    return starts(first), ends(first.replace(month=12, day=31)), "year"


def read_instant(text: str, found: re.Match[str]) -> Span:
    if not found[6]:
        raise MomentError(f"“{text}” does not say its offset from UTC; add Z or one like +03:00.")
    start = instant_of(text, found)
    if found[4]:
        return start, start, "instant"
    return start, start + timedelta(seconds=59, microseconds=999999), "minute"


def instant_of(text: str, found: re.Match[str]) -> datetime:
    day, hour, minute, second, fraction, offset = found.groups()
    try:
        local = datetime.combine(
            date.fromisoformat(day),
            time(int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0"))),
            tzinfo=zone(offset),
        )
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise MomentError(f"“{text}” is not in the calendar.") from None


def zone(offset: str | None) -> timezone:
    if offset is None or offset == "Z":
        return UTC
    size = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
    return timezone(-size if offset[0] == "-" else size)


def read_missing_digits(found: re.Match[str]) -> Span:
    """`201X` lies in one of those years, `2020-01-XX` in that month, `2020-XX-XX` in that year."""
    if found[3]:
        return read_span(found[3])
    known, missing = found[1], found[2]
    if len(known) + len(missing) != len("2020"):
        raise MomentError(
            f"“{found[0]}” is not a moment in EDTF, such as 201X for those ten years."
        )
    first = max(int(known.ljust(4, "0")), 1)
    start, end = date(first, 1, 1), date(int(known.ljust(4, "9")), 12, 31)
    return starts(start), ends(end), "between"


def starts(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def ends(day: date) -> datetime:
    return datetime.combine(day, DAY_ENDS, tzinfo=UTC)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def last_moment_of(text: str) -> datetime:
    """The last moment of a day, month or year; an instant itself, in UTC where it has no offset."""
    found = INSTANT.fullmatch(text)
    if found:
        return instant_of(text, found)
    found = DATE.fullmatch(text)
    if found and not SEASON.fullmatch(text):
        return read_date(text, found)[1]
    raise MomentError(
        f"“{text}” is not a day such as 2020-01-06 or a moment such as 2020-01-06T18:30Z."
    )


def as_utc(at: datetime) -> datetime:
    """The same moment in UTC. Raises MomentError if it has no time zone."""
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise MomentError(f"The moment {at.isoformat()} has no time zone.")
    return at.astimezone(UTC)

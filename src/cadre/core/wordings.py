"""Moments in plain English, for logs, commands and tests; pages have translated wordings."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from cadre.core.edtf.reading import DAY_ENDS, Precision, month_end
from cadre.core.edtf.writing import MINUTE_ENDS, written


def moment_in_words(
    earliest: datetime | None, latest: datetime | None, precision: Precision
) -> str:
    """Never more precise than the bounds, never less."""
    if earliest is None or latest is None:
        return half_open_in_words(earliest, latest)
    in_words = WORDINGS.get(precision, span_in_words)
    return in_words(earliest, latest)


def half_open_in_words(earliest: datetime | None, latest: datetime | None) -> str:
    if latest is not None:
        return f"by {end_in_words(latest)}"
    return "not stated" if earliest is None else f"{start_in_words(earliest)} or later"


def around_in_words(earliest: datetime, latest: datetime) -> str:
    text = written(earliest, latest, "around").removesuffix("~")
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    middle = date(year, month, day)
    named = {4: str(year), 7: month_in_words(middle), 10: day_in_words(middle)}
    return f"around {named[len(text)]}"


def span_in_words(earliest: datetime, latest: datetime) -> str:
    first, last = start_in_words(earliest), end_in_words(latest)
    if first == last:
        return f"on {first}"
    if starts_day(earliest) and ends_day(latest):
        return span_of_days_in_words(earliest, latest)
    return f"between {first} and {last}"


def span_of_days_in_words(earliest: datetime, latest: datetime) -> str:
    """The first day or month goes without what the last one names anyway."""
    if earliest.day == 1 and ends_month(latest):
        year = "" if earliest.year == latest.year else f" {earliest.year}"
        return f"between {earliest:%B}{year} and {month_in_words(latest)}"
    if earliest.year != latest.year:
        return f"between {day_in_words(earliest)} and {day_in_words(latest)}"
    month = "" if earliest.month == latest.month else f" {earliest:%B}"
    return f"between {earliest.day}{month} and {day_in_words(latest)}"


def start_in_words(at: datetime) -> str:
    return day_in_words(at) if starts_day(at) else clock_in_words(at)


def end_in_words(at: datetime) -> str:
    if ends_day(at):
        return day_in_words(at)
    if (at.second, at.microsecond) == MINUTE_ENDS:
        return minute_in_words(at)
    return clock_in_words(at)


def starts_day(at: datetime) -> bool:
    return at.time() == time.min


def ends_day(at: datetime) -> bool:
    return at.time() == DAY_ENDS


def ends_month(at: datetime) -> bool:
    return at.date() == month_end(at.date())


def day_in_words(day: date) -> str:
    return f"{day.day} {month_in_words(day)}"


def month_in_words(day: date) -> str:
    return f"{day:%B} {day.year}"


def minute_in_words(at: datetime) -> str:
    return f"{day_in_words(at)}, {at:%H:%M} UTC"


def clock_in_words(at: datetime) -> str:
    return f"{day_in_words(at)}, {at.time().isoformat()} UTC"


WORDINGS: Final[dict[str, Callable[[datetime, datetime], str]]] = {
    "instant": lambda at, _latest: clock_in_words(at),
    "minute": lambda at, _latest: minute_in_words(at),
    "day": lambda at, _latest: day_in_words(at),
    "month": lambda at, _latest: month_in_words(at),
    "year": lambda at, _latest: str(at.year),
    "around": around_in_words,
}

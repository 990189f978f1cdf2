"""Writing bounds and a precision as EDTF, so that reading gives back exactly those."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Final

from cadre.core.edtf.reading import (
    DAY_ENDS,
    PRECISIONS,
    MomentError,
    Precision,
    month_end,
    read,
    shifted,
)

MINUTE_ENDS: Final = (59, 999999)
APPROXIMATE: Final[tuple[Precision, ...]] = ("year", "month", "day")
LENGTH: Final = {"year": 4, "month": 7, "day": 10}


def written(earliest: datetime | None, latest: datetime | None, precision: Precision) -> str:
    """The text of bounds that fit the precision; of others, some text that reads otherwise."""
    if earliest is None or latest is None:
        return half_open(earliest, latest)
    if precision in LENGTH:
        return earliest.date().isoformat()[: LENGTH[precision]]
    write = WRITERS.get(precision, between_text)
    return write(earliest, latest)


def between_text(earliest: datetime, latest: datetime) -> str:
    return f"[{start_text(earliest)}..{end_text(latest)}]"


def half_open(earliest: datetime | None, latest: datetime | None) -> str:
    if earliest is not None:
        return f"[{start_text(earliest)}..]"
    return "" if latest is None else f"[..{end_text(latest)}]"


def season_text(earliest: datetime, latest: datetime) -> str:
    first, last = start_text(earliest), end_text(latest)
    whole_months = earliest.day == 1 and latest.date() == month_end(latest.date())
    if whole_months and len(first) == len(last) == LENGTH["day"]:
        return f"{first[:7]}/{last[:7]}"
    return f"{first}/{last}"


def around_text(earliest: datetime, latest: datetime) -> str:
    """The approximate year, month or day whose padding gives these bounds; empty if none does."""
    for unit in APPROXIMATE:
        try:
            text = shifted(earliest, unit, 1).date().isoformat()[: LENGTH[unit]] + "~"
            if read(text) == (earliest, latest, "around"):
                return text
        except (ValueError, OverflowError):
            continue
    return ""


WRITERS: Final[dict[str, Callable[[datetime, datetime], str]]] = {
    "instant": lambda at, _latest: instant_text(at),
    "minute": lambda at, _latest: minute_text(at),
    "season": season_text,
    "around": around_text,
}


def precision_of(earliest: datetime | None, latest: datetime | None) -> Precision:
    """The precision of bounds of which nothing else is known."""
    if earliest is None:
        return "not stated" if latest is None else "by"
    if latest is None:
        return "after"
    return "instant" if earliest == latest else "between"


def check(earliest: datetime | None, latest: datetime | None, precision: Precision) -> None:
    """Raises MomentError unless the bounds are ones that can be written with that precision."""
    if precision not in PRECISIONS:
        raise MomentError(f"“{precision}” is not a precision of a moment.")
    if not reads_back(earliest, latest, precision):
        raise MomentError(
            f"A moment of precision “{precision}” cannot lie between {earliest} and {latest}."
        )


def reads_back(earliest: datetime | None, latest: datetime | None, precision: Precision) -> bool:
    try:
        return read(written(earliest, latest, precision)) == (earliest, latest, precision)
    except MomentError:
        return False


def start_text(at: datetime) -> str:
    if at.time() == time.min:
        return at.date().isoformat()
    return instant_text(at) if at.second or at.microsecond else minute_text(at)


def end_text(at: datetime) -> str:
    if at.time() == DAY_ENDS:
        return at.date().isoformat()
    return minute_text(at) if (at.second, at.microsecond) == MINUTE_ENDS else instant_text(at)


def minute_text(at: datetime) -> str:
    return f"{at.date().isoformat()}T{at.hour:02}:{at.minute:02}Z"


def instant_text(at: datetime) -> str:
    return f"{at.replace(tzinfo=None).isoformat()}Z"

"""Dates in a sentence, each exactly as precise as it is written there."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from cadre.core.moments import Moment, MomentError
from cadre.core.reading.calendar_words import (
    BEGINS,
    DAY,
    DIGITAL_YEAR,
    EARLY,
    LATE,
    MIDDLE,
    MONTH,
    MONTH_NUMBERS,
    WEEKDAY,
    WEEKDAY_NUMBERS,
    YEAR,
)
from cadre.core.reading.counted import COUNTED
from cadre.core.reading.document_date import day_of, nearest_year, weekday_before
from cadre.core.reading.proposal import Certainty, Found, Reason

type Match = re.Match[str]
type Finder = Callable[[Match, Moment], Found | None]

NAMED_DAY: Final = rf"(?:(?:يوم\s+)?(?P<weekday>{WEEKDAY})،?,?\s+(?:(?:the|le|الموافق)\s+)?)?"
EITHER_MONTH: Final = rf"(?P<month>{MONTH})(?:\s*/\s*{MONTH})?"
NOT_COUNTED: Final = rf"(?!\s+(?:{COUNTED})\b)"

DAY_MONTH: Final = re.compile(
    rf"(?<![\w/.,-]){NAMED_DAY}{DAY}(?:\s+(?:of|de|من))?\s+{EITHER_MONTH}(?:,?\s+{YEAR})?"
)
MONTH_DAY: Final = re.compile(
    rf"(?<!\w){NAMED_DAY}(?P<month>{MONTH})\s+{DAY}(?:,?\s+{YEAR}|{NOT_COUNTED})"
)
MONTH_YEAR: Final = re.compile(rf"{BEGINS}{EITHER_MONTH},?\s+{YEAR}")
MONTH_ALONE: Final = re.compile(
    rf"{BEGINS}(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y(?!\s+(?:May|April|June|August)\b)|[Ee]n|[Dd]epuis|في|منذ|بحلول)\s+(?P<month>{MONTH})"
    r"(?!\s*\d)"
)
WEEKDAY_ALONE: Final = re.compile(
    rf"{BEGINS}(?:(?P<other>(?i:last|next|this|coming|every|each|black|bloody|good|palm|easter|holy))\s+)?"
    r"(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:[Ll]un|[Mm]ar|[Mm]ercre|[Jj]eu|[Vv]endre|[Ss]ame)di|[Dd]imanche)"
    rf"|يوم\s+(?P<arabic>{WEEKDAY}))(?!\w)(?P<after>\s+(?:prochain|dernier|المقبل|القادم|الماضي))?"
)
EDGE: Final = re.compile(
    r"(?<!\w)(?:between|from|to|and|until|till|through|by|before|du|au|et|entre|avant|jusqu['’]à"
    r"|d['’]ici)\s+\Z",
    re.IGNORECASE,
)
LATER: Final = re.compile(
    r"(?<!\w)(?:will|shall|would|plans?\s+to|scheduled|expected|sera|seront|doit|devra|سوف"
    r"|due\s+(?:on|in|back|to\s+(?:be|begin|start|meet|return)))(?!\w)",
    re.IGNORECASE,
)
PART_OF_YEAR: Final = re.compile(
    rf"{BEGINS}(?i:(?P<early>{EARLY})|(?P<middle>{MIDDLE})|(?P<late>{LATE}))[\s-]+"
    rf"(?:{EITHER_MONTH}(?:,?\s+{YEAR})?|{YEAR.replace('year>', 'only_year>')})"
)
SEASON: Final = re.compile(
    rf"{BEGINS}(?i:spring|summer|autumn|fall|(?P<winter>winter|hiver|شتاء)|printemps|été|automne"
    rf"|ربيع|صيف|خريف)\s+{YEAR}"
)
DECADE: Final = re.compile(r"(?<!\w)(?:[Tt]he|[Ll]es années)\s+(?P<decade>(?:19|20)\d)0(?:s\b|\b)")
YEAR_ALONE: Final = re.compile(
    rf"{BEGINS}(?i:in|during|since|by|until|before|after|around|circa|through|year"
    r"|en|depuis|dès|avant|après|jusqu['’]en|d['’]ici|vers|l['’]année|في|خلال|منذ|بحلول|قبل|بعد|حتى"
    r"|عام|العام|سنة|نحو)\s+"
    rf"(?:the\s+year\s+|l['’]année\s+|(?:عام|العام|سنة)\s+)?(?P<year>{DIGITAL_YEAR}){NOT_COUNTED}"
    r"(?!\s*[-–]\s*\d|\w)"
)
ISO: Final = re.compile(
    r"(?<![\w-])(?P<text>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?)(?![\w-])"
)
NUMERIC: Final = re.compile(
    r"(?<![\w./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\w/-])"
)
DATE_TIME_GROUP: Final = re.compile(
    r"(?<!\w)(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})Z\s?(?P<month>[A-Z]{3})\s?(?P<year>20\d{2}|\d{2})(?!\w)"
)
YESTERDAY: Final = re.compile(rf"{BEGINS}(?:[Yy]esterday|[Hh]ier|أمس)(?!\w)")


def dates(text: str, published: Moment) -> Iterator[Found]:
    """Every date in a sentence; overlapping ones are left for the caller to weigh."""
    for pattern, finder in FINDERS:
        for match in pattern.finditer(text):
            found = finder(match, published)
            if found is not None:
                yield found


def found_at(
    match: Match,
    edtf: str,
    reason: Reason,
    *,
    group: str | int = 0,
    inferred: bool = False,
    **details: str,
) -> Found:
    certainty = Certainty.INFERRED if inferred else Certainty.STATED
    moment = Moment.parse(edtf, wording=match[group])
    return Found(*match.span(group), moment, certainty, reason, details)


def unclear(match: Match, reason: Reason, group: str | int = 0, **details: str) -> Found:
    return Found(*match.span(group), None, Certainty.UNCLEAR, reason, details)


def day_and_month(match: Match, published: Moment) -> Found | None:
    month, day = MONTH_NUMBERS[match["month"].casefold()], int(match["day"])
    said = match["year"]
    year = int(said) if said else nearest_year(month, day, published)
    if not is_day(year or 2000, month, day):
        return unclear(match, Reason.NOT_IN_CALENDAR)
    if year is None:
        return unclear(match, Reason.YEAR_UNKNOWN)
    edtf = f"{year:04}-{month:02}-{day:02}"
    weekday = match["weekday"]
    if weekday and WEEKDAY_NUMBERS[weekday.casefold()] != date(year, month, day).weekday():
        return unclear(match, Reason.WEEKDAY_DIFFERS, date=edtf)
    if said:
        return found_at(match, edtf, Reason.DATE_COMPLETE)
    return found_at(
        match,
        edtf,
        Reason.YEAR_FROM_DOCUMENT,
        inferred=True,
        year=str(year),
        date=published.edtf(),
    )


def is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]  # noqa: PLR2004  # months


def month_and_year(match: Match, _published: Moment) -> Found | None:
    edtf = f"{int(match['year'])}-{MONTH_NUMBERS[match['month'].casefold()]:02}"
    return found_at(match, edtf, Reason.MONTH_COMPLETE)


def month_alone(match: Match, published: Moment) -> Found | None:
    month = MONTH_NUMBERS[match["month"].casefold()]
    year = nearest_year(month, 15, published)
    if year is None:
        return unclear(match, Reason.YEAR_UNKNOWN, "month")
    return found_at(
        match,
        f"{year:04}-{month:02}",
        Reason.YEAR_FROM_DOCUMENT,
        group="month",
        inferred=True,
        year=str(year),
        date=published.edtf(),
    )


def weekday_alone(match: Match, published: Moment) -> Found | None:
    group = "weekday" if match["weekday"] else "arabic"
    if match["other"] and match["other"].casefold() not in {"last", "next", "this", "coming"}:
        return None
    dated = day_of(published)
    day = weekday_before(WEEKDAY_NUMBERS[match[group].casefold()], dated) if dated else None
    edge = EDGE.search(match.string, max(0, match.start() - 10), match.start())
    elsewhere = match["other"] or match["after"] or edge or LATER.search(match.string)
    if dated is None or day is None or elsewhere:
        return unclear(match, Reason.WEEKDAY_UNKNOWN, group)
    return found_at(
        match,
        day.isoformat(),
        Reason.WEEKDAY_BEFORE_DOCUMENT,
        group=group,
        inferred=True,
        date=dated.isoformat(),
    )


def part_of(match: Match, published: Moment) -> Found | None:
    place = 0 if match["early"] else 1 if match["middle"] else 2
    if match["only_year"]:
        year, first = int(match["only_year"]), 1 + 4 * place
        edtf = f"{year}-{first:02}/{year}-{first + 3:02}"
        return found_at(match, edtf, Reason.PART_OF_YEAR, inferred=True, words=match[0])
    month = MONTH_NUMBERS[match["month"].casefold()]
    known = int(match["year"]) if match["year"] else nearest_year(month, 15, published)
    if known is None:
        return unclear(match, Reason.YEAR_UNKNOWN)
    first, last = ((1, 15), (8, 23), (16, monthrange(known, month)[1]))[place]
    edtf = f"{known:04}-{month:02}-{first:02}/{known:04}-{month:02}-{last:02}"
    return found_at(match, edtf, Reason.PART_OF_MONTH, inferred=True, words=match[0])


def season(match: Match, _published: Moment) -> Found | None:
    if match["winter"]:
        return unclear(match, Reason.SEASON)
    return found_at(match, str(int(match["year"])), Reason.SEASON)


def decade(match: Match, _published: Moment) -> Found | None:
    return found_at(match, f"{match['decade']}X", Reason.DECADE)


def year_alone(match: Match, _published: Moment) -> Found | None:
    return found_at(match, str(int(match["year"])), Reason.YEAR_COMPLETE, group="year")


def iso(match: Match, _published: Moment) -> Found | None:
    try:
        return found_at(match, match["text"], Reason.DATE_COMPLETE)
    except MomentError:
        return unclear(match, Reason.NOT_IN_CALENDAR)


def numeric(match: Match, _published: Moment) -> Found | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    possible = {(second, first)}
    if match["mark"] != ".":
        possible.add((first, second))
    days = {(month, day) for month, day in possible if year and is_day(year, month, day)}
    if len(days) != 1:
        return unclear(match, Reason.DAY_OR_MONTH if days else Reason.NOT_IN_CALENDAR)
    month, day = days.pop()
    return found_at(match, f"{year:04}-{month:02}-{day:02}", Reason.DATE_COMPLETE)


def date_time_group(match: Match, _published: Moment) -> Found | None:
    month = MONTH_NUMBERS.get(match["month"].casefold())
    if month is None:
        return None
    year = match["year"] if len(match["year"]) > 2 else f"20{match['year']}"  # noqa: PLR2004
    edtf = f"{year}-{month:02}-{match['day']}T{match['hour']}:{match['minute']}Z"
    try:
        return found_at(match, edtf, Reason.DATE_COMPLETE)
    except MomentError:
        return unclear(match, Reason.NOT_IN_CALENDAR)


def yesterday(match: Match, published: Moment) -> Found | None:
    dated = day_of(published)
    if dated is None or dated == date.min:
        return None
    edtf = (dated - timedelta(days=1)).isoformat()
    return found_at(
        match,
        edtf,
        Reason.DAY_BEFORE_DOCUMENT,
        inferred=True,
        words=match[0],
        date=dated.isoformat(),
    )


FINDERS: Final[tuple[tuple[re.Pattern[str], Finder], ...]] = (
    (DAY_MONTH, day_and_month),
    (MONTH_DAY, day_and_month),
    (MONTH_YEAR, month_and_year),
    (MONTH_ALONE, month_alone),
    (WEEKDAY_ALONE, weekday_alone),
    (PART_OF_YEAR, part_of),
    (SEASON, season),
    (DECADE, decade),
    (YEAR_ALONE, year_alone),
    (ISO, iso),
    (NUMERIC, numeric),
    (DATE_TIME_GROUP, date_time_group),
    (YESTERDAY, yesterday),
)

"""Dates with the words around them: by, since, until, before, after, between, from and to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from cadre.core.moments import Moment, MomentError
from cadre.core.reading.calendar_words import BEGINS, DIGITAL_YEAR, MONTH, MONTH_NUMBERS, YEAR
from cadre.core.reading.dates import is_day
from cadre.core.reading.document_date import nearest_year
from cadre.core.reading.proposal import Certainty, Found, Reason

A_LITTLE: Final = timedelta(microseconds=1)

PREPOSITION: Final = re.compile(
    rf"{BEGINS}(?i:"
    r"(?P<by>by|(?:no|not) later than|nlt|d['’]ici(?:\s+(?:au|à|le|en))?"
    r"|au plus tard(?:\s+(?:le|en))?|بحلول)"
    r"|(?P<until>until|till|through|jusqu['’](?:au|en|à)|حتى)"
    r"|(?P<before>before|prior to|avant(?:\s+le)?|قبل)"
    r"|(?P<since>since|wef|with effect from|effective"
    r"|depuis(?:\s+le)?|dès(?:\s+le)?|à partir (?:du|de)|منذ)"
    r"|(?P<after>after|après(?:\s+le)?|بعد)"
    r"|(?P<around>around|circa|ca\.|vers(?:\s+le)?)"
    r")\s+(?:on\s+|يوم\s+|عام\s+|العام\s+|سنة\s+)?\Z"
)
LOOK_BACK: Final = 60
OPENER: Final = re.compile(
    rf"{BEGINS}(?i:(?P<between>between|entre|بين)|(?P<span>from|du|de|من))"
    r"\s+(?:the\s+|le\s+|عام\s+)?\Z"
)
JOINER: Final = re.compile(
    r"\s*(?:(?P<and>and|et(?:\s+le)?|و)|(?P<to>to|until|through|till|au|à|jusqu['’]au|إلى|حتى)|(?P<dash>[–—-]))"
    r"\s*(?:the\s+|عام\s+)?"
)
DAYS_OF_MONTH: Final = re.compile(
    r"(?<![\w/.,-])(?:(?i:(?P<between>between|entre|بين)|(?P<span>from|du|من))\s+(?:the\s+|le\s+)?)?"
    r"(?P<first>\d{1,2})(?:st|nd|rd|th|er)?"
    r"(?:\s+(?:(?P<and>and|et(?:\s+le)?|و)|(?P<to>to|au|إلى))\s*|\s?[–-]\s?)"
    rf"(?P<last>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?(?P<month>{MONTH})(?:,?\s+{YEAR})?"
)
MONTH_DAYS: Final = re.compile(
    r"(?<!\w)(?:(?i:(?P<between>between)|(?P<span>from))\s+)?"
    rf"(?P<month>{MONTH})\s+(?P<first>\d{{1,2}})"
    r"(?:\s+(?:(?P<and>and)|(?P<to>to|through))\s+|\s?[–-]\s?)"
    rf"(?P<last>\d{{1,2}})(?!\w|[.,]\d)(?:,?\s+{YEAR})?"
)
YEARS: Final = re.compile(
    r"(?<![\w/.,-])(?:(?i:(?P<between>between|entre|بين)|(?P<span>from|de|من))\s+(?:عام(?:ي)?\s+)?)?"
    rf"(?P<first>{DIGITAL_YEAR})(?:\s+(?:(?P<and>and|et|و)|(?P<to>to|until|through|à|إلى))\s*|\s?[–-]\s?)"
    rf"(?:عام\s+)?(?P<last>{DIGITAL_YEAR})(?![\w-])"
)


def periods(text: str, dates: Sequence[Found], published: Moment) -> Iterator[Found]:
    """What the words around the dates of a sentence make of them."""
    known = [found for found in dates if isinstance(found.meant, Moment)]
    for found in known:
        one = prepared(text, found)
        if one is not None:
            yield one
    for first, last in pairwise(known):
        pair = joined(text, first, last)
        if pair is not None:
            yield pair
    for pattern in (DAYS_OF_MONTH, MONTH_DAYS, YEARS):
        for match in pattern.finditer(text):
            span = spanned(match, published)
            if span is not None:
                yield span


def prepared(text: str, found: Found) -> Found | None:
    """The date with the preposition before it."""
    match = PREPOSITION.search(text, max(0, found.start - LOOK_BACK), found.start)
    moment = found.meant
    if match is None or match.lastgroup is None or not isinstance(moment, Moment):
        return None
    if moment.earliest is None or moment.latest is None:
        return None
    meant = moved(match.lastgroup, moment, moment.earliest, moment.latest)
    if meant is None:
        return None
    wording = text[match.start() : found.end]
    reason = Reason.AFTER if meant.latest is None else Reason.BY
    details = {**found.details, "words": match[match.lastgroup]}
    if meant.precision == "around":
        reason, details = found.reason, dict(found.details)
    return replace(
        found,
        start=match.start(),
        meant=replace(meant, wording=wording),
        reason=reason,
        details=details,
    )


def moved(word: str, moment: Moment, earliest: datetime, latest: datetime) -> Moment | None:
    """The moment that a kind of preposition makes of another; None if it makes none."""
    try:
        match word:
            case "by" | "until":
                return Moment(None, latest, "by")
            case "before":
                return Moment(None, earliest - A_LITTLE, "by")
            case "since":
                return Moment(earliest, None, "after")
            case "after":
                return Moment(latest + A_LITTLE, None, "after")
            case _:
                exact = moment.precision in {"day", "month", "year"}
                return Moment.parse(f"{moment.edtf()}~") if exact else None
    except (MomentError, OverflowError):
        return None


def joined(text: str, first: Found, last: Found) -> Found | None:
    """Two dates that one phrase holds together."""
    opener = OPENER.search(text, max(0, first.start - LOOK_BACK), first.start)
    joiner = JOINER.fullmatch(text, first.end, last.start)
    if opener is None or joiner is None or bool(opener["between"]) != bool(joiner["and"]):
        return None
    one, other = first.meant, last.meant
    if not (isinstance(one, Moment) and isinstance(other, Moment)):
        return None
    inferred = Certainty.INFERRED in {first.certainty, last.certainty}
    meant = whole(one, other, text[opener.start() : last.end], between=bool(opener["between"]))
    if meant is None:
        return None
    return Found(
        opener.start(),
        last.end,
        meant,
        Certainty.INFERRED if inferred else Certainty.STATED,
        Reason.BETWEEN if opener["between"] else Reason.FROM_TO,
    )


def whole(one: Moment, other: Moment, wording: str, *, between: bool) -> Moment | None:
    if one.earliest is None or other.latest is None:
        return None
    try:
        return Moment(one.earliest, other.latest, "between" if between else "season", wording)
    except MomentError:
        return None


def spanned(match: re.Match[str], published: Moment) -> Found | None:
    """Two days of one month, or two years, in one phrase; “2 and 6 January” are two dates."""
    between = bool(match["between"])
    if between != bool(match["and"]):
        return None
    ends = years_of(match) if "month" not in match.re.groupindex else days_of(match, published)
    if ends is None:
        return None
    first, last, inferred = ends
    meant = whole(Moment.parse(first), Moment.parse(last), match[0], between=between)
    if meant is None:
        return None
    return Found(
        *match.span(),
        meant,
        Certainty.INFERRED if inferred else Certainty.STATED,
        Reason.BETWEEN if between else Reason.FROM_TO,
    )


def years_of(match: re.Match[str]) -> tuple[str, str, bool] | None:
    return str(int(match["first"])), str(int(match["last"])), False


def days_of(match: re.Match[str], published: Moment) -> tuple[str, str, bool] | None:
    month = MONTH_NUMBERS[match["month"].casefold()]
    first, last = int(match["first"]), int(match["last"])
    year = int(match["year"]) if match["year"] else nearest_year(month, max(first, 1), published)
    if year is None or not (is_day(year, month, first) and is_day(year, month, last)):
        return None
    days = (f"{year:04}-{month:02}-{day:02}" for day in (first, last))
    return next(days), next(days), not match["year"]

"""Quantities in a sentence, each with the qualifier that it is said with there."""

import re
from collections.abc import Iterator
from typing import Final

from cadre.core.quantities import Qualifier, Quantity, QuantityError
from cadre.core.reading.calendar_words import MONTH
from cadre.core.reading.counted_things import Unit, unit_after
from cadre.core.reading.counting_words import (
    ABOUT,
    FEWER,
    FIRST_HALF,
    NUMBER,
    QUALIFIERS,
    UNFINISHED,
    VAGUE,
    number_in,
    one_of,
)
from cadre.core.reading.proposal import Certainty, Found, Reason

type Match = re.Match[str]

QUALIFIER: Final = rf"(?i:{one_of([*QUALIFIERS, *FEWER])})"
ALONE: Final = r"(?<![\w$€£.,:/+#’'–-])"
COUNT: Final = re.compile(rf"{ALONE}(?:(?P<qualifier>{QUALIFIER})\s+)?(?P<number>{NUMBER})(?!–\d)")
RANGE: Final = re.compile(
    rf"{ALONE}(?:(?P<opener>(?i:between|from|entre|de|بين))\s+)?(?P<low>{NUMBER})"
    rf"(?:\s+(?P<joiner>and|to|et|à|و)\s*|\s?–\s?)(?P<high>{NUMBER})"
)
ROUNDED: Final = re.compile(rf"{ALONE}(?P<number>(?i:{one_of(list(ABOUT))}))\s+d(?:e\s+|['’])")
INDEFINITE: Final = re.compile(
    rf"{ALONE}(?:(?P<qualifier>{QUALIFIER})\s+)?(?P<vague>(?i:{one_of(VAGUE)}))(?!\w)"
)
# Numbers that name something rather than count it: “Resolution 2170”, “Article 5”, “page 3”.
NAMING: Final = re.compile(
    rf"(?:(?<=\s)[A-Z][\w’'.-]*|\b(?i:page|line|paragraph|section|chapter|phase|level|room|day|no\."
    rf"|number|article|resolution|n°|paragraphe|chapitre|résolution|salle|المادة|القرار|قرار)"
    rf"|{MONTH})\s+\Z"
)
YEARS: Final = range(1900, 2100)
LOOK_BACK: Final = 40


def amounts(text: str) -> Iterator[Found]:
    """Every quantity in a sentence; overlapping ones are left for the caller to weigh."""
    for pattern, finder in (
        (COUNT, counted),
        (RANGE, ranged),
        (ROUNDED, rounded),
        (INDEFINITE, indefinite),
    ):
        for match in pattern.finditer(text):
            found = finder(match)
            if found is not None:
                yield found


def counted(match: Match) -> Found | None:
    qualifier, number = (match["qualifier"] or "").casefold(), number_in(match["number"])
    if number is None or names_something(match, qualifier, number):
        return None
    unit = unit_after(match.string, match.end())
    determined = QUALIFIERS.get(qualifier, "exactly") == "exactly"
    if unit is None or (not unit.words and (determined or number in YEARS)):
        return None
    if qualifier in FEWER:
        return found_at(match, unit, "up to", None, number - 1)
    said = QUALIFIERS.get(qualifier, "exactly")
    low = None if said == "up to" else number
    high = None if said in {"at least", "more than"} else number
    return found_at(match, unit, said, low, high)


def names_something(match: Match, qualifier: str, number: int) -> bool:
    """Whether the number is a year, a part of another number, or the number of something."""
    bare = QUALIFIERS.get(qualifier, "exactly") == "exactly" and qualifier not in FEWER
    if bare and number in YEARS and match["number"].strip().isdigit():
        return True
    return stands_after(match, *((FIRST_HALF,) if qualifier else (NAMING, UNFINISHED)))


def ranged(match: Match) -> Found | None:
    low, high = number_in(match["low"]), number_in(match["high"])
    opener, joiner = (match["opener"] or "").casefold(), match["joiner"] or ""
    if low is None or high is None or low >= high or not fits(opener, joiner):
        return None
    if not opener and (low in YEARS or stands_after(match, NAMING, UNFINISHED)):
        return None
    unit = unit_after(match.string, match.end())
    if unit is None or not unit.words:
        return None
    return found_at(match, unit, "between", low, high)


def fits(opener: str, joiner: str) -> bool:
    """“between … and …”, “from … to …”, “… to …”; “two and three” are two numbers."""
    if joiner in {"and", "et", "و"}:
        return opener in {"between", "entre", "بين"}
    return opener in {"", "from", "de"}


def stands_after(match: Match, *patterns: re.Pattern[str]) -> bool:
    back = max(0, match.start() - LOOK_BACK)
    return any(
        pattern.search(match.string, back, match.start()) is not None for pattern in patterns
    )


def rounded(match: Match) -> Found | None:
    unit = unit_after(match.string, match.end())
    if unit is None or not unit.words:
        return None
    number = ABOUT[match["number"].casefold()]
    return found_at(match, unit, "around", number, number)


def indefinite(match: Match) -> Found | None:
    qualifier = QUALIFIERS.get((match["qualifier"] or "").casefold(), "several")
    if match["qualifier"] and match["qualifier"].casefold() in FEWER:
        return None
    unit = unit_after(match.string, match.end())
    if unit is None or (qualifier == "several" and not unit.words):
        return None
    said: Qualifier = "several" if qualifier in {"exactly", "around"} else qualifier
    return found_at(match, unit, said, None, None)


def found_at(
    match: Match, unit: Unit, qualifier: Qualifier, low: int | None, high: int | None
) -> Found | None:
    end = unit.end if unit.words else match.end()
    wording = match.string[match.start() : end]
    try:
        quantity = Quantity(qualifier, low, high, unit.words, wording)
    except QuantityError:
        return None
    words = match.groupdict().get("qualifier")
    reason = Reason.NUMBER
    if low is None and high is None:
        reason = Reason.VAGUE_NUMBER
    elif words and qualifier != "exactly":
        reason = Reason.QUALIFIED_NUMBER
    details = {"words": words} if words else {}
    return Found(match.start(), end, quantity, Certainty.STATED, reason, details)

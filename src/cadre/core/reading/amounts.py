"""Quantities in a sentence, each with the qualifier that it is said with there."""

import re
from collections.abc import Iterator
from typing import Final

from cadre.core.quantities import Qualifier, Quantity, QuantityError
from cadre.core.reading.calendar_words import MONTH
from cadre.core.reading.counted_things import Unit, unit_after
from cadre.core.reading.counting_words import (
    ABOUT,
    AFTERWARDS,
    ALTERNATIVE,
    FEWER,
    FIRST_HALF,
    HEDGED,
    IN_RANGE,
    NUMBER,
    QUALIFIERS,
    SPOKEN,
    TIMES,
    UNFINISHED,
    VAGUE,
    number_in,
    one_of,
)
from cadre.core.reading.proposal import Certainty, Found, Reason

type Match = re.Match[str]

SPACE: Final = r"(?:\s+|(?<=[.~≈]))"  # between a qualifier and its number
PHRASES: Final = rf"(?i:{one_of([*QUALIFIERS, *FEWER])})"
QUALIFIER: Final = rf"(?P<qualifier>{PHRASES}){SPACE}"
ALONE: Final = r"(?<![\w$€£.,:/+#’'–~≈±-])"
COUNT: Final = re.compile(rf"{ALONE}(?:{QUALIFIER})?(?P<number>{NUMBER})(?!–\d)")
TWICE: Final = re.compile(rf"{ALONE}{QUALIFIER}(?P<inner>{PHRASES}){SPACE}{NUMBER}(?!–\d)")
RANGE: Final = re.compile(
    rf"{ALONE}(?:{QUALIFIER})?(?:(?P<opener>(?i:between|from|entre|de|(?:ما )?بين))\s+)?"
    rf"(?:(?P<inner>{PHRASES}){SPACE})?(?P<low>{NUMBER})"
    r"(?:\s+(?P<joiner>and|to|et|à|و|إلى)\s*|\s?–\s?)"
    rf"(?:(?P<second>{PHRASES}){SPACE})?(?P<high>{NUMBER})"
)
AFTER: Final = re.compile(
    rf"(?:\s+|-(?=odd))(?P<words>(?i:{one_of(list(AFTERWARDS))}))(?!\w|\s+\d)|(?P<plus>\+)(?=\s)"
)
ROUNDED: Final = re.compile(rf"{ALONE}(?P<number>(?i:{one_of(list(ABOUT))}))\s+d(?:e\s+|['’])")
INDEFINITE: Final = re.compile(rf"{ALONE}(?:{QUALIFIER})?(?P<vague>(?i:{one_of(VAGUE)}))(?!\w)")
# Numbers that name something rather than count it: “Resolution 2170”, “Article 5”, “page 3”.
NAMING: Final = re.compile(
    rf"(?:(?<=\s)[A-Z][\w’'.-]*|\b(?i:page|line|paragraph|section|chapter|phase|level|room|day|no\."
    rf"|number|article|resolution|n°|paragraphe|chapitre|résolution|salle|المادة|القرار|قرار)"
    rf"|{MONTH})\s+\Z"
)
QUALIFIED: Final = re.compile(rf"(?<!\w){PHRASES}\s+\Z")
YEARS: Final = range(1900, 2100)
LOOK_BACK: Final = 40


def amounts(text: str) -> Iterator[Found]:
    """Every quantity in a sentence; overlapping ones are left for the caller to weigh."""
    for pattern, finder in (
        (COUNT, counted),
        (TWICE, qualified_twice),
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
    if number is None or names_something(match, qualifier, number) or is_doubtful(match, qualifier):
        return None
    after = AFTER.match(match.string, match.end())
    unit = unit_after(match.string, after.end() if after else match.end())
    determined = QUALIFIERS.get(qualifier, "exactly") == "exactly"
    if unit is None or (not unit.words and (determined or number in YEARS)):
        return None
    return with_what_follows(match, qualifier, number, after, unit)


def with_what_follows(
    match: Match, qualifier: str, number: int, after: Match | None, unit: Unit
) -> Found | None:
    """The number with its qualifier, be that said before it, behind it or behind its noun."""
    end = unit.end if unit.words else match.end()
    behind = AFTER.match(match.string, end) if after is None and unit.words else None
    said: Qualifier = QUALIFIERS.get(qualifier, "exactly")
    if after or behind:
        if said != "exactly" or qualifier in FEWER:
            return None
        said = said_by(after or behind)
    if qualifier in FEWER:
        return found_at(match, unit, "up to", None, number - 1)
    low = None if said == "up to" else number
    high = None if said in {"at least", "more than"} else number
    return found_at(match, unit, said, low, high, behind)


def said_by(after: Match | None) -> Qualifier:
    words = after["words"] if after else None
    return AFTERWARDS[words.casefold()] if words else "at least"


def names_something(match: Match, qualifier: str, number: int) -> bool:
    """Whether the number is a year, a part of another number, or the number of something."""
    bare = is_bare(qualifier)
    if bare and number in YEARS and match["number"].strip().isdigit():
        return True
    return stands_after(match, *((FIRST_HALF,) if qualifier else (NAMING, UNFINISHED)))


def is_bare(qualifier: str) -> bool:
    return QUALIFIERS.get(qualifier, "exactly") == "exactly" and qualifier not in FEWER


def is_doubtful(match: Match, qualifier: str) -> bool:
    """Whether words around the number leave it open otherwise than a qualifier does."""
    if ALTERNATIVE.match(match.string, match.end()) or stands_after(match, IN_RANGE):
        return True
    if not is_bare(qualifier):
        return stands_after(match, QUALIFIED)
    return SPOKEN.fullmatch(match["number"]) is not None or stands_after(match, HEDGED)


def qualified_twice(match: Match) -> Found | None:
    """“up to about 60”: no number that can be relied on, only the first qualifier."""
    outer, inner = match["qualifier"].casefold(), match["inner"].casefold()
    unit = unit_after(match.string, match.end())
    if outer in FEWER or is_bare(outer) or is_bare(inner) or unit is None or not unit.words:
        return None
    return found_at(match, unit, QUALIFIERS[outer], None, None)


def ranged(match: Match) -> Found | None:
    low, high = number_in(match["low"]), number_in(match["high"])
    opener, joiner = (match["opener"] or "").casefold(), match["joiner"] or ""
    if low is None or high is None or low >= high or not fits(opener, joiner):
        return None
    said = qualifier_of_range(match)
    if said is None or (multiplied(match["high"]) and not multiplied(match["low"])):
        return None
    if not opener and (low in YEARS or stands_after(match, NAMING, UNFINISHED)):
        return None
    unit = unit_after(match.string, match.end())
    if unit is None or not unit.words or AFTER.match(match.string, unit.end):
        return None
    return found_at(match, unit, said, low, high)


def qualifier_of_range(match: Match) -> Qualifier | None:
    """“about 20 to 30” is around both; None for a qualifier that fits no range."""
    said = [each.casefold() for each in match.group("qualifier", "inner", "second") if each]
    if any(each in FEWER or QUALIFIERS[each] not in {"exactly", "around"} for each in said):
        return None
    about = any(QUALIFIERS[each] == "around" for each in said)
    return "around" if about else "between"


def multiplied(number: str) -> bool:
    """“six hundred”: in “five to six hundred” the first number may mean hundreds as well."""
    return number.casefold().split()[-1] in TIMES and len(number.split()) > 1


def fits(opener: str, joiner: str) -> bool:
    """“between … and …”, “from … to …”, “… to …”; “two and three” are two numbers."""
    if joiner in {"and", "et", "و"}:
        return opener in {"between", "entre", "بين", "ما بين"}
    return opener in {"", "from", "de"}


def stands_after(match: Match, *patterns: re.Pattern[str]) -> bool:
    back = max(0, match.start() - LOOK_BACK)
    return any(
        pattern.search(match.string, back, match.start()) is not None for pattern in patterns
    )


def rounded(match: Match) -> Found | None:
    unit = unit_after(match.string, match.end())
    if unit is None or not unit.words or stands_after(match, QUALIFIED):
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
    match: Match,
    unit: Unit,
    qualifier: Qualifier,
    low: int | None,
    high: int | None,
    behind: Match | None = None,
) -> Found | None:
    """The quantity; `behind` is a qualifier that follows what is counted."""
    end = behind.end() if behind else unit.end if unit.words else match.end()
    wording = match.string[match.start() : end]
    try:
        quantity = Quantity(qualifier, low, high, unit.words, wording)
    except QuantityError:
        return None
    words = match.groupdict().get("qualifier") or (behind["words"] if behind else None)
    reason = Reason.NUMBER
    if low is None and high is None:
        reason = Reason.VAGUE_NUMBER
    elif words and qualifier != "exactly":
        reason = Reason.QUALIFIED_NUMBER
    details = {"words": words} if words else {}
    return Found(match.start(), end, quantity, Certainty.STATED, reason, details)

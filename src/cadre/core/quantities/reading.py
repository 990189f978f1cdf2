"""Reading how many was said, in English: a qualifier, at most two numbers, and a unit."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

type Qualifier = Literal[
    "exactly",
    "around",
    "at least",
    "up to",
    "between",
    "more than",
    "several",
    "not stated",
]

# Which numbers are said with each qualifier: the low one, the high one.
NUMBERS: Final[dict[str, tuple[bool, bool]]] = {
    "exactly": (True, True),
    "around": (True, True),
    "at least": (True, False),
    "up to": (False, True),
    "between": (True, True),
    "more than": (True, False),
    "several": (False, False),
    "not stated": (False, False),
}
PHRASES: Final[dict[str, Qualifier]] = {
    "exactly": "exactly",
    "precisely": "exactly",
    "the": "exactly",
    "all": "exactly",
    "around": "around",
    "about": "around",
    "approximately": "around",
    "approx.": "around",
    "roughly": "around",
    "circa": "around",
    "ca.": "around",
    "some": "around",
    "nearly": "around",
    "almost": "around",
    "close to": "around",
    "an estimated": "around",
    "~": "around",
    "≈": "around",
    "at least": "at least",
    "no fewer than": "at least",
    "no less than": "at least",
    "not less than": "at least",
    "a minimum of": "at least",
    "≥": "at least",
    "up to": "up to",
    "at most": "up to",
    "no more than": "up to",
    "not more than": "up to",
    "a maximum of": "up to",
    "as many as": "up to",
    "≤": "up to",
    "more than": "more than",
    "over": "more than",
    "above": "more than",
    "in excess of": "more than",
    "between": "between",
    "from": "between",
}
SUFFIXES: Final[dict[str, Qualifier]] = {
    "or more": "at least",
    "or so": "around",
    "or fewer": "up to",
    "or less": "up to",
    "+": "at least",
}
WORDS: Final = {
    word: number
    for number, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
}
TIMES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}

NUMBER: Final = (
    rf"(?:[0-9]{{1,3}}(?:[, ][0-9]{{3}})+|[0-9]+(?:\.[0-9]+)?|{'|'.join(WORDS)})"
    rf"(?: (?:{'|'.join(TIMES)}))?"
)
UNIT: Final = r"(?: (?P<unit>[^0-9\s].*))?"
SIGNS: Final = "~≈≥≤"
PHRASE: Final = re.compile(
    rf"({'|'.join(map(re.escape, sorted(PHRASES, reverse=True)))})(?:(?<=[{SIGNS}]) ?| )(?=\S)",
    re.IGNORECASE,
)
RANGE: Final = re.compile(rf"({NUMBER})(?: (?:and|to) | ?[–-] ?)({NUMBER}){UNIT}", re.IGNORECASE)
SINGLE: Final = re.compile(
    rf"({NUMBER})(?: ?(?P<suffix>{'|'.join(map(re.escape, SUFFIXES))})(?!\w))?{UNIT}",
    re.IGNORECASE,
)
FEWER: Final = re.compile(rf"(?:fewer than|less than|under|below) ({NUMBER}){UNIT}", re.IGNORECASE)
VAGUE: Final = re.compile(
    r"(?:(?:several|some|a few|many|numerous|dozens|scores|tens|hundreds|thousands|millions"
    r"|an? (?:dozen|hundred|thousand|million|number|couple|handful))"
    r"(?: (?:dozen|hundred|thousand|million))?"
    r"(?: of(?: (?:hundreds|thousands|millions) of)?(?= ))?)"
    rf"{UNIT}",
    re.IGNORECASE,
)
EXAMPLES: Final = "such as “around 120 troops”, “up to 500” or “between 20 and 30 trainers”"


class QuantityError(ValueError):
    """A text or a set of numbers that is no quantity; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a text: both numbers are None where none can be relied on."""

    qualifier: Qualifier
    low: int | None
    high: int | None
    unit: str


def heard(text: str) -> Heard:
    """Raises QuantityError if the text says no quantity that can be understood for certain."""
    if text.lower() in {"", "not stated"}:
        return Heard("not stated", None, None, "")
    fewer = FEWER.fullmatch(text)
    if fewer:
        return heard_fewer(fewer, text)
    phrase = PHRASE.match(text)
    if phrase:
        qualifier = PHRASES[phrase[1].lower()]
        found = heard_numbers(text[phrase.end() :], qualifier, text)
        found = found or heard_vague(text[phrase.end() :], qualifier)
    else:
        found = heard_numbers(text, "exactly", text)
    found = found or heard_vague(text, "several")
    if not found:
        raise QuantityError(f"“{text}” is not a quantity, {EXAMPLES}.")
    return found


def heard_fewer(found: re.Match[str], text: str) -> Heard:
    below = number(found[1], text)
    if not below:
        raise QuantityError(f"“{text}” is not a quantity: nothing is fewer than none.")
    return Heard("up to", None, below - 1, found["unit"] or "")


def heard_numbers(text: str, qualifier: Qualifier, whole: str) -> Heard | None:
    """One number or a range after its qualifier; None if the text is something else."""
    span = RANGE.fullmatch(text)
    if span:
        return heard_range(span, qualifier, whole)
    single = SINGLE.fullmatch(text)
    if not single or qualifier == "between":
        return None
    said, unit = number(single[1], whole), single["unit"] or ""
    if single["suffix"]:
        if qualifier != "exactly":
            return Heard(qualifier, None, None, unit)
        qualifier = SUFFIXES[single["suffix"].lower()]
    says_low, says_high = NUMBERS[qualifier]
    return Heard(qualifier, said if says_low else None, said if says_high else None, unit)


def heard_range(span: re.Match[str], qualifier: Qualifier, whole: str) -> Heard:
    low, high = number(span[1], whole), number(span[2], whole)
    if low > high:
        raise QuantityError(f"In “{whole}” the first number is larger than the second.")
    if qualifier in {"exactly", "between"}:
        return Heard("between", low, high, span["unit"] or "")
    if qualifier == "around":
        return Heard(qualifier, low, high, span["unit"] or "")
    return Heard(qualifier, None, None, span["unit"] or "")


def heard_vague(text: str, qualifier: Qualifier) -> Heard | None:
    """Words without a number to rely on, and a qualifier upon a qualifier."""
    found = VAGUE.fullmatch(text)
    if found:
        several = qualifier in {"exactly", "around", "between"}
        return Heard("several" if several else qualifier, None, None, found["unit"] or "")
    if PHRASE.match(text) and qualifier != "several":
        inner = heard(text)
        vague = inner.qualifier if qualifier == "exactly" else qualifier
        return Heard(vague, None, None, inner.unit)
    return None


def number(text: str, whole: str) -> int:
    """The whole number that digits or words say."""
    said, _space, times = text.lower().rpartition(" ")
    if times not in TIMES:
        said, times = f"{said}{times}", ""
    digits = said.replace(",", "").replace(" ", "")
    value = WORDS[digits] if digits in WORDS else Decimal(digits)
    value = Decimal(value) * TIMES.get(times, 1)
    if (not times and "." in digits) or value != int(value):
        raise QuantityError(f"“{whole}” must say a whole number.")
    return int(value)

"""Numbers and their qualifiers in words: English, French and Arabic."""

import re
from typing import Final

from cadre.core.quantities import Qualifier
from cadre.core.reading.vocabulary import phrases

TABLE: Final[tuple[tuple[Qualifier, str], ...]] = (
    ("exactly", "exactly, precisely, the, all, exactement, les, بالضبط"),
    (
        "around",
        (
            "around, about, approximately, approx., approx, roughly, circa, ca., ca, c., ~, ≈,"
            " some, nearly, almost, close to, an estimated, estimated, more or less,"
            " somewhere around, in the region of, in the order of, on the order of, environ, env.,"
            " près de, à peu près, quelque, autour de, aux alentours de, de l’ordre de,"
            " de l'ordre de, plus ou moins, presque, approximativement, نحو, حوالي, حوالى, قرابة,"
            " زهاء, ما يقرب من, ما يقارب, تقريبا"
        ),
    ),
    (
        "at least",
        (
            "at least, no fewer than, no less than, not less than, a minimum of, a minimum,"
            " minimum, min., au moins,"
            " pas moins de, ما لا يقل عن, على الأقل"
        ),
    ),
    (
        "up to",
        (
            "up to, at most, no more than, not more than, a maximum of, a maximum, maximum, max.,"
            " max, as many as, jusqu’à, jusqu'à, au plus, au maximum,"
            " ما يصل إلى, ما لا يزيد على, ما لا يزيد عن"
        ),
    ),
    (
        "more than",
        "more than, over, in excess of, upwards of, plus de, أكثر من, ما يزيد على, ما يزيد عن",
    ),
)
ARABIC: Final = re.compile(r"[\u0621-\u064a]")


def attached(phrase: str) -> list[str]:
    """The phrase, in Arabic also with “and”, “with” or “to” written as part of it."""
    return [f"{before}{phrase}" for before in (("", *"وبلف") if ARABIC.match(phrase) else ("",))]


TABLE_AFTER: Final[tuple[tuple[Qualifier, str], ...]] = (
    (
        "around",
        (
            "or so, or thereabouts, give or take, approximately, approx., roughly, odd, environ,"
            " à peu près, approximativement, تقريبا, تقريبًا, تقريباً"
        ),
    ),
    (
        "at least",
        (
            "or more, plus, at least, at the least, minimum, au moins, au minimum, ou plus,"
            " على الأقل, أو أكثر, فأكثر"
        ),
    ),
    (
        "up to",
        (
            "or fewer, or less, at most, at the most, maximum, max., au plus, au maximum, ou moins,"
            " على الأكثر, كحد أقصى, أو أقل"
        ),
    ),
)
QUALIFIERS: Final[dict[str, Qualifier]] = {
    form: qualifier
    for qualifier, listed in TABLE
    for phrase in phrases(listed)
    for form in attached(phrase)
}
FEWER: Final = frozenset({"fewer than", "less than", "under", "moins de", *attached("أقل من")})
# What is said after the number or after what it counts: “60 trainees or more”, “60-odd”.
AFTERWARDS: Final[dict[str, Qualifier]] = {
    form: qualifier for qualifier, listed in TABLE_AFTER for form in phrases(listed)
}

UNITS: Final = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
FRENCH: Final = (
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
WORDS: Final[dict[str, int]] = {
    "hundred": 100,
    "thousand": 1_000,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "cent": 100,
    "mille": 1_000,
    **{word: number for number, word in enumerate(FRENCH.split(), start=2)},
    **{word: number for number, word in enumerate(UNITS.split(), start=2)},
    **{word: number * 10 for number, word in enumerate(TENS.split(), start=2)},
}
TIMES: Final = {
    "dozen": 12,
    "hundred": 100,
    "cents": 100,
    "thousand": 1_000,
    "mille": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "مليون": 1_000_000,
    "ألف": 1_000,
}
ABOUT: Final = {
    "une dizaine": 10,
    "une douzaine": 12,
    "une quinzaine": 15,
    "une vingtaine": 20,
    "une trentaine": 30,
    "une quarantaine": 40,
    "une cinquantaine": 50,
    "une soixantaine": 60,
    "une centaine": 100,
    "un millier": 1_000,
}
VAGUE: Final = phrases(
    "several hundred, several thousand, several dozen, several, a few hundred, a few"
    " thousand, a few dozen, a few, dozens of, scores of, tens of thousands of, hundreds of"
    " thousands of, hundreds of, thousands of, many hundreds of, many thousands of,"
    " plusieurs centaines de, plusieurs centaines d’, plusieurs milliers de, plusieurs"
    " dizaines de, plusieurs, quelques centaines de, quelques milliers de, quelques dizaines"
    " de, quelques, des centaines de, des milliers de, des dizaines de, عدة مئات من, بضع"
    " مئات من, عدة آلاف من, مئات, آلاف, عشرات"
)


def one_of(phrases: list[str]) -> str:
    """A pattern of any of the phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda each: -len(each)))


WORD_NUMBER: Final = rf"(?:(?:{TENS.replace(' ', '|')})-[a-z]+|{one_of(list(WORDS))})"
NUMBER: Final = (
    rf"(?:\d{{1,3}}(?:[,٬\u00a0\u202f ]\d{{3}})+|\d+(?:\.\d+(?=\s+(?:million|thousand)))?"
    rf"|(?i:{WORD_NUMBER}))(?![\w%]|[.,:/]\d|-)(?:\s+(?:{one_of(list(TIMES))})(?!\w))?"
)
# Words before a bare number that leave it open in a way for which there is no qualifier.
HEDGED: Final = re.compile(
    r"(?<!\w)(?:possibly|perhaps|maybe|probably|likely|barely|scarcely|hardly|virtually|practically"
    r"|not|as few as|as little as|half|a couple of|several|a few|peut-être|probablement|à peine"
    r"|sans doute|ربما|لعل|نصف)\s+\Z",
    re.IGNORECASE,
)
# One of two numbers of which nobody says which holds: “about 60 or 70”.
ALTERNATIVE: Final = re.compile(
    rf"\s*(?:(?:or|to|ou|à|أو|إلى)\s+|[–-]\s?)(?:(?:{one_of([*QUALIFIERS, *FEWER])})\s+)?{NUMBER}",
    re.IGNORECASE,
)
# The first number of a range, or what joins it to the second: “between about 20 and about 30”.
IN_RANGE: Final = re.compile(
    rf"(?<!\w)(?:between|entre|بين)\s+(?:[^.;,]{{0,30}}{NUMBER}\s+(?:and|et|و)\s*)?\Z",
    re.IGNORECASE,
)
# A number of a kind that is a way of speaking: “a hundred troops”, “two dozen trainees”.
SPOKEN: Final = re.compile(r"hundred|thousand|.*\sdozen", re.IGNORECASE)
# The end of a number, or of one half of “two or three”, in front of another number.
UNFINISHED: Final = re.compile(
    rf"(?:\d|(?<!\w)(?:one|{WORD_NUMBER}|{one_of(list(TIMES))}))\s+(?:(?:or|to|and|ou|à|et|أو|إلى|و)\s*)?\Z",
    re.IGNORECASE,
)
# The first half of “20 to about 30”.
FIRST_HALF: Final = re.compile(
    rf"(?:\d|(?<!\w)(?:one|{WORD_NUMBER}))\s+(?:or|to|ou|à|أو|إلى)\s+\Z", re.IGNORECASE
)


def number_in(text: str) -> int | None:
    """The whole number that digits or words say; None if they say none."""
    words = text.casefold().split()
    times = TIMES[words.pop()] if len(words) > 1 and words[-1] in TIMES else 1
    said = "".join(words)
    value = word_number(said)
    if value is None:
        digits = re.sub(r"[,٬\u00a0\u202f]", "", said)
        if "." in digits:
            whole, _point, part = digits.partition(".")
            scaled = int(whole + part) * times
            return scaled // 10 ** len(part) if scaled % 10 ** len(part) == 0 else None
        value = int(digits)
    return value * times


def word_number(said: str) -> int | None:
    tens, _hyphen, unit = said.partition("-")
    if not unit:
        return WORDS.get(said) if not said[:1].isdigit() else None
    units = {"one": 1, **WORDS}
    return WORDS[tens] + units[unit] if unit in units and units[unit] < WORDS["ten"] else None

"""What a number counts: the nouns that follow it, or nothing where that is not certain."""

import re
from dataclasses import dataclass
from typing import Final

from cadre.core.reading.counted import ARABIC_STOPS, COLLECTIVE, SINGULAR, STOPS
from cadre.core.reading.counting_words import TIMES, WORDS
from cadre.core.reading.vocabulary import words

WORD: Final = re.compile(r"\s+(?P<word>[^\W\d_][\w’'.-]*\w|[^\W\d_])(?P<dot>\.(?=\s+[a-z]))?")
FIRST_WORD: Final = re.compile(r"\s*(?P<word>[^\W\d_][\w’'.-]*\w|[^\W\d_])")
ARABIC: Final = re.compile(r"[\u0621-\u064a]")
TANWIN: Final = re.compile(r"[\u064b-\u0652]+")  # written above or below the last letter
ARABIC_COUNTED: Final = words(
    "جنديا جندي جنود عسكريا عسكري عسكريين مدربا مدرب مدربين مدربون مستشارا مستشارين دولة دول"
    " بلدا بلدان شخصا شخص أشخاص ضابطا ضباط عنصرا عناصر متدربا متدربين سنة سنوات عاما أعوام"
    " يوما أيام شهرا أشهر ساعة ساعات"
)
MORE: Final = re.compile(
    r"(?P<comma>,)?\s+(?P<and>(?:and|or|et|ou)\s+)?(?P<word>[^\W\d_][\w-]*)", re.IGNORECASE
)
COORDINATED: Final = re.compile(
    r"(?:,\s+[a-zà-ÿ][\w-]+(?:\s[a-zà-ÿ][\w-]+)?)*,?\s+(?:and|or|et|ou)\s+"
    r"(?P<one>[a-zà-ÿ][\w-]+)(?:\s(?P<two>[a-zà-ÿ][\w-]+))?"
)
# French adjectives follow their noun and agree with it.
FRENCH: Final = words(
    "militaires soldats pays formateurs conseillers personnes hommes femmes stagiaires officiers"
    " instructeurs États membres"
)
OPENERS: Final = words(
    "including notamment dozens hundreds tel tels telle telles such dont près environ quelque"
    " quelques approximately nearly almost some"
)
LONGEST: Final = 4  # words before and with the noun


@dataclass(frozen=True, slots=True)
class Unit:
    """The words that name what is counted, none where they are not certain, and their end."""

    words: str
    end: int


def unit_after(text: str, place: int) -> Unit | None:
    """What the number that ends at `place` counts.

    Without words: nothing certain follows. None: something follows that makes the number itself
    doubtful, such as a further number.
    """
    begins, ends, last = place, place, ""
    for count in range(LONGEST):
        found = (WORD if count or not text[place - 1 : place].isspace() else FIRST_WORD).match(
            text, ends
        )
        if found is None:
            break
        word = found["word"]
        folded = word.casefold()
        if count == 0:
            begins = found.start("word")
            if folded in WORDS or folded in TIMES:
                return None
            if ARABIC.search(word):
                return arabic_unit(found)
        if folded in STOPS or "’s" in word or "'s" in word:
            break
        ends, last = found.end(), word
        if is_plural(word):
            return with_others(text, begins, further(text, ends, last))
    return Unit("", place)


def arabic_unit(found: re.Match[str]) -> Unit | None:
    word = found["word"]
    if word in ARABIC_STOPS:
        return Unit("", found.start("word"))
    end = TANWIN.match(found.string, found.end("word"))
    return Unit(word, end.end() if end else found.end("word"))


def is_plural(word: str) -> bool:
    folded = word.casefold()
    if folded in COLLECTIVE or (word[0].isupper() and folded.endswith(("ais", "ois"))):
        return True  # “120 Français”
    if folded in STOPS or folded in SINGULAR or len(folded) <= len("his"):
        return False
    return folded.endswith(("s", "aux", "eux")) and not folded.endswith(("ss", "us", "is"))


def further(text: str, end: int, last: str) -> int:
    """Where the noun ends if a name stands before it, as in “120 United States troops”."""
    found = WORD.match(text, end)
    if found is None:
        return end
    word = found["word"]
    agreeing = last in FRENCH and word.islower() and is_plural(word)
    if (last[0].isupper() and word.casefold() in COLLECTIVE) or agreeing:
        return found.end("word")
    return end


def with_others(text: str, begins: int, end: int) -> Unit:
    """Takes in nouns that are counted together with the first; leaves all off if unsure."""
    alone = Unit(text[begins:end], end)
    more = MORE.match(text, end)
    if more is None or not (more["comma"] or more["and"]) or is_another(more):
        return alone
    listed = COORDINATED.match(text, end)
    if listed is None:
        return Unit("", end) if more["and"] else alone
    one, two = listed["one"], listed["two"] or ""
    commas = listed[0].count(",") > 0
    if commas and two and is_plural(two) and not is_plural(one):
        return Unit(text[begins : listed.end("two")], listed.end("two"))
    if is_plural(one) and not (two and is_plural(two)):
        return Unit(text[begins : listed.end("one")], listed.end("one"))
    return Unit("", end)


def is_another(more: re.Match[str]) -> bool:
    """Whether what follows begins something else: a clause, a name, another number."""
    word = more["word"]
    folded = word.casefold()
    another = folded in STOPS or folded in WORDS or folded in OPENERS
    return another or word[0].isupper()

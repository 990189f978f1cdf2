"""What somebody meant who answered a muster in words.

Only an exact word that was asked for, alone, is *safe*. A word for help anywhere is *help*, also
beside a safe one and also in “no help needed”: a person looks. All else is *unclear*, and a person
looks as well. There is no third way, and no word is looked for that may be safe among others: “I
am not ok” is unclear, and so is “not safe”.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from cadre.core.accountability.help_words import PREFIXES, STEMS, WORDS
from cadre.core.accountability.states import State

MADDA: Final = "\N{ARABIC MADDAH ABOVE}"
TATWEEL: Final = "\N{ARABIC TATWEEL}"
LETTERS: Final = str.maketrans(
    {
        "ة": "ه",
        "ى": "ي",
        "\N{ARABIC LETTER FARSI YEH}": "ي",
        "\N{ARABIC LETTER KEHEH}": "ك",
        "\N{ARABIC LETTER ALEF WASLA}": "ا",
        TATWEEL: None,
    }
)
FINAL: Final = " .,;:!،؛۔"  # never a question mark: a question is no answer
NUMERAL: Final = "1"
APART: Final = re.compile(r"[\W_]+")
LONE: Final = re.compile(r"(?<!\w)(?:\w )+\w(?!\w)")  # h e l p
REPEATED: Final = re.compile(r"(\w)\1+")


class Meaning(StrEnum):
    """What an answer means."""

    SAFE = "safe"
    HELP = "help"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer means, the text as it was compared, and the word that decides.

    `found`: the safe form or the word for help as Cadre's lists have it, "" where it is unclear.
    """

    meaning: Meaning
    text: str
    found: str = ""

    @property
    def state(self) -> State | None:
        """What to report of who answered; None: the words were unclear."""
        return {Meaning.SAFE: State.SAFE, Meaning.HELP: State.NEED_HELP}.get(self.meaning)


def written(text: str) -> str:
    """A text as it is compared: compatible forms made one (NFKC), small letters, accents, Arabic
    vowels and unseen signs gone, digits of any script as 0 to 9, single spaces.

    The sign above the first letter of آمن stays: without it, the word is “security”.
    """
    taken_apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    letters = [
        str(unicodedata.decimal(each, each))
        for each in taken_apart
        if each == MADDA or unicodedata.category(each) not in {"Mn", "Cf"}
    ]
    return " ".join("".join(letters).translate(LETTERS).split())


def folded(text: str) -> str:
    """A text as words for help are looked for in it: as `written`, and all signs gone."""
    return written(text).replace(MADDA, "")


ASKED_FOR: Final = (
    "SAFE",
    "SAUF",
    "SAIN ET SAUF",
    "SAINE ET SAUVE",
    "EN SÉCURITÉ",
    "بخير",
    "أنا بخير",
    "سالم",
    "سالمة",
    "أنا سالم",
    "أنا سالمة",
    "آمن",
    "آمنة",
    "أنا آمن",
    "أنا آمنة",
    "بأمان",
    "أنا بأمان",
    "في أمان",
    "أنا في أمان",
)
SAFE_FORMS: Final = {written(each): each for each in ASKED_FOR}


def read_reply(text: str, *, code: str | None, numeral: bool = False, name: str = "") -> Reply:
    """What an answer to a muster means.

    `code`: the muster's, which may stand after the safe word; None where it has none. Alone it
    says nothing. `numeral`: the message asked for a 1, which then is safe as well. `name`: of who
    answers; a safe word that is also one of their names says nothing (سالم, آمنة). A code must be
    no word for help, since those are looked for first.
    """
    said = written(text)
    if word := help_word(said):
        return Reply(Meaning.HELP, said, word)
    answer = said.rstrip(FINAL)
    if code is not None:
        answer = answer.removesuffix(f" {written(code)}")
    form = SAFE_FORMS.get(answer) or (NUMERAL if numeral and answer == NUMERAL else "")
    if form and set(answer.split()).isdisjoint(written(name).split()):
        return Reply(Meaning.SAFE, said, form)
    return Reply(Meaning.UNCLEAR, said)


def help_word(text: str) -> str:
    """The first of the words for help, in the order of the lists, that is in a text; "" if none.

    It is found also where letters stand apart (h.e.l.p) or are doubled (heeelp).
    """
    bare = folded(text)
    spaced = APART.sub(" ", bare)
    return (
        word_in(f"{bare} {spaced}", once=False)
        or word_in(LONE.sub(together, spaced), once=False)
        or word_in(REPEATED.sub(r"\1", spaced), once=True)
    )


def word_in(text: str, *, once: bool) -> str:
    """The first word for help in a text; `once`: each letter of both stands once, not doubled."""
    tokens = set(text.split())
    for stem in STEMS:
        if (single(stem) if once else stem) in text:
            return stem
    for word in WORDS:
        if not tokens.isdisjoint(f"{each}{single(word) if once else word}" for each in PREFIXES):
            return word
    return ""


@cache
def single(word: str) -> str:
    return REPEATED.sub(r"\1", word)


def together(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")

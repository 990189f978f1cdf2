"""Names that the record knows, where they occur in a sentence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cadre.core.reading.proposal import Certainty, Found, Reason

LONGEST_PHRASE: Final = 6
SHORTEST: Final = 3
MOST_WORDS: Final = 8
WORD: Final = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
BETWEEN: Final = re.compile(r"[-_’'.\s]{1,2}")


@dataclass(frozen=True, slots=True)
class Known:
    """One thing of the record: the key that claims use, and every way in which it is written."""

    key: str
    written: tuple[str, ...] = ()


class KnownNames:
    """The names of the record, looked up word by word, so that many cost no more than few."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self.keys: Mapping[tuple[str, ...], tuple[str, ...]] = keys_by_words(known)

    def found_in(self, text: str) -> Iterator[Found]:
        """Every known name in a sentence, the longest where several begin at one place."""
        words = list(WORD.finditer(text))
        place = 0
        while place < len(words):
            count = self.longest_at(text, words, place)
            if count:
                yield self.named(words[place].start(), words[place + count - 1].end(), text)
            place += count or 1

    def longest_at(self, text: str, words: list[re.Match[str]], place: int) -> int:
        """How many words from this one on are a known name; “non-NATO” is not NATO."""
        if text[words[place].start() - 1 : words[place].start()] == "-":
            return 0
        best = 0
        for count in range(1, min(MOST_WORDS, len(words) - place) + 1):
            if count > 1 and not BETWEEN.fullmatch(
                text, words[place + count - 2].end(), words[place + count - 1].start()
            ):
                break
            if self.is_known([word[0] for word in words[place : place + count]]):
                best = count
        return best

    def is_known(self, words: list[str]) -> bool:
        """One word as it is written; several in any case, if one of them is written as a name."""
        return looked_up(words) in self.keys and begins_as_name(words)

    def named(self, start: int, end: int, text: str) -> Found:
        keys = self.keys[looked_up(WORD.findall(text[start:end]))]
        if len(keys) == 1:
            return Found(start, end, keys[0], Certainty.STATED, Reason.NAME)
        details = {"names": ", ".join(keys)}
        return Found(start, end, None, Certainty.UNCLEAR, Reason.NAME_SHARED, details)

    def key_at_end_of(self, phrase: str) -> str | None:
        """The record's own name at the end of a phrase: “Stoltenberg” in “Jens Stoltenberg”.

        None if the phrase does not have that name literally.
        """
        ends = [found for found in self.found_in(phrase) if found.end == len(phrase)]
        key = ends[0].meant if ends else None
        return key if isinstance(key, str) and key in phrase else None


def phrases_in(texts: Iterable[str]) -> set[str]:
    """Every phrase of the texts that could be a name, in lower case, with blanks or hyphens.

    So a record of millions of names is asked for these few thousand only.
    """
    found: set[str] = set()
    for text in texts:
        words = WORD.findall(text)
        for place in range(len(words)):
            for end in range(place + 1, min(place + LONGEST_PHRASE, len(words)) + 1):
                if begins_as_name(words[place:end]):
                    found.add(" ".join(words[place:end]).lower())
                    found.add("-".join(words[place:end]).lower())
    return found


def keys_by_words(known: Iterable[Known]) -> dict[tuple[str, ...], tuple[str, ...]]:
    keys: dict[tuple[str, ...], set[str]] = {}
    for each in known:
        for name in (each.key, *each.written):
            if is_a_name(name):
                keys.setdefault(looked_up(WORD.findall(name)), set()).add(each.key)
    return {words: tuple(sorted(found)) for words, found in keys.items()}


def looked_up(words: list[str]) -> tuple[str, ...]:
    return tuple(words) if len(words) == 1 else tuple(word.casefold() for word in words)


def is_a_name(name: str) -> bool:
    """Leaves out keys that are common words, such as “article” or “We”."""
    words = WORD.findall(name)
    long_enough = len(name.strip()) >= SHORTEST and 0 < len(words) <= MOST_WORDS
    return long_enough and (len(words) > 1 or begins_as_name(words))


def begins_as_name(words: list[str]) -> bool:
    return any(word[0].isupper() or not word.isascii() for word in words)

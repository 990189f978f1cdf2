"""Whether words stand in a sentence: the sentence as it was taken in is the truth."""

import re
from typing import Final

from cadre.core.reading import vague_around

QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
OUTER: Final = " \t\n\"'.,;:!?؟،؛…"


def same_spelling(text: str) -> str:
    """Quotes of one form and lower case, character by character, so that places stay the same."""
    plain = text.translate(QUOTES)
    folded = plain.lower()
    return folded if len(folded) == len(plain) else plain


def place_of(words: str, sentence: str) -> tuple[int, int] | None:
    """Where the words stand in a sentence, whatever their case, quotes and white space."""
    wanted = same_spelling(words).strip(OUTER).split()
    if not wanted:
        return None
    pattern = r"\s+".join(re.escape(word) for word in wanted)
    found = re.search(rf"(?<!\w){pattern}(?!\w)", same_spelling(sentence))
    return found.span() if found else None


def said_in(words: str, sentences: list[str]) -> bool:
    """Whether the words stand in the sentences, read one after the other."""
    return place_of(words, " ".join(sentences)) is not None


def cut_short(words: str, sentences: list[str]) -> str:
    """The vague quantity of a sentence of which the words keep only the number; else empty."""
    for sentence in sentences:
        span = place_of(words, sentence)
        if span is not None and (whole := vague_around(sentence, *span)):
            return whole
    return ""

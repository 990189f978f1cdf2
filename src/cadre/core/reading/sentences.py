"""Text by numbered sentences: English, French and Arabic, by rules that anybody can read.

Nothing of the text is lost or added: the sentences' characters, in order, are the text's
characters without its white space.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cadre.core.reading.abbreviations import (
    BEFORE_NUMBERS,
    NEVER_ENDING,
    PERHAPS_ENDING,
    STARTERS,
)
from cadre.core.reading.paragraphs import Span, paragraphs

LONGEST: Final = 2_000  # characters; what has no end by then is cut where a word ends

END: Final = re.compile(
    r"(?<![.!?…؟۔])(?P<mark>[.!?…؟۔]++)(?P<close>(?:[”\"’'»›)\]]|[ \u00a0\u202f]»){0,4})(?=\s)"
)
OPENING: Final = re.compile(r"\s*[“\"‘'«‹(\[¿¡\s]*")
TOKEN: Final = re.compile(r"[^\s(\[“\"‘'«—–/]*\Z")
WORD: Final = re.compile(r"[^\W\d_]+")
CREDIT: Final = re.compile(r"\s*\([^().!?؟]{1,200}\)\s*\Z")
SPEAKER_FOLLOWS: Final = re.compile(
    r"\s+(?:[A-Z][\w’'.-]{0,30}\s+){1,6}(?:also\s+|later\s+)?"
    r"(?:said|says|asked|asks|told|added|wrote|replied|answered|warned|noted)\b"
)
HYPHENATED: Final = re.compile(r"(?<=\w)-[^\S\n\r]*[\n\r]+\s*(?=[a-zß-ÿ])")
LOOK_BACK: Final = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text; `start` and `end` are its place there, `text` is without wrapping."""

    number: int
    text: str
    start: int
    end: int

    @property
    def reference(self) -> str:
        """How claims name it: S01, S02 and so on."""
        return reference(self.number)


def reference(number: int) -> str:
    return f"S{number:02}"


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text. Headings, captions and list items are sentences of their own."""
    spans = [
        part
        for paragraph in paragraphs(text)
        for span in ends_in(text, paragraph)
        for part in no_longer_than(text, span)
    ]
    return tuple(
        Sentence(number, folded(text[start:end]), start, end)
        for number, (start, end) in enumerate(spans, start=1)
    )


def folded(text: str) -> str:
    """The same text in one line; a word that was divided at a hyphen is whole again."""
    return " ".join(HYPHENATED.sub("-", text).split())


def ends_in(text: str, paragraph: Span) -> Iterator[Span]:
    """The spans of a paragraph's sentences, without the white space between them."""
    start, last = paragraph
    for found in END.finditer(text, start, last):
        if is_end(text, found, start, last):
            yield from trimmed(text, start, found.end())
            start = found.end()
    yield from trimmed(text, start, last)


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def no_longer_than(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        yield from trimmed(text, start, cut)
        start = cut
    yield from trimmed(text, start, end)


def is_end(text: str, found: re.Match[str], start: int, last: int) -> bool:
    """Whether the marks at `found` end the sentence that began at `start`."""
    after = OPENING.match(text, found.end(), last)
    place = after.end() if after else found.end()
    if place >= last:
        return True
    if text[place].islower() or not text[place].isalnum() or CREDIT.match(text, found.end(), last):
        return False
    mark, close = found["mark"], found["close"]
    if mark != ".":
        return not (close.strip(")]") and SPEAKER_FOLLOWS.match(text, found.end(), last))
    return bool(close) or not is_abbreviation(text, found.start(), start, place)


def is_abbreviation(text: str, stop: int, start: int, place: int) -> bool:
    """Whether the full stop at `stop` only shortens the word before it."""
    back = max(start, stop - LOOK_BACK)
    token = TOKEN.search(text[back:stop])
    word = token[0].casefold() if token else ""
    if word in NEVER_ENDING:
        return True
    if not any(map(str.isalnum, word)):
        return False  # it closes a quotation: “ ». ”
    initial = len(word) == 1 and token is not None and token[0].isupper()
    if word in BEFORE_NUMBERS and not initial:
        return text[place].isdigit()
    if word.isdigit():
        return not text[start : stop - len(word)].strip()  # the number of a list item
    if len(word) == 1 or "." in word or word in PERHAPS_ENDING:
        return not starts_a_sentence(text, place)
    return False


def starts_a_sentence(text: str, place: int) -> bool:
    word = WORD.match(text, place)
    return word is not None and word[0].casefold() in STARTERS

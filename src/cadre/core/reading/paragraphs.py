"""Where the paragraphs of a text lie: which line breaks end something, which only wrap a line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

type Span = tuple[int, int]

LINE: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
BREAK: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
ITEM: Final = re.compile(r"\s*(?:[•▪◦‣●*–—-]\s|\(?[0-9]{1,3}[.)]\s)")

NARROWEST, WIDEST = 40, 140  # columns of text that somebody or something wrapped
NEARLY_FULL: Final = 0.9
SHORTEST_WRAPPED: Final = 25


def paragraphs(text: str) -> Iterator[Span]:
    """The spans of headings, captions, list items and paragraphs, in order, without empty ones.

    A blank line always ends one. A single line break does, unless the text is wrapped at some
    width and the line is so full that the next word would not have fitted.
    """
    lines = [(found.start(), found.end()) for found in LINE.finditer(text)]
    lines = [span for span in lines if not text[slice(*span)].isspace()]
    width = wrapped_at([text[slice(*span)].strip() for span in lines])
    begun: Span | None = None
    for span in lines:
        if begun is not None and continues(text, begun[1], span, width):
            begun = (begun[0], span[1])
            continue
        if begun is not None:
            yield begun
        begun = span
    if begun is not None:
        yield begun


def wrapped_at(lines: Sequence[str]) -> int:
    """The width at which the lines were wrapped; 0 if they do not look wrapped."""
    width = max(map(len, lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return 0
    pairs = pairwise(lines)
    full = sum(
        is_full(line, after, width) and not line.endswith((".", ":")) for line, after in pairs
    )
    return width if full > 1 else 0


def is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) > NEARLY_FULL * width


def continues(text: str, end: int, span: Span, width: int) -> bool:
    """Whether the line at `span` goes on with what stands before `end`."""
    if len(BREAK.findall(text, end, span[0])) > 1 or ITEM.match(text, span[0]):
        return False
    above, line = text[text_line_start(text, end) : end].strip(), text[slice(*span)].strip()
    if line[0].islower():
        return len(above) >= SHORTEST_WRAPPED
    return bool(width) and is_full(above, line, width)


def text_line_start(text: str, end: int) -> int:
    """Where the line that ends at `end` begins; looks no further back than a line can be wide."""
    floor = max(0, end - WIDEST - 1)
    found = list(BREAK.finditer(text, floor, end))
    return found[-1].end() if found else floor

"""A sentence of a source with the words that a claim rests on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A numbered sentence, cut where its marked words begin and end."""

    number: str
    parts: tuple[tuple[str, bool], ...]

    @property
    def marked(self) -> bool:
        return any(marked for _, marked in self.parts)


def sentence(number: str, text: str, spans: Iterable[tuple[int, int]] = ()) -> Sentence:
    """`text` with its spans (first character, the one after the last) marked; overlaps joined."""
    parts: list[tuple[str, bool]] = []
    place = 0
    for start, end in sorted(spans):
        begin, stop = max(start, place), min(end, len(text))
        if stop <= begin:
            continue
        parts += [(text[place:begin], False), (text[begin:stop], True)]
        place = stop
    parts.append((text[place:], False))
    return Sentence(number, tuple(part for part in parts if part[0]))

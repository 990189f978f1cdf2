"""What `./cadre messages` does: bring the catalogues up to date, or judge them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cadre.web.messages.catalogue import Place, book_of, compiled, read, written
from cadre.web.messages.extracting import texts_of
from cadre.web.messages.judging import faults


@dataclass(frozen=True)
class Brought:
    """A language after its catalogue was brought up to date."""

    language: str
    texts: int
    missing: int
    dropped: int

    def __str__(self) -> str:
        parts = [f"{self.texts} texts", f"{self.missing} without a translation"]
        return f"{self.language}: {', '.join(parts)}, {self.dropped} dropped."


def brought_up_to_date(source: Path, places: list[Place]) -> Iterator[Brought]:
    """Write both files of every language; raises Unreadable and then writes nothing of it."""
    texts = texts_of(source)
    for place in places:
        held = read(place)
        entries = held.joined(texts)
        book = book_of(place.language, entries)
        place.written.parent.mkdir(parents=True, exist_ok=True)
        place.written.write_bytes(written(book))
        place.compiled.write_bytes(compiled(book))
        missing = sum(entry.missing for entry in entries)
        dropped = len(held.entries.keys() - {text.key for text in texts})
        yield Brought(place.language, len(entries), missing, dropped)


def judged(source: Path, places: list[Place]) -> list[str]:
    """The faults of all languages; none is the aim."""
    texts = texts_of(source)
    return [fault for place in places for fault in faults(place, texts)]

"""The catalogue of one language: read, joined with the texts of the source, written.

What is written depends on the texts alone: no dates, no places in files, no program's version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from cadre.web.messages.extracting import Text

Translation = str | tuple[str, ...]
NOT_WRITTEN = ""
# Django's own order of the forms, which is not that of Babel for Arabic: zero, one, two, few, many.
PLURALS = {
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
}


class Unreadable(Exception):
    """A catalogue that is no catalogue; the text says where."""


class Book(Catalog):
    """Babel's catalogue with a head that never changes by itself."""

    @property
    def num_plurals(self) -> int:
        return PLURALS[self.language][0] if self.language in PLURALS else super().num_plurals

    @property
    def plural_expr(self) -> str:
        return PLURALS[self.language][1] if self.language in PLURALS else super().plural_expr

    @property
    def language(self) -> str:
        return str(self.locale_identifier)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", self.language),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


@dataclass(frozen=True)
class Place:
    """Where the catalogue of one language stands."""

    folder: Path
    language: str

    @property
    def written(self) -> Path:
        return self.folder / self.language / "LC_MESSAGES" / "django.po"

    @property
    def compiled(self) -> Path:
        return self.written.with_suffix(".mo")


@dataclass(frozen=True)
class Entry:
    """A text and its translation; `fuzzy` says that a person has to look at it."""

    text: Text
    translation: Translation
    fuzzy: bool = False
    comments: tuple[str, ...] = ()

    @cached_property
    def forms(self) -> tuple[str, ...]:
        said = self.translation
        return said if isinstance(said, tuple) else (said,)

    @property
    def missing(self) -> bool:
        return not all(self.forms)


@dataclass(frozen=True)
class Held:
    """What a catalogue file holds."""

    language: str
    entries: dict[tuple[str, str], Entry]

    def joined(self, texts: Iterable[Text]) -> list[Entry]:
        """An entry for every text of the source; translations of others are dropped."""
        return [self._for(text) for text in texts]

    def _for(self, text: Text) -> Entry:
        forms = Book(self.language).num_plurals if text.plural else 1
        empty = Entry(text, (NOT_WRITTEN,) * forms if text.plural else NOT_WRITTEN)
        held = self.entries.get(text.key)
        if held is None or isinstance(held.translation, tuple) != bool(text.plural):
            return empty
        return Entry(text, held.translation, held.fuzzy, held.comments)


def read(place: Place) -> Held:
    """What the file holds; nothing where there is no file. Raises Unreadable."""
    if not place.written.exists():
        return Held(place.language, {})
    try:
        catalog = read_po(BytesIO(place.written.read_bytes()), place.language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise Unreadable(str(error)) from error
    entries = [entry_of(message) for message in catalog if message.id]
    return Held(place.language, {entry.text.key: entry for entry in entries})


def entry_of(message: Message) -> Entry:
    singular, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
    text = Text(str(singular), message.context or "", str(plural))
    said = message.string
    translation = tuple(said) if isinstance(said, (tuple, list)) else str(said or "")
    return Entry(text, translation, message.fuzzy, tuple(message.user_comments))


def book_of(language: str, entries: Iterable[Entry]) -> Book:
    book = Book(language)
    for entry in entries:
        text = entry.text
        book.add(
            (text.singular, text.plural) if text.plural else text.singular,
            entry.translation,
            flags=("fuzzy",) if entry.fuzzy else (),
            user_comments=entry.comments,
            context=text.context or None,
        )
    return book


def written(book: Book) -> bytes:
    """The catalogue as people and version control read it."""
    out = BytesIO()
    book.header_comment = "# Written by ./cadre messages; see docs/how-to/translate.md."
    book.fuzzy = False
    write_po(out, book, width=0, no_location=True, ignore_obsolete=True)
    return out.getvalue().rstrip(b"\n") + b"\n"


def compiled(book: Book) -> bytes:
    """The catalogue as Django reads it."""
    out = BytesIO()
    write_mo(out, book)
    return out.getvalue()

"""What is wrong with a catalogue, one sentence for each fault."""

import re
from collections.abc import Iterator

from cadre.web.messages.catalogue import (
    Book,
    Entry,
    Held,
    Place,
    Unreadable,
    book_of,
    compiled,
    read,
    written,
)
from cadre.web.messages.extracting import Text

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z]+[^>]*>")
EXACT = {"ar": frozenset({0, 1, 2})}  # plural forms that stand for one number each
SHOWN = 60
ELLIPSIS = "…"


def faults(place: Place, texts: list[Text]) -> Iterator[str]:
    """All faults of one language against the texts of the source."""
    language = place.language
    try:
        held = read(place)
    except Unreadable as error:
        yield f"{language}: the catalogue cannot be read: {error}."
        return
    entries = held.joined(texts)
    yield from strays(held, texts)
    for entry in entries:
        yield from (f"{language}: {fault}" for fault in faults_of(entry, language))
    yield from stale_files(place, book_of(language, entries))


def strays(held: Held, texts: list[Text]) -> Iterator[str]:
    wanted = {text.key for text in texts}
    for key, entry in held.entries.items():
        if key not in wanted:
            yield f"{held.language}: {named(entry.text)} is in no source any more."


def faults_of(entry: Entry, language: str) -> Iterator[str]:
    if entry.text.plural and len(entry.forms) != Book(language).num_plurals:
        count = Book(language).num_plurals
        yield f"{named(entry.text)} has {len(entry.forms)} plural forms instead of {count}."
        return
    if entry.missing:
        some = any(entry.forms)
        yield f"{named(entry.text)} has no translation{' in some plural forms' if some else ''}."
        return
    if entry.fuzzy:
        yield f"the translation of {named(entry.text)} is marked fuzzy: look at it."
    for number, form in enumerate(entry.forms):
        yield from faults_of_form(entry, form, exact=number in EXACT.get(language, ()))


def faults_of_form(entry: Entry, form: str, *, exact: bool) -> Iterator[str]:
    """Placeholders and tags; a form for one number only need not show the number."""
    source = entry.text.plural or entry.text.singular
    wanted, found = pieces(PLACEHOLDER, source), pieces(PLACEHOLDER, form)
    excused = exact and bool(entry.text.plural) and set(found) <= set(wanted)
    if wanted != found and not excused:
        yield (
            f"the translation of {named(entry.text)} has the placeholders"
            f" {spelled(found)} instead of {spelled(wanted)}."
        )
    if (tags := pieces(TAG, source)) != pieces(TAG, form):
        yield f"the translation of {named(entry.text)} has other tags than {spelled(tags)}."


def stale_files(place: Place, book: Book) -> Iterator[str]:
    """Files are compared with what would be written, so that nothing in them is out of date."""
    if not place.written.exists() or place.written.read_bytes() != written(book):
        yield f"{place.language}: the catalogue is not as ./cadre messages writes it."
    if not place.compiled.exists() or place.compiled.read_bytes() != compiled(book):
        yield f"{place.language}: the compiled catalogue is not that of the catalogue."


def pieces(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(pattern.findall(text))


def spelled(pieces_: list[str]) -> str:
    return ", ".join(pieces_) or "none"


def named(text: Text) -> str:
    words = " ".join(text.singular.split())
    shown = words if len(words) <= SHOWN else words[:SHOWN] + ELLIPSIS
    return f"“{shown}” ({text.context})" if text.context else f"“{shown}”"

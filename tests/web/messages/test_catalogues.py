"""Catalogues: what stays, what goes, what is written, and every fault with its sentence."""

from collections.abc import Sequence
from gettext import GNUTranslations
from pathlib import Path

import pytest

from cadre.web.messages.catalogue import Entry, Place, book_of, compiled, read, written
from cadre.web.messages.extracting import Text
from cadre.web.messages.judging import faults
from cadre.web.messages.work import brought_up_to_date

FIELD = Text("{day}, %(name)s")
ROWS = Text("%(n)s row", plural="%(n)s rows")
BOARD = Text("Board", "page")
TEXTS = sorted([FIELD, ROWS, BOARD])
ARABIC_ROWS = ("لا صفوف", "صف واحد", "صفان", "%(n)s صفوف", "%(n)s صفًا", "%(n)s صف")
GOOD = [Entry(BOARD, "لوحة"), Entry(FIELD, "%(name)s، {day}"), Entry(ROWS, ARABIC_ROWS)]


def place_with(folder: Path, entries: Sequence[Entry]) -> Place:
    place = Place(folder, "ar")
    book = book_of("ar", sorted(entries, key=lambda entry: entry.text))
    place.written.parent.mkdir(parents=True)
    place.written.write_bytes(written(book))
    place.compiled.write_bytes(compiled(book))
    return place


def changed(entry: Entry) -> list[Entry]:
    return [entry if each.text == entry.text else each for each in GOOD]


def test_complete_catalogue_has_no_fault(tmp_path: Path) -> None:
    assert list(faults(place_with(tmp_path, GOOD), TEXTS)) == []


def test_order_of_arabic_forms_is_that_of_django(tmp_path: Path) -> None:
    place = place_with(tmp_path, GOOD)
    with place.compiled.open("rb") as file:
        translations = GNUTranslations(file)

    shown = [translations.ngettext("%(n)s row", "%(n)s rows", n) for n in (0, 1, 2, 3, 11, 100)]
    assert shown == list(ARABIC_ROWS)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (Entry(BOARD, ""), "“Board” (page) has no translation."),
        (
            Entry(ROWS, ("لا صفوف", "", "", "", "", "")),
            "“%(n)s row” has no translation in some plural forms.",
        ),
        (
            Entry(BOARD, "لوحة", fuzzy=True),
            "the translation of “Board” (page) is marked fuzzy: look at it.",
        ),
        (
            Entry(FIELD, "%(nom)s، {day}"),
            (
                "the translation of “{day}, %(name)s” has the placeholders %(nom)s, {day}"
                " instead of %(name)s, {day}."
            ),
        ),
        (
            Entry(ROWS, (*ARABIC_ROWS[:3], "صفوف", *ARABIC_ROWS[4:])),
            "the translation of “%(n)s row” has the placeholders none instead of %(n)s.",
        ),
        (
            Entry(BOARD, "<b>لوحة</b>"),
            "the translation of “Board” (page) has other tags than none.",
        ),
    ],
)
def test_fault_is_told_in_one_sentence(tmp_path: Path, entry: Entry, sentence: str) -> None:
    assert list(faults(place_with(tmp_path, changed(entry)), TEXTS)) == [f"ar: {sentence}"]


def test_too_few_plural_forms_are_told(tmp_path: Path) -> None:
    place = place_with(tmp_path, GOOD)
    text = place.written.read_text()
    place.written.write_text(
        "\n".join(line for line in text.split("\n") if "msgstr[5]" not in line)
    )

    told = list(faults(place, TEXTS))
    assert "ar: “%(n)s row” has no translation in some plural forms." in told


def test_text_that_is_gone_is_told_and_dropped(tmp_path: Path) -> None:
    place = place_with(tmp_path / "locale", GOOD)
    source = tmp_path / "source"
    source.mkdir()
    (source / "views.py").write_text('pgettext("page", "Board")')

    assert "ar: “%(n)s row” is in no source any more." in list(faults(place, [BOARD]))
    assert [str(each) for each in brought_up_to_date(source, [place])] == [
        "ar: 1 texts, 0 without a translation, 2 dropped."
    ]
    assert list(read(place).entries.values()) == [Entry(BOARD, "لوحة")]


def test_compiled_catalogue_of_other_words_is_told(tmp_path: Path) -> None:
    place = place_with(tmp_path, GOOD)
    place.compiled.write_bytes(compiled(book_of("ar", changed(Entry(BOARD, "أخرى")))))

    assert list(faults(place, TEXTS)) == [
        "ar: the compiled catalogue is not that of the catalogue."
    ]


def test_catalogue_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    place = place_with(tmp_path, GOOD)
    place.written.write_text("neither a text nor its translation\n")

    assert [fault.partition(":")[0] for fault in faults(place, TEXTS)] == ["ar"]


def test_same_texts_are_written_the_same(tmp_path: Path) -> None:
    place = place_with(tmp_path, GOOD)
    before = place.written.read_bytes(), place.compiled.read_bytes()
    book = book_of("ar", read(place).joined(TEXTS))

    assert (written(book), compiled(book)) == before
    assert b"Date" not in before[0] + before[1]
    assert b"Babel" not in before[0] + before[1]

"""Reads a table from a CSV or XLSX file that anybody may have made.

Limits come first, nothing in the file is ever evaluated, and files that can carry macros are
refused. A cell that holds a formula or an error is a mistake in that cell, not a value.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from django.utils.translation import gettext as _

from cadre.mission.sheets.workbook import WorkbookError, workbook_rows
from cadre.mission.sheets.writing import plain

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
DELIMITERS = ",;\t|"
SAYS_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # what some spreadsheets write first
MOST_ABOVE_HEAD = 10  # rows of a title
# Whole words of letters beyond ASCII: in Arabic all are, in other languages few are.
ALL_BEYOND = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{2,}(?![A-Za-z\x80-\xff])")
BEYOND = re.compile(rb"[\x80-\xff]")


class SheetError(ValueError):
    """The file as a whole cannot be read; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row by its number in the file; `troubles` are cells that are no value, by column."""

    number: int
    cells: tuple[str, ...]
    troubles: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The head and the rows of a file; `note` says how it was read where that was a guess."""

    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    note: str = ""


def read_table(name: str, data: bytes) -> Table:
    """The table in a file, empty rows left out. Raises SheetError for a file that is none."""
    if not data.strip():
        raise SheetError(_("The file is empty."))
    if len(data) > LARGEST_FILE:
        raise SheetError(
            _("The file is larger than %(number)d megabytes.")
            % {"number": LARGEST_FILE // 1024 // 1024}
        )
    if data.startswith(OLD_OFFICE) or name.lower().endswith((".xlsm", ".xltm", ".xlsb", ".xls")):
        raise SheetError(
            _("This kind of workbook can carry macros; save it as XLSX without macros, or as CSV.")
        )
    if data.startswith(PDF) or (name.lower().endswith(".xlsx") and not data.startswith(ZIP)):
        raise SheetError(_("This is neither a CSV file nor an XLSX workbook."))
    if data.startswith(ZIP):
        try:
            return made_table(workbook_rows(data), "")
        except WorkbookError as error:
            raise SheetError(str(error)) from error
    text, note = decoded(data)
    return made_table(csv_rows(text), note)


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and a note where its encoding had to be guessed. UTF-8 unless it cannot be."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise SheetError(_("This is neither a CSV file nor an XLSX workbook."))
    if looks_arabic(data):
        return (
            data.decode("cp1256", errors="replace"),
            _("The file is not UTF-8, so it was read as Windows-1256 (Arabic): look at its names."),
        )
    return (
        data.decode("cp1252", errors="replace"),
        _("The file is not UTF-8, so it was read as Windows-1252: look at its accents."),
    )


def looks_arabic(data: bytes) -> bool:
    """Whether most of what is not ASCII stands in words of nothing else."""
    whole = sum(len(word) for word in ALL_BEYOND.findall(data))
    return whole * 2 > len(BEYOND.findall(data))


def csv_rows(text: str) -> Iterator[tuple[int, list[str], dict[int, str]]]:
    if "\x00" in text:
        raise SheetError(_("This is neither a CSV file nor an XLSX workbook."))
    said = SAYS_DELIMITER.match(text)
    delimiter = said[1] if said else delimiter_of(text)
    lines = io.StringIO(text[said.end() :] if said else text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    csv.field_size_limit(LARGEST_FILE)
    above = 1 if said else 0
    before = above
    try:
        for cells in reader:
            yield before + 1, [plain(cell) for cell in cells], {}
            before = above + reader.line_num
    except csv.Error as error:
        raise SheetError(
            _("Line %(number)d of the file is not CSV: a quotation mark is out of place.")
            % {"number": before + 1}
        ) from error


def delimiter_of(text: str) -> str:
    """The separator that the first line with any uses most, a comma if there is none."""
    for line in text.split("\n", MOST_ABOVE_HEAD)[:MOST_ABOVE_HEAD]:
        outside = "".join(line.split('"')[::2])
        most = max(DELIMITERS, key=outside.count)
        if most in outside:
            return most
    return ","


def made_table(rows: Iterator[tuple[int, list[str], dict[int, str]]], note: str) -> Table:
    """The first row that is not empty is the head, unless it is a title above the head."""
    filled = (row for row in rows if row[2] or any(cell.strip() for cell in row[1]))
    first = list(islice(filled, MOST_ABOVE_HEAD))
    if not first:
        raise SheetError(_("The file is empty."))
    place = place_of_head([row[1] for row in first])
    head = first[place]
    if len(head[1]) > MOST_COLUMNS:
        raise SheetError(_("The file has more than %(number)d columns.") % {"number": MOST_COLUMNS})
    below = chain(first[place + 1 :], filled)
    kept = list(islice(below, MOST_ROWS + 1))
    if not kept:
        raise SheetError(_("The list has no row under its head."))
    if len(kept) > MOST_ROWS:
        raise SheetError(_("The file has more than %(number)d rows.") % {"number": MOST_ROWS})
    return Table(
        head=tuple(cell.strip() for cell in head[1]),
        rows=tuple(made_row(row, len(head[1])) for row in kept),
        note=note,
    )


def place_of_head(rows: list[list[str]]) -> int:
    """Where the head stands: titles above it have one cell, and the head has more."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    place = next((number for number, width in enumerate(widths) if width > 1), 0)
    return place if all(width == 1 for width in widths[:place]) else 0


def made_row(row: tuple[int, list[str], dict[int, str]], width: int) -> TableRow:
    """A row as wide as the head; longer cells and cells beyond the head are mistakes."""
    number, cells, troubles = row
    found = dict(troubles)
    for place, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            found[place] = _("The cell has more than %(number)d characters.") % {
                "number": LONGEST_CELL
            }
        elif place >= width and cell.strip():
            found[width] = _("The row has more cells than the head.")
    padded = [*cells, *[""] * (width - len(cells))][:width]
    return TableRow(number, tuple(cell.strip() for cell in padded), found)

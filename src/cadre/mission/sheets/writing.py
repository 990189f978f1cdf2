"""Writes lists as CSV and XLSX so that no cell can become a formula in somebody's spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

# What spreadsheets take for the beginning of a formula, behind whatever they skip.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
GUARD = "'"


def guarded(text: str) -> str:
    """The text behind an apostrophe if a spreadsheet could take it for a formula.

    One that begins with an apostrophe gets another, so that `plain` always gives it back.
    """
    return GUARD + text if text.startswith((*DANGEROUS, GUARD)) else text


def plain(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith(GUARD) and guarded(text[1:]) == text else text


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it, commas and CRLF (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def xlsx_bytes(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet. Every cell is typed as text, so none is ever a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    def cell(text: str, *, bold: bool = False) -> Cell:
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
        made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name in head])
    for row in rows:
        sheet.append([cell(text) for text in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()

"""The first sheet of an XLSX workbook, as text."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

UNPACKED = 100 * 1024 * 1024  # a workbook that unpacks to more is a trap or a mistake
MOST_PARTS = 2_000
# What openpyxl raises for a workbook that is damaged.
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
)
MACROS = ("vbaproject", "macrosheets/", "activex/")


class WorkbookError(ValueError):
    """The workbook cannot be read; the message is one sentence for the user."""


def workbook_rows(data: bytes) -> Iterator[tuple[int, list[str], dict[int, str]]]:
    """Rows by number, as text, with what is wrong in cells that are no value."""
    refuse_traps(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            texts, troubles = [], {}
            for place, cell in enumerate(cells):
                text, trouble = in_text(cell.value, cell.data_type)
                texts.append(text)
                if trouble:
                    troubles[place] = trouble
            yield number, trimmed(texts), troubles
    except WorkbookError:
        raise
    except BROKEN as error:
        raise WorkbookError(_("The workbook is damaged and cannot be read.")) from error


def refuse_traps(data: bytes) -> None:
    """Raises WorkbookError for macros and for what would unpack to far more than a list."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            types = archive.read("[Content_Types].xml")[:1_000_000]
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        raise WorkbookError(_("The file is not an XLSX workbook.")) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise WorkbookError(_("The workbook unpacks to far more than a list holds."))
    names = " ".join(part.filename.lower() for part in parts)
    if any(mark in names for mark in MACROS) or b"macroEnabled" in types:
        raise WorkbookError(
            _("The workbook carries macros; save it as XLSX without macros, or as CSV.")
        )


def in_text(value: object, data_type: str) -> tuple[str, str]:
    """A cell as text, and what is wrong with it. A formula is not evaluated: it is no value."""
    if data_type == "f":
        return "", _("The cell holds a formula; put its value there.")
    if data_type == "e":
        return "", _("The cell holds the error %(error)s.") % {"error": value}
    return value_in_text(value), ""


def value_in_text(value: object) -> str:
    """Numbers without a decimal point that means nothing; days and times in ISO 8601."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(timespec="minutes").removesuffix("T00:00")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def trimmed(texts: list[str]) -> list[str]:
    """Without the empty cells that formatting leaves behind at the end of a row."""
    last = max((place for place, text in enumerate(texts) if text), default=-1)
    return texts[: last + 1]

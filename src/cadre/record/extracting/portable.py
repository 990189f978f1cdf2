"""The text of a PDF file, page by page."""

import io
from typing import Final

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from cadre.record.extracting.child import run
from cadre.record.extracting.cleaning import plain_letters
from cadre.record.extracting.outcome import LONGEST, MOST_PAGES, Text, Trouble, Unreadable

FEWEST_PER_PAGE: Final = 8  # characters; pages with fewer hold pictures of text


def read_pdf(content: bytes) -> Text:
    """The text of the pages in order. A file that opens without a password is not locked."""
    try:
        return pages_of(PdfReader(io.BytesIO(content), strict=False))
    except (Unreadable, MemoryError):
        raise
    except LimitReachedError as problem:
        raise Unreadable(Trouble.TOO_HEAVY) from problem
    except (PyPdfError, Exception) as problem:  # broken files break in every way
        raise Unreadable(Trouble.BROKEN) from problem


def pages_of(reader: PdfReader) -> Text:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(Trouble.ENCRYPTED)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Unreadable(Trouble.TOO_MANY_PAGES)
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(plain_letters(page.extract_text()))
        length += len(pages[-1])
        if length > LONGEST:
            raise Unreadable(Trouble.TOO_LONG)
    if sum(len("".join(page.split())) for page in pages) < FEWEST_PER_PAGE * max(count, 1):
        raise Unreadable(Trouble.IMAGES)
    title = reader.metadata.title if reader.metadata else ""
    return Text("\n".join(pages), "application/pdf", str(title or ""))


if __name__ == "__main__":
    run(read_pdf)

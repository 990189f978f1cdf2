"""What comes out of reading a file."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LARGEST: Final = 5 * 1024 * 1024  # bytes of a file
LONGEST: Final = 400_000  # characters of a text, a book of some 150 pages
MOST_PAGES: Final = 300


class Trouble(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_LONG = "too long"
    TOO_MANY_PAGES = "too many pages"
    TOO_HEAVY = "too heavy"
    UNKNOWN = "unknown"
    ARCHIVE = "archive"
    ENCODING = "encoding"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    IMAGES = "images"
    BUSY = "busy"


class Unreadable(Exception):
    """A file cannot be read; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Text:
    """The visible text of a file, what the file is, and the title that it gives itself."""

    text: str
    media_type: str
    title: str = ""

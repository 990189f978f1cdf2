"""Plain text and HTML pages: told by their content, never by a name."""

import codecs
import re
from typing import Final

from cadre.record.extracting.child import run
from cadre.record.extracting.outcome import Text, Trouble, Unreadable
from cadre.record.extracting.visible import visible_text

HEAD: Final = 1_024
ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!")
OTHERS: Final = (
    b"{\\rtf",
    b"%!PS",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
)
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
PAGE: Final = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|article|main|section|div|p|table|h[1-6])[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
MARKUP: Final = re.compile(
    r"\A\s*<(?:\?xml|!doctype|[a-z][\w.-]*(?::[\w.-]+)?[\s>/])", re.IGNORECASE
)
CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
CHARSETS: Final = frozenset(
    {
        "utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "windows-1256", "iso-8859-6",
        "us-ascii", "latin-1", "latin1",
    }
)  # fmt: skip  # a list reads best so


def read_characters(content: bytes) -> Text:
    """A page or plain text; everything else is refused."""
    if content.startswith(ARCHIVES):
        raise Unreadable(Trouble.ARCHIVE)
    if content.startswith(OTHERS):
        raise Unreadable(Trouble.UNKNOWN)
    text = decoded(content)
    if PAGE.match(text[:HEAD]):
        shown, title = visible_text(text)
        return Text(shown, "text/html", title)
    if MARKUP.match(text[:HEAD]):
        raise Unreadable(Trouble.UNKNOWN)
    return Text(text, "text/plain")


def decoded(content: bytes) -> str:
    """The characters of a file: by its mark, as UTF-8, or as a page itself says. No guesses."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return decoded_as(content[len(mark) :], encoding)
    if b"\x00" in content[: HEAD * 8]:
        raise Unreadable(Trouble.UNKNOWN)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        said = CHARSET.search(content[: HEAD * 4])
        name = said[1].decode("ascii").lower() if said else ""
        if name in CHARSETS - {"utf-8"}:
            return decoded_as(content, name)
        raise Unreadable(Trouble.ENCODING) from None


def decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(Trouble.ENCODING) from None


if __name__ == "__main__":
    run(read_characters)

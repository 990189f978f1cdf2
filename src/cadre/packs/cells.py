"""One cell of a pack's file: from its text to a value, or one sentence about what is wrong."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from cadre.core.moments import Moment, MomentError
from cadre.packs.format import Column, Kind

type Cell = str | bool | int | float | Moment | tuple[str, ...] | None

SHORT: Final = 60  # characters of a cell that a sentence about it repeats
LONGEST: Final = 20_000  # characters of one cell
CODE: Final = re.compile(r"\w[\w.\-]*")  # as cadre.mission has it
ADDRESS: Final = re.compile(r"(?:[a-z0-9][a-z0-9-]*:)?\w[\w.\-]*")
RESERVED: Final = frozenset({"all", "new"})  # a scope of everything; the address of a form
MOMENT: Final = re.compile(r"([^()\s]*)\s*(?:\((.+)\))?", re.DOTALL)
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
YES_NO: Final = {"yes": True, "no": False}
EVERYTHING: Final = "all"
COUNT_LIMIT: Final = 2_147_483_647


class CellError(ValueError):
    """A text that the column cannot hold; the message ends the sentence “… : <field> …”."""


def read_cell(text: str, column: Column) -> Cell:
    """The value of a cell; the empty text is nothing, in the form that its column has for it.

    A scope is None for *all* and otherwise a tuple; an empty scope is the empty tuple.
    """
    text = text.strip()
    if not text:
        if column.required:
            raise CellError("is empty, and every row needs it")
        return NOTHING[column.kind]
    check_text(text)
    if column.choices and text not in column.choices:
        raise CellError(f"is “{short(text)}”, which is none of: {', '.join(column.choices)}")
    return READERS[column.kind](text, column)


NOTHING: Final[dict[Kind, Cell]] = {
    Kind.TEXT: "",
    Kind.CODE: "",
    Kind.MOMENT: Moment.unknown(),
    Kind.LIST: (),
    Kind.CHAIN: (),
    Kind.SCOPE: (),
    Kind.YES_NO: None,
    Kind.COUNT: None,
    Kind.DEGREES: None,
}


def check_text(text: str) -> None:
    if len(text) > LONGEST:
        raise CellError(f"has {len(text)} characters; {LONGEST} is the most that a cell can hold")
    found = CONTROL.search(text)
    if found:
        raise CellError(f"holds a control character (U+{ord(found[0]):04X})")


def read_text(text: str, column: Column) -> str:
    check_length(text, column)
    return text


def check_length(text: str, column: Column) -> None:
    if column.limit and len(text) > column.limit:
        raise CellError(f"has {len(text)} characters; {column.limit} is the most")


def read_code(text: str, column: Column) -> str:
    check_length(text, column)
    pattern = ADDRESS if column.to else CODE
    if not pattern.fullmatch(text):
        raise CellError(
            f"is “{short(text)}”; a code is made of letters, digits, dots, hyphens and underscores"
        )
    if text in RESERVED:
        raise CellError(f"is “{text}”, which is no code: it has a meaning of its own")
    return text


def read_moment(text: str, _column: Column) -> Moment:
    return moment_of(text)


@lru_cache(maxsize=4_096)
def moment_of(text: str) -> Moment:
    """EDTF, and the source's own wording in brackets: `2017-09/2017-12 (late 2017)`."""
    found = MOMENT.fullmatch(text)
    if found is None:
        raise CellError(
            f"is “{short(text)}”; write a moment in EDTF, and the source's wording after it in"
            " round brackets"
        )
    edtf, wording = found.groups()
    try:
        return Moment.parse(edtf, wording=(wording or "").strip())
    except MomentError as error:
        raise CellError(f"cannot be read: {str(error).rstrip('.')}") from None


def read_list(text: str, column: Column) -> tuple[str, ...]:
    return parts(text, "|", column)


def read_chain(text: str, column: Column) -> tuple[str, ...]:
    return parts(text, ">", column)


def parts(text: str, separator: str, column: Column) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(separator))
    for part in found:
        if not part:
            raise CellError(f"has nothing between two “{separator}”")
        if column.to:
            read_code(part, column)
        check_length(part, column)
    if separator == "|" and len(set(found)) < len(found):
        raise CellError("names something twice")
    return found


def read_scope(text: str, column: Column) -> tuple[str, ...] | None:
    if text == EVERYTHING:
        return None
    if EVERYTHING in (part.strip() for part in text.split("|")):
        raise CellError("says “all” and more; write “all” alone, or a list")
    return parts(text, "|", column)


def read_yes_no(text: str, _column: Column) -> bool:
    if text.casefold() not in YES_NO:
        raise CellError(f"is “{short(text)}”; write yes, no or nothing")
    return YES_NO[text.casefold()]


def read_count(text: str, _column: Column) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(COUNT_LIMIT))):
        raise CellError(f"is “{short(text)}”, which is not a whole number")
    if int(text) > COUNT_LIMIT:
        raise CellError(f"is {text}; {COUNT_LIMIT} is the most")
    return int(text)


def read_degrees(text: str, column: Column) -> float:
    most = 90 if column.name == "latitude" else 180
    if not re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,15})?", text) or abs(float(text)) > most:
        raise CellError(
            f"is “{short(text)}”, which is not a number of degrees from -{most} to {most}"
        )
    return float(text)


def short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


READERS: Final[dict[Kind, Callable[[str, Column], Cell]]] = {
    Kind.TEXT: read_text,
    Kind.CODE: read_code,
    Kind.MOMENT: read_moment,
    Kind.LIST: read_list,
    Kind.CHAIN: read_chain,
    Kind.SCOPE: read_scope,
    Kind.YES_NO: read_yes_no,
    Kind.COUNT: read_count,
    Kind.DEGREES: read_degrees,
}

"""The texts of one row of a list as values; every text that is none is told, none is guessed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cadre.core.moments import Moment, MomentError
from cadre.core.reading import moment_in
from cadre.core.releasability import Classification, Marking
from cadre.mission.coordinates import Position, PositionError

DAY = timedelta(days=1)
LONGEST = 9  # digits of a whole number
# Digits of Arabic and Persian, and the Arabic decimal mark, as all others write them.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")
DECIMAL_COMMA = re.compile(r"([+-]?\d{1,3}),(\d+)")
SERIAL = re.compile(r"[2-7]\d{4}")  # a day as spreadsheets count them, from 1954 to 2119
NEAR = 0.0001  # degrees, about ten metres: two ways to write one position agree


@dataclass(slots=True)
class Cells:
    """The texts of one row, by column, and what was found wrong with them."""

    texts: Mapping[str, str]
    troubles: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")

    def wrong(self, column: str, sentence: str) -> None:
        """The first thing that is wrong with a cell is the one that is told."""
        self.troubles.setdefault(column, sentence)

    def read[T](self, column: str, reader: Callable[[str], T], default: T) -> T:
        """What a cell says; `default` where it is empty or wrong."""
        if not self[column]:
            return default
        try:
            return reader(self[column])
        except ValueError as error:
            self.wrong(column, str(error))
            return default

    def named[Row](self, column: str, rows: Mapping[str, Row]) -> Row | None:
        """The row whose code stands in a cell."""
        code = self[column]
        if not code:
            return None
        row = rows.get(code)
        if row is None:
            self.wrong(column, _("There is none with the code “%(code)s”.") % {"code": code})
        return row


def western(text: str) -> str:
    """The same with the digits 0 to 9."""
    return text.translate(DIGITS)


def whole_number(given: str) -> int:
    text = western(given)
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text})
    return int(text)


def degrees(text: str) -> float:
    """Degrees with a point or a comma before their fraction."""
    try:
        return float(DECIMAL_COMMA.sub(r"\1.\2", western(text).strip()))
    except ValueError as error:
        raise ValueError(_("“%(text)s” is not a number of degrees.") % {"text": text}) from error


def classification(text: str) -> Classification:
    try:
        return Classification(int(text)) if text.isdigit() else Classification[text.upper()]
    except (KeyError, ValueError) as error:
        raise ValueError(
            _("“%(text)s” is not a classification; write 0, 1, 2 or 3.") % {"text": text}
        ) from error


def codes(text: str) -> frozenset[str]:
    return frozenset(text.replace(",", " ").replace(";", " ").split())


def marking(cells: Cells, originator: str) -> Marking:
    return Marking(
        classification=cells.read("classification", classification, Classification.UNCLASSIFIED),
        releasable_to=codes(cells["releasable_to"]) or None,
        communities=codes(cells["communities"]),
        originator=originator,
    )


def position(cells: Cells) -> Position | None:
    """The position of a site, from degrees or from a grid reference; both must agree."""
    latitude = cells.read("latitude", degrees, None)
    longitude = cells.read("longitude", degrees, None)
    grid = cells.read("mgrs", Position.parse, None)
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        cells.wrong(missing, _("Latitude and longitude go together."))
        return grid
    if latitude is None or longitude is None:
        return grid
    try:
        found = Position(latitude, longitude)
    except PositionError as error:
        cells.wrong("latitude", str(error))
        return None
    if grid is not None and not near(found, grid):
        cells.wrong("mgrs", _("The grid reference is not where latitude and longitude are."))
    return found


def near(one: Position, other: Position) -> bool:
    return (
        abs(one.latitude - other.latitude) < NEAR
        and abs(one.longitude - other.longitude) < NEAR * 10
    )


def exact(text: str) -> Moment:
    """A day or a moment that is known exactly."""
    if SERIAL.fullmatch(text):
        raise ValueError(
            _("“%(text)s” is a day as spreadsheets count them; format the cell as a date.")
            % {"text": text}
        )
    try:
        moment = moment_in(western(text))
    except MomentError as error:
        raise ValueError(str(error)) from error
    if moment.precision not in {"day", "minute", "instant"}:
        raise ValueError(_("“%(text)s” is not one day or one moment.") % {"text": text})
    return moment


def begins(text: str) -> datetime | None:
    """The beginning of a day, or the moment itself."""
    return exact(text).earliest


def ends(text: str) -> datetime | None:
    """The end of a day, which is the beginning of the next, or the moment itself."""
    moment = exact(text)
    if moment.earliest is not None and moment.precision == "day":
        return moment.earliest + DAY
    return moment.earliest

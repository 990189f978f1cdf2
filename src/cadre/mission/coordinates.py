"""Positions (WGS 84) as staffs write them: decimal degrees, degrees and minutes, MGRS."""

import re
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from mgrs import MGRS
from mgrs.core import MGRSError

NUMBER = r"\d+(?:[.,]\d+)?"
DECIMAL = re.compile(
    r"\s*(?P<north>[-+]?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*(?P<east>[-+]?\d+(?:\.\d+)?)\s*°?\s*"
    r"|\s*(?P<north_comma>[-+]?\d+,\d+)\s*°?\s*[;\s]\s*(?P<east_comma>[-+]?\d+,\d+)\s*°?\s*"
)
ANGLE = (
    rf"(?P<degrees>{NUMBER})\s*°?\s*(?:(?P<minutes>{NUMBER})\s*'?\s*)?"
    rf"(?:(?P<seconds>{NUMBER})\s*\"?\s*)?"
)
LETTER_LAST = re.compile(rf"\s*{ANGLE}(?P<letter>[NSEW])[\s,;]*")
LETTER_FIRST = re.compile(rf"\s*(?P<letter>[NSEW])\s*{ANGLE}[\s,;]*")
GRID = re.compile(r"(?:\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V]|[ABYZ][A-Z][A-HJ-NP-Z])(\d*)")
MARKS = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "″": '"', "”": '"', "“": '"', "º": "°", "−": "-"}
)
ON_THE_EQUATOR = 0.00001  # a metre, within which the package rounds into a square that is not there
POLE, HALF_TURN, SIXTY = 90, 180, 60
METRES = 5  # digits of easting and of northing in a grid reference to the metre


class PositionError(ValueError):
    """The text is no position; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees, north and east positive. Raises PositionError off the earth."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not abs(self.latitude) <= POLE:
            raise PositionError(_("A latitude lies between 90° south and 90° north."))
        if not abs(self.longitude) <= HALF_TURN:
            raise PositionError(_("A longitude lies between 180° west and 180° east."))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "33.3152, 44.3661", "33°18'N 44°22'E" or MGRS with or without spaces.

        A grid reference is a square, and its position is the middle of it. Latitude comes first
        unless letters say otherwise. Raises PositionError with one sentence for anything else.
        """
        plain = text.translate(MARKS).strip()
        grid = "".join(plain.split()).upper()
        if digits := GRID.fullmatch(grid):
            return cls(*grid_middle(grid, len(digits[1])))
        if found := DECIMAL.fullmatch(plain):
            north = found["north"] or found["north_comma"]
            east = found["east"] or found["east_comma"]
            return cls(float(north.replace(",", ".")), float(east.replace(",", ".")))
        return cls(*lettered(plain))

    def decimal(self) -> str:
        """Decimal degrees to a tenth of a metre, latitude first."""
        return f"{degrees(self.latitude)}, {degrees(self.longitude)}"

    def sexagesimal(self) -> str:
        """Degrees, minutes and seconds with letters."""
        north = angle(abs(self.latitude)) + ("S" if self.latitude < 0 else "N")
        east = angle(abs(self.longitude)) + ("W" if self.longitude < 0 else "E")
        return f"{north} {east}"

    def mgrs(self) -> str:
        """The grid reference to the metre, grouped as it is spoken."""
        latitude = 0.0 if abs(self.latitude) < ON_THE_EQUATOR else self.latitude
        grid = MGRS().toMGRS(latitude, self.longitude, MGRSPrecision=METRES)
        head, east, north = grid[: -2 * METRES], grid[-2 * METRES : -METRES], grid[-METRES:]
        return f"{head[:-2]} {head[-2:]} {east} {north}"

    def __str__(self) -> str:
        return self.decimal()


def degrees(value: float) -> str:
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")


def angle(value: float) -> str:
    seconds = round(value * 3600)
    return f"{seconds // 3600}°{seconds % 3600 // 60:02}′{seconds % 60:02}″"


def grid_middle(grid: str, digits: int) -> tuple[float, float]:
    """The middle of the square that a grid reference names."""
    if not digits:
        raise PositionError(
            _("“%(text)s” is a square of 100 kilometres; add digits.") % {"text": grid}
        )
    if digits % 2 or digits > 2 * METRES:
        raise PositionError(
            _("“%(text)s” needs as many digits of easting as of northing, at most five each.")
            % {"text": grid}
        )
    try:
        latitude, longitude = MGRS().toLatLon(grid)  # the middle of the square
    except MGRSError as error:
        raise PositionError(
            _("“%(text)s” is not a grid reference that exists.") % {"text": grid}
        ) from error
    return float(latitude), float(longitude)


def lettered(text: str) -> tuple[float, float]:
    """Two angles with letters, in either order."""
    found: dict[bool, float] = {}
    rest = text.upper()
    while rest:
        part = LETTER_FIRST.match(rest) or LETTER_LAST.match(rest)
        if part is None or (part["letter"] in "NS") in found:
            raise unreadable(text)
        found[part["letter"] in "NS"] = signed(part)
        rest = rest[part.end() :]
    if len(found) < len((True, False)):
        raise unreadable(text)
    return found[True], found[False]


def signed(part: re.Match[str]) -> float:
    whole, minutes, seconds = (
        float((part[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")
    )
    if max(minutes, seconds) >= SIXTY:
        raise PositionError(_("Minutes and seconds of an angle are below 60."))
    value = whole + minutes / 60 + seconds / 3600
    return -value if part["letter"] in "SW" else value


def unreadable(text: str) -> PositionError:
    return PositionError(
        _(
            "“%(text)s” is not a position; write it as 33.3152, 44.3661, as 33°18'N 44°22'E"
            " or as 38S MB 41028 86304."
        )
        % {"text": text}
    )

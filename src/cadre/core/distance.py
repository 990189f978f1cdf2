"""How far two places on the earth are from each other, on a sphere."""

from math import asin, cos, radians, sin, sqrt
from typing import Final, Protocol

RADIUS: Final = 6371.0088  # kilometres: the mean radius of the earth (IUGG)


class Point(Protocol):
    """A place in degrees (WGS 84), north and east positive."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


def kilometres(one: Point, other: Point) -> float:
    """The way over the surface between two places, in kilometres.

    By the haversine formula (R. W. Sinnott, Sky and Telescope, 1984). The earth is no sphere, so
    the answer is up to 0.6 % too long or too short.
    """
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * RADIUS * asin(sqrt(min(1.0, half)))

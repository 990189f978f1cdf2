"""How far two places are from each other."""

from dataclasses import dataclass
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.distance import RADIUS, kilometres

METRE = 0.001


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
BAGHDAD, ERBIL = Point(33.3152, 44.3661), Point(36.1911, 44.0094)
PARIS, LONDON = Point(48.8566, 2.3522), Point(51.5074, -0.1278)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        (PARIS, LONDON, 343.6),
        (BAGHDAD, ERBIL, 321.4),
        (Point(0, 179.5), Point(0, -179.5), 111.2),  # over the date line
        (Point(90, 0), Point(-90, 77), pi * RADIUS),  # from pole to pole
        (Point(0, 0), Point(0, 180), pi * RADIUS),
        (Point(90, -120), Point(90, 45), 0),  # one pole, whatever its longitude
    ],
)
def test_known_distances(one: Point, other: Point, known: float) -> None:
    assert kilometres(one, other) == pytest.approx(known, abs=0.1)


@given(points, points)
def test_it_is_as_far_there_as_back_and_never_more_than_half_around(
    one: Point, other: Point
) -> None:
    there = kilometres(one, other)

    assert there == pytest.approx(kilometres(other, one), abs=METRE)
    assert 0 <= there <= pi * RADIUS + METRE


@given(points)
def test_nothing_is_away_from_itself(one: Point) -> None:
    assert kilometres(one, one) == 0


@given(points, points, points)
def test_no_detour_is_shorter(one: Point, other: Point, between: Point) -> None:
    detour = kilometres(one, between) + kilometres(between, other)

    assert kilometres(one, other) <= detour + METRE


@given(points, st.floats(-10, 10))
def test_turning_the_earth_changes_no_distance(one: Point, turn: float) -> None:
    other = Point(one.latitude / 2, one.longitude / 3)
    turned = [Point(each.latitude, each.longitude + turn) for each in (one, other)]

    assert kilometres(*turned) == pytest.approx(kilometres(one, other), abs=METRE)

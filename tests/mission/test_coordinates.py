"""Positions as staffs write them come in and go out without loss."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cadre.mission.coordinates import Position, PositionError

patient = settings(deadline=None, max_examples=200)  # the machine may be busy
LATITUDES = st.floats(min_value=-80, max_value=84)
LONGITUDES = st.floats(min_value=-180, max_value=180)
A_METRE = 2.0  # metres, from a point to the middle of its square, next to the equator too
EARTH = 6_371_000.0


def metres_between(one: Position, other: Position) -> float:
    north = math.radians(one.latitude - other.latitude)
    turn = (one.longitude - other.longitude + 180) % 360 - 180
    east = math.radians(turn) * math.cos(math.radians(one.latitude))
    return EARTH * math.hypot(north, east)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("33.3152, 44.3661", "33.3152, 44.3661"),
        ("33.3152 44.3661", "33.3152, 44.3661"),
        ("33,3152; 44,3661", "33.3152, 44.3661"),
        ("-33.5,-70", "-33.5, -70"),
        ("33°18'N 44°22'E", "33.3, 44.366667"),
        ("33°18′00″N, 44°22′00″E", "33.3, 44.366667"),
        ("44°22'E 33°18'N", "33.3, 44.366667"),
        ("N33 18.0 E44 22.0", "33.3, 44.366667"),
        ("33.3S 44.3W", "-33.3, -44.3"),
        ("38S MB 41028 86304", "33.314248, 44.36647"),
        ("38smb4102886304", "33.314248, 44.36647"),
        ("0, 0", "0, 0"),
    ],
)
def test_every_way_of_writing_a_position_is_read(text: str, decimal: str) -> None:
    assert Position.parse(text).decimal() == decimal


@pytest.mark.parametrize(
    "text",
    [
        "", "somewhere", "33", "33N", "33N 44N", "91, 0", "0, 181", "33°70'N 44°E", "38SMB",
        "38SMB123", "38SMB1234567890123", "61XMB4102886304", "38IMB4102886304", "1,2,3", "nan, nan",
        "33.3152, 44.3661; DROP TABLE", "inf 0", "٣٣ ٤٤ ٥٥",
    ],
)  # fmt: skip
def test_what_is_no_position_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(PositionError) as told:
        Position.parse(text)
    sentence = str(told.value)
    assert (sentence[-1], "\n" in sentence) == (".", False)


@patient
@given(LATITUDES, LONGITUDES)
def test_decimal_degrees_come_back_to_a_tenth_of_a_metre(north: float, east: float) -> None:
    position = Position(north, east)
    assert metres_between(Position.parse(position.decimal()), position) < 0.2


@patient
@given(LATITUDES, LONGITUDES)
def test_degrees_minutes_and_seconds_come_back_to_half_a_second(north: float, east: float) -> None:
    position = Position(north, east)
    assert metres_between(Position.parse(position.sexagesimal()), position) < 25


@patient
@given(LATITUDES, LONGITUDES)
@example(0.0, 0.0)
@example(-0.000009, 12.0)
@example(33.3152, 44.3661)
def test_a_grid_reference_comes_back_to_the_metre(north: float, east: float) -> None:
    position = Position(north, east)
    assert metres_between(Position.parse(position.mgrs()), position) < A_METRE


@patient
@given(LATITUDES.filter(lambda north: abs(north) > 0.0001), LONGITUDES)
def test_a_grid_reference_that_was_printed_is_printed_the_same_again(
    north: float, east: float
) -> None:
    printed = Position(north, east).mgrs()
    middle = Position.parse(printed)
    same_zone = middle.mgrs().split()[0] == printed.split()[0]
    assert middle.mgrs() == printed or not same_zone


@patient
@given(st.text(max_size=40))
def test_any_text_is_a_position_or_one_sentence(text: str) -> None:
    try:
        position = Position.parse(text)
    except PositionError:
        return
    assert abs(position.latitude) <= 90
    assert abs(position.longitude) <= 180

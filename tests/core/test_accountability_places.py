"""The last known place: the latest by occurrence, fading with age, unclear where two differ."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.accountability import Age, LastKnown, Sighting, last_known

FIRST = datetime(2020, 1, 8, tzinfo=UTC)


def hour(number: float) -> datetime:
    return FIRST + timedelta(hours=number)


def seen(place: str, at: float, *, direct: bool = False, source: str = "warden") -> Sighting:
    return Sighting(place, hour(at), source, "saw them", direct=direct)


def test_nobody_said_where() -> None:
    assert last_known([], hour(1)) == LastKnown(Age.UNKNOWN)
    assert last_known([seen("hall", 2)], hour(1)) == LastKnown(Age.UNKNOWN)


@pytest.mark.parametrize(
    ("after", "age"),
    [(0, Age.FRESH), (1.9, Age.FRESH), (2, Age.AGEING), (11.9, Age.AGEING), (12, Age.STALE)],
)
def test_place_fades(after: float, age: Age) -> None:
    assert last_known([seen("hall", 1)], hour(1 + after)) == LastKnown(age, seen("hall", 1))


def test_limits_are_arguments() -> None:
    ages = [
        last_known(
            [seen("hall", 0)],
            hour(at),
            fresh_for=timedelta(hours=1),
            stale_after=timedelta(hours=3),
        ).age
        for at in (0.5, 1, 3)
    ]

    assert ages == [Age.FRESH, Age.AGEING, Age.STALE]


def test_latest_by_occurrence_and_never_later_than_asked() -> None:
    sightings = [seen("gate", 3), seen("room", 9), seen("hall", 1)]

    places = [last_known(sightings, hour(at)).sighting for at in (2, 4, 9)]
    assert places == [sightings[2], sightings[0], sightings[1]]


def test_of_one_moment_direct_contact_counts() -> None:
    direct, told = seen("room", 1, direct=True), seen("gate", 1)

    assert last_known([told, direct], hour(1)) == LastKnown(Age.FRESH, direct)


def test_two_places_of_one_moment_are_both_told() -> None:
    room, gate = seen("room", 1), seen("gate", 1)

    assert last_known([room, gate], hour(1)) == LastKnown(Age.FRESH, gate, elsewhere=(room,))


def test_two_who_saw_the_same_place_do_not_differ() -> None:
    assert last_known([seen("room", 1), seen("room", 1, source="guard")], hour(1)).elsewhere == ()


SIGHTINGS = st.builds(
    seen, st.sampled_from(["gate", "hall", "room"]), st.integers(0, 3), direct=st.booleans()
)


@given(st.lists(SIGHTINGS, max_size=6), st.randoms(use_true_random=False), st.integers(0, 16))
def test_order_and_doubles_do_not_matter(
    sightings: list[Sighting], chance: Random, at: int
) -> None:
    mixed = [*sightings, *sightings]
    chance.shuffle(mixed)

    assert last_known(mixed, hour(at)) == last_known(sightings, hour(at))


@given(st.lists(SIGHTINGS, max_size=6), st.integers(0, 16), st.integers(0, 16))
def test_what_is_known_only_fades_while_nobody_sees_anything(
    sightings: list[Sighting], one: int, other: int
) -> None:
    order = [Age.FRESH, Age.AGEING, Age.STALE, Age.UNKNOWN]
    by_then = [each for each in sightings if each.seen_at <= hour(one)]
    now, later = (last_known(by_then, hour(each)) for each in (one, one + other))

    assert order.index(now.age) <= order.index(later.age)
    assert now.sighting == later.sighting

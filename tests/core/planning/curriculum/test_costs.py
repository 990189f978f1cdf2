"""What a timetable costs: by hand for one, against the plain reading for generated ones."""

from hypothesis import given

from cadre.core.planning.curriculum import Cost, Instance, Timetable, cost
from tests.core.planning.curriculum.made_up import LEGAL, SMALL, placed, priced_slowly


def test_each_part_of_the_price_is_named() -> None:
    # in the cabin 2 have no seat at radio and 20 at maps; first aid has one day of two;
    # the recruits' radio of the second day is alone; radio and maps have two rooms each
    assert cost(SMALL, LEGAL) == Cost(22, 5, 2, 2)
    assert cost(SMALL, LEGAL).total == 31


def test_one_lecture_alone_is_isolated_in_each_of_its_curricula() -> None:
    first_aid = LEGAL[:1]

    assert cost(SMALL, first_aid) == Cost(0, 5 * (1 + 2 + 1 + 1), 2 * 2, 0)


def test_last_period_of_a_day_is_not_next_to_the_first_of_the_following() -> None:
    overnight = tuple(each for each in LEGAL if each.slot in {(0, 2), (1, 0)})

    assert cost(SMALL, overnight).compactness == 2 * 3


@given(placed())
def test_price_is_that_of_the_plain_reading(made: tuple[Instance, Timetable]) -> None:
    instance, timetable = made

    price = cost(instance, timetable)

    parts = (price.room_capacity, price.working_days, price.compactness, price.room_stability)
    assert parts == priced_slowly(instance, timetable)
    assert price.total == sum(parts)

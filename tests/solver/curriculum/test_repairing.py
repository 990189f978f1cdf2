"""Repairing a timetable of which something is newly forbidden: the ban is kept, the fewest
lectures change, and each further change that is allowed may lower the price only.
"""

from dataclasses import replace
from functools import cache
from itertools import permutations
from random import Random

import pytest

from cadre.core.planning.curriculum import Instance, Lecture, Slot, Timetable, cost, violations
from cadre.core.refused import Refused
from cadre.solver.curriculum import Ban, Effort, Repairs, repair, solve
from cadre.solver.curriculum.annealing import Annealing
from cadre.solver.curriculum.figures import figures
from cadre.solver.curriculum.recovery import LimitedBoard
from tests.core.planning.curriculum.made_up import COURSES, LEGAL, SMALL
from tests.solver.curriculum.test_solving import LONG, camp

BANS = {
    "an assignment": Ban(frozenset({"c0"}), frozenset({"r0"}), frozenset({Slot(0, 1)})),
    "a room for a day": Ban(
        rooms=frozenset({"r3"}), slots=frozenset(slot for slot in camp().slots if slot.day == 1)
    ),
    "a slot": Ban(slots=frozenset({Slot(2, 2)})),
    "two slots of a curriculum": Ban(
        courses=frozenset(camp().curricula[0].courses), slots=frozenset({Slot(0, 0), Slot(3, 1)})
    ),
}
EFFORT = Effort(LONG, seed=1, rounds=3)


@cache
def published() -> Timetable:
    return solve(camp(), seconds=LONG, seed=1, rounds=2, processes=1).timetable


def repaired(ban: Ban, *, further: tuple[int, ...] = (0, 5)) -> Repairs:
    return repair(camp(), published(), ban, further=further, effort=EFFORT)


@pytest.mark.parametrize("ban", BANS.values(), ids=BANS)
def test_repair_keeps_ban_and_rules_and_changes_no_more_than_it_may(ban: Ban) -> None:
    found = repaired(ban)

    assert found.proved
    for each, most in zip(found.repairs, (found.fewest, found.fewest + 5), strict=True):
        assert violations(camp(), each.timetable) == ()
        assert [lecture for lecture in each.timetable if ban.covers(lecture)] == []
        assert each.changes == len(set(published()) - set(each.timetable))
        assert each.changes <= most
        assert each.cost == cost(camp(), each.timetable)
    assert found.repairs[1].cost.total <= found.repairs[0].cost.total


def test_ban_of_nothing_that_is_taught_changes_nothing() -> None:
    free = next(
        Ban(rooms=frozenset({room.name}), slots=frozenset({slot}))
        for room in camp().rooms
        for slot in camp().slots
        if not [each for each in published() if (each.room, each.slot) == (room.name, slot)]
    )

    found = repaired(free, further=(0,))

    assert (found.fewest, found.proved) == (0, True)
    assert set(found.repairs[0].timetable) == set(published())


@pytest.mark.parametrize(
    "ban",
    [
        Ban(slots=frozenset({Slot(0, 1)})),
        Ban(rooms=frozenset({"hall"}), slots=frozenset({Slot(0, 0), Slot(0, 1)})),
        Ban(courses=frozenset({"maps"}), slots=frozenset({Slot(1, 0)})),
    ],
)
def test_fewest_changes_and_their_price_are_those_of_trying_all_timetables(ban: Ban) -> None:
    found = repair(tiny(), before(), ban, further=(0,), effort=EFFORT)

    price, changes = found.repairs[0].cost.total, found.fewest
    assert found.repairs[0].proved
    assert (changes, price) == min(
        (len(set(before()) - set(timetable)), cost(tiny(), timetable).total)
        for timetable in all_timetables()
        if not [lecture for lecture in timetable if ban.covers(lecture)]
    )


def tiny() -> Instance:
    """The small instance without its first course: few enough timetables to try them all."""
    curricula = tuple(
        replace(each, courses=tuple(name for name in each.courses if name != COURSES[0].name))
        for each in SMALL.curricula
    )
    return replace(SMALL, courses=COURSES[1:], curricula=curricula)


def before() -> Timetable:
    return tuple(each for each in LEGAL if each.course != COURSES[0].name)


@cache
def all_timetables() -> list[Timetable]:
    places = [(room.name, slot) for room in tiny().rooms for slot in tiny().slots]
    names = [course.name for course in tiny().courses for _ in range(course.lectures)]
    possible = (
        tuple(Lecture(name, room, *slot) for name, (room, slot) in zip(names, each, strict=True))
        for each in permutations(places, len(names))
    )
    return [each for each in set(map(frozenset, possible)) if not violations(tiny(), tuple(each))]


def test_what_nothing_can_keep_is_refused() -> None:
    hopeless = Ban(courses=frozenset({"c0"}))

    with pytest.raises(Refused) as refused:
        repaired(hopeless)

    assert str(refused.value) == "No timetable keeps what is forbidden now and all the hard rules."


def test_changes_are_counted_as_they_come_and_go() -> None:
    numbered = figures(camp())
    at = numbered.places(published())
    board = LimitedBoard(numbered, at, old=at, most=4, allowed=lambda each: each.room != "r0")

    search = Annealing(board, Random(1))  # noqa: S311  # chance for a search
    counted = set()
    for _ in range(3):
        search.round()
        counted.add(len(board.missing))
        changed = [place for place, course in enumerate(board.at) if course != at[place]]
        assert sorted(board.missing) == sorted(
            (at[each], each) for each in changed if at[each] >= 0
        )
        assert sorted(board.new) == sorted(
            (board.at[each], each) for each in changed if board.at[each] >= 0
        )
        assert len(board.missing) <= 4

    assert max(counted) > 0

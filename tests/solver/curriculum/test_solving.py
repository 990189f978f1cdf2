"""Solving the public problem: always legal, repeatable, never worse with more time, optimal where
every timetable can be tried.
"""

from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cadre.core.planning.curriculum import (
    Course,
    Curriculum,
    Instance,
    Lecture,
    Room,
    Slot,
    Timetable,
    cost,
    violations,
)
from cadre.core.refused import Refused
from cadre.solver.curriculum import solve
from cadre.solver.curriculum.annealing import (
    COLD,
    FIRST,
    HOT,
    WARM,
    from_nothing,
    temperature_of,
)
from cadre.solver.curriculum.board import Board
from cadre.solver.curriculum.figures import figures
from tests.core.planning.curriculum.made_up import LEGAL, SMALL, instances

ROUNDS = 3
LONG = 600.0  # seconds: as good as no limit


def solved(instance: Instance, *, seed: int = 1, rounds: int = ROUNDS) -> Timetable:
    return solve(instance, seconds=LONG, seed=seed, rounds=rounds, processes=1).timetable


@cache
def camp() -> Instance:
    """Of some size: 24 courses of 10 teachers and 60 lectures in 4 rooms."""
    courses = tuple(
        Course(f"c{number}", f"t{number % 10}", 2 + number % 2, 2, 7 * number % 40)
        for number in range(24)
    )
    curricula = tuple(
        Curriculum(f"q{number}", tuple(f"c{(number * 5 + step * 7) % 24}" for step in range(4)))
        for number in range(8)
    )
    rooms = tuple(Room(f"r{number}", seats) for number, seats in enumerate((10, 20, 30, 40)))
    closed = frozenset((f"c{number}", Slot(number % 5, number % 4)) for number in range(24))
    return Instance("Camp", 5, 4, courses, rooms, curricula, closed)


def test_outcome_is_legal_and_its_price_is_that_of_the_judge() -> None:
    outcome = solve(camp(), seconds=LONG, seed=1, rounds=ROUNDS, processes=1)

    assert violations(camp(), outcome.timetable) == ()
    assert outcome.cost == cost(camp(), outcome.timetable)
    assert outcome.rounds == ROUNDS


def test_same_seed_and_rounds_give_the_same_timetable_and_another_seed_another() -> None:
    assert solved(camp(), seed=1) == solved(camp(), seed=1)
    assert solved(camp(), seed=1) != solved(camp(), seed=2)


def test_more_rounds_are_never_worse() -> None:
    prices = [cost(camp(), solved(camp(), rounds=rounds)).total for rounds in (0, 1, 3, 6)]

    assert prices == sorted(prices, reverse=True)
    assert prices[-1] < prices[0]


def test_time_ends_a_search() -> None:
    outcome = solve(camp(), seconds=0.0, seed=1, processes=1)

    assert (outcome.rounds, violations(camp(), outcome.timetable)) == (0, ())


def test_progress_tells_the_best_price_after_each_round() -> None:
    told: list[tuple[float, int]] = []

    outcome = solve(
        camp(),
        seconds=LONG,
        seed=1,
        rounds=ROUNDS,
        processes=1,
        progress=lambda seconds, price: told.append((seconds, price)),
    )

    prices = [price for _seconds, price in told]
    assert len(told) == ROUNDS
    assert prices == sorted(prices, reverse=True)
    assert prices[-1] == outcome.cost.total


def test_searches_side_by_side_are_as_good_as_the_best_of_them_and_repeatable() -> None:
    alone = solve(camp(), seconds=LONG, seed=1, rounds=ROUNDS, processes=1)
    one, other = (solve(camp(), seconds=LONG, seed=1, rounds=ROUNDS, processes=3) for _ in range(2))

    assert one.timetable == other.timetable
    assert one.cost.total <= alone.cost.total


@settings(max_examples=30, deadline=None)  # each is a search of its own
@given(instances(), st.integers(0, 5))
def test_what_is_found_is_legal_and_what_is_noted_stays_true(instance: Instance, seed: int) -> None:
    try:
        search = from_nothing(figures(instance), seed)
    except Refused:
        assume(False)
    search.round()

    assert violations(instance, search.timetable) == ()
    assert search.best == cost(instance, search.timetable).total
    afresh = Board(search.board.figures, search.board.at)
    for name in ("cost", "here", "place_of", "on_day", "days_of", "in_room", "weeks", "isolation"):
        assert getattr(search.board, name) == getattr(afresh, name)
    assert sorted(search.board.taken) == afresh.taken


def test_optimum_is_found_where_every_timetable_can_be_tried() -> None:
    tiny = Instance(
        "Tiny",
        2,
        2,
        (Course("a", "t", 2, 2, 9), Course("b", "u", 1, 1, 5), Course("c", "t", 1, 1, 2)),
        (Room("large", 8), Room("small", 3)),
        (Curriculum("q", ("a", "b")), Curriculum("r", ("b", "c"))),
        frozenset({("c", Slot(0, 0))}),
    )

    assert cost(tiny, solved(tiny)).total == cheapest(tiny)


def cheapest(instance: Instance) -> int:
    """The least price of all legal timetables, by trying them all."""
    places = [(room.name, slot) for room in instance.rooms for slot in instance.slots]
    names = [course.name for course in instance.courses for _ in range(course.lectures)]
    possible = (
        [Lecture(name, room, *slot) for name, (room, slot) in zip(names, chosen, strict=True)]
        for chosen in permutations(places, len(names))
    )
    return min(
        cost(instance, timetable).total
        for timetable in possible
        if not violations(instance, timetable)
    )


def test_timetable_without_any_price_ends_the_search() -> None:
    easy = replace(SMALL, curricula=(), rooms=(Room("hall", 30), Room("other hall", 30)))

    outcome = solve(easy, seconds=LONG, seed=1, processes=1)

    assert outcome.cost.total == 0


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (
            replace(SMALL, rooms=()),
            "There are more lectures than rooms and periods to hold them in.",
        ),
        (
            Instance("Packed", 2, 3, (Course("maps", "marsh", 7, 1, 1),), SMALL.rooms),
            "Course maps has more lectures than periods to hold them in.",
        ),
        (
            replace(SMALL, courses=tuple(replace(each, teacher="x") for each in SMALL.courses)),
            "No timetable that keeps all the hard rules was found.",
        ),
    ],
)
def test_impossible_instance_is_refused_in_a_sentence(broken: Instance, sentence: str) -> None:
    assert violations(SMALL, solved(SMALL)) == ()

    with pytest.raises(Refused) as refused:
        solve(broken, seconds=LONG, seed=1, rounds=ROUNDS, processes=1)

    assert str(refused.value) == sentence


def test_timetable_is_the_same_after_being_numbered() -> None:
    numbered = figures(SMALL)

    assert sorted(numbered.timetable(numbered.places(LEGAL))) == sorted(LEGAL)


def test_coolings_begin_hot_then_warm_each_twice_as_long_as_the_one_before() -> None:
    starts = [0, FIRST, 3 * FIRST, 7 * FIRST]

    assert [temperature_of(each, WARM) for each in starts] == [HOT, WARM, WARM, WARM]
    for start in starts[1:]:
        assert COLD < temperature_of(start - 1, WARM) < temperature_of(start - 2, WARM)


def test_gathering_brings_all_lectures_of_a_course_into_one_room_or_changes_nothing() -> None:
    numbered = figures(camp())
    board = Board(numbered, numbered.places(solved(camp(), rounds=0)))
    course = max(numbered.courses, key=lambda each: len(used(board, each)))
    before, price = board.at.copy(), board.cost
    assert len(used(board, course)) > 1

    assert not board.gather(course, 0, limit=-1_000)
    assert (board.at, board.cost) == (before, price)

    assert board.gather(course, 0, limit=1_000)
    assert used(board, course) == {0}
    assert board.cost == Board(numbered, board.at).cost
    assert violations(camp(), numbered.timetable(board.at)) == ()


def used(board: Board, course: int) -> set[int]:
    return {board.room_of[place] for place in board.taken if board.at[place] == course}

"""What a timetable must not do: each broken rule is named, with what, where and how often."""

from dataclasses import replace

import pytest
from hypothesis import given

from cadre.core.planning.curriculum import (
    Instance,
    Lecture,
    Rule,
    Slot,
    Timetable,
    Violation,
    conflicts,
    violations,
)
from tests.core.planning.curriculum.made_up import LEGAL, SMALL, counted_slowly, placed


def changed(lecture: Lecture, by: Lecture | None) -> Timetable:
    kept = tuple(each for each in LEGAL if each != lecture)
    return kept if by is None else (*kept, by)


def test_legal_timetable_breaks_nothing() -> None:
    assert violations(SMALL, LEGAL) == ()


@pytest.mark.parametrize(
    ("lecture", "by", "broken"),
    [
        (
            Lecture("maps", "cabin", 1, 1),
            None,
            Violation(Rule.LECTURES, ("maps",), "Course maps has 1 of 2 lectures."),
        ),
        (
            Lecture("maps", "cabin", 1, 1),
            Lecture("maps", "cabin", 1, 0),
            Violation(
                Rule.LECTURES,
                ("maps",),
                "Course maps has 2 lectures on day 1 in period 0.",
                Slot(1, 0),
            ),
        ),
        (
            Lecture("radio", "cabin", 0, 2),
            Lecture("radio", "cabin", 0, 1),
            Violation(
                Rule.CONFLICTS,
                ("radio", "first-aid"),
                "Courses radio and first-aid conflict on day 0 in period 1.",
                Slot(0, 1),
            ),
        ),
        (
            Lecture("driving", "hall", 0, 2),
            Lecture("driving", "cabin", 1, 2),
            Violation(
                Rule.AVAILABILITY,
                ("driving",),
                "Course driving is not available on day 1 in period 2.",
                Slot(1, 2),
            ),
        ),
        (
            Lecture("driving", "hall", 0, 2),
            Lecture("driving", "cabin", 0, 2),
            Violation(
                Rule.ROOM_OCCUPANCY,
                ("driving", "radio"),
                "Room cabin has 2 lectures on day 0 in period 2: driving, radio.",
                Slot(0, 2),
                "cabin",
            ),
        ),
    ],
    ids=lambda value: value.rule.value if isinstance(value, Violation) else "",
)
def test_broken_rule_is_named_with_what_and_where(
    lecture: Lecture, by: Lecture | None, broken: Violation
) -> None:
    assert broken in violations(SMALL, changed(lecture, by))


def test_three_courses_in_conflict_are_three_pairs() -> None:
    one_teacher = replace(
        SMALL, courses=tuple(replace(each, teacher="ward") for each in SMALL.courses)
    )
    at_once = tuple(
        Lecture(name, room, 0, 1)
        for name, room in (("first-aid", "hall"), ("radio", "cabin"), ("maps", "hall"))
    )

    assert counted(one_teacher, at_once)[Rule.CONFLICTS] == 3


def test_courses_conflict_by_teacher_and_by_curriculum_and_never_with_themselves() -> None:
    assert conflicts(SMALL) == {
        "first-aid": frozenset({"radio", "driving", "maps"}),
        "radio": frozenset({"first-aid", "maps"}),
        "maps": frozenset({"radio", "driving", "first-aid"}),
        "driving": frozenset({"maps", "first-aid"}),
    }


def counted(instance: Instance, timetable: Timetable) -> dict[Rule, int]:
    numbers = dict.fromkeys(Rule, 0)
    for each in violations(instance, timetable):
        numbers[each.rule] += each.number
    return numbers


@given(placed())
def test_violations_are_those_of_the_plain_reading(made: tuple[Instance, Timetable]) -> None:
    instance, timetable = made

    assert counted(instance, timetable) == counted_slowly(instance, timetable)

"""What a timetable must not do, by the competition's hard rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from cadre.core.planning.curriculum.instances import Instance, Lecture, Slot, conflicts


class Rule(StrEnum):
    """The hard rules, by the competition's names."""

    LECTURES = "lectures"
    CONFLICTS = "conflicts"
    AVAILABILITY = "availability"
    ROOM_OCCUPANCY = "room occupancy"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: by which courses, in which slot and room where that matters, how many times.

    `words` is one sentence for whoever made the timetable.
    """

    rule: Rule
    courses: tuple[str, ...]
    words: str
    slot: Slot | None = None
    room: str = ""
    number: int = 1


def violations(instance: Instance, timetable: Iterable[Lecture]) -> tuple[Violation, ...]:
    """All that is broken, rule by rule; nothing of a timetable that is legal.

    The lectures are those of courses, rooms and slots that the instance has. Counted as in the
    competition: each lecture too few or too many and each that shares its slot with another of
    its course; each pair in conflict; each lecture when its course is unavailable; each lecture
    more than one in a room.
    """
    lectures = sorted(timetable, key=lambda each: (each.day, each.period, each.room, each.course))
    return tuple(broken for check in CHECKS for broken in check(instance, lectures))


def wrong_numbers(instance: Instance, lectures: Sequence[Lecture]) -> Iterator[Violation]:
    """Courses with too few lectures, too many, or several in one slot."""
    placed = grouped(lectures, lambda each: each.course)
    for course in instance.courses:
        own = placed.get(course.name, [])
        if len(own) != course.lectures:
            yield Violation(
                Rule.LECTURES,
                (course.name,),
                f"Course {course.name} has {len(own)} of {course.lectures} lectures.",
                number=abs(len(own) - course.lectures),
            )
        for slot, same in grouped(own, lambda each: each.slot).items():
            if len(same) > 1:
                yield Violation(
                    Rule.LECTURES,
                    (course.name,),
                    f"Course {course.name} has {len(same)} lectures {at(slot)}.",
                    slot,
                    number=len(same) - 1,
                )


def clashes(instance: Instance, lectures: Sequence[Lecture]) -> Iterator[Violation]:
    """Pairs of lectures in one slot whose courses share a teacher or a curriculum."""
    excluded = conflicts(instance)
    for slot, together in grouped(lectures, lambda each: each.slot).items():
        for one, other in combinations(together, 2):
            if other.course in excluded[one.course]:
                courses = (one.course, other.course)
                words = f"Courses {one.course} and {other.course} conflict {at(slot)}."
                yield Violation(Rule.CONFLICTS, courses, words, slot)


def unavailable(instance: Instance, lectures: Sequence[Lecture]) -> Iterator[Violation]:
    """Lectures in slots in which their course must not be taught."""
    for each in lectures:
        if (each.course, each.slot) in instance.unavailable:
            words = f"Course {each.course} is not available {at(each.slot)}."
            yield Violation(Rule.AVAILABILITY, (each.course,), words, each.slot)


def crowded(_instance: Instance, lectures: Sequence[Lecture]) -> Iterator[Violation]:
    """Rooms with more than one lecture at once."""
    for (slot, room), together in grouped(lectures, lambda each: (each.slot, each.room)).items():
        if len(together) > 1:
            courses = tuple(each.course for each in together)
            words = f"Room {room} has {len(together)} lectures {at(slot)}: {', '.join(courses)}."
            yield Violation(
                Rule.ROOM_OCCUPANCY, courses, words, slot, room, number=len(together) - 1
            )


CHECKS: Final = (wrong_numbers, clashes, unavailable, crowded)


def grouped[Key](
    lectures: Iterable[Lecture], key: Callable[[Lecture], Key]
) -> dict[Key, list[Lecture]]:
    """The lectures by something they share, in the order in which it is first met."""
    found: dict[Key, list[Lecture]] = defaultdict(list)
    for each in lectures:
        found[key(each)].append(each)
    return dict(found)


def at(slot: Slot) -> str:
    return f"on day {slot.day} in period {slot.period}"

"""What a timetable costs, by the competition's soft rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cadre.core.planning.curriculum.instances import Instance, Lecture, Slot

SEAT: Final = 1  # each student without one
WORKING_DAY: Final = 5  # each day too few
ISOLATED: Final = 2  # each lecture without another of the curriculum next to it
ROOM: Final = 1  # each room of a course after its first


@dataclass(frozen=True, slots=True)
class Cost:
    """The price of a timetable, rule by rule; the weights are in it."""

    room_capacity: int
    working_days: int
    compactness: int
    room_stability: int

    @property
    def total(self) -> int:
        return self.room_capacity + self.working_days + self.compactness + self.room_stability


def cost(instance: Instance, timetable: Iterable[Lecture]) -> Cost:
    """The price of a timetable, whether it is legal or not, of courses and rooms that there are."""
    lectures = list(timetable)
    return Cost(
        SEAT * missing_seats(instance, lectures),
        WORKING_DAY * missing_days(instance, lectures),
        ISOLATED * isolated_lectures(instance, lectures),
        ROOM * further_rooms(lectures),
    )


def missing_seats(instance: Instance, lectures: Sequence[Lecture]) -> int:
    """How many students have no seat, over all lectures."""
    seats = {room.name: room.seats for room in instance.rooms}
    students = {course.name: course.students for course in instance.courses}
    return sum(max(0, students[each.course] - seats[each.room]) for each in lectures)


def missing_days(instance: Instance, lectures: Sequence[Lecture]) -> int:
    """How many days the courses fall short of those that they are to be spread over."""
    days: dict[str, set[int]] = defaultdict(set)
    for each in lectures:
        days[each.course].add(each.day)
    return sum(max(0, course.working_days - len(days[course.name])) for course in instance.courses)


def isolated_lectures(instance: Instance, lectures: Sequence[Lecture]) -> int:
    """How many lectures of each curriculum have no other of it just before or after, that day."""
    slots: dict[str, list[Slot]] = defaultdict(list)
    for each in lectures:
        slots[each.course].append(each.slot)
    return sum(
        isolated([slot for course in curriculum.courses for slot in slots[course]])
        for curriculum in instance.curricula
    )


def isolated(slots: Sequence[Slot]) -> int:
    taken = set(slots)
    return sum(
        Slot(day, period - 1) not in taken and Slot(day, period + 1) not in taken
        for day, period in slots
    )


def further_rooms(lectures: Sequence[Lecture]) -> int:
    """How many rooms the courses use after their first."""
    return len({(each.course, each.room) for each in lectures}) - len(
        {each.course for each in lectures}
    )

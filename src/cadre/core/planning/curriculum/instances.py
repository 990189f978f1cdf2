"""An instance of curriculum-based course timetabling: what is to be taught, where, and when not.

The problem is that of the International Timetabling Competition 2007, track 3 (Di Gaspero,
McCollum and Schaerf, "The Second International Timetabling Competition: Curriculum-based Course
Timetabling", 2007).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Slot(NamedTuple):
    """A period of a day; both are counted from 0."""

    day: int
    period: int


@dataclass(frozen=True, slots=True)
class Course:
    """So many lectures of one teacher, to be spread over at least so many days."""

    name: str
    teacher: str
    lectures: int
    working_days: int
    students: int


@dataclass(frozen=True, slots=True)
class Room:
    """A room and how many seats it has."""

    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Curriculum:
    """Courses, by name, that the same students take."""

    name: str
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything that a timetable is made from.

    Names of courses are unlike each other, as are those of rooms and of curricula; curricula and
    `unavailable` name courses that there are. `read_instance` makes sure of it.
    """

    name: str
    days: int
    periods: int  # of one day
    courses: tuple[Course, ...]
    rooms: tuple[Room, ...]
    curricula: tuple[Curriculum, ...] = ()
    unavailable: frozenset[tuple[str, Slot]] = frozenset()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All periods of all days, in order of time."""
        return tuple(
            Slot(day, period) for day in range(self.days) for period in range(self.periods)
        )


@dataclass(frozen=True, slots=True, order=True)
class Lecture:
    """One lecture of a course as a timetable places it; day and period are counted from 0."""

    course: str
    room: str
    day: int
    period: int

    @property
    def slot(self) -> Slot:
        return Slot(self.day, self.period)


type Timetable = tuple[Lecture, ...]


def conflicts(instance: Instance) -> Mapping[str, frozenset[str]]:
    """For each course the others that share its teacher or a curriculum with it."""
    together: dict[str, set[str]] = {course.name: set() for course in instance.courses}
    for group in groups(instance):
        for name in group:
            together[name].update(group)
    return {name: frozenset(others - {name}) for name, others in together.items()}


def groups(instance: Instance) -> list[tuple[str, ...]]:
    """Courses that exclude each other: those of each teacher and those of each curriculum."""
    taught: dict[str, list[str]] = defaultdict(list)
    for course in instance.courses:
        taught[course.teacher].append(course.name)
    of_teachers = [tuple(courses) for courses in taught.values()]
    return [*of_teachers, *(curriculum.courses for curriculum in instance.curricula)]

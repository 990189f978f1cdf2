"""An instance as whole numbers and masks, which is what a search computes with.

Courses, rooms and periods of the week are numbers here, in the order of the instance. A *place* is
a room in a period: `period * rooms + room`. A set of courses is a mask with one bit each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cadre.core.planning.curriculum import (
    ISOLATED,
    SEAT,
    WORKING_DAY,
    Instance,
    Lecture,
    Timetable,
    conflicts,
)

EMPTY: Final = -1


@dataclass(frozen=True, slots=True)
class Figures:
    """What of an instance never changes during a search.

    `lectures`: of each course; `apart`: with which courses each cannot share a period, itself
    among them; `open`: which courses may be taught in each period; `unseated[course][room]`: the
    price of a lecture's missing seats; `too_few[course][days]`: the price of its working days.

    `weeks`: a course's mark in the weeks of all its curricula, which stand side by side in one
    number: one bit a period and an empty one after each day. `shifts`: how far a period is from
    the start of each week.
    """

    instance: Instance
    days: int
    day_of: tuple[int, ...]  # each period
    rooms: int
    lectures: tuple[int, ...]
    apart: tuple[int, ...]
    open: tuple[int, ...]
    unseated: tuple[tuple[int, ...], ...]
    too_few: tuple[tuple[int, ...], ...]
    weeks: tuple[int, ...]
    shifts: tuple[int, ...]

    @property
    def courses(self) -> range:
        return range(len(self.lectures))

    @property
    def periods(self) -> range:
        return range(len(self.day_of))

    def timetable(self, at: Sequence[int]) -> Timetable:
        """The timetable in which each place holds a course, or is EMPTY."""
        return tuple(
            self.lecture(course, place) for place, course in enumerate(at) if course != EMPTY
        )

    def lecture(self, course: int, place: int) -> Lecture:
        """A lecture of a course in a place."""
        period, room = divmod(place, self.rooms)
        return Lecture(
            self.instance.courses[course].name,
            self.instance.rooms[room].name,
            *divmod(period, self.instance.periods),
        )

    def places(self, timetable: Timetable) -> list[int]:
        """The course in each place of a legal timetable."""
        courses = numbers(each.name for each in self.instance.courses)
        rooms = numbers(each.name for each in self.instance.rooms)
        at = [EMPTY] * (len(self.periods) * self.rooms)
        for each in timetable:
            period = each.day * self.instance.periods + each.period
            at[period * self.rooms + rooms[each.room]] = courses[each.course]
        return at


def figures(instance: Instance) -> Figures:
    """The figures of an instance."""
    courses = numbers(each.name for each in instance.courses)
    excluded = conflicts(instance)
    closed = [
        mask(courses[name] for name, at in instance.unavailable if at == slot)
        for slot in instance.slots
    ]
    return Figures(
        instance,
        instance.days,
        tuple(slot.day for slot in instance.slots),
        len(instance.rooms),
        tuple(each.lectures for each in instance.courses),
        tuple(
            mask(courses[other] for other in {each.name, *excluded[each.name]})
            for each in instance.courses
        ),
        tuple(((1 << len(courses)) - 1) & ~each for each in closed),
        tuple(
            tuple(SEAT * max(0, each.students - room.seats) for room in instance.rooms)
            for each in instance.courses
        ),
        tuple(
            tuple(
                WORKING_DAY * max(0, each.working_days - days) for days in range(instance.days + 1)
            )
            for each in instance.courses
        ),
        weeks(instance),
        tuple(day * (instance.periods + 1) + period for day, period in instance.slots),
    )


def numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def mask(members: Iterable[int]) -> int:
    """The set with these members."""
    found = 0
    for each in members:
        found |= 1 << each
    return found


@lru_cache(maxsize=1 << 16)  # a search asks for the same few thousand sets again and again
def members(mask: int) -> tuple[int, ...]:
    """The members of a set, the smallest first."""
    return tuple(bit for bit in range(mask.bit_length()) if mask >> bit & 1)


def weeks(instance: Instance) -> tuple[int, ...]:
    """For each course the first bit of the week of each curriculum that it belongs to."""
    length = instance.days * (instance.periods + 1)
    return tuple(
        mask(
            number * length
            for number, curriculum in enumerate(instance.curricula)
            if course.name in curriculum.courses
        )
        for course in instance.courses
    )


def isolation(weeks: int) -> int:
    """The price of the lectures that have none of their curriculum next to them."""
    return ISOLATED * (weeks & ~(weeks << 1 | weeks >> 1)).bit_count()

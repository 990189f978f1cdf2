"""A legal timetable to begin with: whatever has the fewest periods left is placed first.

What cannot be placed drives out the lectures that are in its way and is placed earlier next time
(saturation order, Brélaz 1979, with squeaky wheels, Joslin and Clements 1999).
"""

from random import Random
from typing import Final

from cadre.core.refused import Refused
from cadre.solver.curriculum.figures import EMPTY, Figures, members

PATIENCE: Final = 200  # tries for each lecture


class Beginning:
    """A timetable that is being filled. It is legal at any time and may lack lectures."""

    def __init__(self, figures: Figures, random: Random) -> None:
        self.figures = figures
        self.random = random
        self.left = list(figures.lectures)
        self.here = [0 for _ in figures.periods]
        self.at = [EMPTY] * (len(figures.periods) * figures.rooms)
        self.urgency = [0 for _ in figures.courses]

    def free(self, course: int) -> list[int]:
        """The periods in which one more lecture of the course is legal."""
        bit, apart = 1 << course, self.figures.apart[course]
        return [
            period
            for period, here in enumerate(self.here)
            if self.figures.open[period] & bit and not here & apart and not self.full(period)
        ]

    def full(self, period: int) -> bool:
        return self.here[period].bit_count() >= self.figures.rooms

    def place_next(self) -> None:
        """Places one lecture of the course that has least choice."""
        choices = {course: self.free(course) for course, left in enumerate(self.left) if left}
        course = min(
            choices,
            key=lambda each: (
                len(choices[each]) - self.left[each] - self.urgency[each],
                self.random.random(),
            ),
        )
        if choices[course]:
            self.put(course, self.random.choice(choices[course]))
        else:
            self.urgency[course] += 1
            self.force(course)

    def force(self, course: int) -> None:
        """Makes room for a lecture in any period in which its course may be taught at all."""
        bit = 1 << course
        possible = [
            period
            for period in self.figures.periods
            if self.figures.open[period] & bit and not self.here[period] & bit
        ]
        if not possible:
            raise Refused(f"{self.named(course)} has more lectures than periods to hold them in.")
        period = self.random.choice(possible)
        for other in members(self.here[period] & self.figures.apart[course]):
            self.take(other, period)
        if self.full(period):
            self.take(self.random.choice(list(members(self.here[period]))), period)
        self.put(course, period)

    def put(self, course: int, period: int) -> None:
        """Places a lecture in the free room that suits it best."""
        rooms = self.figures.rooms
        unseated = self.figures.unseated[course]
        room = min(
            (room for room in range(rooms) if self.at[period * rooms + room] == EMPTY),
            key=unseated.__getitem__,
        )
        self.at[period * rooms + room] = course
        self.here[period] |= 1 << course
        self.left[course] -= 1

    def take(self, course: int, period: int) -> None:
        self.at[self.at.index(course, period * self.figures.rooms)] = EMPTY
        self.here[period] ^= 1 << course
        self.left[course] += 1

    def named(self, course: int) -> str:
        return f"Course {self.figures.instance.courses[course].name}"


def begin(figures: Figures, random: Random) -> list[int]:
    """The course in each place of some legal timetable, without regard to its price.

    Raises Refused if none is found with patience; that is no proof that there is none.
    """
    if sum(figures.lectures) > len(figures.periods) * figures.rooms:
        raise Refused("There are more lectures than rooms and periods to hold them in.")
    beginning = Beginning(figures, random)
    for _ in range(PATIENCE * sum(figures.lectures)):
        if not any(beginning.left):
            return beginning.at
        beginning.place_next()
    if any(beginning.left):
        raise Refused("No timetable that keeps all the hard rules was found.")
    return beginning.at

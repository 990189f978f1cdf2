"""A timetable that may differ from an old one in so many lectures only, for bettering a repair."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from cadre.core.planning.curriculum import Lecture
from cadre.solver.curriculum.board import Board, Move
from cadre.solver.curriculum.figures import EMPTY, Figures

HOMEWARD: Final = 0.2  # of the attempts take a changed lecture to where one is missing


class LimitedBoard(Board):
    """A timetable of which at most so many lectures may differ from the old one.

    `missing`: which lectures of the old timetable do not stand; `new`: which were not in it. Both
    are courses with places, in the order in which they changed.
    """

    def __init__(
        self,
        figures: Figures,
        at: Sequence[int],
        *,
        old: Sequence[int],
        most: int,
        allowed: Callable[[Lecture], bool],
    ) -> None:
        super().__init__(figures, at)
        self.old = old
        self.most = most
        changed = [place for place in range(len(at)) if old[place] != at[place]]
        self.missing = {(old[each], each): None for each in changed if old[each] != EMPTY}
        self.new = {(at[each], each): None for each in changed if at[each] != EMPTY}
        self.allowed = [
            [allowed(figures.lecture(course, place)) for place in range(len(at))]
            for course in figures.courses
        ]

    def proposal(self, random: Random) -> tuple[int, int]:
        """As for any timetable, and now and then a way back to the old one."""
        if not self.missing or random.random() > HOMEWARD:
            return super().proposal(random)
        course, end = random.choice(tuple(self.missing))
        return random.choice([place for each, place in self.new if each == course]), end

    def permits(self, moves: Sequence[Move]) -> bool:
        """Whether nothing forbidden comes about, and not too many changes."""
        changes = len(self.missing)
        for course, start, end in moves:
            if not self.allowed[course][end]:
                return False
            changes += (self.old[start] == course) - (self.old[end] == course)
        return super().permits(moves) and changes <= self.most

    def carry_out(self, moves: Sequence[Move]) -> None:
        super().carry_out(moves)
        for course, start, end in moves:
            if self.old[start] == course:
                self.missing[course, start] = None
            else:
                del self.new[course, start]
            if self.old[end] == course:
                del self.missing[course, end]
            else:
                self.new[course, end] = None

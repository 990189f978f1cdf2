"""Simulated annealing over legal timetables, in rounds of fixed size.

What is found depends on the seed and on the number of rounds only, never on the clock; and more
rounds go on where fewer ended, so they never find anything worse. (Kirkpatrick, Gelatt and Vecchi
1983; for this problem Bellio, Ceschia, Di Gaspero, Schaerf and Urli, "Feature-based tuning of
simulated annealing applied to the curriculum-based course timetabling problem", 2016; chains as
in Lü and Hao, "Adaptive tabu search for course timetabling", 2010.)
"""

from math import log
from random import Random
from typing import Final

from cadre.core.planning.curriculum import Timetable
from cadre.solver.curriculum.beginning import begin
from cadre.solver.curriculum.board import Board
from cadre.solver.curriculum.figures import Figures

ATTEMPTS: Final = 10_000  # of a round
GATHERING: Final = 50  # one attempt out of so many brings a whole course into one room
FIRST: Final = 50  # rounds of the first cooling; each following one takes twice as many
HOT: Final = 15.0
WARM: Final = 4.0  # where each cooling after the first may begin, or as hot as the first
COLD: Final = 0.1


class Annealing:
    """One search. `best`: the price of the best timetable so far; `rounds`: how many there were;
    `again`: the temperature at which each cooling after the first begins.
    """

    def __init__(self, board: Board, random: Random, *, again: float = WARM) -> None:
        self.board = board
        self.again = again
        self.random = random
        self.best = board.cost
        self.best_at = board.at.copy()
        self.rounds = 0

    @property
    def timetable(self) -> Timetable:
        """The best timetable so far."""
        return self.board.figures.timetable(self.best_at)

    def goes_on(self, most: int | None) -> bool:
        """Whether there is a further round to go, of at most so many (None: as many as you like)
        and while there is anything to improve.
        """
        return self.best > 0 and (most is None or self.rounds < most)

    def round(self) -> None:
        """Goes on for a round."""
        temperature = temperature_of(self.rounds, self.again)
        board, random = self.board, self.random
        for number in range(ATTEMPTS):
            start, end = board.proposal(random)
            limit = -temperature * log(1.0 - random.random())
            if number % GATHERING:
                done = board.attempt(start, end, limit)
            else:
                done = board.gather(board.at[start], board.room_of[end], limit)
            if done and board.cost < self.best:
                self.best = board.cost
                self.best_at = board.at.copy()
        self.rounds += 1


def from_nothing(figures: Figures, seed: int, *, again: float = WARM) -> Annealing:
    """A search that begins with any legal timetable; raises Refused if none is found."""
    random = Random(seed)  # noqa: S311  # chance for a search, not for a secret
    return Annealing(Board(figures, begin(figures, random)), random, again=again)


def temperature_of(round_number: int, again: float) -> float:
    """The temperature of a round, counted from 0: it falls by a constant factor, again and again.

    Coolings take 1, 2, 4, 8, … times FIRST rounds, so that the last one has as long as all before.
    """
    cooling = (round_number // FIRST + 1).bit_length() - 1
    length = FIRST << cooling
    done = round_number - (length - FIRST)
    start = again if cooling else HOT
    return float(start * (COLD / start) ** (done / length))

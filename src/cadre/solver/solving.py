"""Solving a planning problem: a first plan at once, a better one for every further second."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from cadre.core.planning import Cost, Plan, Problem, cost, violations
from cadre.solver.bounds import Bound
from cadre.solver.construct import construct
from cadre.solver.improve import Improvement
from cadre.solver.jobs import Jobs
from cadre.solver.timetable import Timetable

FOR_BOUND: Final = 0.2  # of the time
SMALL: Final = 60  # sessions that CP-SAT can place as a whole
EFFORT: Final = 3.0  # of CP-SAT, in its own unit, which is about a second
FIRST_PASSES: Final = 3  # of the bound, before the first is told


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: the seconds since the start, the best cost and the best bound then."""

    seconds: float
    cost: int
    bound: int

    @property
    def gap(self) -> float:
        """The share of the cost that may be too much: 0 is proved to be best."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True)
class Outcome:
    """The best plan, which breaks no rule, and what is known of it.

    `rounds`: with the same number of rounds and the same seed the same plan comes out. `shares`:
    of the time, by phase.
    """

    plan: Plan
    cost: Cost
    bound: int
    rounds: int
    history: tuple[Step, ...]
    shares: Mapping[str, float]

    @property
    def gap(self) -> float:
        return Step(0.0, self.cost.total, self.bound).gap


type Progress = Callable[[Step], bool | None]


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    progress: Progress | None = None,
    start: Plan | None = None,
    rounds: int | None = None,
) -> Outcome:
    """The best plan found in about so many seconds, and a lower bound on what any plan costs.

    `progress` is told of every step, and ends the search by saying True. `start`: a plan to begin
    with, and never to be worse than if it is legal. `rounds`: end after so many, whatever the
    clock says. A published plan that is complete and breaks no rule is the answer. The plan depends
    on the problem, the seed and how many rounds are made, not on the clock.
    """
    search = Search(problem, seed, progress)
    search.begin(start)
    if not (start is None and untouched(problem)):
        search.prove()
        while not search.over(seconds, rounds):
            search.round()
    return search.outcome()


def untouched(problem: Problem) -> bool:
    """Whether the published plan can simply stay."""
    complete = all(each.key in problem.published for each in problem.sessions)
    return complete and not violations(problem.published, problem)


class Search:
    """A search that goes on round by round."""

    def __init__(self, problem: Problem, seed: int, progress: Progress | None) -> None:
        self.problem, self.progress = problem, progress
        self.began = time.monotonic()
        self.spent: dict[str, float] = {}
        self.history: list[Step] = []
        self.stopped = False
        with self.phase("compiling, with posture"):
            self.jobs = Jobs(problem)
            self.timetable = Timetable(self.jobs)
        self.bound = Bound(self.jobs)
        self.improvement = Improvement(self.timetable, seed)

    def begin(self, start: Plan | None) -> None:
        """Makes the first complete plan and the first bound, and tells of each."""
        with self.phase("constructing"):
            if start is not None:
                self.timetable.load(start)
            elif untouched(self.problem):
                self.timetable.load(self.problem.published)
            construct(self.timetable, self.improvement.placer)
            self.improvement.take_stock()
        self.tell()
        for _ in range(FIRST_PASSES):
            self.raise_bound()
        self.tell()

    def prove(self) -> None:
        """Solves a small problem as a whole."""
        numbers = self.improvement.movable
        if not 0 < len(numbers) <= SMALL or self.improvement.least <= self.bound.value:
            return
        with self.phase("proving"):
            self.bound.claim(self.improvement.exactly(numbers, EFFORT))
            self.improvement.take_stock()
        self.tell()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.monotonic() - began

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def over(self, seconds: float, rounds: int | None) -> bool:
        made = self.improvement.rounds
        proved = self.improvement.least <= self.bound.value
        enough = self.seconds >= seconds if rounds is None else made >= rounds
        return enough or proved or self.stopped

    def round(self) -> None:
        with self.phase("improving"):
            self.improvement.round()
        if self.spent.get("bounding", 0.0) < FOR_BOUND * self.seconds:
            self.raise_bound()
        self.tell()

    def raise_bound(self) -> None:
        with self.phase("bounding"):
            self.bound.improve(self.improvement.least)

    def tell(self) -> None:
        step = Step(self.seconds, self.improvement.least, self.bound.value)
        self.history.append(step)
        if self.progress is not None and self.progress(step):
            self.stopped = True

    def outcome(self) -> Outcome:
        """The best plan, judged by code that did not make it."""
        self.improvement.to_best()
        plan = self.timetable.plan()
        with self.phase("judging"):
            broken = violations(plan, self.problem)
            price = cost(plan, self.problem)
        if broken:
            raise AssertionError(broken[0].reason)
        total = sum(self.spent.values())
        return Outcome(
            plan,
            price,
            min(self.bound.value, price.total),
            self.improvement.rounds,
            tuple(self.history),
            {name: spent / total for name, spent in self.spent.items()},
        )

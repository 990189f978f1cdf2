"""A lower bound on the cost of every legal plan, so that the gap is honest.

Lagrangian relaxation. The rules that tie courses together, *a room is in one session at a time*,
*a trainer is in one session at a time* and a trainer's *hours of a day and of a week*, are dropped
and priced instead: using a room or a trainer in a step costs what the prices of the step, the day
and the week say, and every price is paid back as often as the rule allows that use. For a legal
plan that adds nothing or takes something off, since it uses nothing more often than that; so for
any prices the cheapest that is possible without these rules costs at most what any legal plan does.

What is kept: posture (also of each trainer's nation), opening hours, presence, qualification, the
past, and of what a session comes after the last one. So each course is a chain (or a tree), and its
cheapest times are found exactly by going through it from its end. Counted are unplaced sessions
with all that follow them, weeks, rooms, trainers, who was told, and the lateness of the session
that ends a course. Dropped, which only makes the bound lower: hours of a day and a week, one site a
day, one session of a class at a time, travel, uneven load.

Prices go up where too many want the same and down where nobody does (a subgradient with Polyak's
step). The best value of all prices tried is the bound.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cadre.solver.jobs import Jobs
from cadre.solver.passes import Pass
from cadre.solver.relaxation import Relaxation, Values

SLACK: Final = 1e-6  # of floating point, far below one point
STRIDE: Final = 0.2  # of Polyak's step, at first
PATIENCE: Final = 6  # passes without a better bound until the step is halved


class Bound:
    """The bound so far. `improve` makes one pass over all sessions; the value never falls."""

    def __init__(self, jobs: Jobs) -> None:
        self.relaxation = Relaxation(jobs)
        problem, size = jobs.problem, self.relaxation.size
        trainers = len(problem.trainers)
        self.room_prices = np.zeros((len(problem.rooms), size))
        self.trainer_prices = np.zeros((trainers, size))
        self.day_prices = np.zeros((trainers, problem.horizon.days))
        self.week_prices = np.zeros((trainers, problem.horizon.weeks))
        step = problem.horizon.step
        self.of_day = np.array([each.day_minutes // step for each in problem.trainers])[:, None]
        self.of_week = np.array([each.week_minutes // step for each in problem.trainers])[:, None]
        self.best = 0.0
        self.stride, self.since_better = STRIDE, 0

    @property
    def value(self) -> int:
        """No legal plan costs less."""
        return max(0, math.ceil(self.best - SLACK))

    def claim(self, value: int) -> None:
        """Takes a bound that was found in another way, if it is better."""
        self.best = max(self.best, float(value))

    def improve(self, cost: int) -> None:
        """One pass with the prices as they are; then they change. `cost`: of the best plan."""
        found = Pass(self.relaxation, self.room_prices, self.teaching_prices())
        value = found.value - self.paid_back()
        if value > self.best + SLACK:
            self.best, self.since_better = value, 0
        else:
            self.since_better += 1
            if self.since_better >= PATIENCE:
                self.stride, self.since_better = self.stride / 2, 0
        self.reprice(found, max(1.0, cost - value))

    def paid_back(self) -> float:
        """All prices, each as often as its rule allows the use."""
        steps = self.room_prices.sum() + self.trainer_prices.sum()
        hours = (self.day_prices * self.of_day).sum() + (self.week_prices * self.of_week).sum()
        return float(steps + hours)

    def teaching_prices(self) -> Values:
        """What a trainer costs in each step."""
        found: Values = (
            self.trainer_prices
            + self.day_prices[:, self.relaxation.day_of]
            + self.week_prices[:, self.relaxation.week_of]
        )
        return found

    def reprice(self, found: Pass, distance: float) -> None:
        """Moves every price by how much more was used than its rule allows."""
        daily = totals(found.trainers_used, self.relaxation.day_of, self.day_prices.shape[1])
        weekly = totals(found.trainers_used, self.relaxation.week_of, self.week_prices.shape[1])
        changes = [
            (prices, np.where((used > allowed) | (prices > 0), used - allowed, 0.0))
            for prices, used, allowed in (
                (self.room_prices, found.rooms_used, 1),
                (self.trainer_prices, found.trainers_used, 1),
                (self.day_prices, daily, self.of_day),
                (self.week_prices, weekly, self.of_week),
            )
        ]
        norm = sum(float((change**2).sum()) for _prices, change in changes)
        for prices, change in changes:
            if norm:
                moved = prices + self.stride * distance / norm * change
                np.maximum(moved, 0.0, out=prices)


def totals(used: Values, spans: NDArray[np.int64], count: int) -> Values:
    """What is used in each span; the spans of the steps follow each other in rising order."""
    found: Values = np.zeros((len(used), count))
    numbers, first = np.unique(spans, return_index=True)
    if len(numbers):
        found[:, numbers] = np.add.reduceat(used, first, axis=1)
    return found

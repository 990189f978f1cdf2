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
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cadre.core.planning.problem import WEEK
from cadre.solver.grid import starts
from cadre.solver.jobs import Job, Jobs

type Values = NDArray[np.float64]
type Pool = tuple[tuple[int, ...], int, str, str]

NEVER: Final = 1e9
SLACK: Final = 1e-6  # of floating point, far below one point
STRIDE: Final = 0.2  # of Polyak's step, at first
PATIENCE: Final = 6  # passes without a better bound until the step is halved


class Bound:
    """The bound so far. `improve` makes one pass over all sessions; the value never falls."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs, self.grid = jobs, jobs.grid
        self.first = jobs.future & -jobs.future
        self.first = max(0, self.first.bit_length() - 1)
        self.size = self.grid.bits - self.first
        self.day_of = (np.arange(self.size) + self.first) // self.grid.width
        self.week_of = self.day_of // WEEK
        self.open = [job for job in jobs.jobs if not job.held]
        self.longest = max((job.steps for job in self.open), default=0)
        self.parent, self.children = self.forest()
        self.weight = self.subtree_prices()
        self.base = {job.number: self.by_itself(job) for job in self.open}
        self.shut_rooms: dict[tuple[int, int], Values] = {}
        self.shut_trainers: dict[tuple[int, int, str, str], Values] = {}
        problem = jobs.problem
        trainers = len(problem.trainers)
        self.room_prices = np.zeros((len(problem.rooms), self.size))
        self.trainer_prices = np.zeros((trainers, self.size))
        self.day_prices = np.zeros((trainers, self.grid.days))
        self.week_prices = np.zeros((trainers, problem.horizon.weeks))
        step = self.grid.step
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

    # what does not depend on prices

    def forest(self) -> tuple[dict[int, int], dict[int, list[int]]]:
        """Of what a session comes after only the last one is kept; held ones are over."""
        parent, children = {}, defaultdict(list)
        for job in self.open:
            before = [each for each in job.before if not self.jobs.jobs[each].held]
            if before:
                last = max(before, key=lambda each: self.jobs.rank[each])
                parent[job.number] = last
                children[last].append(job.number)
        return parent, children

    def subtree_prices(self) -> dict[int, int]:
        """The price of leaving a session, and so all that follow it, unplaced."""
        found: dict[int, int] = {}
        for number in reversed(self.jobs.in_order):
            if not self.jobs.jobs[number].held:
                found[number] = self.jobs.problem.weights.unplaced
                found[number] += sum(found[each] for each in self.children[number])
        return found

    def by_itself(self, job: Job) -> Values:
        """What each start costs whatever the room and the trainers; NEVER where it is forbidden."""
        weights = self.jobs.problem.weights
        found = self.shut(starts(job.allowed, job.steps))
        if job.was is not None:
            told = weights.told if job.told else 0
            published = self.jobs.problem.published.placements[job.key]
            week = self.flags(self.grid.of_week(published.day // WEEK))
            found += np.where(week, weights.same_week, weights.other_week) + told
            if (at := job.was.bit - self.first) >= 0:
                found[at] -= told + weights.same_week
        if job.number == self.jobs.of_course[job.course][-1]:
            found += self.lateness(job)
        return found

    def lateness(self, job: Job) -> Values | float:
        deadline = self.jobs.deadline[job.course]
        if deadline is None:
            return 0.0
        late: Values = np.maximum(0.0, self.day_of - deadline) * self.jobs.problem.weights.late
        return late

    def flags(self, mask: int) -> NDArray[np.bool_]:
        """The bits of a mask from now on."""
        raw = (mask >> self.first & (1 << self.size) - 1).to_bytes(self.size // 8 + 1, "little")
        bits = np.unpackbits(np.frombuffer(raw, dtype=np.uint8), bitorder="little")
        return bits[: self.size].astype(np.bool_)

    def shut(self, mask: int) -> Values:
        return np.where(self.flags(mask), 0.0, NEVER)

    def shut_room(self, room: int, steps: int) -> Values:
        found = self.shut_rooms.get((room, steps))
        if found is None:
            found = self.shut_rooms[room, steps] = self.shut(
                starts(self.jobs.room_open[room], steps)
            )
        return found

    def shut_trainer(self, trainer: int, steps: int, line: str, site: str) -> Values:
        key = trainer, steps, line, site
        found = self.shut_trainers.get(key)
        if found is None:
            nation = self.jobs.problem.trainers[trainer].nation
            free = self.jobs.present[trainer] & self.jobs.posture(line, site, nation)
            found = self.shut_trainers[key] = self.shut(starts(free, steps))
        return found

    # one pass

    def improve(self, cost: int) -> None:
        """One pass with the prices as they are; then they change. `cost`: of the best plan."""
        found = Pass(self)
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
            + self.day_prices[:, self.day_of]
            + self.week_prices[:, self.week_of]
        )
        return found

    def reprice(self, found: "Pass", distance: float) -> None:
        """Moves every price by how much more was used than its rule allows."""
        daily = totals(found.trainers_used, self.day_of, self.grid.days)
        weekly = totals(found.trainers_used, self.week_of, self.jobs.problem.horizon.weeks)
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


class Pass:
    """The cheapest times of all sessions at given prices, and who and what they use."""

    def __init__(self, bound: Bound) -> None:
        self.bound, self.jobs = bound, bound.jobs
        self.room_sums = summed(bound.room_prices, bound.longest)
        self.trainer_sums = summed(bound.teaching_prices(), bound.longest)
        self.of_room: dict[tuple[int, int], Values] = {}
        self.of_trainer: dict[tuple[int, int, str, str], Values] = {}
        self.cheapest: dict[Pool, Values] = {}
        self.rooms_used = np.zeros_like(bound.room_prices)
        self.trainers_used = np.zeros_like(bound.trainer_prices)
        self.rest: dict[int, Values] = {}  # the cost of a session and all that follow, by start
        self.value = self.backwards()
        self.forwards()

    def backwards(self) -> float:
        """Goes through every course from its end; the cost of all."""
        bound, total = self.bound, 0.0
        after: dict[int, Values] = {}
        for number in reversed(self.jobs.in_order):
            job = self.jobs.jobs[number]
            if job.held:
                continue
            rest = self.of_start(job)
            for child in bound.children[number]:
                rest[: bound.size - job.steps] += after.pop(child)[job.steps :]
            self.rest[number] = rest
            after[number] = np.minimum(
                np.minimum.accumulate(rest[::-1])[::-1], bound.weight[number]
            )
            if number not in bound.parent:
                total += float(after.pop(number)[0])
        return total

    def of_start(self, job: Job) -> Values:
        """What each start of a session costs with its cheapest room and trainers."""
        room, trainers = self.room_term(job), self.trainer_term(job)
        found: Values = self.bound.base[job.number] + room + trainers
        was, told = job.was, self.jobs.problem.weights.told if job.told else 0
        if was is not None and told and (at := was.bit - self.bound.first) >= 0:
            same = sum(self.trainer_price(each, job)[at] for each in was.trainers)
            if was.room in job.rooms and set(was.trainers) <= set(job.trainers):
                same += self.room_price(was.room, job.steps)[at]
            else:
                same = NEVER
            unchanged = self.bound.base[job.number][at] + same
            found[at] = min(unchanged, found[at] + told)
        return found

    def room_price(self, room: int, steps: int) -> Values:
        found = self.of_room.get((room, steps))
        if found is None:
            found = windowed(self.room_sums[room], steps, self.bound.size)
            found = self.of_room[room, steps] = found + self.bound.shut_room(room, steps)
        return found

    def trainer_price(self, trainer: int, job: Job) -> Values:
        key = trainer, job.steps, job.line, job.site
        found = self.of_trainer.get(key)
        if found is None:
            found = windowed(self.trainer_sums[trainer], job.steps, self.bound.size)
            found = self.of_trainer[key] = found + self.bound.shut_trainer(*key)
        return found

    def room_term(self, job: Job) -> Values:
        prices = (self.room_price(room, job.steps) for room in job.rooms)
        pool = (tuple(sorted(job.rooms)), job.steps, "", "")
        found = self.pooled(pool, prices, 1)
        weight = self.jobs.problem.weights.room if job.was else 0
        others: Values = found[0] + weight
        if job.was is None or job.was.room not in job.rooms:
            return others
        same: Values = np.minimum(others, self.room_price(job.was.room, job.steps))
        return same

    def trainer_term(self, job: Job) -> Values | float:
        """The cheapest trainers. The pool's own prices stand for all who are not the published
        ones, which can only be too low.
        """
        if not job.wanted:
            return 0.0
        prices = (self.trainer_price(each, job) for each in job.trainers)
        pool = (tuple(sorted(job.trainers)), job.steps, job.line, job.site)
        found = self.pooled(pool, prices, 3)
        others = found[: job.wanted]
        if len(others) < job.wanted:  # more are wanted than are reckoned with: each costs the last
            others = np.concatenate([others, [others[-1]] * (job.wanted - len(others))])
        if job.was is None:
            return others.sum(axis=0)
        weight = self.jobs.problem.weights.trainer if len(job.was.trainers) == job.wanted else 0
        same = [self.trainer_price(each, job) for each in job.was.trainers if each in job.trainers]
        both = np.concatenate([others + weight, same]) if same else others + weight
        return np.partition(both, job.wanted - 1, axis=0)[: job.wanted].sum(axis=0)

    def pooled(self, pool: Pool, prices: Iterable[Values], count: int) -> Values:
        """The lowest prices of a pool at each start, rising; NEVER where it is too small."""
        found = self.cheapest.get(pool)
        if found is None:
            every = [*prices, *[np.full(self.bound.size, NEVER)] * count]
            found = self.cheapest[pool] = np.sort(np.stack(every), axis=0)[:count]
        return found

    # what the cheapest times use

    def forwards(self) -> None:
        """Follows the cheapest times from the first session of each course to its last."""
        bound = self.bound
        earliest: dict[int, int] = {}
        for number in self.jobs.in_order:
            job = self.jobs.jobs[number]
            if job.held:
                continue
            first = earliest.get(number, 0)
            if first < 0 or first >= bound.size:
                at = -1
            else:
                at = first + int(self.rest[number][first:].argmin())
                if self.rest[number][at] >= bound.weight[number]:
                    at = -1
            for child in bound.children[number]:
                earliest[child] = -1 if at < 0 else at + job.steps
            if at >= 0:
                self.use(job, at)

    def use(self, job: Job, at: int) -> None:
        weights, was = self.jobs.problem.weights, job.was
        steps = slice(at, at + job.steps)
        room = min(
            job.rooms,
            key=lambda each: (
                self.room_price(each, job.steps)[at]
                + (weights.room if was and each != was.room else 0)
            ),
        )
        self.rooms_used[room, steps] += 1
        ranked = sorted(
            job.trainers,
            key=lambda each: (
                self.trainer_price(each, job)[at]
                + (weights.trainer if was and each not in was.trainers else 0)
            ),
        )
        for trainer in ranked[: job.wanted]:
            self.trainers_used[trainer, steps] += 1


def summed(prices: Values, longest: int) -> Values:
    """Sums of prices up to each step, so that a span's price is one subtraction."""
    found: Values = np.pad(np.cumsum(prices, axis=1), ((0, 0), (1, longest)), mode="edge")
    found[:, 0] = 0.0
    return found


def windowed(sums: Values, steps: int, size: int) -> Values:
    found: Values = sums[steps : steps + size] - sums[:size]
    return found


def totals(used: Values, spans: NDArray[np.int64], count: int) -> Values:
    """What is used in each span; the spans of the steps follow each other in rising order."""
    found: Values = np.zeros((len(used), count))
    numbers, first = np.unique(spans, return_index=True)
    if len(numbers):
        found[:, numbers] = np.add.reduceat(used, first, axis=1)
    return found

"""One pass of the bound: the cheapest times of all sessions at given prices."""

from collections.abc import Iterable

import numpy as np

from cadre.solver.jobs import Job
from cadre.solver.relaxation import NEVER, Relaxation, Values

type Pool = tuple[tuple[int, ...], int, str, str]


class Pass:
    """The cheapest times of all sessions at given prices, and who and what they use."""

    def __init__(self, relaxation: Relaxation, room_prices: Values, trainer_prices: Values) -> None:
        self.relaxation, self.jobs = relaxation, relaxation.jobs
        self.room_sums = summed(room_prices, relaxation.longest)
        self.trainer_sums = summed(trainer_prices, relaxation.longest)
        self.of_room: dict[tuple[int, int], Values] = {}
        self.of_trainer: dict[tuple[int, int, str, str], Values] = {}
        self.cheapest: dict[Pool, Values] = {}
        self.rooms_used = np.zeros_like(room_prices)
        self.trainers_used = np.zeros_like(trainer_prices)
        self.rest: dict[int, Values] = {}  # the cost of a session and all that follow, by start
        self.value = self.backwards()
        self.forwards()

    def backwards(self) -> float:
        """Goes through every course from its end; the cost of all."""
        relaxation, total = self.relaxation, 0.0
        after: dict[int, Values] = {}
        for number in reversed(self.jobs.in_order):
            job = self.jobs.jobs[number]
            if job.held:
                continue
            rest = self.of_start(job)
            for child in relaxation.children[number]:
                rest[: relaxation.size - job.steps] += after.pop(child)[job.steps :]
            self.rest[number] = rest
            after[number] = np.minimum(
                np.minimum.accumulate(rest[::-1])[::-1], relaxation.weight[number]
            )
            if number not in relaxation.parent:
                total += float(after.pop(number)[0])
        return total

    def of_start(self, job: Job) -> Values:
        """What each start of a session costs with its cheapest room and trainers."""
        room, trainers = self.room_term(job), self.trainer_term(job)
        found: Values = self.relaxation.base[job.number] + room + trainers
        was, told = job.was, self.jobs.problem.weights.told if job.told else 0
        if was is not None and told and (at := was.bit - self.relaxation.first) >= 0:
            same = sum(self.trainer_price(each, job)[at] for each in was.trainers)
            if was.room in job.rooms and set(was.trainers) <= set(job.trainers):
                same += self.room_price(was.room, job.steps)[at]
            else:
                same = NEVER
            unchanged = self.relaxation.base[job.number][at] + same
            found[at] = min(unchanged, found[at] + told)
        return found

    def room_price(self, room: int, steps: int) -> Values:
        found = self.of_room.get((room, steps))
        if found is None:
            found = windowed(self.room_sums[room], steps, self.relaxation.size)
            found = self.of_room[room, steps] = found + self.relaxation.shut_room(room, steps)
        return found

    def trainer_price(self, trainer: int, job: Job) -> Values:
        key = trainer, job.steps, job.line, job.site
        found = self.of_trainer.get(key)
        if found is None:
            found = windowed(self.trainer_sums[trainer], job.steps, self.relaxation.size)
            found = self.of_trainer[key] = found + self.relaxation.shut_trainer(*key)
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
            every = [*prices, *[np.full(self.relaxation.size, NEVER)] * count]
            found = self.cheapest[pool] = np.sort(np.stack(every), axis=0)[:count]
        return found

    # what the cheapest times use

    def forwards(self) -> None:
        """Follows the cheapest times from the first session of each course to its last."""
        relaxation = self.relaxation
        earliest: dict[int, int] = {}
        for number in self.jobs.in_order:
            job = self.jobs.jobs[number]
            if job.held:
                continue
            first = earliest.get(number, 0)
            if first < 0 or first >= relaxation.size:
                at = -1
            else:
                at = first + int(self.rest[number][first:].argmin())
                if self.rest[number][at] >= relaxation.weight[number]:
                    at = -1
            for child in relaxation.children[number]:
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

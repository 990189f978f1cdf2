"""What the bound keeps of a problem, and what does not change with the prices."""

from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cadre.core.planning.problem import WEEK
from cadre.solver.courses import first_bit, flags
from cadre.solver.grid import starts
from cadre.solver.jobs import Job, Jobs

type Values = NDArray[np.float64]

NEVER: Final = 1e9


class Relaxation:
    """The open sessions, each after one other at most, and what each start costs by itself.

    Steps are counted from the first one that has not begun.
    """

    def __init__(self, jobs: Jobs) -> None:
        self.jobs, self.grid = jobs, jobs.grid
        self.first = first_bit(jobs)
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
            week = flags(self.grid.of_week(published.day // WEEK), self.first, self.size)
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

    def shut(self, mask: int) -> Values:
        return np.where(flags(mask, self.first, self.size), 0.0, NEVER)

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

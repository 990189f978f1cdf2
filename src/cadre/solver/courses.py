"""The best places for the rest of one course, all others staying where they are.

The sessions keep their order, so going through them from the last to the first finds the cheapest
starts exactly (dynamic programming), but for the trainers' hours within the course: those are
looked at when the sessions are placed, one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cadre.solver.insertion import Openings, best_place, narrowed, openings
from cadre.solver.jobs import Job, Jobs, Place
from cadre.solver.timetable import Timetable

type Points = NDArray[np.float64]

NEVER: Final = 1e9


@dataclass(frozen=True, slots=True)
class Outlook:
    """For each start of a session: its own points, and those of the rest of the run with it."""

    points: Points
    rest: Points


class CoursePlacer:
    """Places runs of sessions, with tables that stay the same for all of them."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable, self.jobs = timetable, timetable.jobs
        self.first = first_bit(self.jobs)
        self.size = timetable.grid.bits - self.first
        days = (np.arange(self.size) + self.first) // max(1, timetable.grid.width)
        weight = self.jobs.problem.weights.late
        self.late: list[Points | None] = [
            None if deadline is None else np.maximum(0, days - deadline) * weight
            for deadline in self.jobs.deadline
        ]

    def place(self, run: Sequence[int], chance: Random | None = None) -> None:
        """Places sessions of one course that are all unplaced, in their order.

        With `chance` some starts are left out, so that not every try ends alike.
        """
        outlooks = self.outlooks(run, chance)
        first = 0
        for index, number in enumerate(run):
            job = self.jobs.jobs[number]
            place = self.promised(job, outlooks[index], first)
            if place is None and index:  # the hours that the run itself takes were not foreseen
                outlooks[index:] = self.outlooks(run[index:], chance)
                place = self.promised(job, outlooks[index], first)
            if place is None:
                place = best_place(self.timetable, job, self.timetable.window(job))
            if place is None:
                return
            self.timetable.add(job, place)
            first = place.bit + job.steps - self.first

    def promised(self, job: Job, outlook: Outlook, first: int) -> Place | None:
        """The place that looks best from a start on; None if it costs more than it looked."""
        if first >= self.size:
            return None
        at = first + int(outlook.rest[first:].argmin())
        if outlook.rest[at] >= NEVER:
            return None
        place = best_place(self.timetable, job, 1 << at + self.first)
        if place is None or self.timetable.prices.of_place(job, place) > outlook.points[at]:
            return None
        return place

    def outlooks(self, run: Sequence[int], chance: Random | None) -> list[Outlook]:
        """What the sessions of a run cost, as things stand."""
        inside = set(run)
        return self.backwards(
            run, [self.openings(self.jobs.jobs[number], inside, chance) for number in run]
        )

    def openings(self, job: Job, inside: set[int], chance: Random | None) -> Openings | None:
        """Where a session could start for all that is not in the run."""
        table, first, end = self.timetable, 0, self.timetable.grid.bits
        for number in job.before:
            if number not in inside:
                if table.places[number] is None:
                    return None
                first = max(first, table.end(number))
        for number in job.after:
            place = table.places[number]
            if number not in inside and place is not None:
                end = min(end, max(0, place.bit - job.steps + 1))
        window = (1 << end) - (1 << first) if first < end else 0
        if chance is not None:
            window &= self.kept(job, chance)
        return openings(table, job, window) if window else None

    def kept(self, job: Job, chance: Random) -> int:
        """Seven in eight of all starts, and the published one."""
        bits = self.timetable.grid.bits
        found = chance.getrandbits(bits) | chance.getrandbits(bits) | chance.getrandbits(bits)
        return found if job.was is None or job.was.bit < 0 else found | 1 << job.was.bit

    def backwards(self, run: Sequence[int], found: Sequence[Openings | None]) -> list[Outlook]:
        """The cheapest rest of a run from each start of each session, from the last one on."""
        unplaced = self.jobs.problem.weights.unplaced
        outlooks: list[Outlook] = []
        after = np.zeros(self.size)
        for later, (number, opening) in enumerate(zip(reversed(run), reversed(found), strict=True)):
            job = self.jobs.jobs[number]
            points = np.full(self.size, NEVER) if opening is None else self.points(job, opening)
            rest = points.copy()
            rest[: self.size - job.steps] += after[job.steps :]
            rest[self.size - job.steps :] += unplaced * later
            outlooks.append(Outlook(points, rest))
            left = float(unplaced * (later + 1))  # if neither this nor what follows is placed
            after = np.minimum(np.minimum.accumulate(rest[::-1])[::-1], left)
        return outlooks[::-1]

    def points(self, job: Job, opening: Openings) -> Points:
        """What each start costs by itself."""
        found = np.full(self.size, NEVER)
        left = opening.starts
        for choice in job.choices:  # the cheapest first
            if mask := narrowed(opening, job, choice) & left:
                found[flags(mask, self.first, self.size)] = choice.points
                left ^= mask
                if not left:
                    break
        late = self.late[job.course]
        if late is not None and job.number == self.jobs.of_course[job.course][-1]:
            found += late
        return found


def first_bit(jobs: Jobs) -> int:
    """The first step that has not begun."""
    return max(0, (jobs.future & -jobs.future).bit_length() - 1)


def flags(mask: int, first: int, size: int) -> NDArray[np.bool_]:
    """The bits of a mask from `first` on."""
    raw = (mask >> first).to_bytes(size // 8 + 1, "little")
    return np.unpackbits(np.frombuffer(raw, np.uint8), count=size, bitorder="little").view(np.bool_)

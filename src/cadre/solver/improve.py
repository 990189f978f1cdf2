"""Ruin and recreate with annealing: take some sessions out, put them back, keep what is good.

A round is a fixed number of attempts and the temperature follows from the number of the round, so
a seed and a number of rounds give one plan on every machine.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from random import Random
from typing import Final

from cadre.solver.courses import CoursePlacer
from cadre.solver.exact import Model
from cadre.solver.insertion import best_place
from cadre.solver.jobs import Job, Place
from cadre.solver.timetable import Timetable

ATTEMPTS: Final = 100  # in a round
HOT: Final = 0.3  # points; a plan that is worse by so much is taken once in three times at first
HALVED_AFTER: Final = 60  # rounds
MOST_TAKEN: Final = 14  # sessions at once
COURSES: Final = 0.5  # how often whole courses are placed anew
OTHERS: Final = 2  # courses at most that are placed anew with one
SHORT, LONG = 2, 10  # sessions of each
PUSHING: Final = 0.15  # how often a session may push away what comes after it


class Improvement:
    """An annealing of a timetable that goes on from round to round."""

    def __init__(self, timetable: Timetable, seed: int) -> None:
        self.timetable = timetable
        self.jobs = timetable.jobs.jobs
        self.chance = Random(seed)  # noqa: S311  chance, not secrets
        self.rounds = 0
        self.movable = [job.number for job in self.jobs if not job.held and job.rooms]
        self.best = list(timetable.places)
        self.least = timetable.cost
        self.ruins: tuple[Callable[[], set[int]], ...] = (
            self.restoring,
            self.restoring,
            self.stretch,
            self.neighbours,
        )
        self.placer = CoursePlacer(timetable)
        courses: dict[str, set[int]] = defaultdict(set)
        for number in self.movable:
            courses[self.jobs[number].site].add(self.jobs[number].course)
        self.courses_at = {site: sorted(those) for site, those in courses.items()}
        self.old: dict[int, Place | None] = {}

    def round(self) -> bool:
        """Makes one round; whether the best plan became better."""
        temperature = HOT * HALVED_AFTER / (HALVED_AFTER + self.rounds)
        self.rounds += 1
        for _ in range(ATTEMPTS if self.movable else 0):
            self.attempt(temperature)
        better = self.timetable.cost < self.least
        if better:
            self.take_stock()
        return better

    def take_stock(self) -> None:
        """Takes the timetable as it is for the best."""
        self.least, self.best = self.timetable.cost, list(self.timetable.places)

    def attempt(self, temperature: float) -> None:
        before = self.timetable.cost
        self.old = {}
        if self.chance.random() < COURSES:
            self.replace_courses()
        else:
            taken = self.chance.choice(self.ruins)()
            for number in sorted(taken):
                self.take_out(number)
            self.recreate(taken)
        worse = self.timetable.cost - before
        if worse > 0 and self.chance.random() >= math.exp(-worse / temperature):
            self.undo()

    def take_out(self, number: int) -> None:
        place = self.timetable.places[number]
        self.old.setdefault(number, place)
        if place is not None:
            self.timetable.remove(self.jobs[number])

    def put(self, job: Job, place: Place) -> None:
        self.old.setdefault(job.number, None)
        self.timetable.add(job, place)

    def undo(self) -> None:
        self.restore(self.old)

    def restore(self, places: dict[int, Place | None]) -> None:
        for number in places:
            if self.timetable.places[number] is not None:
                self.timetable.remove(self.jobs[number])
        for number, place in places.items():
            if place is not None:
                self.timetable.add(self.jobs[number], place)

    def to_best(self) -> None:
        """Makes the timetable the best one that a round has ended with."""
        now = self.timetable.places
        self.restore({n: old for n, old in enumerate(self.best) if now[n] != old})

    def replace_courses(self) -> None:
        """Takes parts of some courses of a site out, and puts each back as is best for it."""
        job = self.jobs[self.chance.choice(self.movable)]
        others = [each for each in self.courses_at[job.site] if each != job.course]
        chosen = self.chance.sample(others, min(len(others), self.chance.randint(0, OTHERS)))
        runs = [self.part_of(course) for course in (job.course, *chosen)]
        for number in (number for run in runs for number in reversed(run)):
            self.take_out(number)
        self.chance.shuffle(runs)
        for run in runs:
            self.placer.place(run, self.chance)

    def part_of(self, course: int) -> list[int]:
        """Some sessions of a course in a row, in their order."""
        line = self.timetable.jobs.of_course[course]
        line = [number for number in line if not self.jobs[number].held]
        first = self.chance.randrange(len(line)) if self.chance.getrandbits(1) else 0
        return line[first : first + self.chance.randint(SHORT, LONG)]

    def exactly(self, numbers: Sequence[int], effort: float) -> int:
        """Places sessions anew with CP-SAT if that is better; a lower bound on the cost of every
        plan in which all others stand where they do.
        """
        before = self.timetable.cost
        self.old = {}
        for number in numbers:
            self.take_out(number)
        unplaced = self.timetable.cost - len(numbers) * self.timetable.prices.weights.unplaced
        model = Model(self.timetable, numbers)
        model.hint(self.old)
        answer = model.solved(effort, self.chance.getrandbits(30))
        if answer is None:
            self.undo()
            return 0
        rank = self.timetable.jobs.rank
        for number in sorted(numbers, key=lambda each: rank[each]):
            job, place = self.jobs[number], answer.places.get(number)
            if place is not None and self.timetable.allows(job, place):
                self.put(job, place)
        self.recreate({each for each in numbers if self.timetable.places[each] is None})
        if self.timetable.cost > before:
            self.undo()
        return answer.bound + unplaced

    # what to take out

    def restoring(self) -> set[int]:
        """A session that is not as published, and whatever is in its way there."""
        for _ in range(20):
            number = self.chance.choice(self.movable)
            job = self.jobs[number]
            place = self.timetable.places[number]
            if place is None or (job.was is not None and place != job.was):
                break
        found = {number}
        if job.was is not None and job.was.bit >= 0 and job.allowed >> job.was.bit & 1:
            found |= self.in_the_way(job, job.was)
        else:
            found |= self.run_from(number, 4)
        return found if len(found) <= 2 * MOST_TAKEN else {number}

    def in_the_way(self, job: Job, goal: Place) -> set[int]:
        """The sessions without which a job could stand at a place, as far as they can move."""
        table, taken = self.timetable, (1 << job.steps) - 1 << goal.bit
        found = set()
        for number in self.at_once(goal.bit, job):
            other, place = self.jobs[number], table.places[number]
            if place is not None and taken & ((1 << other.steps) - 1 << place.bit):
                shared = other.trainees == job.trainees or place.room == goal.room
                if shared or not set(goal.trainers).isdisjoint(place.trainers):
                    found.add(number)
        for number in self.line_of(job):
            place = table.places[number]
            if place is None or self.jobs[number].held:
                continue
            earlier = table.jobs.rank[number] < table.jobs.rank[job.number]
            if (earlier and place.bit + self.jobs[number].steps > goal.bit) or (
                not earlier and place.bit < goal.bit + job.steps
            ):
                found.add(number)
        return found

    def line_of(self, job: Job) -> list[int]:
        return self.timetable.jobs.of_course[job.course]

    def at_once(self, bit: int, job: Job) -> Iterable[int]:
        """The movable sessions at a site on a day."""
        return self.timetable.on_day(job.site, self.timetable.grid.day(bit))

    def run_from(self, number: int, most: int) -> set[int]:
        """A session and those of its course that come next."""
        line = self.line_of(self.jobs[number])
        first = line.index(number)
        wanted = line[first : first + self.chance.randint(1, most)]
        return {each for each in wanted if not self.jobs[each].held}

    def stretch(self) -> set[int]:
        """A run of sessions of one course."""
        return self.run_from(self.chance.choice(self.movable), MOST_TAKEN)

    def neighbours(self) -> set[int]:
        """What stands at a site on a day or two, by chance of one of the sessions there."""
        number = self.chance.choice(self.movable)
        job, place = self.jobs[number], self.timetable.places[number]
        if place is None:
            return self.run_from(number, MOST_TAKEN)
        found = sorted(self.at_once(place.bit, job))
        if len(found) > MOST_TAKEN:
            found = self.chance.sample(found, MOST_TAKEN)
        return {number, *found}

    # putting back

    def recreate(self, taken: set[int]) -> None:
        """Places what was taken out, in the order of its courses, and what that pushes away."""
        rank = self.timetable.jobs.rank
        waiting: list[tuple[int, int]] = []
        for number in taken:
            heappush(waiting, (rank[number], number))
        while waiting:
            number = heappop(waiting)[1]
            if self.timetable.places[number] is not None:
                continue
            for pushed in self.insert(self.jobs[number]):
                heappush(waiting, (rank[pushed], pushed))

    def insert(self, job: Job) -> list[int]:
        """Places a session; the later ones that it pushes out of the way."""
        table = self.timetable
        place = None
        if self.chance.random() >= PUSHING:
            place = best_place(table, job, table.window(job), self.chance)
        if place is None:
            place = best_place(table, job, table.window(job, until_next=False), self.chance)
        end = table.grid.bits if place is None else place.bit + job.steps
        pushed = self.starting_before(job, end)
        for number in pushed:
            self.take_out(number)
        if place is not None:
            self.put(job, place)
        return pushed + self.waiting_for(job) if place is not None else pushed

    def starting_before(self, job: Job, end: int) -> list[int]:
        """What comes after a session and is placed before that is over, and so on from there."""
        found: list[int] = []
        for number in job.after:
            place = self.timetable.places[number]
            if place is not None and not self.jobs[number].held and place.bit < end:
                found.append(number)
                if end == self.timetable.grid.bits:
                    found += self.starting_before(self.jobs[number], end)
        return found

    def waiting_for(self, job: Job) -> list[int]:
        """What comes after a session that is placed now and was unplaced for want of it."""
        return [each for each in job.after if self.timetable.places[each] is None]

"""A plan that is being changed: who and what is busy when, as masks, and its cost."""

from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet

from cadre.core.planning import Placement, Plan
from cadre.core.planning.problem import WEEK
from cadre.solver.grid import starts
from cadre.solver.jobs import Job, Jobs, Place
from cadre.solver.prices import Prices


class Timetable:
    """Places by the number of their session. What is placed through it breaks no rule.

    `add` trusts its caller: the place has to be one that `room_starts`, `trainer_starts` and
    `class_free` allow.
    """

    def __init__(self, jobs: Jobs) -> None:
        self.jobs, self.grid = jobs, jobs.grid
        problem = jobs.problem
        self.places: list[Place | None] = [None] * len(jobs.jobs)
        self.prices = Prices(jobs)
        self.room_busy = [0] * len(problem.rooms)
        self.trainer_busy = [0] * len(problem.trainers)
        self.class_busy = [0] * len(problem.classes)
        self.minutes: Counter[tuple[int, int]] = Counter()  # by trainer and day
        self.weekly_minutes: Counter[tuple[int, int]] = Counter()
        self.at_site: Counter[tuple[int, str, int]] = Counter()  # by trainer, site and day
        self.lengths = sorted({job.minutes for job in jobs.jobs})
        self.tired_daily = [self.never_enough(each.day_minutes) for each in problem.trainers]
        self.tired_weekly = [self.never_enough(each.week_minutes) for each in problem.trainers]
        self.sites: list[dict[str, int]] = [{} for _ in problem.trainers]  # the days there
        self.by_day: dict[tuple[str, int], set[int]] = defaultdict(set)  # movable, by site
        self.room_memory: list[dict[int, int]] = [{} for _ in problem.rooms]
        self.trainer_memory: list[dict[tuple[int, str, str], int]] = [{} for _ in problem.trainers]
        for job in jobs.jobs:
            if job.held and job.was is not None:
                self.add(job, job.was)

    def never_enough(self, most: int) -> dict[int, int]:
        """By the length of a session, the starts that the hours of an idle trainer rule out."""
        always = (1 << self.grid.bits) - 1
        return {length: always if length > most else 0 for length in self.lengths}

    @property
    def cost(self) -> int:
        """The same as `core.planning.cost` of the plan."""
        return self.prices.total

    def day(self, job: Job, place: Place) -> int:
        if job.held:
            return self.jobs.problem.published.placements[job.key].day
        return self.grid.day(place.bit)

    def on_day(self, site: str, day: int) -> AbstractSet[int]:
        """The numbers of the sessions at a site on a day, without those that were held."""
        return self.by_day[site, day]

    def end(self, number: int) -> int:
        """The first bit at which a placed session is over; 0 for one that is unplaced."""
        job, place = self.jobs.jobs[number], self.places[number]
        if place is None:
            return 0
        if job.held:
            at = self.jobs.problem.published.placements[job.key]
            return self.grid.ceiling(at.day, at.start + job.minutes)
        return place.bit + job.steps

    def last_day(self, course: int) -> int:
        jobs = self.jobs.jobs
        return max(
            (
                self.day(jobs[number], place)
                for number in self.jobs.of_course[course]
                if (place := self.places[number]) is not None
            ),
            default=0,
        )

    def add(self, job: Job, place: Place) -> None:
        self.places[job.number] = place
        day = self.day(job, place)
        self.occupy(job, place, day, 1)
        if not job.held:
            self.by_day[job.site, day].add(job.number)
        self.prices.changed(job, place, day, 1)
        self.reckon_lateness(job.course, day)

    def remove(self, job: Job) -> Place:
        place = self.places[job.number]
        if place is None:
            raise LookupError(job.key)
        self.places[job.number] = None
        day = self.day(job, place)
        self.occupy(job, place, day, -1)
        self.by_day[job.site, day].discard(job.number)
        self.prices.changed(job, place, day, -1)
        self.reckon_lateness(job.course, day)
        return place

    def reckon_lateness(self, course: int, day: int) -> None:
        if self.prices.can_be_late(course, day):
            self.prices.ends(course, self.last_day(course))

    def occupy(self, job: Job, place: Place, day: int, sign: int) -> None:
        taken = self.taken(job, place)
        self.mark(self.room_busy, place.room, taken, sign)
        self.mark(self.class_busy, job.trainees, taken, sign)
        self.room_memory[place.room].clear()
        for trainer in place.trainers:
            self.mark(self.trainer_busy, trainer, taken, sign)
            self.tire(trainer, job, day, sign)
            self.trainer_memory[trainer].clear()

    def tire(self, trainer: int, job: Job, day: int, sign: int) -> None:
        """Counts the hours of a day and a week, and marks where there is no hour left."""
        of = self.jobs.problem.trainers[trainer]
        self.minutes[trainer, day] += sign * job.minutes
        self.weekly_minutes[trainer, day // WEEK] += sign * job.minutes
        of_day, of_week = self.grid.of_day(day), self.grid.of_week(day // WEEK)
        on_day = self.minutes[trainer, day]
        in_week = self.weekly_minutes[trainer, day // WEEK]
        for length in self.lengths:
            tired_week = in_week + length > of.week_minutes
            mask = self.tired_weekly[trainer][length]
            self.tired_weekly[trainer][length] = mask | of_week if tired_week else mask & ~of_week
            mask = self.tired_daily[trainer][length]
            tired_day = on_day + length > of.day_minutes
            self.tired_daily[trainer][length] = mask | of_day if tired_day else mask & ~of_day
        if len(of.sites) > 1:
            self.at_site[trainer, job.site, day] += sign
            mask = self.sites[trainer].get(job.site, 0)
            there = self.at_site[trainer, job.site, day] > 0
            self.sites[trainer][job.site] = mask | of_day if there else mask & ~of_day

    @staticmethod
    def mark(busy: list[int], user: int, taken: int, sign: int) -> None:
        if sign > 0:
            busy[user] |= taken
        else:
            busy[user] &= ~taken

    def taken(self, job: Job, place: Place) -> int:
        """The steps in which a session is on. What was held counts from now on only: before now
        nothing is placed, and what happened may overlap.
        """
        if job.held:
            at = self.jobs.problem.published.placements[job.key]
            steps = self.grid.within_day(at.day, at.start, at.start + job.minutes)
            return steps & self.jobs.future
        return (1 << job.steps) - 1 << place.bit

    def class_starts(self, job: Job) -> int:
        """The starts at which the session is allowed and its class is free."""
        return starts(job.allowed & ~self.class_busy[job.trainees], job.steps)

    def room_starts(self, room: int, steps: int) -> int:
        found = self.room_memory[room].get(steps)
        if found is None:
            found = starts(self.jobs.room_open[room] & ~self.room_busy[room], steps)
            self.room_memory[room][steps] = found
        return found

    def trainer_starts(self, trainer: int, job: Job) -> int:
        """The starts at which a trainer may teach a session and has hours left for it."""
        key = job.steps, job.line, job.site
        found = self.trainer_memory[trainer].get(key)
        if found is None:
            found = self.trainer_memory[trainer][key] = self.teachable(trainer, job)
        return found

    def teachable(self, trainer: int, job: Job) -> int:
        nation = self.jobs.problem.trainers[trainer].nation
        free = self.jobs.present[trainer] & self.jobs.posture(job.line, job.site, nation)
        return starts(free & ~self.trainer_busy[trainer], job.steps) & self.rested(trainer, job)

    def rested(self, trainer: int, job: Job) -> int:
        """The steps of days and weeks in which a trainer has hours left, and at no other site."""
        found = ~self.tired_daily[trainer][job.minutes]
        found &= ~self.tired_weekly[trainer][job.minutes]
        for site, days in self.sites[trainer].items():
            if site != job.site:
                found &= ~days
        return found

    def plan(self) -> Plan:
        """The placements as a plan of the problem."""
        problem, found = self.jobs.problem, {}
        for job, place in zip(self.jobs.jobs, self.places, strict=True):
            if place is None:
                continue
            if job.held:
                found[job.key] = problem.published.placements[job.key]
                continue
            day, start = self.grid.moment(place.bit)
            found[job.key] = Placement(
                day,
                start,
                problem.rooms[place.room].key,
                frozenset(problem.trainers[each].key for each in place.trainers),
            )
        return Plan(found)

    def load(self, plan: Plan) -> None:
        """Places what stands in a plan and breaks no rule, in an order that allows it."""
        for number in self.jobs.in_order:
            job, placement = self.jobs.jobs[number], plan.get(self.jobs.jobs[number].key)
            if placement is not None and not job.held:
                place = self.jobs.place(placement)
                if self.allows(job, place):
                    self.add(job, place)

    def allows(self, job: Job, place: Place) -> bool:
        """Whether a place breaks no rule with what is placed now."""
        if place.bit < 0 or place.room not in job.rooms or len(place.trainers) != job.wanted:
            return False
        if not set(place.trainers) <= set(job.trainers):
            return False
        found = self.class_starts(job) & self.window(job) & self.room_starts(place.room, job.steps)
        for trainer in place.trainers:
            found &= self.trainer_starts(trainer, job)
        return bool(found >> place.bit & 1)

    def window(self, job: Job, *, until_next: bool = True) -> int:
        """The starts after everything that comes before, and early enough for what comes after.

        None (0) while something that comes before is unplaced.
        """
        first = 0
        for number in job.before:
            if self.places[number] is None:
                return 0
            first = max(first, self.end(number))
        end = self.grid.bits
        if until_next:
            for number in job.after:
                if (place := self.places[number]) is not None:
                    end = min(end, max(0, place.bit - job.steps + 1))
        return (1 << end) - (1 << first) if first < end else 0

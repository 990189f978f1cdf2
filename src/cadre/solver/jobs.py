"""What does not change while a plan is searched for: each session with what it may use.

Sessions, rooms, trainers and classes are numbers here, in the order of the problem.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from cadre.core.planning import Placement, Problem, Room, Session, Trainer
from cadre.core.planning.problem import WEEK
from cadre.solver.grid import Grid

type Urgency = tuple[int, int, tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stands: its first bit, its room, its trainers in rising order."""

    bit: int
    room: int
    trainers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A way of standing, compared with the published place, and the least that it costs.

    `kept`: so many of the published trainers teach it.
    """

    points: int
    when: int  # a mask of starts
    same_room: bool
    kept: int


@dataclass(slots=True)
class Job:
    """A session. `allowed`: the steps in which the posture, the calendar and now let it be.

    `rooms` and `trainers`: those that fit whatever else is on, the published ones first. `goals`:
    the sessions of its course that follow it and could stand as published: start and number.
    """

    number: int
    key: str
    steps: int
    minutes: int
    wanted: int
    course: int
    trainees: int
    line: str
    site: str
    allowed: int
    rooms: tuple[int, ...]
    trainers: tuple[int, ...]
    was: Place | None
    told: bool
    held: bool
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()
    goals: tuple[tuple[int, int], ...] = ()


class Jobs:
    """All sessions of a problem, compiled, and the masks of everything that they use."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grid = Grid(problem)
        self.room_number = {each.key: number for number, each in enumerate(problem.rooms)}
        self.trainer_number = {each.key: number for number, each in enumerate(problem.trainers)}
        self.course_number = {each.key: number for number, each in enumerate(problem.courses)}
        self.class_number = {each.key: number for number, each in enumerate(problem.classes)}
        self.room_open = [self.opening(each) for each in problem.rooms]
        self.present = [self.presence(each) for each in problem.trainers]
        self.by_posture: dict[tuple[str, str, str | None], int] = {}
        self.future = (1 << self.grid.bits) - (
            1 << self.grid.ceiling(problem.now.day, problem.now.minute)
        )
        self.jobs = [self.job(number, each) for number, each in enumerate(problem.sessions)]
        self.in_order = self.linked()
        self.rank = {number: rank for rank, number in enumerate(self.in_order)}
        self.of_course: dict[int, list[int]] = defaultdict(list)
        for number in self.in_order:
            self.of_course[self.jobs[number].course].append(number)
        for line in self.of_course.values():
            for place, number in enumerate(line):
                self.jobs[number].goals = self.goals(line[place + 1 :])
        self.deadline = [each.deadline for each in problem.courses]

    def opening(self, room: Room) -> int:
        """The steps in which a room is open, by its hours and the calendar."""
        grid, calendar = self.grid, self.problem.calendar
        found = 0
        for day in range(grid.days):
            weekday = self.problem.horizon.weekday(day)
            if weekday in calendar.weekdays and day not in calendar.feasts:
                found |= grid.within_day(day, room.opens, room.closes)
                for each in calendar.breaks:
                    found &= ~grid.within_day(day, each.begins, each.ends)
        return found

    def presence(self, trainer: Trainer) -> int:
        grid = self.grid
        return sum(grid.of_day(day) for day in range(grid.days) if trainer.is_there(day))

    def posture(self, line: str, site: str, nation: str | None) -> int:
        """The steps in which nothing forbids the line at the site (None) or to the nation."""
        cell = line, site, nation
        found = self.by_posture.get(cell)
        if found is None:
            found = (1 << self.grid.bits) - 1
            for each in self.problem.prohibitions:
                if each.stops(line, site, nation):
                    found &= ~self.grid.between(each.begins, each.ends)
            self.by_posture[cell] = found
        return found

    def job(self, number: int, session: Session) -> Job:
        problem = self.problem
        course, size = problem.course_of(session), problem.trainees_of(session).size
        fits = session.at_least <= size and (session.at_most is None or size <= session.at_most)
        published = problem.published.get(session.key)
        was = None if published is None else self.place(published)
        rooms = sorted(
            (
                self.room_number[each.key]
                for each in problem.rooms
                if fits
                and each.site == course.site
                and each.kind == session.room_kind
                and each.capacity >= size
            ),
            key=lambda room: (was is None or room != was.room, problem.rooms[room].capacity, room),
        )
        trainers = sorted(
            (
                self.trainer_number[each.key]
                for each in problem.trainers
                if session.qualification in each.qualifications and course.site in each.sites
            ),
            key=lambda one: (
                was is None or one not in was.trainers,
                problem.trainers[one].base != course.site,
                one,
            ),
        )
        made = Job(
            number=number,
            key=session.key,
            steps=session.minutes // self.grid.step,
            minutes=session.minutes,
            wanted=session.trainers,
            course=self.course_number[course.key],
            trainees=self.class_number[course.trainees],
            line=course.line,
            site=course.site,
            allowed=self.posture(course.line, course.site, None) & self.future,
            rooms=tuple(rooms),
            trainers=tuple(trainers),
            was=was,
            told=session.key in problem.told,
            held=session.key in problem.held,
        )
        made.choices = self.choices(made)
        return made

    def place(self, placement: Placement) -> Place:
        return Place(
            self.grid.bit(placement.day, placement.start),
            self.room_number[placement.room],
            tuple(sorted(self.trainer_number[key] for key in placement.trainers)),
        )

    def choices(self, job: Job) -> tuple[Choice, ...]:
        """The ways to stand, cheapest first. Without a published place they all cost nothing."""
        weights, grid, was = self.problem.weights, self.grid, job.was
        everything = (1 << grid.bits) - 1
        if was is None or job.held:
            return (Choice(0, everything, same_room=False, kept=0),)
        published = self.problem.published.placements[job.key]
        week = grid.of_week(published.day // WEEK)
        same_start = 0 if was.bit < 0 else 1 << was.bit
        found, everybody = [], len(was.trainers)
        for when, moved in (
            (same_start, 0),
            (week & ~same_start, weights.same_week),
            (everything & ~week, weights.other_week),
        ):
            for same_room in (True, False):
                for kept in range(min(everybody, job.wanted) + 1):
                    same = same_room and kept == everybody == job.wanted and when == same_start
                    points = moved + (0 if same or not job.told else weights.told)
                    points += 0 if same_room else weights.room
                    points += weights.trainer * (everybody - kept)
                    found.append(Choice(points, when, same_room, kept))
        return tuple(sorted(found, key=lambda each: each.points))

    def goals(self, later: Sequence[int]) -> tuple[tuple[int, int], ...]:
        jobs = (self.jobs[number] for number in later)
        return tuple(
            sorted(
                (job.was.bit, job.number)
                for job in jobs
                if job.was is not None
                and not job.held
                and job.was.bit >= 0
                and job.allowed >> job.was.bit & 1
            )
        )

    def linked(self) -> list[int]:
        """Joins each job with what comes before and after it; all in an order that allows it."""
        number_of = {each.key: each.number for each in self.jobs}
        after: dict[int, list[int]] = defaultdict(list)
        for job, session in zip(self.jobs, self.problem.sessions, strict=True):
            job.before = tuple(number_of[key] for key in session.after)
            for before in set(job.before):
                after[before].append(job.number)
        for number, later in after.items():
            self.jobs[number].after = tuple(later)
        return in_order(self.jobs, self.urgency)

    def urgency(self, job: Job) -> Urgency:
        """Courses with the earliest deadline first, each in the order in which it is published."""
        published = self.problem.published.get(job.key)
        deadline = self.problem.courses[job.course].deadline
        return (
            self.grid.days if deadline is None else deadline,
            job.course,
            (self.grid.days, 0) if published is None else published.moment,
            job.number,
        )


def in_order(jobs: Sequence[Job], urgency: Callable[[Job], Urgency]) -> list[int]:
    """The numbers of all jobs, the most urgent first of those whose predecessors all came."""
    missing = {job.number: len(set(job.before)) for job in jobs}
    ready = [(urgency(job), job.number) for job in jobs if not missing[job.number]]
    heapify(ready)
    found: list[int] = []
    while ready:
        number = heappop(ready)[1]
        found.append(number)
        for later in jobs[number].after:
            missing[later] -= 1
            if not missing[later]:
                heappush(ready, (urgency(jobs[later]), later))
    return found

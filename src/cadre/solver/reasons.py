"""Why a session is unplaced, or stands far from where it was.

One obstacle after the other is taken away, then two and three together, until the session would
have a place while all others stay where they are. The fewest that help are the reasons, told for
the first moment at which it could stand without them.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from cadre.core.planning import Plan, Problem, Rule
from cadre.solver.grid import at_least, lowest, starts
from cadre.solver.jobs import Job, Jobs, Place
from cadre.solver.timetable import Timetable

type Counts = Callable[[Job, Place], bool]

FAR: Final = 14  # days; a session that moved by more is explained
MOST: Final = 3  # obstacles are taken away together


class Obstacle(StrEnum):
    """What can be taken away, in the order in which it is tried."""

    TRAINERS = "trainers"  # what else they teach, and their hours
    ROOMS = "rooms"
    CLASS = "class"
    POSTURE = "posture"
    CAVEATS = "caveats"
    PRESENCE = "presence"
    ORDER = "order"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is in the way. `names`: the trainers, sessions, rooms or orders it is about.

    `rule`: the hard rule that the session would break without it.
    """

    rule: Rule
    sentence: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons for one session; none where nothing that was tried would give it a place.

    `day`, `start`: when it could stand if none of them held (local, as in a placement).
    """

    session: str
    unplaced: bool
    reasons: tuple[Reason, ...]
    day: int | None = None
    start: int | None = None


def explanations(plan: Plan, problem: Problem) -> Iterator[Explanation]:
    """Of every session that is unplaced or moved by more than two weeks, in their order."""
    explaining = Explaining(plan, problem)
    for number in explaining.jobs.in_order:
        job = explaining.jobs.jobs[number]
        at, was = plan.get(job.key), problem.published.get(job.key)
        if at is None and not job.held:
            yield explaining.unplaced(job)
        elif at is not None and was is not None and abs(at.day - was.day) > FAR:
            yield explaining.moved(job, was.day)


class Explaining:
    """A plan in a form that can be asked what stands in whose way."""

    def __init__(self, plan: Plan, problem: Problem) -> None:
        self.problem = problem
        self.jobs = Jobs(problem)
        self.table = Timetable(self.jobs)
        self.table.load(plan)

    def unplaced(self, job: Job) -> Explanation:
        if hopeless := list(self.never(job)):
            return Explanation(job.key, unplaced=True, reasons=tuple(hopeless))
        return self.explained(job, (1 << self.jobs.grid.bits) - 1, unplaced=True)

    def moved(self, job: Job, day: int) -> Explanation:
        """Why it does not stand within two weeks of the published day."""
        grid = self.jobs.grid
        near = sum(
            grid.of_day(each) for each in range(max(0, day - FAR), min(grid.days, day + FAR + 1))
        )
        place = self.table.remove(job)
        try:
            return self.explained(job, near, unplaced=False)
        finally:
            self.table.add(job, place)

    def never(self, job: Job) -> Iterator[Reason]:
        """What no change of the timetable can help with."""
        session = self.problem.session[job.key]
        for number in job.before:
            before = self.jobs.jobs[number]
            if self.table.places[number] is None:
                sentence = f"Session {before.key}, which comes before it, is unplaced."
                yield Reason(Rule.ORDER, sentence, (before.key,))
        if not job.rooms:
            sentence = (
                f"No {session.room_kind} at {job.site} takes class"
                f" {self.problem.classes[job.trainees].key}, or the class is of a size that the"
                " session is not meant for."
            )
            yield Reason(Rule.ROOM, sentence)
        if len(job.trainers) < job.wanted:
            sentence = (
                f"{len(job.trainers)} trainers are qualified for {session.qualification} at"
                f" {job.site}; it wants {job.wanted}."
            )
            yield Reason(Rule.TRAINER, sentence)

    def explained(self, job: Job, wanted: int, *, unplaced: bool) -> Explanation:
        for count in range(1, MOST + 1):
            for without in combinations(Obstacle, count):
                if found := self.possible(job, without) & wanted:
                    bit = lowest(found)
                    day, start = self.jobs.grid.moment(bit)
                    reasons = tuple(self.told(job, each, bit) for each in without)
                    return Explanation(job.key, unplaced, reasons, day, start)
        return Explanation(job.key, unplaced, ())

    def possible(self, job: Job, without: Collection[Obstacle]) -> int:
        """The starts that a session would have if some obstacles were not there."""
        table, jobs = self.table, self.jobs
        everything = (1 << jobs.grid.bits) - 1
        free = everything
        if Obstacle.POSTURE not in without:
            free &= jobs.posture(job.line, job.site, None)
        if Obstacle.PAST not in without:
            free &= jobs.future
        if Obstacle.CLASS not in without:
            free &= ~table.class_busy[job.trainees]
        found = starts(free, job.steps)
        if Obstacle.ORDER not in without:
            found &= table.window(job)
        busy = Obstacle.ROOMS not in without
        rooms = [
            starts(jobs.room_open[each] & ~(table.room_busy[each] if busy else 0), job.steps)
            for each in job.rooms
        ]
        found &= at_least(rooms, 1)
        return found & at_least([self.teachable(t, job, without) for t in job.trainers], job.wanted)

    def teachable(self, trainer: int, job: Job, without: Collection[Obstacle]) -> int:
        table, jobs = self.table, self.jobs
        free = (1 << jobs.grid.bits) - 1
        if Obstacle.PRESENCE not in without:
            free &= jobs.present[trainer]
        if Obstacle.CAVEATS not in without:
            free &= jobs.posture(job.line, job.site, self.problem.trainers[trainer].nation)
        if Obstacle.TRAINERS in without:
            return starts(free, job.steps)
        return starts(free & ~table.trainer_busy[trainer], job.steps) & table.rested(trainer, job)

    def told(self, job: Job, obstacle: Obstacle, bit: int) -> Reason:
        """An obstacle in words, for a start at which only the obstacles are in the way."""
        match obstacle:
            case Obstacle.PAST:
                return Reason(Rule.PAST, "The time at which it could stand is over.")
            case Obstacle.ORDER:
                return self.told_order(job)
            case Obstacle.POSTURE | Obstacle.CAVEATS:
                return self.told_posture(job, bit, nations=obstacle is Obstacle.CAVEATS)
            case Obstacle.CLASS | Obstacle.ROOMS:
                return self.told_taken(job, bit, rooms=obstacle is Obstacle.ROOMS)
            case _:
                return self.told_trainers(job, bit, away=obstacle is Obstacle.PRESENCE)

    def told_order(self, job: Job) -> Reason:
        names = tuple(self.jobs.jobs[number].key for number in (*job.before, *job.after))
        return Reason(Rule.ORDER, f"It has to keep the order with {listed(names)}.", names)

    def told_taken(self, job: Job, bit: int, *, rooms: bool) -> Reason:
        if rooms:
            names = self.taking(bit, job, lambda _other, place: place.room in job.rooms)
            kind = self.problem.session[job.key].room_kind
            sentence = f"Every {kind} at {job.site} that is large enough is taken by"
            return Reason(Rule.ROOM, f"{sentence} {listed(names)}.", names)
        names = self.taking(bit, job, lambda other, _place: other.trainees == job.trainees)
        trainees = self.problem.classes[job.trainees].key
        return Reason(Rule.CLASS, f"Class {trainees} is in {listed(names)}.", names)

    def told_posture(self, job: Job, bit: int, *, nations: bool) -> Reason:
        day, start = self.jobs.grid.moment(bit)
        asked: set[str | None] = {None}
        if nations:
            asked = {self.problem.trainers[each].nation for each in job.trainers}
        found = sorted(
            {
                (each.order, each.source, each.nation or "")
                for each in self.problem.prohibitions
                for nation in asked
                if each.stops(job.line, job.site, nation) and each.overlaps(day, start, job.minutes)
            }
        )
        orders = tuple(order for order, _source, _nation in found)
        because = listed([f"{order} ({source})" for order, source, _nation in found])
        if nations:
            sentence = f"Trainers of {listed([each[2] for each in found])} are held back by"
        else:
            sentence = f"{job.line.capitalize()} at {job.site} is forbidden by"
        return Reason(Rule.POSTURE, f"{sentence} {because}.", orders)

    def told_trainers(self, job: Job, bit: int, *, away: bool) -> Reason:
        qualification = self.problem.session[job.key].qualification
        known = [self.problem.trainers[each] for each in job.trainers]
        there = [bool(self.jobs.present[each] >> bit & 1) for each in job.trainers]
        names = tuple(
            each.key for each, is_there in zip(known, there, strict=True) if is_there != away
        )
        who = f"Of those qualified for {qualification} at {job.site}"
        what = "are away" if away else "teach something else or have no hours left"
        return Reason(Rule.TRAINER, f"{who}, {listed(names)} {what}.", names)

    def taking(self, bit: int, job: Job, counts: Counts) -> tuple[str, ...]:
        """The sessions at a site that are on at some time of a start and that count."""
        span = (1 << job.steps) - 1 << bit
        found = []
        for number in self.table.on_day(job.site, self.jobs.grid.day(bit)):
            other, place = self.jobs.jobs[number], self.table.places[number]
            if place is not None and self.table.taken(other, place) & span and counts(other, place):
                found.append(other.key)
        return tuple(sorted(found))


def listed(names: Collection[str]) -> str:
    """The names as a sentence has them: the first five, and how many more."""
    shown = list(names)[:5]
    more = len(names) - len(shown)
    text = ", ".join(shown) or "nothing that is known"
    return f"{text} and {more} more" if more else text

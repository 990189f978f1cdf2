"""A programme of the fictional mission's size, published, stopped and restarted in stages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from cadre.core.planning import (
    Break,
    Calendar,
    Course,
    Days,
    Horizon,
    LocalTime,
    Problem,
    Prohibition,
    Room,
    Session,
    TraineeClass,
    Trainer,
    Weights,
)
from cadre.solver.insertion import best_place
from cadre.solver.jobs import Jobs
from cadre.solver.timetable import Timetable

WEEKS = 26
STOP = 8  # the week in which the stop begins
LOST = 4  # weeks
SESSIONS = 25  # of a course
COURSE_WEEKS = (22, 26)
KINDS = {"classroom": 3, "workshop": 1, "range": 1}  # rooms of a site
SUBJECTS = ("medic", "engineer", "instructor")
PLAIN = Weights(told=0, uneven=0, travel=0)  # the first set that was ever measured
LINES = ("training", "advising", "capacity-building")
NATIONS = 32
SUNDAY = 6
WORKING = frozenset({SUNDAY, 0, 1, 2, 3})
DAY_MINUTES, WEEK_MINUTES = 6 * 60, 16 * 60


@dataclass(frozen=True)
class Size:
    sites: int = 8
    courses: int = 120
    trainers: int = 300
    teaching: int = 120

    def site(self, number: int) -> str:
        return f"site-{number % self.sites + 1:02}"


def programme(seed: int, size: Size = Size()) -> Problem:
    """The published programme, before anything was stopped."""
    chance = Random(seed)  # noqa: S311  chance, not secrets
    courses = tuple(course(number, size) for number in range(size.courses))
    bare = Problem(
        horizon=Horizon(date(2020, 1, 5), WEEKS, 60),
        calendar=Calendar(WORKING, frozenset({24, 25, 93}), (Break(12 * 60, 13 * 60),)),
        rooms=tuple(rooms(chance, size)),
        trainers=tuple(trainer(chance, number, size) for number in range(size.trainers)),
        classes=tuple(
            TraineeClass(f"class-{number:03}", chance.randint(8, 30))
            for number in range(size.courses)
        ),
        courses=courses,
        sessions=tuple(each for one in courses for each in sessions(chance, one)),
    )
    return published(bare, chance)


def rooms(chance: Random, size: Size) -> Iterator[Room]:
    for place in range(size.sites):
        for kind, count in KINDS.items():
            for number in range(count):
                yield Room(
                    f"{size.site(place)} {kind} {number + 1}",
                    size.site(place),
                    kind,
                    chance.choice((30, 36, 40)),
                    8 * 60,
                    chance.choice((16, 17, 18)) * 60,
                )


def trainer(chance: Random, number: int, size: Size) -> Trainer:
    """Of all trainers the first teach. A third rotates out in the midst, a third comes then."""
    teaches = number < size.teaching
    base = size.site(number)
    sites = {base, size.site(number + 1)} if number % 8 == 0 else {base}
    change = chance.randint(14, 18) * 7
    first, end = ((0, WEEKS * 7), (0, change), (change - 7, WEEKS * 7))[number // size.sites % 3]
    off = chance.randrange(first, end - 14)
    return Trainer(
        key=f"trainer-{number + 1:03}",
        nation=f"nation-{number * 7 % NATIONS + 1:02}",
        qualifications=frozenset(chance.sample(SUBJECTS, 2)) if teaches else frozenset(),
        base=base,
        sites=frozenset(sites),
        present=(Days(first, end),),
        leave=(Days(off, off + 14),),
        day_minutes=DAY_MINUTES,
        week_minutes=WEEK_MINUTES,
    )


def course(number: int, size: Size) -> Course:
    line = LINES[0] if number % 10 < 7 else LINES[1 + number % 2]
    return Course(f"course-{number + 1:03}", f"class-{number:03}", line, size.site(number))


def sessions(chance: Random, of: Course) -> Iterator[Session]:
    subject, before = chance.choice(SUBJECTS), ""
    for number in range(SESSIONS):
        key = f"{of.key}.{number + 1:02}"
        yield Session(
            key=key,
            course=of.key,
            room_kind=chance.choices(tuple(KINDS), (6, 2, 2))[0],
            minutes=chance.choice((2, 3, 3, 4)) * 60,
            trainers=chance.choice((1, 1, 2)),
            qualification=subject if number % 5 else chance.choice(SUBJECTS),
            after=(before,) if before else (),
        )
        before = key


def published(bare: Problem, chance: Random) -> Problem:
    """The same with a published plan, in which each course runs evenly over its weeks."""
    table = Timetable(Jobs(bare))
    grid = table.grid
    for each in range(len(bare.courses)):
        length = chance.randint(*COURSE_WEEKS) * 7
        first = chance.randint(0, WEEKS * 7 - length)
        for place, number in enumerate(table.jobs.of_course[each]):
            job = table.jobs.jobs[number]
            from_then_on = -1 << grid.bit(first + place * length // SESSIONS, grid.opens)
            found = best_place(table, job, table.window(job) & from_then_on)
            if found is not None:
                table.add(job, found)
    plan = table.plan()
    last = {key.split(".")[0]: at.day for key, at in plan.placements.items()}
    courses = tuple(
        replace(
            each, deadline=min(WEEKS * 7 - 1, last.get(each.key, 0) + chance.choice((7, 14, 21)))
        )
        for each in bare.courses
    )
    return replace(bare, courses=courses, published=plan)


def stopped(whole: Problem, size: Size = Size()) -> Problem:
    """Four weeks later: what was to be held since is not, and sites restart one after the other.

    A nation in eight holds its own people back for three weeks more.
    """
    now = LocalTime((STOP + LOST) * 7)
    plan = whole.published.placements
    prohibitions = [
        Prohibition(
            None,
            size.site(number),
            None,
            LocalTime(STOP * 7),
            LocalTime((STOP + LOST + number // 3) * 7),
            f"FTM-D-{number + 1:03}",
            "order of the force commander",
        )
        for number in range(size.sites)
    ]
    prohibitions += [
        Prohibition(
            None,
            None,
            f"nation-{number:02}",
            LocalTime(STOP * 7),
            LocalTime((STOP + LOST + 3) * 7),
            f"NAT-{number:02}-1",
            "caveat of the nation",
        )
        for number in range(1, NATIONS + 1, 8)
    ]
    return replace(
        whole,
        prohibitions=tuple(prohibitions),
        held=frozenset(key for key, at in plan.items() if at.day < STOP * 7),
        told=frozenset(key for key, at in plan.items() if at.day < now.day + 14),
        now=now,
        weights=PLAIN,
    )

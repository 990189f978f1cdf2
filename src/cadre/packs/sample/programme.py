"""What the fictional mission teaches: courses for institutions of the host, and who teaches.

The timetable is made the way a planner would make the first one: course by course, each evenly
over its weeks, where room, class and trainers are free. So it breaks no rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from cadre.core.planning import (
    Break,
    Calendar,
    Course,
    Days,
    Horizon,
    Problem,
    Room,
    Session,
    TraineeClass,
    Trainer,
)
from cadre.packs.sample.names import FICTIONAL
from cadre.packs.sample.plan import Plan, PlannedPerson, Wish
from cadre.solver.insertion import best_place
from cadre.solver.jobs import Jobs
from cadre.solver.timetable import Timetable

COURSES, SESSIONS, ENGAGEMENTS, WEEKS = 120, 25, 300, 26  # sessions: of a course
COURSE_WEEKS = (22, 26)
TEACHING = 15  # of the people of a site
INSTITUTIONS = (
    "Staff college",
    "Logistics school",
    "Medical school",
    "Engineer school",
    "Police academy",
)
SUBJECTS = {  # by qualification
    "medic": ("Combat casualty care", "Field medicine", "Medical evacuation"),
    "engineer": ("Explosive hazards", "Field engineering", "Bridging"),
    "instructor": ("Leadership", "Staff work", "Law of armed conflict", "Logistics"),
}
MODULES = ("Basics", "Practice", "Exercise")
KINDS = ("classroom", "classroom", "classroom", "workshop", "range")  # rooms of a site, in order
ZONE = "Indian/Kerguelen"  # the mission lies in the sea: UTC+5, all year
SUNDAY = 6
WORKING = frozenset({SUNDAY, 0, 1, 2, 3})
STEP = 60  # minutes
NOON = Break(12 * 60, 13 * 60)
FEASTS = {58: "New Year", 102: "Day of the Republic"}  # by day of the mission
DAY_MINUTES, WEEK_MINUTES = 6 * 60, 16 * 60
LEAVE = 14  # days
HOURS = (8, 10, 13, 15)  # local, at which engagements begin
TRIES = 50


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """Beside what the planning problem has: its title, for whom, and whether the size is stated."""

    code: str
    title: str
    institution: str
    size_is_stated: bool


@dataclass(frozen=True, slots=True)
class PlannedEngagement:
    code: str
    title: str
    site: str
    begins: datetime
    ends: datetime
    post: str
    counterpart: str


@dataclass(frozen=True, slots=True)
class Programme:
    """`problem`: all that is taught, its keys are codes, and the published timetable of it."""

    institutions: tuple[tuple[str, str], ...]
    courses: tuple[PlannedCourse, ...]
    engagements: tuple[PlannedEngagement, ...]
    problem: Problem

    def moment(self, day: int, minute: int) -> datetime:
        return moment(self.problem.horizon.date(day), minute)


def moment(day: date, minute: int) -> datetime:
    """A local minute of a day in UTC."""
    local = datetime.combine(day, datetime.min.time(), ZoneInfo(ZONE)) + timedelta(minutes=minute)
    return local.astimezone(UTC)


def plan_programme(wish: Wish, plan: Plan) -> Programme:
    """The same programme for the same wish: 120 courses and 3,000 sessions over 26 weeks, and 300
    engagements, times the scale.
    """
    chance = Random(f"cadre programme {wish.seed} {wish.scale} {wish.people}")  # noqa: S311  # no secret
    institutions = tuple(
        (f"FIC-{number + 1}", f"{name} of Fictonia {FICTIONAL}")
        for number, name in enumerate(INSTITUTIONS)
    )
    sites = [site.code for site in plan.training_sites()]
    courses, planned = [], []
    for number in range(COURSES * wish.scale):
        course, told = plan_course(chance, number, sites, institutions)
        courses.append(course)
        planned.append(told)
    bare = Problem(
        horizon=Horizon(wish.start, WEEKS, STEP),
        calendar=Calendar(WORKING, frozenset(FEASTS), (NOON,)),
        rooms=tuple(plan_rooms(chance, plan)),
        trainers=tuple(plan_trainers(chance, wish, plan)),
        classes=tuple(TraineeClass(each.trainees, chance.randint(8, 30)) for each in courses),
        courses=tuple(courses),
        sessions=tuple(each for one in courses for each in plan_sessions(chance, one)),
    )
    problem = published(bare, chance)
    engagements = tuple(plan_engagements(chance, wish, plan))
    return Programme(institutions, tuple(planned), engagements, problem)


def plan_course(
    chance: Random, number: int, sites: list[str], institutions: tuple[tuple[str, str], ...]
) -> tuple[Course, PlannedCourse]:
    code = f"FTM-C{number + 1:04}"
    subject = chance.choice([each for titles in SUBJECTS.values() for each in titles])
    line = "capacity-building" if number % 8 == 0 else "training"
    course = Course(code, f"FTM-K{number + 1:04}", line, sites[number % len(sites)])
    title = f"{subject} {number // len(sites) + 1}, {course.site} {FICTIONAL}"
    told = PlannedCourse(code, title, chance.choice(institutions)[0], number % 9 != 0)
    return course, told


def plan_rooms(chance: Random, plan: Plan) -> Iterator[Room]:
    for site in plan.training_sites():
        inside = [each for each in plan.sites if each.kind == "room" and site.code in each.path]
        for kind, room in zip(KINDS, inside, strict=True):
            closes = chance.choice((16, 17, 18)) * 60
            yield Room(room.code, site.code, kind, room.capacity or 0, 8 * 60, closes)


def plan_trainers(chance: Random, wish: Wish, plan: Plan) -> Iterator[Trainer]:
    """The first of each site's people who teach at all; one in eight travels to the next site."""
    sites = [site.code for site in plan.training_sites()]
    teaching = by_site(each for each in plan.people if each.line in TAUGHT)
    for place, site in enumerate(sites):
        for number, each in enumerate(teaching.get(site, ())[:TEACHING]):
            end = (each.ends - wish.start).days
            off = chance.randrange(0, min(end, WEEKS * 7) - LEAVE)
            beside = {sites[(place + 1) % len(sites)]} if number % 8 == 0 else set[str]()
            yield Trainer(
                key=f"P-{each.code}",
                nation=each.nation,
                qualifications=frozenset(chance.sample(sorted(SUBJECTS), 2)),
                base=site,
                sites=frozenset({site, *beside}),
                present=(Days(0, end),),
                leave=(Days(off, off + LEAVE),),
                day_minutes=DAY_MINUTES,
                week_minutes=WEEK_MINUTES,
            )


TAUGHT = frozenset({"training", "capacity-building"})


def plan_sessions(chance: Random, of: Course) -> Iterator[Session]:
    qualification, before = chance.choice(sorted(SUBJECTS)), ""
    for number in range(SESSIONS):
        key = f"{of.key}-{number + 1:02}"
        yield Session(
            key=key,
            course=of.key,
            room_kind=chance.choices(("classroom", "workshop", "range"), (6, 2, 2))[0],
            minutes=chance.choice((2, 3, 3, 4)) * 60,
            trainers=chance.choice((1, 1, 2)),
            qualification=qualification if number % 5 else chance.choice(sorted(SUBJECTS)),
            after=(before,) if before else (),
        )
        before = key


def published(bare: Problem, chance: Random) -> Problem:
    """The same with a timetable, in which each course runs evenly over its weeks, and deadlines."""
    table = Timetable(Jobs(bare))
    grid = table.grid
    for course in range(len(bare.courses)):
        length = chance.randint(*COURSE_WEEKS) * 7
        first = chance.randint(0, WEEKS * 7 - length)
        for place, number in enumerate(table.jobs.of_course[course]):
            job = table.jobs.jobs[number]
            from_then_on = -1 << grid.bit(first + place * length // SESSIONS, grid.opens)
            found = best_place(table, job, table.window(job) & from_then_on)
            if found is not None:
                table.add(job, found)
    plan = table.plan()
    last: dict[str, int] = {}
    for each in bare.sessions:
        if (at := plan.get(each.key)) is not None:
            last[each.course] = max(last.get(each.course, 0), at.day)
    courses = tuple(
        replace(
            each, deadline=min(WEEKS * 7 - 1, last.get(each.key, 0) + chance.choice((7, 14, 21)))
        )
        for each in bare.courses
    )
    return replace(bare, courses=courses, published=plan)


def plan_engagements(chance: Random, wish: Wish, plan: Plan) -> Iterator[PlannedEngagement]:
    """Advisers meet heads of institutions, nobody two of them at once."""
    advisers = by_site(each for each in plan.people if each.line == "advising")
    taken: set[tuple[str, datetime]] = set()
    for number in range(ENGAGEMENTS * wish.scale):
        for _try in range(TRIES):
            site = chance.choice(sorted(advisers))
            post = f"P-{chance.choice(advisers[site]).code}"
            day = wish.start + timedelta(weeks=chance.randrange(WEEKS))
            day += timedelta(days=(chance.choice(sorted(WORKING)) - day.weekday()) % 7)
            begins = moment(day, chance.choice(HOURS) * 60)
            if (post, begins) not in taken:
                break
        else:
            continue
        taken.add((post, begins))
        yield PlannedEngagement(
            code=f"FTM-E{number + 1:04}",
            title=f"Meeting {number + 1} {FICTIONAL}",
            site=site,
            begins=begins,
            ends=begins + timedelta(minutes=chance.choice((60, 90))),
            post=post,
            counterpart=f"Head of an institution {FICTIONAL}",
        )


def by_site(people: Iterator[PlannedPerson]) -> Mapping[str, list[PlannedPerson]]:
    found: dict[str, list[PlannedPerson]] = {}
    for each in people:
        found.setdefault(each.site, []).append(each)
    return found

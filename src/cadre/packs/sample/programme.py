"""What the fictional mission teaches: courses for institutions of the host, and who teaches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from cadre.packs.sample.names import FICTIONAL
from cadre.packs.sample.plan import Plan, PlannedPerson, Wish

COURSES, SESSIONS, WEEKS = 120, 3_000, 26
INSTITUTIONS = (
    "Staff college",
    "Logistics school",
    "Medical school",
    "Engineer school",
    "Police academy",
)
SUBJECTS = (
    "Medic",
    "Logistics",
    "Staff work",
    "Engineering",
    "Leadership",
    "Law of armed conflict",
)
STARTS = (5, 7, 10, 12)  # hours UTC at which sessions begin
WORKING_DAYS = (6, 0, 1, 2, 3)  # Sunday to Thursday
ENGAGEMENTS = 10  # one of so many is one
AWAY = 6  # one trainer of so many teaches at another site than that of his post


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    code: str
    title: str
    line: str
    institution: str
    trainees: int | None
    site: str


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """`course` empty: an engagement. `posts` teach or lead it."""

    course: str
    line: str
    title: str
    room: str
    begins: datetime
    ends: datetime
    posts: tuple[str, ...]
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    institutions: tuple[tuple[str, str], ...]
    courses: tuple[PlannedCourse, ...]
    sessions: tuple[PlannedSession, ...]


def plan_programme(wish: Wish, plan: Plan) -> Programme:
    """The same programme for the same wish: 120 courses and 3,000 sessions over 26 weeks, times
    the scale.
    """
    chance = Random(f"cadre programme {wish.seed} {wish.scale} {wish.people}")  # noqa: S311  # no secret
    sites = [site.code for site in plan.training_sites()]
    institutions = tuple(
        (f"FIC-{number + 1}", f"{name} of Fictonia {FICTIONAL}")
        for number, name in enumerate(INSTITUTIONS)
    )
    courses = tuple(
        PlannedCourse(
            code=f"FTM-C{number + 1:04}",
            title=f"{chance.choice(SUBJECTS)} course {number + 1} {FICTIONAL}",
            line="capacity-building" if number % 8 == 0 else "training",
            institution=chance.choice(institutions)[0],
            trainees=None if number % 9 == 0 else chance.randint(8, 40),
            site=chance.choice(sites),
        )
        for number in range(COURSES * wish.scale)
    )
    rooms = {
        site: [each.code for each in plan.sites if each.kind == "room" and site in each.path]
        for site in sites
    }
    return Programme(
        institutions, courses, tuple(plan_sessions(chance, wish, plan, courses, rooms))
    )


def plan_sessions(
    chance: Random,
    wish: Wish,
    plan: Plan,
    courses: tuple[PlannedCourse, ...],
    rooms: Mapping[str, list[str]],
) -> Iterator[PlannedSession]:
    trainers = by_site(
        [each for each in plan.people if each.line in {"training", "capacity-building"}]
    )
    advisers = by_site([each for each in plan.people if each.line == "advising"])
    sites = sorted(rooms)
    for number in range(SESSIONS * wish.scale):
        course = courses[number % len(courses)]
        engagement = number % ENGAGEMENTS == 0
        site = chance.choice(sites) if engagement else course.site
        begins = moment(chance, wish)
        of_site = advisers if engagement else trainers
        yield PlannedSession(
            course="" if engagement else course.code,
            line="advising" if engagement else course.line,
            title=f"Meeting {number + 1} {FICTIONAL}" if engagement else course.title,
            room=chance.choice(rooms[site]),
            begins=begins,
            ends=begins + timedelta(hours=chance.choice((1, 2, 2, 3))),
            posts=tuple(sorted(chosen(chance, of_site, site, sites))),
            counterpart=f"Head of an institution {FICTIONAL}" if engagement else "",
        )


def by_site(people: list[PlannedPerson]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in people:
        found.setdefault(each.site, []).append(f"P-{each.code}")
    return found


def chosen(
    chance: Random, of_site: Mapping[str, list[str]], site: str, sites: list[str]
) -> set[str]:
    """One to three posts; now and then somebody of another site."""
    found: set[str] = set()
    for _post in range(chance.choice((1, 1, 2, 3))):
        base = chance.choice(sites) if chance.randrange(AWAY) == 0 else site
        if posts := of_site.get(base) or of_site.get(site):
            found.add(chance.choice(posts))
    return found


def moment(chance: Random, wish: Wish) -> datetime:
    """An hour of a working day of the 26 weeks."""
    day = wish.start + timedelta(weeks=chance.randrange(WEEKS))
    day += timedelta(days=(chance.choice(WORKING_DAYS) - day.weekday()) % 7)
    return datetime.combine(day, time(chance.choice(STARTS)), UTC)

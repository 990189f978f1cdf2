"""Instances of our own, small and generated, and the rules read plainly and slowly."""

from itertools import combinations

from hypothesis import strategies as st

from cadre.core.planning.curriculum import (
    Course,
    Curriculum,
    Instance,
    Lecture,
    Room,
    Rule,
    Slot,
    Timetable,
)

COURSES = (
    Course("first-aid", "ward", 2, 2, 20),
    Course("radio", "marsh", 2, 2, 12),
    Course("maps", "marsh", 2, 1, 30),
    Course("driving", "reed", 1, 1, 8),
)
ROOMS = (Room("hall", 30), Room("cabin", 10))
CURRICULA = (
    Curriculum("recruits", ("first-aid", "radio")),
    Curriculum("drivers", ("driving", "maps", "first-aid")),
)
CLOSED = frozenset({("radio", Slot(0, 0)), ("driving", Slot(1, 2))})
SMALL = Instance("Small camp", 2, 3, COURSES, ROOMS, CURRICULA, CLOSED)
LEGAL = (
    Lecture("first-aid", "hall", 0, 0),
    Lecture("first-aid", "hall", 0, 1),
    Lecture("radio", "cabin", 0, 2),
    Lecture("radio", "hall", 1, 2),
    Lecture("maps", "hall", 1, 0),
    Lecture("maps", "cabin", 1, 1),
    Lecture("driving", "hall", 0, 2),
)
SMALL_FILE = """\
Name: Small camp
Courses: 4
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 2
Constraints: 2

COURSES:
first-aid ward 2 2 20
radio marsh 2 2 12
maps marsh 2 1 30
driving reed 1 1 8

ROOMS:
hall\t30
cabin\t10

CURRICULA:
recruits 2 first-aid radio
drivers  3 driving maps first-aid

UNAVAILABILITY_CONSTRAINTS:
radio 0 0
driving 1 2

END.
"""


def written(instance: Instance) -> str:
    """The instance as a `.ctt` file."""
    sections = {
        "COURSES": [
            f"{each.name} {each.teacher} {each.lectures} {each.working_days} {each.students}"
            for each in instance.courses
        ],
        "ROOMS": [f"{each.name} {each.seats}" for each in instance.rooms],
        "CURRICULA": [
            " ".join([each.name, str(len(each.courses)), *each.courses])
            for each in instance.curricula
        ],
        "UNAVAILABILITY_CONSTRAINTS": [
            f"{course} {day} {period}" for course, (day, period) in sorted(instance.unavailable)
        ],
    }
    counted = zip(("Courses", "Rooms", "Curricula", "Constraints"), sections.values(), strict=True)
    head = [
        f"Name: {instance.name}",
        f"Days: {instance.days}",
        f"Periods_per_day: {instance.periods}",
        *(f"{title}: {len(lines)}" for title, lines in counted),
    ]
    body = [line for title, lines in sections.items() for line in ("", f"{title}:", *lines)]
    return "\n".join([*head, *body, "", "END.", ""])


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Small and crowded: few teachers, rooms and periods, curricula that overlap."""
    names = [f"c{number}" for number in range(draw(st.integers(1, 6)))]
    courses = tuple(
        Course(
            name,
            draw(st.sampled_from(["t0", "t1", "t2", "t3"])),
            draw(st.integers(1, 3)),
            draw(st.integers(1, 3)),
            draw(st.integers(0, 30)),
        )
        for name in names
    )
    rooms = tuple(
        Room(f"r{number}", draw(st.integers(0, 30))) for number in range(draw(st.integers(1, 3)))
    )
    members = st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)
    curricula = tuple(
        Curriculum(f"q{number}", each)
        for number, each in enumerate(draw(st.lists(members, max_size=3)))
    )
    days, periods = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    slots = st.builds(Slot, st.integers(0, days - 1), st.integers(0, periods - 1))
    unavailable = draw(st.frozensets(st.tuples(st.sampled_from(names), slots), max_size=6))
    return Instance("Made up", days, periods, courses, rooms, curricula, unavailable)


@st.composite
def placed(draw: st.DrawFn) -> tuple[Instance, Timetable]:
    """An instance with a timetable that need not be legal, nor complete."""
    instance = draw(instances())
    lectures = st.builds(
        Lecture,
        st.sampled_from([each.name for each in instance.courses]),
        st.sampled_from([each.name for each in instance.rooms]),
        st.integers(0, instance.days - 1),
        st.integers(0, instance.periods - 1),
    )
    return instance, tuple(draw(st.lists(lectures, max_size=14)))


def counted_slowly(instance: Instance, timetable: Timetable) -> dict[Rule, int]:
    """How often each hard rule is broken: every lecture against every other."""
    courses = {each.name: each for each in instance.courses}
    numbers = dict.fromkeys(Rule, 0)
    for name, course in courses.items():
        own = [each for each in timetable if each.course == name]
        numbers[Rule.LECTURES] += abs(len(own) - course.lectures)
        numbers[Rule.LECTURES] += len(own) - len({(each.day, each.period) for each in own})
    for one, other in combinations(timetable, 2):
        if (one.day, one.period) == (other.day, other.period) and one.course != other.course:
            shared = any(
                one.course in each.courses and other.course in each.courses
                for each in instance.curricula
            )
            same_teacher = courses[one.course].teacher == courses[other.course].teacher
            numbers[Rule.CONFLICTS] += shared or same_teacher
    for each in timetable:
        numbers[Rule.AVAILABILITY] += (
            each.course,
            Slot(each.day, each.period),
        ) in instance.unavailable
    for day in range(instance.days):
        for period in range(instance.periods):
            for room in instance.rooms:
                here = [
                    each
                    for each in timetable
                    if (each.day, each.period, each.room) == (day, period, room.name)
                ]
                numbers[Rule.ROOM_OCCUPANCY] += max(0, len(here) - 1)
    return numbers


def priced_slowly(instance: Instance, timetable: Timetable) -> tuple[int, int, int, int]:
    """Room capacity, working days, compactness, room stability: every lecture by itself."""
    courses = {each.name: each for each in instance.courses}
    rooms = {each.name: each for each in instance.rooms}
    capacity = days = compactness = stability = 0
    for each in timetable:
        over = courses[each.course].students - rooms[each.room].seats
        capacity += max(0, over)
    for name, course in courses.items():
        own = [each for each in timetable if each.course == name]
        short = course.working_days - len({each.day for each in own})
        days += 5 * short if short > 0 else 0
        if own:
            stability += len({each.room for each in own}) - 1
    for curriculum in instance.curricula:
        own = [each for each in timetable if each.course in curriculum.courses]
        for each in own:
            near = any(
                other.day == each.day and abs(other.period - each.period) == 1 for other in own
            )
            compactness += 0 if near else 2
    return capacity, days, compactness, stability

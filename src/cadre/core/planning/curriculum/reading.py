"""Reading and writing the competition's files: instances (`.ctt`) and timetables."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cadre.core.planning.curriculum.instances import (
    Course,
    Curriculum,
    Instance,
    Lecture,
    Room,
    Slot,
    Timetable,
)

COUNTED: Final = {
    "Courses": "COURSES",
    "Rooms": "ROOMS",
    "Curricula": "CURRICULA",
    "Constraints": "UNAVAILABILITY_CONSTRAINTS",
}  # which line of the head says how many lines which section has
HEAD: Final = ("Name", "Days", "Periods_per_day", *COUNTED)
SECTIONS: Final = tuple(COUNTED.values())
END: Final = "END."
NUMBER: Final = re.compile("[0-9]{1,6}")
MOST_DAYS: Final = 366
MOST_PERIODS: Final = 288  # of a day: five minutes each


class FormatError(ValueError):
    """A file that is not in the competition's format; the message is one sentence with its line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, its number counted from 1."""

    number: int
    fields: tuple[str, ...]

    def wrong(self, why: str) -> FormatError:
        return FormatError(f"Line {self.number}: {why}")

    def whole(self, place: int, what: str, *, least: int = 0, most: int = 999_999) -> int:
        """The whole number at a place; `what` it is, for the sentence if it is none."""
        text = self.fields[place]
        if NUMBER.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        raise self.wrong(f"{what} should be a whole number from {least} to {most}, not “{text}”.")

    def known[Thing](self, place: int, what: str, known: Mapping[str, Thing]) -> Thing:
        """What the name at a place stands for."""
        name = self.fields[place]
        if name in known:
            return known[name]
        raise self.wrong(f"There is no {what} “{name}”.")


def read_instance(text: str) -> Instance:
    """The instance that a `.ctt` file holds.

    Raises FormatError, with the line, if something is missing, doubled, out of its range, of
    another number than the head says, or names a course that there is not.
    """
    head, sections = parted(text)
    days = head["Days"].whole(1, "The number of days", least=1, most=MOST_DAYS)
    periods = head["Periods_per_day"].whole(1, "The periods of a day", least=1, most=MOST_PERIODS)
    courses = named("course", sections["COURSES"], read_course)
    rooms = named("room", sections["ROOMS"], read_room)
    curricula = named("curriculum", sections["CURRICULA"], lambda each: read_group(each, courses))
    unavailable = [
        read_unavailable(each, courses, days, periods)
        for each in sections["UNAVAILABILITY_CONSTRAINTS"]
    ]
    return Instance(
        " ".join(head["Name"].fields[1:]),
        days,
        periods,
        tuple(courses.values()),
        tuple(rooms.values()),
        tuple(curricula.values()),
        frozenset(unavailable),
    )


def parted(text: str) -> tuple[dict[str, Line], dict[str, list[Line]]]:
    """The lines of the head by their name, and those of each section."""
    lines = lines_of(text)
    head: dict[str, Line] = {}
    sections: dict[str, list[Line]] = {}
    current: list[Line] | None = None
    for line in lines:
        title = line.fields[0].removesuffix(":")
        if line.fields == (END,):
            break
        if line.fields == (f"{title}:",) and title not in HEAD:
            current = sections[title] = opened(line, title, sections)
        elif current is not None:
            current.append(line)
        else:
            head[title] = read_head(line, title, head)
    else:
        raise FormatError(f"The file ends without a line “{END}”.")
    require_all(head, sections)
    after = next(lines, None)
    if after is not None:
        raise after.wrong(f"Nothing may follow “{END}”.")
    return head, sections


def lines_of(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        fields = tuple(line.split())
        if fields:
            yield Line(number, fields)


def opened(line: Line, title: str, sections: Mapping[str, list[Line]]) -> list[Line]:
    if title not in SECTIONS:
        raise line.wrong(f"There is no section “{title}”.")
    if title in sections:
        raise line.wrong(f"The section {title} has been there before.")
    return []


def read_head(line: Line, title: str, head: Mapping[str, Line]) -> Line:
    if title not in HEAD or not line.fields[0].endswith(":"):
        raise line.wrong(f"A line of the head such as “Days: 5” is expected, not “{shown(line)}”.")
    if title in head:
        raise line.wrong(f"{title} has been said before.")
    if not line.fields[1:] or (title != "Name" and line.fields[2:]):
        raise line.wrong(f"{title} should have one value.")
    return line


def require_all(head: Mapping[str, Line], sections: Mapping[str, list[Line]]) -> None:
    """Everything is there, in the number that the head says."""
    for title in HEAD:
        if title not in head:
            raise FormatError(f"The head of the file does not say {title}.")
    for title, section in COUNTED.items():
        if section not in sections:
            raise FormatError(f"The file has no section {section}.")
        wanted, found = head[title].whole(1, title), len(sections[section])
        if wanted != found:
            raise head[title].wrong(f"{title} is {wanted}, but {section} has {found} lines.")


def named[Thing](
    what: str, lines: Iterable[Line], read: Callable[[Line], Thing]
) -> dict[str, Thing]:
    """What each line of a section says, by the name it begins with."""
    found: dict[str, Thing] = {}
    for line in lines:
        name = line.fields[0]
        if name in found:
            raise line.wrong(f"The {what} “{name}” has been there before.")
        found[name] = read(line)
    return found


def read_course(line: Line) -> Course:
    require(line, "name, teacher, lectures, days, students", 5)
    return Course(
        line.fields[0],
        line.fields[1],
        line.whole(2, "The number of lectures", least=1),
        line.whole(3, "The number of working days"),
        line.whole(4, "The number of students"),
    )


def read_room(line: Line) -> Room:
    require(line, "name, seats", 2)
    return Room(line.fields[0], line.whole(1, "The number of seats"))


def read_group(line: Line, courses: Mapping[str, Course]) -> Curriculum:
    require(line, "name, number of courses, courses", 2, at_least=True)
    number = line.whole(1, "The number of courses")
    members = [line.known(place, "course", courses).name for place in range(2, len(line.fields))]
    if len(members) != number:
        raise line.wrong(f"{number} courses are announced and {len(members)} named.")
    if len(set(members)) != number:
        raise line.wrong("A course is named twice.")
    return Curriculum(line.fields[0], tuple(members))


def read_unavailable(
    line: Line, courses: Mapping[str, Course], days: int, periods: int
) -> tuple[str, Slot]:
    require(line, "course, day, period", 3)
    return line.known(0, "course", courses).name, read_slot(line, 1, days, periods)


def read_slot(line: Line, place: int, days: int, periods: int) -> Slot:
    return Slot(
        line.whole(place, "The day", most=days - 1),
        line.whole(place + 1, "The period", most=periods - 1),
    )


def require(line: Line, what: str, number: int, *, at_least: bool = False) -> None:
    found = len(line.fields)
    if found < number or (found > number and not at_least):
        raise line.wrong(f"There should be {what}, not “{shown(line)}”.")


def shown(line: Line) -> str:
    return " ".join(line.fields)


def read_timetable(text: str, instance: Instance) -> Timetable:
    """The lectures that a file places: course, room, day and period a line.

    Raises FormatError, with the line, for what the instance does not have. Whether the timetable
    is legal is asked of `violations`.
    """
    courses = {course.name: course for course in instance.courses}
    rooms = {room.name: room for room in instance.rooms}
    return tuple(
        read_lecture(line, courses, rooms, (instance.days, instance.periods))
        for line in lines_of(text)
    )


def read_lecture(
    line: Line,
    courses: Mapping[str, Course],
    rooms: Mapping[str, Room],
    extent: tuple[int, int],
) -> Lecture:
    require(line, "course, room, day, period", 4)
    course = line.known(0, "course", courses).name
    room = line.known(1, "room", rooms).name
    return Lecture(course, room, *read_slot(line, 2, *extent))


def written_timetable(timetable: Iterable[Lecture]) -> str:
    """The timetable as the competition wants it: course, room, day and period a line, sorted."""
    return "".join(
        f"{each.course} {each.room} {each.day} {each.period}\n" for each in sorted(timetable)
    )

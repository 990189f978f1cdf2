"""The planning problem behind a restart: what there is to teach, by whom, where and when.

Days count from 0, the horizon's first date; minutes count from midnight; both are local to the
place. Spans are half-open. A week is seven days of the horizon, the first begins on day 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from cadre.core.planning.plan import NOTHING_PLACED, Plan

DAY: Final = 24 * 60  # minutes
WEEK: Final = 7  # days


@dataclass(frozen=True, slots=True, order=True)
class LocalTime:
    """A moment of the horizon, local to the place."""

    day: int
    minute: int = 0


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` up to, but not with, `end`."""

    first: int
    end: int

    def __contains__(self, day: int) -> bool:
        return self.first <= day < self.end


@dataclass(frozen=True, slots=True)
class Break:
    """Minutes of every day in which nothing is taught, such as a prayer time."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Horizon:
    """The weeks that are planned, and the grid: sessions begin and end on whole steps."""

    first_date: date
    weeks: int
    step: int  # minutes

    @property
    def days(self) -> int:
        return self.weeks * WEEK

    def weekday(self, day: int) -> int:
        """0 is a Monday, as in Python's `date.weekday`."""
        return (self.first_date.weekday() + day) % WEEK

    def date(self, day: int) -> date:
        return date.fromordinal(self.first_date.toordinal() + day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the place works. `weekdays`: 0 is a Monday."""

    weekdays: frozenset[int]
    feasts: frozenset[int] = frozenset()
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    key: str
    site: str
    kind: str
    capacity: int
    opens: int  # minute of each working day
    closes: int


@dataclass(frozen=True, slots=True)
class Trainer:
    """`sites`: where they may teach; `base` is the one where teaching is no travel."""

    key: str
    nation: str
    qualifications: frozenset[str]
    base: str
    sites: frozenset[str]
    present: tuple[Days, ...]
    leave: tuple[Days, ...]
    day_minutes: int  # they teach at most
    week_minutes: int

    def is_there(self, day: int) -> bool:
        return any(day in days for days in self.present) and not any(
            day in days for days in self.leave
        )


@dataclass(frozen=True, slots=True)
class TraineeClass:
    key: str
    size: int


@dataclass(frozen=True, slots=True)
class Course:
    """`deadline`: the last day on which it may end without a price; None is no deadline."""

    key: str
    trainees: str  # the class
    line: str
    site: str
    deadline: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """`after`: sessions that have to be over before it begins."""

    key: str
    course: str
    room_kind: str
    minutes: int
    trainers: int
    qualification: str  # that each of them has
    after: tuple[str, ...] = ()
    at_least: int = 0  # trainees
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Prohibition:
    """What the posture forbids in a period, and by whose order.

    None is every line, site or nation. With a nation it stops only trainers of that nation.
    `ends` None: until further notice.
    """

    line: str | None
    site: str | None
    nation: str | None
    begins: LocalTime
    ends: LocalTime | None
    order: str
    source: str

    def stops(self, line: str, site: str, nation: str | None) -> bool:
        """Whether it stops a session of that line there (nation None), or a nation's trainers."""
        return self.line in {None, line} and self.site in {None, site} and self.nation == nation

    def overlaps(self, day: int, start: int, minutes: int) -> bool:
        begins, ends = LocalTime(day, start), LocalTime(day, start + minutes)
        return self.begins < ends and (self.ends is None or begins < self.ends)


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of each soft cost, in points for a unit of it (`cost` names the units)."""

    unplaced: int = 100
    late: int = 1
    other_week: int = 5
    same_week: int = 2
    room: int = 1
    trainer: int = 1
    told: int = 1
    uneven: int = 1
    travel: int = 1


@dataclass(frozen=True)
class Problem:
    """`held`: sessions that took place as published. `told`: whose people know the published plan.

    Keys are unique within their kind and name what exists: `format.read_problem` sees to that.
    """

    horizon: Horizon
    calendar: Calendar
    rooms: tuple[Room, ...]
    trainers: tuple[Trainer, ...]
    classes: tuple[TraineeClass, ...]
    courses: tuple[Course, ...]
    sessions: tuple[Session, ...]
    prohibitions: tuple[Prohibition, ...] = ()
    published: Plan = NOTHING_PLACED
    held: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    now: LocalTime = LocalTime(0)
    weights: Weights = field(default_factory=Weights)

    @cached_property
    def room(self) -> Mapping[str, Room]:
        return {each.key: each for each in self.rooms}

    @cached_property
    def trainer(self) -> Mapping[str, Trainer]:
        return {each.key: each for each in self.trainers}

    @cached_property
    def trainee_class(self) -> Mapping[str, TraineeClass]:
        return {each.key: each for each in self.classes}

    @cached_property
    def course(self) -> Mapping[str, Course]:
        return {each.key: each for each in self.courses}

    @cached_property
    def session(self) -> Mapping[str, Session]:
        return {each.key: each for each in self.sessions}

    def course_of(self, session: Session) -> Course:
        return self.course[session.course]

    def trainees_of(self, session: Session) -> TraineeClass:
        return self.trainee_class[self.course_of(session).trainees]

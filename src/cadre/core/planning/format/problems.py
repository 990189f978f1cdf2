"""A problem as JSON, read and written (docs/reference/planning-format.md)."""

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Final

from cadre.core.planning.format.names import wrong_names
from cadre.core.planning.format.plans import placements, placements_as_json
from cadre.core.planning.format.records import FURTHEST, Faults, Record, opened
from cadre.core.planning.plan import Plan
from cadre.core.planning.problem import (
    DAY,
    WEEK,
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

MOST_WEEKS: Final = 520
FORMAT: Final = "cadre-problem-1"
ALWAYS: Final = (Days(0, FURTHEST),)


def read_problem(text: str) -> Problem:
    """The problem of a JSON text; raises Faults with a sentence for each thing that is wrong."""
    record = opened(text)
    if record.values.get("format") != FORMAT:
        raise Faults([f'"format" has to be "{FORMAT}".'])
    problem = problem_of(record)
    if not record.faults:
        record.faults.extend(wrong_names(problem))
    if record.faults:
        raise Faults(record.faults)
    return problem


def problem_of(record: Record) -> Problem:
    record.only("format", *(each.name for each in fields(Problem)))
    grid = horizon(record.record("horizon"))
    now = record.record("now")
    return Problem(
        horizon=grid,
        calendar=calendar(record.record("calendar"), grid),
        rooms=record.each("rooms", lambda each: room(each, grid)),
        trainers=record.each("trainers", trainer),
        classes=record.each("classes", trainee_class),
        courses=record.each("courses", course),
        sessions=record.each("sessions", lambda each: session(each, grid)),
        prohibitions=record.each("prohibitions", prohibition),
        published=Plan(placements(record, "published", grid)),
        held=frozenset(record.texts("held")),
        told=frozenset(record.texts("told")),
        now=local_time(now) if now.values else LocalTime(0),
        weights=weights(record.record("weights")),
    )


def horizon(record: Record) -> Horizon:
    record.only("first_date", "weeks", "step")
    written, first = record.text("first_date"), date(2000, 1, 3)
    try:
        first = date.fromisoformat(written)
    except ValueError:
        record.fault("first_date", "has to be a date such as 2020-01-06")
    step = record.number("step", least=5, most=DAY)
    if DAY % step:
        record.fault("step", "has to divide the 1440 minutes of a day")
        step = 60
    return Horizon(first, record.number("weeks", least=1, most=MOST_WEEKS), step)


def calendar(record: Record, grid: Horizon) -> Calendar:
    record.only("weekdays", "feasts", "breaks")
    return Calendar(
        weekdays=frozenset(record.numbers("weekdays", most=WEEK - 1)),
        feasts=frozenset(record.numbers("feasts")),
        breaks=record.each("breaks", lambda each: Break(*span(each, "begins", "ends", grid))),
    )


def span(record: Record, begins: str, ends: str, grid: Horizon) -> tuple[int, int]:
    """Two minutes of the grid, the second after the first."""
    first, end = (on_grid(record, name, grid) for name in (begins, ends))
    if end <= first:
        record.fault(ends, f"has to be after {begins}")
    return first, end


def on_grid(record: Record, name: str, grid: Horizon) -> int:
    minutes = record.number(name, most=DAY)
    if minutes % grid.step:
        record.fault(name, f"has to be a multiple of the grid's {grid.step} minutes")
    return minutes


def room(record: Record, grid: Horizon) -> Room:
    record.only("key", "site", "kind", "capacity", "opens", "closes")
    opens, closes = span(record, "opens", "closes", grid)
    return Room(
        key=record.text("key"),
        site=record.text("site"),
        kind=record.text("kind"),
        capacity=record.number("capacity"),
        opens=opens,
        closes=closes,
    )


def trainer(record: Record) -> Trainer:
    record.only(*(each.name for each in fields(Trainer)))
    base = record.text("base")
    return Trainer(
        key=record.text("key"),
        nation=record.text("nation"),
        qualifications=frozenset(record.texts("qualifications")),
        base=base,
        sites=frozenset(record.texts("sites")) or frozenset({base}),
        present=record.each("present", days) if "present" in record.values else ALWAYS,
        leave=record.each("leave", days),
        day_minutes=record.number("day_minutes", most=DAY),
        week_minutes=record.number("week_minutes", most=WEEK * DAY),
    )


def days(record: Record) -> Days:
    record.only("first", "end")
    return Days(record.number("first"), record.number("end"))


def trainee_class(record: Record) -> TraineeClass:
    record.only("key", "size")
    return TraineeClass(record.text("key"), record.number("size"))


def course(record: Record) -> Course:
    record.only("key", "trainees", "line", "site", "deadline")
    return Course(
        key=record.text("key"),
        trainees=record.text("trainees"),
        line=record.text("line"),
        site=record.text("site"),
        deadline=record.number_or_none("deadline"),
    )


def session(record: Record, grid: Horizon) -> Session:
    record.only(*(each.name for each in fields(Session)))
    minutes = on_grid(record, "minutes", grid)
    if not minutes:
        record.fault("minutes", "has to be more than 0")
    return Session(
        key=record.text("key"),
        course=record.text("course"),
        room_kind=record.text("room_kind"),
        minutes=minutes,
        trainers=record.number("trainers", most=50),
        qualification=record.text("qualification"),
        after=tuple(record.texts("after")),
        at_least=record.number_or("at_least", 0),
        at_most=record.number_or_none("at_most"),
    )


def prohibition(record: Record) -> Prohibition:
    record.only(*(each.name for each in fields(Prohibition)))
    ends = record.values.get("ends")
    return Prohibition(
        line=record.text_or_none("line"),
        site=record.text_or_none("site"),
        nation=record.text_or_none("nation"),
        begins=local_time(record.record("begins")),
        ends=None if ends is None else local_time(record.record("ends")),
        order=record.text("order"),
        source=record.text("source"),
    )


def local_time(record: Record) -> LocalTime:
    record.only("day", "minute")
    return LocalTime(record.number("day"), record.number_or("minute", 0))


def weights(record: Record) -> Weights:
    usual = Weights()
    names = [each.name for each in fields(Weights)]
    record.only(*names)
    return Weights(**{name: record.number_or(name, getattr(usual, name)) for name in names})


def problem_as_json(problem: Problem) -> str:
    """A text that `read_problem` reads as the same problem."""
    values: dict[str, object] = {"format": FORMAT}
    for each in fields(Problem):
        value = getattr(problem, each.name)
        if isinstance(value, Plan):
            values[each.name] = placements_as_json(value)
        elif isinstance(value, tuple):
            values[each.name] = [asdict(entry) for entry in value]
        else:
            values[each.name] = value if isinstance(value, frozenset) else asdict(value)
    return json.dumps(values, default=plain, ensure_ascii=False, indent=1)


def plain(value: object) -> object:
    """What JSON has no form for: sets as sorted lists, dates in ISO form."""
    return sorted(value) if isinstance(value, frozenset) else str(value)

"""Which hard rules a plan breaks: the judge of every plan, whoever made it.

The rules, each by the name that explanations use:

* posture: no session while its line is forbidden at its site, none with a trainer whose nation is
* room: of the wanted kind, at the course's site, large enough, open, one session at a time
* trainer: as many as wanted, qualified, present, one session at a time, one site a day, within
  their hours of a day and of a week
* class: one session at a time, of a size that the session is meant for
* order: what comes before is placed and over
* past: what was held stays as published, and nothing else stands before now

What was held is only asked to stay: the other rules judge what can still be changed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from cadre.core.planning.plan import Placement, Plan
from cadre.core.planning.problem import WEEK, Problem, Prohibition, Room, Session, Trainer


class Rule(StrEnum):
    POSTURE = "posture"
    ROOM = "room"
    TRAINER = "trainer"
    CLASS = "class"
    ORDER = "order"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule. `reason` is a sentence that names what it is about; `order` the directive."""

    rule: Rule
    session: str
    reason: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A session with its place, and whether it was held."""

    session: Session
    at: Placement
    held: bool

    @property
    def end(self) -> tuple[int, int]:
        return self.at.day, self.at.start + self.session.minutes

    def overlaps(self, other: "Placed") -> bool:
        return self.at.moment < other.end and other.at.moment < self.end

    def broke(self, rule: Rule, reason: str, order: str = "") -> Violation:
        return Violation(rule, self.session.key, reason, order)


def violations(plan: Plan, problem: Problem) -> tuple[Violation, ...]:
    """Every broken hard rule; empty for a legal plan.

    The plan names only sessions, rooms and trainers of the problem, on its grid and horizon.
    """
    placed = [
        Placed(each, at, each.key in problem.held)
        for each in problem.sessions
        if (at := plan.get(each.key)) is not None
    ]
    still_open = [each for each in placed if not each.held]
    return tuple(
        chain(
            past(plan, still_open, problem),
            chain.from_iterable(posture(each, problem) for each in still_open),
            chain.from_iterable(room(each, problem) for each in still_open),
            chain.from_iterable(trainers(each, problem) for each in still_open),
            chain.from_iterable(class_size(each, problem) for each in still_open),
            one_at_a_time(placed, problem),
            one_site_a_day(placed, problem),
            hours(placed, problem),
            order(placed),
        )
    )


def past(plan: Plan, still_open: Iterable[Placed], problem: Problem) -> Iterator[Violation]:
    for key in sorted(problem.held):
        if plan.get(key) != problem.published.get(key):
            yield Violation(Rule.PAST, key, f"Session {key} was held and stays as published.")
    now = problem.now.day, problem.now.minute
    for each in still_open:
        if each.at.moment < now:
            yield each.broke(Rule.PAST, f"Session {each.session.key} begins before now.")


def posture(each: Placed, problem: Problem) -> Iterator[Violation]:
    site = problem.room[each.at.room].site
    for found in forbidding(each, site, None, problem):
        yield each.broke(
            Rule.POSTURE,
            f"Session {each.session.key} is forbidden at {site} by {found.order}: {found.source}.",
            found.order,
        )
    for key in sorted(each.at.trainers):
        nation = problem.trainer[key].nation
        for found in forbidding(each, site, nation, problem):
            yield each.broke(
                Rule.POSTURE,
                f"Trainer {key} of {nation} may not teach session {each.session.key} at {site}"
                f" by {found.order}: {found.source}.",
                found.order,
            )


def forbidding(
    each: Placed, site: str, nation: str | None, problem: Problem
) -> Iterator[Prohibition]:
    line = problem.course_of(each.session).line
    for prohibition in problem.prohibitions:
        if prohibition.stops(line, site, nation) and prohibition.overlaps(
            *each.at.moment, each.session.minutes
        ):
            yield prohibition


def room(each: Placed, problem: Problem) -> Iterator[Violation]:
    where, session = problem.room[each.at.room], each.session
    site, size = problem.course_of(session).site, problem.trainees_of(session).size
    told = f"Room {where.key} of session {session.key}"
    if where.site != site:
        yield each.broke(Rule.ROOM, f"{told} is at {where.site}, the course at {site}.")
    if where.kind != session.room_kind:
        yield each.broke(Rule.ROOM, f"{told} is a {where.kind}, not a {session.room_kind}.")
    if where.capacity < size:
        yield each.broke(Rule.ROOM, f"{told} takes {where.capacity} trainees, not {size}.")
    if closed := closing(each, where, problem):
        yield each.broke(Rule.ROOM, f"{told} is closed then: {closed}.")


def closing(each: Placed, where: Room, problem: Problem) -> str:
    """Why a room is closed at some time of a session; empty where it is open throughout."""
    calendar, begins, ends = problem.calendar, each.at.start, each.end[1]
    if each.at.day in calendar.feasts:
        return "a feast day"
    if problem.horizon.weekday(each.at.day) not in calendar.weekdays:
        return "no working day"
    if begins < where.opens or where.closes < ends:
        return "outside its hours"
    if any(begins < pause.ends and pause.begins < ends for pause in calendar.breaks):
        return "a break"
    return ""


def trainers(each: Placed, problem: Problem) -> Iterator[Violation]:
    session, count = each.session, len(each.at.trainers)
    if count != session.trainers:
        yield each.broke(
            Rule.TRAINER, f"Session {session.key} has {count} trainers, not {session.trainers}."
        )
    for key in sorted(each.at.trainers):
        if unfit := unfitness(problem.trainer[key], each, problem):
            yield each.broke(Rule.TRAINER, f"Trainer {key} of session {session.key} {unfit}.")


def unfitness(trainer: Trainer, each: Placed, problem: Problem) -> str:
    """Why a trainer cannot teach a session whatever else they teach; empty if they can."""
    if each.session.qualification not in trainer.qualifications:
        return f"is not qualified for {each.session.qualification}"
    if (site := problem.room[each.at.room].site) not in trainer.sites:
        return f"does not teach at {site}"
    return "" if trainer.is_there(each.at.day) else "is not there that day"


def class_size(each: Placed, problem: Problem) -> Iterator[Violation]:
    trainees, session = problem.trainees_of(each.session), each.session
    if trainees.size < session.at_least:
        wanted = f"at least {session.at_least}"
    elif session.at_most is not None and session.at_most < trainees.size:
        wanted = f"at most {session.at_most}"
    else:
        return
    yield each.broke(
        Rule.CLASS,
        f"Class {trainees.key} has {trainees.size} trainees, session {session.key} wants {wanted}.",
    )


def one_at_a_time(placed: Iterable[Placed], problem: Problem) -> Iterator[Violation]:
    """Rooms, trainers and classes are in one session at a time."""
    users = list(placed)
    for rule, used in (
        (Rule.ROOM, lambda each: (each.at.room,)),
        (Rule.TRAINER, lambda each: each.at.trainers),
        (Rule.CLASS, lambda each: (problem.trainees_of(each.session).key,)),
    ):
        for (key, _day), sharing in by_day(users, used).items():
            yield from overlapping(rule, key, sharing)


def by_day(
    placed: Iterable[Placed], used: Callable[[Placed], Iterable[str]]
) -> dict[tuple[str, int], list[Placed]]:
    found: dict[tuple[str, int], list[Placed]] = defaultdict(list)
    for each in placed:
        for key in used(each):
            found[key, each.at.day].append(each)
    return found


def overlapping(rule: Rule, key: str, sharing: list[Placed]) -> Iterator[Violation]:
    ordered = sorted(sharing, key=in_time)
    for number, later in enumerate(ordered):
        for earlier in ordered[:number]:
            if earlier.overlaps(later) and not (earlier.held and later.held):
                judged, other = (earlier, later) if later.held else (later, earlier)
                yield judged.broke(
                    rule,
                    f"{rule.capitalize()} {key} is in session {other.session.key} while session"
                    f" {judged.session.key} is on.",
                )


def one_site_a_day(placed: Iterable[Placed], problem: Problem) -> Iterator[Violation]:
    for (key, day), taught in by_day(placed, lambda each: each.at.trainers).items():
        sites = sorted({problem.room[each.at.room].site for each in taught})
        if len(sites) > 1:
            for each in taught:
                if not each.held:
                    yield each.broke(
                        Rule.TRAINER,
                        f"Trainer {key} of session {each.session.key} teaches at"
                        f" {' and '.join(sites)} on day {day}.",
                    )


def hours(placed: Iterable[Placed], problem: Problem) -> Iterator[Violation]:
    """Nobody teaches more than their hours of a day or of a week."""
    spans: dict[tuple[str, str, int], list[Placed]] = defaultdict(list)
    for each in placed:
        for key in each.at.trainers:
            spans[key, "day", each.at.day].append(each)
            spans[key, "week", each.at.day // WEEK].append(each)
    for (key, span, number), taught in spans.items():
        trainer = problem.trainer[key]
        most = trainer.day_minutes if span == "day" else trainer.week_minutes
        minutes = sum(each.session.minutes for each in taught)
        last = max((each for each in taught if not each.held), key=in_time, default=None)
        if minutes > most and last is not None:
            yield last.broke(
                Rule.TRAINER,
                f"Trainer {key} of session {last.session.key} teaches {minutes} minutes in {span}"
                f" {number}, of at most {most}.",
            )


def in_time(each: Placed) -> tuple[tuple[int, int], str]:
    return each.at.moment, each.session.key


def order(placed: Iterable[Placed]) -> Iterator[Violation]:
    by_key = {each.session.key: each for each in placed}
    for each in by_key.values():
        for key in () if each.held else each.session.after:
            before = by_key.get(key)
            if before is None or before.end > each.at.moment:
                what = "is unplaced" if before is None else "is not over"
                yield each.broke(
                    Rule.ORDER,
                    f"Session {key} {what} before session {each.session.key} begins.",
                )

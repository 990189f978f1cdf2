"""What would free unplaced sessions: one more trainer, one more room, an order lifted.

Each remedy is tried: the problem gets it, the plan stays as it is, and what finds a place then is
counted. So what is said is what happens.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cadre.core.planning import Plan, Problem, Room, Session, Trainer
from cadre.core.planning.problem import Days
from cadre.solver.construct import construct
from cadre.solver.courses import CoursePlacer
from cadre.solver.jobs import Jobs
from cadre.solver.timetable import Timetable

NEW: Final = "\N{BULLET} new"  # the key of what is not there
MOST: Final = 6  # of each kind are tried, those that most sessions wait for
DAY_MINUTES, WEEK_MINUTES = 6 * 60, 24 * 60  # of a new trainer


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is added or lifted, and the sessions that find a place then.

    `sentence` says it with the first day from which it is needed.
    """

    sentence: str
    sessions: tuple[str, ...]


def remedies(plan: Plan, problem: Problem) -> list[Remedy]:
    """What places unplaced sessions of a legal plan, the most helpful first."""
    waiting = [each for each in problem.sessions if each.key not in plan]
    found = [
        remedy
        for tried, what in (
            *with_a_trainer(waiting, problem),
            *with_a_room(waiting, problem),
            *with_an_order_lifted(problem),
        )
        if (remedy := tried_out(plan, tried, what))
    ]
    return sorted(found, key=lambda each: (-len(each.sessions), each.sentence))


def with_a_trainer(waiting: list[Session], problem: Problem) -> Iterator[tuple[Problem, str]]:
    wanted = Counter(
        (each.qualification, problem.course_of(each).site) for each in waiting if each.trainers
    )
    for (qualification, site), _count in wanted.most_common(MOST):
        trainer = Trainer(
            key=NEW,
            nation=NEW,
            qualifications=frozenset({qualification}),
            base=site,
            sites=frozenset({site}),
            present=(Days(0, problem.horizon.days),),
            leave=(),
            day_minutes=DAY_MINUTES,
            week_minutes=WEEK_MINUTES,
        )
        more = replace(problem, trainers=(*problem.trainers, trainer))
        yield more, f"One more trainer qualified for {qualification} at {site}"


def with_a_room(waiting: list[Session], problem: Problem) -> Iterator[tuple[Problem, str]]:
    wanted = Counter((each.room_kind, problem.course_of(each).site) for each in waiting)
    for (kind, site), _count in wanted.most_common(MOST):
        like = [each for each in problem.rooms if each.site == site] or list(problem.rooms)
        if like:
            room = Room(
                key=NEW,
                site=site,
                kind=kind,
                capacity=max((each.size for each in problem.classes), default=0),
                opens=min(each.opens for each in like),
                closes=max(each.closes for each in like),
            )
            yield replace(problem, rooms=(*problem.rooms, room)), f"One more {kind} at {site}"


def with_an_order_lifted(problem: Problem) -> Iterator[tuple[Problem, str]]:
    for order in sorted({each.order for each in problem.prohibitions}):
        left = tuple(each for each in problem.prohibitions if each.order != order)
        yield replace(problem, prohibitions=left), f"Lifting {order}"


def tried_out(plan: Plan, problem: Problem, what: str) -> Remedy | None:
    """The remedy with what it places; None if that is nothing."""
    table = Timetable(Jobs(problem))
    table.load(plan)
    construct(table, CoursePlacer(table))
    after = table.plan()
    placed = [key for key in after.placements if key not in plan]
    if not placed:
        return None
    using = [
        at.day
        for at in (after.placements[key] for key in placed)
        if NEW in at.trainers or at.room == NEW
    ] or [after.placements[key].day for key in placed]
    since = problem.horizon.date(min(using)).isoformat()
    count = f"{len(placed)} session{'' if len(placed) == 1 else 's'}"
    return Remedy(f"{what} from {since} places {count}.", tuple(sorted(placed)))

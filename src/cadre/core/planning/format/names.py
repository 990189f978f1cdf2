"""Whether what a problem or a plan names is there, once, and without a circle."""

from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from cadre.core.planning.plan import Plan
from cadre.core.planning.problem import DAY, Problem


def wrong_names(problem: Problem) -> Iterator[str]:
    """A sentence for each name that is missing, doubled or goes round in a circle."""
    yield from chain(
        doubled(problem),
        unknown_in_courses(problem),
        unknown_in_sessions(problem),
        unknown_in_plan(problem.published, problem, "published"),
        unknown("held", problem.held, problem.published.placements.keys(), "published session"),
        unknown("told", problem.told, problem.session.keys(), "session"),
        circle(problem),
    )


def doubled(problem: Problem) -> Iterator[str]:
    for name in ("rooms", "trainers", "classes", "courses", "sessions"):
        counted = Counter(each.key for each in getattr(problem, name))
        for key, times in counted.items():
            if times > 1:
                yield f"{name} has the key {key} {times} times."


def unknown(where: str, named: Iterable[str], known: Iterable[str], what: str) -> Iterator[str]:
    for key in sorted(set(named) - set(known)):
        yield f"{where} names {key}, which is no {what}."


def unknown_in_courses(problem: Problem) -> Iterator[str]:
    for each in problem.courses:
        yield from unknown(
            f"Course {each.key}", {each.trainees}, problem.trainee_class.keys(), "class"
        )


def unknown_in_sessions(problem: Problem) -> Iterator[str]:
    for each in problem.sessions:
        where = f"Session {each.key}"
        yield from unknown(where, {each.course}, problem.course.keys(), "course")
        yield from unknown(where, each.after, problem.session.keys(), "session")


def unknown_in_plan(plan: Plan, problem: Problem, where: str) -> Iterator[str]:
    yield from unknown(where, plan.placements.keys(), problem.session.keys(), "session")
    for key, at in plan.placements.items():
        told = f"{where}, session {key},"
        yield from unknown(told, {at.room}, problem.room.keys(), "room")
        yield from unknown(told, at.trainers, problem.trainer.keys(), "trainer")
        if (session := problem.session.get(key)) and at.start + session.minutes > DAY:
            yield f"{told} goes on past midnight."


def circle(problem: Problem) -> Iterator[str]:
    try:
        TopologicalSorter({each.key: each.after for each in problem.sessions}).prepare()
    except CycleError as error:
        yield f"Sessions come after each other in a circle: {', '.join(error.args[1])}."

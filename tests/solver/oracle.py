"""The cheapest legal plan of a tiny problem, by trying all of them."""

from collections.abc import Iterator
from itertools import combinations

from cadre.core.planning import Placement, Plan, Problem, Session, cost, violations


def cheapest(problem: Problem) -> int:
    """The cost of the cheapest legal plan."""
    held = {key: problem.published.placements[key] for key in problem.held}
    return min(cost(plan, problem).total for plan in legal_plans(problem, Plan(held)))


def legal_plans(problem: Problem, begun: Plan, number: int = 0) -> Iterator[Plan]:
    """Every legal plan that goes on from one for the first sessions."""
    if number == len(problem.sessions):
        yield begun
        return
    session = problem.sessions[number]
    yield from legal_plans(problem, begun, number + 1)
    if session.key not in begun:
        for placement in everywhere(problem, session):
            plan = Plan({**begun.placements, session.key: placement})
            if not violations(plan, problem):
                yield from legal_plans(problem, plan, number + 1)


def everywhere(problem: Problem, session: Session) -> Iterator[Placement]:
    for day in range(problem.horizon.days):
        if problem.horizon.weekday(day) in problem.calendar.weekdays:
            for room in problem.rooms:
                for start in range(room.opens, room.closes, problem.horizon.step):
                    for chosen in combinations(problem.trainers, session.trainers):
                        yield Placement(day, start, room.key, frozenset(t.key for t in chosen))

"""The hard rules and the cost read plainly, step by step, for the tests to compare with."""

from collections import Counter
from collections.abc import Iterator

from cadre.core.planning import LocalTime, Plan, Problem, Rule
from tests.core.planning.worlds import DAYS, STEP

type Step = tuple[int, int]


def steps(key: str, plan: Plan, problem: Problem) -> list[Step]:
    """The steps of the grid in which a session is on; none if it is unplaced."""
    at = plan.get(key)
    if at is None:
        return []
    length = problem.session[key].minutes // STEP
    return [(at.day, at.start + number * STEP) for number in range(length)]


def broken(plan: Plan, problem: Problem) -> set[Rule]:
    """The names of the rules that a plan breaks."""
    found = set()
    for key in plan.placements.keys() - problem.held:
        found |= set(of_one(key, plan, problem))
    for rule, used in uses(plan, problem).items():
        for users in used.values():
            if len(users) > 1 and set(users) - problem.held:
                found.add(rule)
    if any(plan.get(key) != problem.published.get(key) for key in problem.held):
        found.add(Rule.PAST)
    if tired(plan, problem):
        found.add(Rule.TRAINER)
    return found


def uses(plan: Plan, problem: Problem) -> dict[Rule, dict[tuple[str, Step], list[str]]]:
    """Which sessions use what in which step."""
    found: dict[Rule, dict[tuple[str, Step], list[str]]] = {
        Rule.ROOM: {},
        Rule.TRAINER: {},
        Rule.CLASS: {},
    }
    for key, at in plan.placements.items():
        trainees = problem.course[problem.session[key].course].trainees
        for step in steps(key, plan, problem):
            found[Rule.ROOM].setdefault((at.room, step), []).append(key)
            found[Rule.CLASS].setdefault((trainees, step), []).append(key)
            for each in at.trainers:
                found[Rule.TRAINER].setdefault((each, step), []).append(key)
    return found


def tired(plan: Plan, problem: Problem) -> bool:
    """Whether a trainer has too many hours, or two sites on one day, with anything not held."""
    for trainer in problem.trainers:
        for first in range(DAYS):
            for length, most in ((1, trainer.day_minutes), (7, trainer.week_minutes)):
                if first % length:
                    continue
                taught = [
                    key
                    for key, at in plan.placements.items()
                    if trainer.key in at.trainers and first <= at.day < first + length
                ]
                minutes = sum(problem.session[key].minutes for key in taught)
                sites = {problem.room[plan.placements[key].room].site for key in taught}
                bad = minutes > most or (length == 1 and len(sites) > 1)
                if bad and set(taught) - problem.held:
                    return True
    return False


def of_one(key: str, plan: Plan, problem: Problem) -> Iterator[Rule]:
    """What is wrong with one session whatever else is on."""
    session, at = problem.session[key], plan.placements[key]
    course, room = problem.course[session.course], problem.room[at.room]
    size = problem.trainee_class[course.trainees].size
    if (at.day, at.start) < (problem.now.day, problem.now.minute):
        yield Rule.PAST
    if (room.site, room.kind) != (course.site, session.room_kind) or room.capacity < size:
        yield Rule.ROOM
    if not all(
        is_open(step, problem, room.opens, room.closes) for step in steps(key, plan, problem)
    ):
        yield Rule.ROOM
    if not session.at_least <= size <= (size if session.at_most is None else session.at_most):
        yield Rule.CLASS
    if any(
        max(steps(before, plan, problem), default=(DAYS, 0)) >= (at.day, at.start)
        for before in session.after
    ):
        yield Rule.ORDER
    yield from of_teaching(key, plan, problem)


def of_teaching(key: str, plan: Plan, problem: Problem) -> Iterator[Rule]:
    session, at = problem.session[key], plan.placements[key]
    line, site = problem.course[session.course].line, problem.room[at.room].site
    teaching = [problem.trainer[each] for each in at.trainers]
    if len(teaching) != session.trainers or not all(
        session.qualification in each.qualifications
        and site in each.sites
        and any(days.first <= at.day < days.end for days in each.present)
        and not any(days.first <= at.day < days.end for days in each.leave)
        for each in teaching
    ):
        yield Rule.TRAINER
    for nation in (None, *(each.nation for each in teaching)):
        if any(
            forbidden(step, problem, (line, site, nation)) for step in steps(key, plan, problem)
        ):
            yield Rule.POSTURE


def is_open(step: Step, problem: Problem, opens: int, closes: int) -> bool:
    day, minute = step
    weekday = problem.horizon.date(day).weekday()
    return (
        weekday in problem.calendar.weekdays
        and day not in problem.calendar.feasts
        and opens <= minute < closes
        and not any(each.begins <= minute < each.ends for each in problem.calendar.breaks)
    )


def forbidden(step: Step, problem: Problem, cell: tuple[str, str, str | None]) -> bool:
    line, site, nation = cell
    moment = LocalTime(*step)
    return any(
        each.line in {None, line}
        and each.site in {None, site}
        and each.nation == nation
        and each.begins <= moment
        and (each.ends is None or moment < each.ends)
        for each in problem.prohibitions
    )


def points(plan: Plan, problem: Problem) -> int:
    """The cost of a plan, session by session."""
    weights, total = problem.weights, 0
    for session in problem.sessions:
        at, was = plan.get(session.key), problem.published.get(session.key)
        if at is None:
            total += weights.unplaced
        elif was is not None and at != was:
            if (at.day, at.start) != (was.day, was.start):
                same = at.day // 7 == was.day // 7
                total += weights.same_week if same else weights.other_week
            total += weights.room if at.room != was.room else 0
            total += weights.trainer * len(was.trainers - at.trainers)
            total += weights.told if session.key in problem.told else 0
    return total + late(plan, problem) + uneven(plan, problem) + travel(plan, problem)


def late(plan: Plan, problem: Problem) -> int:
    total = 0
    for course in problem.courses:
        days = [at.day for key, at in plan.placements.items() if key[:2] == course.key]
        if course.deadline is not None and days:
            total += max(0, max(days) - course.deadline)
    return total * problem.weights.late


def uneven(plan: Plan, problem: Problem) -> int:
    def minutes(of: Plan) -> Counter[str]:
        return sum(
            (
                Counter({problem.trainer[each].nation: problem.session[key].minutes})
                for key, at in of.placements.items()
                for each in sorted(at.trainers)
            ),
            Counter(),
        )

    more = minutes(plan) - minutes(problem.published)  # what is left above zero
    return sum(-(-each // 480) for each in more.values()) * problem.weights.uneven


def travel(plan: Plan, problem: Problem) -> int:
    def away(of: Plan) -> set[tuple[str, int, str]]:
        return {
            (each, at.day, problem.room[at.room].site)
            for at in of.placements.values()
            for each in at.trainers
            if problem.room[at.room].site != problem.trainer[each].base
        }

    return len(away(plan) - away(problem.published)) * problem.weights.travel

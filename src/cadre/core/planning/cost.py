"""What a plan costs: every soft cost in its own unit, with the weight that makes it points.

All but the first two measure how far the plan is from the published one, so a published plan that
is complete and on time costs nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cadre.core.planning.plan import Placement, Plan
from cadre.core.planning.problem import WEEK, Problem

TEACHING_DAY: Final = 8 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Item:
    """One soft cost: so many units at so many points each."""

    name: str
    count: int
    unit: str
    weight: int

    @property
    def points(self) -> int:
        return self.count * self.weight


@dataclass(frozen=True, slots=True)
class Cost:
    """The breakdown of a plan's cost; its items add up to the total."""

    items: tuple[Item, ...]

    @property
    def total(self) -> int:
        return sum(item.points for item in self.items)


def cost(plan: Plan, problem: Problem) -> Cost:
    """The cost of a plan, whether or not it is legal.

    Sessions without a published place cost nothing wherever they stand.
    """
    weights, moved = problem.weights, changes(plan, problem)
    unplaced = sum(each.key not in plan for each in problem.sessions)
    return Cost(
        (
            Item("unplaced", unplaced, "sessions", weights.unplaced),
            Item("late", days_late(plan, problem), "days past a deadline", weights.late),
            Item("other week", moved["other week"], "sessions", weights.other_week),
            Item("same week", moved["same week"], "sessions", weights.same_week),
            Item("other room", moved["room"], "sessions", weights.room),
            Item("other trainer", moved["trainer"], "trainers replaced", weights.trainer),
            Item("told", moved["told"], "changed sessions told before", weights.told),
            Item("uneven", uneven_days(plan, problem), "teaching days", weights.uneven),
            Item("travel", travel_days(plan, problem), "trainer days", weights.travel),
        )
    )


def changes(plan: Plan, problem: Problem) -> Counter[str]:
    """How often placed sessions differ from the published plan, and in what."""
    found: Counter[str] = Counter()
    for key, was in problem.published.placements.items():
        if (at := plan.get(key)) is not None and at != was:
            found.update(differences(at, was))
            found["trainer"] += len(was.trainers - at.trainers)
            found["told"] += key in problem.told
    return found


def differences(at: Placement, was: Placement) -> Iterator[str]:
    if at.moment != was.moment:
        yield "same week" if at.day // WEEK == was.day // WEEK else "other week"
    if at.room != was.room:
        yield "room"


def days_late(plan: Plan, problem: Problem) -> int:
    """The days by which the last placed session of each course is past its deadline."""
    last: dict[str, int] = defaultdict(int)
    for each in problem.sessions:
        if (at := plan.get(each.key)) is not None:
            last[each.course] = max(last[each.course], at.day)
    return sum(
        max(0, last[each.key] - each.deadline)
        for each in problem.courses
        if each.key in last and each.deadline is not None
    )


def uneven_days(plan: Plan, problem: Problem) -> int:
    """Days of eight hours that nations teach beyond what the published plan asks of each.

    Begun days count as whole ones.
    """
    load, agreed = nations_minutes(plan, problem), nations_minutes(problem.published, problem)
    return sum(-(-max(0, load[nation] - agreed[nation]) // TEACHING_DAY) for nation in load)


def nations_minutes(plan: Plan, problem: Problem) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in problem.sessions:
        if (at := plan.get(each.key)) is not None:
            for key in at.trainers:
                found[problem.trainer[key].nation] += each.minutes
    return found


def travel_days(plan: Plan, problem: Problem) -> int:
    """Days that trainers spend away from their base and do not in the published plan."""
    return len(days_away(plan, problem) - days_away(problem.published, problem))


def days_away(plan: Plan, problem: Problem) -> set[tuple[str, int, str]]:
    """Trainer, day and site."""
    return {
        (key, at.day, site)
        for at in plan.placements.values()
        for key in at.trainers
        if (site := problem.room[at.room].site) != problem.trainer[key].base
    }

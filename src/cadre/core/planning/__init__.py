"""The timetable after a stop: the problem, a plan, and what judges any plan, whoever made it."""

from cadre.core.planning.cost import Cost, Item, cost
from cadre.core.planning.plan import NOTHING_PLACED, Placement, Plan
from cadre.core.planning.problem import (
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
from cadre.core.planning.violations import Rule, Violation, violations

__all__ = [
    "NOTHING_PLACED",
    "Break",
    "Calendar",
    "Cost",
    "Course",
    "Days",
    "Horizon",
    "Item",
    "LocalTime",
    "Placement",
    "Plan",
    "Problem",
    "Prohibition",
    "Room",
    "Rule",
    "Session",
    "TraineeClass",
    "Trainer",
    "Violation",
    "Weights",
    "cost",
    "violations",
]

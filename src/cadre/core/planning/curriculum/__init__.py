"""The public problem by which the solver is measured against the world: university timetables.

Curriculum-based course timetabling as the International Timetabling Competition 2007, track 3,
put it: its files, its hard and its soft rules. Written without the solver, so that any solver's
answer is judged by code that did not make it.
"""

from cadre.core.planning.curriculum.costs import ISOLATED, ROOM, SEAT, WORKING_DAY, Cost, cost
from cadre.core.planning.curriculum.instances import (
    Course,
    Curriculum,
    Instance,
    Lecture,
    Room,
    Slot,
    Timetable,
    conflicts,
    groups,
)
from cadre.core.planning.curriculum.reading import (
    FormatError,
    read_instance,
    read_timetable,
    written_timetable,
)
from cadre.core.planning.curriculum.rules import Rule, Violation, violations

__all__ = [
    "ISOLATED",
    "ROOM",
    "SEAT",
    "WORKING_DAY",
    "Cost",
    "Course",
    "Curriculum",
    "FormatError",
    "Instance",
    "Lecture",
    "Room",
    "Rule",
    "Slot",
    "Timetable",
    "Violation",
    "conflicts",
    "cost",
    "groups",
    "read_instance",
    "read_timetable",
    "violations",
    "written_timetable",
]

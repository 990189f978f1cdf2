"""What a mission teaches, by whom, where, and when."""

from cadre.training.models.programme import (
    Absence,
    AbsenceKind,
    Course,
    Module,
    Session,
    SessionKind,
    TeachingRoom,
    TraineeClass,
    Trainer,
    WorkingCalendar,
)
from cadre.training.models.timetable import CURRENT, Duty, Placement, PlanVersion

__all__ = [
    "CURRENT",
    "Absence",
    "AbsenceKind",
    "Course",
    "Duty",
    "Module",
    "Placement",
    "PlanVersion",
    "Session",
    "SessionKind",
    "TeachingRoom",
    "TraineeClass",
    "Trainer",
    "WorkingCalendar",
]

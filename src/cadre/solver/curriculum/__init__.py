"""Making timetables of the public problem, to measure the solver against the world."""

from cadre.solver.curriculum.perturbation import Ban, Effort, Repair, Repairs, repair
from cadre.solver.curriculum.searching import PROCESSES, Outcome, Progress, solve

__all__ = [
    "PROCESSES",
    "Ban",
    "Effort",
    "Outcome",
    "Progress",
    "Repair",
    "Repairs",
    "repair",
    "solve",
]

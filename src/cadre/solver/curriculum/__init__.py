"""Making timetables of the public problem, to measure the solver against the world."""

from cadre.solver.curriculum.searching import PROCESSES, Outcome, Progress, solve

__all__ = ["PROCESSES", "Outcome", "Progress", "solve"]

"""Greedy first-fit repair: what a planner does by hand, session by session in published order."""

from cadre.core.planning import Plan, Problem
from cadre.solver.grid import lowest
from cadre.solver.insertion import Openings, openings, taking
from cadre.solver.jobs import Job, Jobs, Place
from cadre.solver.timetable import Timetable


def first_fit(problem: Problem, *, careful: bool = False) -> Plan:
    """Keeps what can be kept as published, and puts the rest where it first fits.

    That is the first start with the first room and the first trainers of the list that are free;
    `careful`: with the published room and trainers if they are free then.
    """
    table = Timetable(Jobs(problem))
    jobs = table.jobs.jobs
    waiting = [job.number for job in jobs if not job.held]
    published = problem.published.placements
    for number in sorted(
        waiting, key=lambda each: (published[jobs[each].key].moment, table.jobs.rank[each])
    ):
        job = jobs[number]
        if job.was is not None and table.allows(job, job.was):
            table.add(job, job.was)
        elif found := openings(table, job, table.window(job)):
            bit = lowest(found.starts)
            table.add(job, taking(table, job, found, bit) if careful else first(job, found, bit))
    return table.plan()


def first(job: Job, found: Openings, bit: int) -> Place:
    """The first room and trainers of the problem's lists that are free at a start."""
    rooms = sorted(room for room, mask in found.rooms.items() if mask >> bit & 1)
    trainers = sorted(each for each, mask in found.trainers.items() if mask >> bit & 1)
    return Place(bit, rooms[0], tuple(trainers[: job.wanted]))

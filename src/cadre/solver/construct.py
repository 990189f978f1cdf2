"""A first complete plan: what can stay stays, the rest goes where it changes least."""

from cadre.solver.courses import CoursePlacer
from cadre.solver.insertion import best_place
from cadre.solver.timetable import Timetable


def construct(timetable: Timetable, placer: CoursePlacer) -> None:
    """Places every unplaced session that has a place; what is placed already is not touched.

    First course by course, those with the earliest deadline first, each as is best for it; then
    one by one what came after sessions of other courses and was too early for that.
    """
    jobs = timetable.jobs
    for course in sorted(jobs.of_course, key=lambda each: jobs.rank[jobs.of_course[each][0]]):
        placer.place([n for n in jobs.of_course[course] if timetable.places[n] is None])
    for number in jobs.in_order:
        job = jobs.jobs[number]
        if timetable.places[number] is None:
            place = best_place(timetable, job, timetable.window(job))
            if place is not None:
                timetable.add(job, place)

"""Finding the place for one session that changes least, given all others."""

from dataclasses import dataclass
from random import Random

from cadre.solver.grid import at_least, lowest
from cadre.solver.jobs import Choice, Job, Place
from cadre.solver.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Openings:
    """Where a session could start now: overall, and by each of its rooms and trainers."""

    starts: int
    rooms: dict[int, int]
    trainers: dict[int, int]


def openings(timetable: Timetable, job: Job, window: int) -> Openings | None:
    """The starts in a window with a room and enough trainers; None where there are none."""
    found = window & timetable.class_starts(job)
    if not found:
        return None
    rooms = {room: timetable.room_starts(room, job.steps) for room in job.rooms}
    found &= at_least(list(rooms.values()), 1)
    if not found:
        return None
    trainers = {each: timetable.trainer_starts(each, job) for each in job.trainers}
    found &= at_least(list(trainers.values()), job.wanted)
    return Openings(found, rooms, trainers) if found else None


def best_place(
    timetable: Timetable, job: Job, window: int, chance: Random | None = None
) -> Place | None:
    """The cheapest place in a window, of equals the earliest; None where there is none.

    `chance`: of equals one by chance instead, now and then.
    """
    found = openings(timetable, job, window)
    if found is None:
        return None
    best: Place | None = None
    least = timetable.prices.weights.unplaced + 1_000_000
    for choice in job.choices:
        if choice.points >= least:
            break
        if mask := narrowed(found, job, choice):
            bit = lowest(mask) if chance is None else drawn(mask, chance)
            place = taking(timetable, job, found, bit)
            points = (
                timetable.prices.of_place(job, place)
                + days_late(timetable, job, bit)
                + pushing(timetable, job, bit + job.steps)
            )
            if points < least:
                best, least = place, points
    return best


def narrowed(found: Openings, job: Job, choice: Choice) -> int:
    """The starts that a choice leaves."""
    mask = found.starts & choice.when
    if mask and job.was is not None:
        if choice.same_room:
            mask &= found.rooms.get(job.was.room, 0)
        if choice.kept:
            masks = [found.trainers.get(each, 0) for each in job.was.trainers]
            mask &= at_least(masks, choice.kept)
    return mask


def drawn(mask: int, chance: Random) -> int:
    """Mostly the earliest start; sometimes the next one after a moment drawn by chance."""
    draw = chance.random()
    if draw < 0.8:  # noqa: PLR2004  measured
        return lowest(mask)
    after = int((draw - 0.8) * 5 * mask.bit_length())
    rest = mask >> after
    return after + lowest(rest) if rest else lowest(mask)


def taking(timetable: Timetable, job: Job, found: Openings, bit: int) -> Place:
    """The room and the trainers at a start: the published ones first, then who costs least."""
    room = next(room for room, mask in found.rooms.items() if mask >> bit & 1)
    free = [each for each, mask in found.trainers.items() if mask >> bit & 1]
    if len(free) > job.wanted:
        day, was = timetable.grid.day(bit), job.was.trainers if job.was else ()
        extra = timetable.prices.extra
        free.sort(key=lambda each: (each not in was, extra(each, job, day)))
    return Place(bit, room, tuple(sorted(free[: job.wanted])))


def days_late(timetable: Timetable, job: Job, bit: int) -> int:
    """The points for the days by which a start makes its course later than it is."""
    deadline = timetable.jobs.deadline[job.course]
    if deadline is None:
        return 0
    late = timetable.grid.day(bit) - deadline - timetable.prices.late[job.course]
    return max(0, late) * timetable.prices.weights.late


def pushing(timetable: Timetable, job: Job, end: int) -> int:
    """The points, roughly, for what follows and could not stand as published if this ends then."""
    pushed = 0
    for goal, number in job.goals:
        if goal >= end:
            break
        place = timetable.places[number]
        pushed += place is None or place.bit < end
    return pushed * timetable.prices.weights.other_week

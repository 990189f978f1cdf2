"""Some sessions placed exactly with CP-SAT, all others staying where they are.

For all sessions of a small problem at once this proves the best plan. The model has the start of
every session, its room and each of its trainers, one session at a time for each of these and for
the class, the order, and the cost of `core.planning` but for travel and uneven load. The hours of a
day and a week and one site a day are not in it: what breaks them is placed anew afterwards. So the
model allows everything that is legal and asks no more for it than it costs: its bound is valid.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from cadre.core.planning.problem import WEEK
from cadre.solver.grid import set_bits
from cadre.solver.jobs import Job, Place
from cadre.solver.timetable import Timetable

SLACK: Final = 1e-6  # of floating point, far below one point
WORKERS: Final = 1  # more would make the plan depend on the clock


@dataclass(frozen=True, slots=True)
class Session:
    """The variables of one session."""

    job: Job
    placed: cp_model.IntVar
    start: cp_model.IntVar
    rooms: dict[int, cp_model.IntVar]
    trainers: dict[int, cp_model.IntVar]


@dataclass(frozen=True, slots=True)
class Answer:
    """Places by session, as far as they are placed, and what no choice of places can undercut."""

    places: dict[int, Place]
    bound: int


class Model:
    """The model for sessions that are all unplaced in the timetable."""

    def __init__(self, timetable: Timetable, numbers: Sequence[int]) -> None:
        self.timetable, self.grid = timetable, timetable.grid
        self.jobs = [timetable.jobs.jobs[number] for number in numbers]
        self.inside = set(numbers)
        self.model = cp_model.CpModel()
        self.terms: list[cp_model.LinearExprT] = []
        self.users: dict[tuple[str, int], list[cp_model.IntervalVar]] = defaultdict(list)
        self.sessions = {job.number: self.session(job) for job in self.jobs}
        for job in self.jobs:
            self.put_in_order(job)
            self.price(self.sessions[job.number])
        for intervals in self.users.values():
            if len(intervals) > 1:
                self.model.add_no_overlap(intervals)
        self.price_lateness()
        self.model.minimize(sum(self.terms))

    def session(self, job: Job) -> Session:
        model, table = self.model, self.timetable
        found = table.class_starts(job) & self.window(job)
        rooms = {r: mask for r in job.rooms if (mask := found & table.room_starts(r, job.steps))}
        trainers = {t: mask for t in job.trainers if (mask := found & self.reachable(t, job))}
        placed = model.new_bool_var(f"{job.key} placed")
        start = model.new_int_var_from_domain(domain(found) if found else empty(), job.key)
        if not found:
            model.add(placed == 0)
        made = Session(
            job,
            placed,
            start,
            {room: self.chosen(start, mask, found) for room, mask in rooms.items()},
            {each: self.chosen(start, mask, found) for each, mask in trainers.items()},
        )
        model.add(sum(made.rooms.values()) == placed)
        model.add(sum(made.trainers.values()) == job.wanted * placed)
        self.uses("class", job.trainees, made, placed)
        for room, taken in made.rooms.items():
            self.uses("room", room, made, taken)
        for trainer, taken in made.trainers.items():
            self.uses("trainer", trainer, made, taken)
        return made

    def window(self, job: Job) -> int:
        """The starts that the sessions outside of the model leave."""
        table, first, end = self.timetable, 0, self.grid.bits
        for number in job.before:
            if number not in self.inside:
                if table.places[number] is None:
                    return 0
                first = max(first, table.end(number))
        for number in job.after:
            place = table.places[number]
            if number not in self.inside and place is not None:
                end = min(end, place.bit - job.steps + 1)
        return (1 << end) - (1 << first) if first < end else 0

    def reachable(self, trainer: int, job: Job) -> int:
        return self.timetable.trainer_starts(trainer, job)

    def chosen(self, start: cp_model.IntVar, mask: int, every: int) -> cp_model.IntVar:
        """Whether something is chosen that can be used only at some of the starts."""
        literal = self.model.new_bool_var("")
        if mask != every:
            self.model.add_linear_expression_in_domain(start, domain(mask)).only_enforce_if(literal)
        return literal

    def uses(self, kind: str, which: int, session: Session, taken: cp_model.IntVar) -> None:
        interval = self.model.new_optional_fixed_size_interval_var(
            session.start, session.job.steps, taken, ""
        )
        self.users[kind, which].append(interval)

    def put_in_order(self, job: Job) -> None:
        later = self.sessions[job.number]
        for number in job.before:
            if (earlier := self.sessions.get(number)) is not None:
                self.model.add_implication(later.placed, earlier.placed)
                self.model.add(later.start >= earlier.start + earlier.job.steps).only_enforce_if(
                    later.placed
                )
        outside = (n for n in job.after if n not in self.inside)
        if any(self.timetable.places[number] is not None for number in outside):
            self.model.add(later.placed == 1)

    def price(self, session: Session) -> None:
        job, weights, model = session.job, self.timetable.prices.weights, self.model
        self.terms.append(weights.unplaced * (1 - session.placed))
        if job.was is None:
            return
        same, week, other = (model.new_bool_var("") for _ in range(3))
        model.add(same + week + other == session.placed)
        published = self.timetable.jobs.problem.published.placements[job.key]
        of_week = self.grid.of_week(published.day // WEEK)
        at = 1 << job.was.bit if job.was.bit >= 0 else 0
        for literal, mask in (
            (same, at),
            (week, of_week & ~at),
            (other, ((1 << self.grid.bits) - 1) & ~of_week),
        ):
            self.only_at(session.start, mask, literal)
        self.terms += [weights.same_week * week, weights.other_week * other]
        self.price_change(session, job.was, same)

    def price_change(self, session: Session, was: Place, same: cp_model.IntVar) -> None:
        """The price of another room, of other trainers, and of any change of what was told."""
        weights, placed = self.timetable.prices.weights, session.placed
        kept = [session.rooms[was.room]] if was.room in session.rooms else []
        stay = [session.trainers[each] for each in was.trainers if each in session.trainers]
        self.terms.append(weights.room * (placed - sum(kept)))
        self.terms.append(weights.trainer * (len(was.trainers) * placed - sum(stay)))
        if not session.job.told:
            return
        unchanged = self.model.new_bool_var("")
        if kept and len(stay) == len(was.trainers) == session.job.wanted:
            for literal in (same, *kept, *stay):
                self.model.add_implication(unchanged, literal)
        else:
            self.model.add(unchanged == 0)
        self.terms.append(weights.told * (placed - unchanged))

    def only_at(self, start: cp_model.IntVar, mask: int, literal: cp_model.IntVar) -> None:
        if mask:
            self.model.add_linear_expression_in_domain(start, domain(mask)).only_enforce_if(literal)
        else:
            self.model.add(literal == 0)

    def price_lateness(self) -> None:
        """The days past a deadline of each course, also for what stands already."""
        weights, late = self.timetable.prices.weights, self.timetable.prices.late
        by_course: dict[int, list[Session]] = defaultdict(list)
        for session in self.sessions.values():
            by_course[session.job.course].append(session)
        for course, sessions in by_course.items():
            deadline = self.timetable.jobs.deadline[course]
            if deadline is None:
                continue
            days = self.model.new_int_var(late[course], self.grid.days, "")
            for session in sessions:
                day = self.model.new_int_var(0, self.grid.days, "")
                self.model.add(day * self.grid.width + self.grid.width - 1 >= session.start)
                self.model.add(days >= day - deadline).only_enforce_if(session.placed)
            self.terms.append(weights.late * (days - late[course]))

    def hint(self, places: Mapping[int, Place | None]) -> None:
        """Where to begin: the places that the sessions had."""
        for number, place in places.items():
            session = self.sessions[number]
            self.model.add_hint(session.placed, place is not None)
            if place is not None:
                self.model.add_hint(session.start, place.bit)
                for room, taken in session.rooms.items():
                    self.model.add_hint(taken, room == place.room)
                for trainer, taken in session.trainers.items():
                    self.model.add_hint(taken, trainer in place.trainers)

    def solved(self, effort: float, seed: int) -> Answer | None:
        """The best places found with a fixed effort, which is about so many seconds."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.max_deterministic_time = effort
        solver.parameters.random_seed = seed
        solver.parameters.cp_model_probing_level = 0  # it would take all of the effort
        solver.parameters.symmetry_level = 0
        status = solver.solve(self.model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return None
        bound = math.ceil(solver.best_objective_bound - SLACK)
        return Answer(
            {
                number: Place(
                    solver.value(each.start),
                    next(room for room, taken in each.rooms.items() if solver.value(taken)),
                    tuple(sorted(t for t, taken in each.trainers.items() if solver.value(taken))),
                )
                for number, each in self.sessions.items()
                if solver.value(each.placed)
            },
            bound,
        )


def domain(mask: int) -> cp_model.Domain:
    return cp_model.Domain.from_values(list(set_bits(mask)))


def empty() -> cp_model.Domain:
    return cp_model.Domain(0, 0)

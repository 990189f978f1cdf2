"""The exact model of a timetable, for CP-SAT: the hard rules, and the price where it is wanted."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from ortools.sat.python import cp_model

from cadre.core.planning.curriculum import (
    ISOLATED,
    ROOM,
    SEAT,
    WORKING_DAY,
    Instance,
    Lecture,
    Slot,
    Timetable,
    groups,
)
from cadre.core.refused import Refused

FOUND: Final = frozenset({cp_model.OPTIMAL, cp_model.FEASIBLE})


@dataclass(frozen=True, slots=True)
class Answer:
    """A timetable, and whether it is proved that none serves the goal better."""

    timetable: Timetable
    proved: bool


class Model:
    """A model of the timetables that have none but lectures that are `allowed` and available.

    `stands`: whether each lecture that is possible takes place; `taught`: whether a course is
    taught in a slot, in whatever room.
    """

    def __init__(self, instance: Instance, allowed: Callable[[Lecture], bool]) -> None:
        self.instance = instance
        self.model = cp_model.CpModel()
        self.stands = {
            each: self.model.new_bool_var("") for each in available(instance) if allowed(each)
        }
        self.taught: dict[tuple[str, Slot], cp_model.IntVar] = {}
        for key, variables in self.by(lambda each: (each.course, each.slot)).items():
            self.taught[key] = self.model.new_bool_var("")
            self.model.add(sum(variables) == self.taught[key])
        self.suggested: Timetable | None = None
        self.keep_hard_rules()

    def by[Key](self, key: Callable[[Lecture], Key]) -> dict[Key, list[cp_model.IntVar]]:
        """The variables of the lectures, by something that they share."""
        found: dict[Key, list[cp_model.IntVar]] = defaultdict(list)
        for lecture, variable in self.stands.items():
            found[key(lecture)].append(variable)
        return found

    def keep_hard_rules(self) -> None:
        """Each course has its lectures; one at a time for a room, a teacher and a curriculum."""
        lectures = self.by(lambda each: each.course)
        for course in self.instance.courses:
            self.model.add(sum(lectures[course.name]) == course.lectures)
        for together in self.by(lambda each: (each.room, each.slot)).values():
            self.model.add_at_most_one(together)
        for group, slot in product(groups(self.instance), self.instance.slots):
            self.model.add_at_most_one(self.taught_at(group, slot))

    def taught_at(self, courses: tuple[str, ...], slot: Slot) -> list[cp_model.IntVar]:
        """Whether each of some courses is taught in a slot, of those that may be."""
        return [self.taught[name, slot] for name in courses if (name, slot) in self.taught]

    def kept(self, timetable: Timetable) -> cp_model.LinearExprT:
        """How many lectures of a timetable stay as they are."""
        return sum(self.stands[each] for each in timetable if each in self.stands)

    def price(self) -> cp_model.LinearExprT:
        """The price of the timetable, or more: what lets it be less than it is, is excluded."""
        return (
            cp_model.LinearExpr.sum(list(self.seats()))
            + WORKING_DAY * sum(self.missing_days())
            + ISOLATED * sum(self.isolated())
            + ROOM * (sum(self.rooms()) - len(self.instance.courses))
        )

    def seats(self) -> Iterator[cp_model.LinearExprT]:
        """The price of the missing seats of each lecture that lacks any."""
        seats = {room.name: room.seats for room in self.instance.rooms}
        students = {course.name: course.students for course in self.instance.courses}
        for lecture, stands in self.stands.items():
            missing = students[lecture.course] - seats[lecture.room]
            if missing > 0:
                yield SEAT * missing * stands

    def missing_days(self) -> Iterator[cp_model.IntVar]:
        """How many working days each course lacks."""
        for course in self.instance.courses:
            days = [self.model.new_bool_var("") for _ in range(self.instance.days)]
            for day, used in enumerate(days):
                slots = [slot for slot in self.instance.slots if slot.day == day]
                taught = [one for slot in slots for one in self.taught_at((course.name,), slot)]
                self.model.add(used <= sum(taught))
            missing = self.model.new_int_var(0, course.working_days, "")
            self.model.add(missing + sum(days) >= course.working_days)
            yield missing

    def isolated(self) -> Iterator[cp_model.IntVar]:
        """Whether each curriculum has a lecture in a slot and none next to it."""
        for curriculum, (day, period) in product(self.instance.curricula, self.instance.slots):
            here, before, after = (
                sum(self.taught_at(curriculum.courses, Slot(day, each)))
                for each in (period, period - 1, period + 1)
            )
            alone = self.model.new_bool_var("")
            self.model.add(alone + before + after >= here)
            yield alone

    def rooms(self) -> Iterator[cp_model.IntVar]:
        """Whether each course uses a room."""
        for variables in self.by(lambda each: (each.course, each.room)).values():
            used = self.model.new_bool_var("")
            for stands in variables:
                self.model.add_implication(stands, used)
            yield used

    def suggest(self, timetable: Timetable) -> None:
        """Lets the search begin with a timetable, if it is one of the model.

        What follows from the lectures is worked out first: half a hint is easily lost.
        """
        lectures = set(timetable)
        for lecture, stands in self.stands.items():
            self.model.add_hint(stands, lecture in lectures)
        solver = solver_of(seed=0)
        solver.parameters.fix_variables_to_their_hinted_value = True
        if solver.solve(self.model) in FOUND:
            self.suggested = timetable
            self.model.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools left out its types
            for index, value in enumerate(solver.response_proto.solution):
                self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def answer(self, seconds: float, seed: int) -> Answer:
        """The best timetable found in so many seconds, or the suggested one if none is.

        Raises Refused if there is none, or none was found in time and none suggested.
        """
        solver = solver_of(seed)
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            raise Refused("No timetable keeps what is forbidden now and all the hard rules.")
        if status not in FOUND and self.suggested is not None:
            return Answer(self.suggested, proved=False)
        if status not in FOUND:
            raise Refused(f"No timetable was found within {seconds:g} seconds.")
        chosen = [each for each, stands in self.stands.items() if solver.boolean_value(stands)]
        return Answer(tuple(chosen), proved=status == cp_model.OPTIMAL)


def solver_of(seed: int) -> cp_model.CpSolver:
    """A solver that is repeatable: with more workers than one, the clock would choose."""
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    return solver


def available(instance: Instance) -> Iterator[Lecture]:
    """Every lecture of every course in every room, in the slots in which it is available."""
    for course, slot, room in product(instance.courses, instance.slots, instance.rooms):
        if (course.name, slot) not in instance.unavailable:
            yield Lecture(course.name, room.name, *slot)

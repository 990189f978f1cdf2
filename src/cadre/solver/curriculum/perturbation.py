"""Repairing a timetable of which something is newly forbidden, with as few changes as possible.

First the fewest lectures that have to change are found and proved; then what the price comes to if
so many more may change. (The minimal perturbation problem; Phillips, Walker, Ehrgott and Ryan,
"Integer programming for minimal perturbation problems in university course timetabling", 2017;
Lindahl, Stidsen and Sørensen, "Quality recovering of university timetables", 2019.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from time import monotonic

from cadre.core.planning.curriculum import Cost, Instance, Lecture, Slot, Timetable, cost
from cadre.solver.curriculum.annealing import Annealing
from cadre.solver.curriculum.figures import figures
from cadre.solver.curriculum.model import Answer, Model
from cadre.solver.curriculum.recovery import LimitedBoard


@dataclass(frozen=True, slots=True)
class Ban:
    """Lectures that are newly forbidden: those of these courses in these rooms in these slots.

    None stands for all of them. So a slot that nobody may use names the slot alone; a room closed
    for a day names the room and the slots of the day.
    """

    courses: frozenset[str] | None = None
    rooms: frozenset[str] | None = None
    slots: frozenset[Slot] | None = None

    def covers(self, lecture: Lecture) -> bool:
        return (
            (self.courses is None or lecture.course in self.courses)
            and (self.rooms is None or lecture.room in self.rooms)
            and (self.slots is None or lecture.slot in self.slots)
        )


@dataclass(frozen=True, slots=True)
class Effort:
    """How long each step of a repair may take: in seconds, and in rounds of annealing, of which
    the first two coolings do.
    """

    seconds: float
    seed: int
    rounds: int = 150


@dataclass(frozen=True, slots=True)
class Repair:
    """A timetable that keeps the ban, its price, and how many lectures it changed.

    A lecture is changed if another slot or another room is its own now; lectures of one course are
    not told apart. `proved`: no timetable with as few changes is cheaper.
    """

    timetable: Timetable
    cost: Cost
    changes: int
    proved: bool


@dataclass(frozen=True, slots=True)
class Repairs:
    """The fewest changes, whether that is proved, after how many seconds, and what each number of
    further changes gave, in the order asked for.
    """

    fewest: int
    proved: bool
    seconds: float
    repairs: tuple[Repair, ...]


def repair(
    instance: Instance,
    timetable: Timetable,
    ban: Ban,
    *,
    effort: Effort,
    further: Sequence[int] = (0, 5, 10),
) -> Repairs:
    """The fewest changes to a legal timetable that keep a ban, then the price with some more.

    Each step begins where the one before ended. Raises Refused if it is proved that nothing keeps
    the ban, or if nothing is found in time.
    """
    task = Task(instance, timetable, ban, effort)
    started = monotonic()
    first = answer = task.with_fewest_changes()
    taken = monotonic() - started
    fewest = task.priced(first).changes
    repairs: list[Repair] = []
    for more in further:
        search = task.annealed if more else task.exact
        answer = search(answer.timetable, fewest + more)
        repairs.append(task.priced(answer))
    return Repairs(fewest, first.proved, taken, tuple(repairs))


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be repaired."""

    instance: Instance
    timetable: Timetable
    ban: Ban
    effort: Effort

    def with_fewest_changes(self) -> Answer:
        model = self.model()
        model.model.maximize(model.kept(self.timetable))
        model.suggest(self.timetable)
        return model.answer(self.effort.seconds, self.effort.seed)

    def exact(self, near: Timetable, most: int) -> Answer:
        """The cheapest timetable with so many changes at most, proved if there is time."""
        model = self.model()
        model.model.add(model.kept(self.timetable) >= len(self.timetable) - most)
        model.model.minimize(model.price())
        model.suggest(near)
        return model.answer(self.effort.seconds, self.effort.seed)

    def annealed(self, near: Timetable, most: int) -> Answer:
        """A timetable with so many changes at most that is no dearer than a near one."""
        started = monotonic()
        numbered = figures(self.instance)
        board = LimitedBoard(
            numbered,
            numbered.places(near),
            old=numbered.places(self.timetable),
            most=most,
            allowed=self.allowed,
        )
        search = Annealing(board, Random(self.effort.seed))  # noqa: S311  # chance for a search
        while monotonic() - started < self.effort.seconds and search.goes_on(self.effort.rounds):
            search.round()
        return Answer(search.timetable, proved=search.best == 0)

    def model(self) -> Model:
        return Model(self.instance, self.allowed)

    def allowed(self, lecture: Lecture) -> bool:
        return not self.ban.covers(lecture)

    def priced(self, answer: Answer) -> Repair:
        changes = len(set(self.timetable) - set(answer.timetable))
        price = cost(self.instance, answer.timetable)
        return Repair(answer.timetable, price, changes, answer.proved)

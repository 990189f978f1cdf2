"""Files of the public timetabling problem, for the commands of planning."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.management.base import CommandError

from cadre.core.planning.curriculum import (
    Cost,
    Instance,
    Timetable,
    Violation,
    cost,
    read_instance,
    read_timetable,
    violations,
)
from cadre.core.refused import Refused
from cadre.launch.progress import say
from cadre.solver.curriculum import Outcome, solve
from cadre.training.management.planning import opened

ENDING: Final = ".ctt"
PAUSE: Final = 1.0  # seconds between two lines of progress


def is_instance(path: Path) -> bool:
    """Whether a file is to be read in the competition's format, by the end of its name."""
    return path.suffix.lower() == ENDING


def instance_in(path: Path) -> Instance:
    """The instance of a file; ends the command with a sentence for what is wrong."""
    return opened(path, read_instance)


def timetable_in(path: Path, instance: Instance) -> Timetable:
    return opened(path, lambda text: read_timetable(text, instance))


def solved(
    path: Path, *, seconds: float, seed: int, rounds: int | None, stopped: list[bool]
) -> Timetable:
    """The best timetable found for the instance of a file; tells how far it is."""
    told: list[tuple[float, int]] = []

    def tell(taken: float, price: int) -> bool:
        if not told or (price < told[-1][1] and taken - told[-1][0] >= PAUSE):
            told.append((taken, price))
            say(line(taken, price))
        return bool(stopped)

    try:
        outcome = solve(instance_in(path), seconds=seconds, seed=seed, rounds=rounds, progress=tell)
    except Refused as refused:
        raise CommandError(f"{path}: {refused}", returncode=2) from refused
    summary(outcome)
    return outcome.timetable


def line(seconds: float, price: int) -> str:
    return f"{seconds:7.1f} s   cost {price:,}"


def summary(outcome: Outcome) -> None:
    say(line(outcome.seconds, outcome.cost.total))
    for name, points in parts(outcome.cost):
        say(f"  {name:18} {points:6,}")
    say(f"Rounds: {outcome.rounds}.")


def parts(price: Cost) -> Iterator[tuple[str, int]]:
    """Each soft rule by its name, and what it costs."""
    yield "room capacity", price.room_capacity
    yield "working days", price.working_days
    yield "compactness", price.compactness
    yield "room stability", price.room_stability


@dataclass(frozen=True, slots=True)
class Judgement:
    """The broken rules of a timetable and its price."""

    broken: tuple[Violation, ...]
    cost: Cost

    def lines(self) -> Iterator[str]:
        for each in self.broken:
            yield f"{each.rule}: {each.words}"
        for name, points in parts(self.cost):
            yield f"{name:18} {points:8,}"
        yield f"{'cost':18} {self.cost.total:8,}"
        yield f"Broken rules: {sum(each.number for each in self.broken)}."


def judged(path: Path, timetable_path: Path) -> Judgement:
    """The judgement of a timetable in a file."""
    instance = instance_in(path)
    timetable = timetable_in(timetable_path, instance)
    return Judgement(violations(instance, timetable), cost(instance, timetable))

"""Solving an instance for some seconds: several searches side by side, the best of which counts."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic
from typing import Final

from cadre.core.planning.curriculum import Cost, Instance, Timetable, cost
from cadre.core.refused import Refused
from cadre.solver.curriculum.annealing import HOT, Annealing, from_nothing
from cadre.solver.curriculum.figures import figures

PROCESSES: Final = 2
APART: Final = 1_000_003  # between the seeds of searches side by side
PATIENCE: Final = 10.0  # seconds for a search in another process to end when it is told to

type Progress = Callable[[float, int], bool | None]  # seconds so far, and the best price so far


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best timetable found, its price, how long it took, and how many rounds the shortest of
    the searches had.

    With the same seed and the same limit of rounds it is the same, however long it takes.
    """

    timetable: Timetable
    cost: Cost
    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """How one search ended."""

    price: int
    timetable: Timetable
    rounds: int


def solve(
    instance: Instance,
    *,
    seconds: float,
    seed: int,
    progress: Progress | None = None,
    rounds: int | None = None,
    processes: int = PROCESSES,
) -> Outcome:
    """The best timetable that is found within some seconds, or within so many rounds, whatever the
    clock says. `progress` is told of every round, and ends the search by saying True.

    Any outcome is legal, and with more rounds it is never worse. Raises Refused if no legal
    timetable is found to begin with, which is no proof that there is none.
    """
    started = monotonic()
    seeds = [seed + APART * number for number in range(1, processes)]
    with companions(instance, seeds, rounds) as others:
        search = from_nothing(figures(instance), seed)
        while search.goes_on(rounds) and (rounds or monotonic() - started < seconds):
            search.round()
            if progress and progress(monotonic() - started, search.best):
                break
        complete = search.rounds == rounds
        found = [found_by(search), *(each for one in others for each in end(one, wait=complete))]
    best = min(found, key=lambda each: each.price)
    shortest = min(each.rounds for each in found)
    return Outcome(best.timetable, cost(instance, best.timetable), shortest, monotonic() - started)


@contextmanager
def companions(
    instance: Instance, seeds: Sequence[int], rounds: int | None
) -> Iterator[list[Connection]]:
    """Searches in processes of their own, one for each seed, that end with the block at latest."""
    context = get_context("spawn")  # a fork would inherit the threads of a web process
    pipes = [context.Pipe() for _ in seeds]
    processes = [
        context.Process(target=accompany, args=(theirs, instance, seed, rounds), daemon=True)
        for (_ours, theirs), seed in zip(pipes, seeds, strict=True)
    ]
    for process, (_ours, theirs) in zip(processes, pipes, strict=True):
        process.start()
        theirs.close()
    try:
        yield [ours for ours, _theirs in pipes]
    finally:
        for process, (ours, _theirs) in zip(processes, pipes, strict=True):
            ours.close()
            process.terminate()
            process.join()


def accompany(connection: Connection, instance: Instance, seed: int, rounds: int | None) -> None:
    """Searches until told to stop, or for so many rounds, and says what was found, if anything.

    It begins each cooling hot: which is better differs from instance to instance.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the process ends it
    with connection:
        try:
            search = from_nothing(figures(instance), seed, again=HOT)
        except Refused:
            return
        while search.goes_on(rounds) and not connection.poll():
            search.round()
        connection.send(found_by(search))


def end(companion: Connection, *, wait: bool) -> list[Found]:
    """What a search in another process found, after all its rounds or told to stop; nothing if it
    failed.
    """
    try:
        if not wait:
            companion.send("stop")
        return [companion.recv()] if companion.poll(None if wait else PATIENCE) else []
    except (EOFError, OSError):
        return []


def found_by(search: Annealing) -> Found:
    return Found(search.best, search.timetable, search.rounds)

"""`./cadre plan PROBLEM.json`: a timetable for a restart."""

import signal
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from django.core.management.base import CommandError

from cadre.core.planning.curriculum import written_timetable
from cadre.core.planning.format import plan_as_json
from cadre.launch.arguments import positive
from cadre.launch.commands import Command as Base
from cadre.launch.progress import say
from cadre.solver import Outcome, Step, solve
from cadre.training.management.curriculum import is_instance, solved
from cadre.training.management.planning import plan_in, problem_in

PAUSE: Final = 1.0  # seconds between two lines of progress


class Command(Base):
    help = "Make a timetable for a restart, as close as can be to the published one."
    needs_database = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "problem", type=Path, help="a problem in Cadre's planning format, or a .ctt"
        )
        parser.add_argument(
            "--seconds", type=positive, default=30, help="how long to look for better ones (30)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, another search (1)")
        parser.add_argument(
            "--rounds", type=positive, help="end after so many instead: the same on any machine"
        )
        parser.add_argument(
            "--start", type=Path, metavar="PLAN", help="begin with this plan, and never be worse"
        )
        parser.add_argument(
            "--out", type=Path, metavar="PLAN", help="write the plan here; without it, print it"
        )

    def handle(self, *_args: object, **options: object) -> None:
        path = Path(str(options["problem"]))
        with stopping() as stopped:
            text = (timetable_text if is_instance(path) else plan_text)(path, options, stopped)
        if isinstance(out := options["out"], Path):
            out.write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)


def plan_text(path: Path, options: Mapping[str, object], stopped: list[bool]) -> str:
    """The best plan found for a problem, as it is written."""
    problem = problem_in(path)
    start = options["start"]
    outcome = solve(
        problem,
        seconds=float(str(options["seconds"])),
        seed=int(str(options["seed"])),
        progress=Telling(stopped),
        start=plan_in(start, problem) if isinstance(start, Path) else None,
        rounds=rounds_of(options),
    )
    summary(outcome)
    return f"{plan_as_json(outcome.plan)}\n"


def timetable_text(path: Path, options: Mapping[str, object], stopped: list[bool]) -> str:
    """The best timetable found for an instance of the competition, as it is written."""
    if options["start"] is not None:
        raise CommandError("--start is not for instances of the competition.", returncode=2)
    timetable = solved(
        path,
        seconds=float(str(options["seconds"])),
        seed=int(str(options["seed"])),
        rounds=rounds_of(options),
        stopped=stopped,
    )
    return written_timetable(timetable)


def rounds_of(options: Mapping[str, object]) -> int | None:
    return options["rounds"] if isinstance(options["rounds"], int) else None


class Telling:
    """Tells of better plans and bounds, at most once in a while, until it is stopped."""

    def __init__(self, stopped: list[bool]) -> None:
        self.stopped = stopped
        self.told: Step | None = None

    def __call__(self, step: Step) -> bool:
        told = self.told
        new = told is None or (step.cost, step.bound) != (told.cost, told.bound)
        if new and (told is None or step.seconds - told.seconds >= PAUSE):
            say(line(step))
            self.told = step
        return bool(self.stopped)


def line(step: Step) -> str:
    return f"{step.seconds:7.1f} s   cost {step.cost:,}   bound {step.bound:,}   gap {step.gap:.1%}"


def summary(outcome: Outcome) -> None:
    say(line(outcome.history[-1]))
    for item in outcome.cost.items:
        if item.count:
            say(f"  {item.name:14} {item.count:6,} {item.unit}, {item.points:,} points")
    shares = ", ".join(f"{name} {share:.0%}" for name, share in outcome.shares.items())
    say(f"Rounds: {outcome.rounds}. Time: {shares}.")


@contextmanager
def stopping() -> Iterator[list[bool]]:
    """The first Ctrl-C ends the search with the best plan so far, the second one everything."""
    stopped: list[bool] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if stopped:
            raise KeyboardInterrupt
        stopped.append(True)
        say("Stopping; the best plan so far is kept.")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)

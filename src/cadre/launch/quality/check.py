"""./cadre check"""

import os
import shlex
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from cadre.launch.arguments import SentenceParser
from cadre.launch.places import ROOT
from cadre.launch.progress import say
from cadre.launch.quality.steps import TESTS, Step, steps
from cadre.launch.refusal import FAILED, Refusal

PURPOSE = "Judge the code: format, rules, types, imports, messages, migrations and tests."
AT_ONCE = 2
MOST_LINES = 30


@dataclass(frozen=True)
class Outcome:
    step: Step
    word: str  # "ok" or "FAILED"
    seconds: float
    output: str

    def __str__(self) -> str:
        return f"{self.word:9} {self.step.name:13} {self.seconds:6.1f} s"


def run(arguments: list[str]) -> int:
    known = {step.name: step for step in steps()}
    parser = SentenceParser("check", PURPOSE)
    names = ", ".join(known)
    parser.add_argument("names", nargs="*", metavar="STEP", help=f"only these of: {names}")
    parser.add_argument("--without", action="append", default=[], metavar="STEP", help="not this")
    wish = parser.parse_args(arguments)
    if strange := [name for name in (*wish.names, *wish.without) if name not in known]:
        message = f"There is no step {strange[0]!r}; the steps are {names}."
        raise Refusal(message)
    chosen = [known[name] for name in wish.names or known if name not in wish.without]
    outcomes = judge(chosen)
    failed = [outcome.step.name for outcome in outcomes if outcome.word == "FAILED"]
    if failed:
        say(f"\nThe check failed: {', '.join(failed)}.")
        return FAILED
    say("\nThe check passed.")
    return 0


def judge(chosen: list[Step]) -> list[Outcome]:
    """Run all steps, whatever the others say; the tests alone and last, since they take most."""
    quick = [step for step in chosen if step is not TESTS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(_told(_finished(pool, quick)))
    if TESTS in chosen:
        outcomes.extend(_told([_tests()]))
    return outcomes


def _finished(pool: ThreadPoolExecutor, chosen: list[Step]) -> Iterable[Outcome]:
    for future in as_completed([pool.submit(_outcome, step) for step in chosen]):
        yield future.result()


def _told(outcomes: Iterable[Outcome]) -> Iterable[Outcome]:
    for outcome in outcomes:
        print(outcome, flush=True)
        if outcome.word == "FAILED":
            _show(outcome)
        yield outcome


def _show(outcome: Outcome) -> None:
    """What a failed step said, without its middle if it is long."""
    lines = outcome.output.rstrip().splitlines()
    if (left := len(lines) - 2 * MOST_LINES) > 0:
        between = f"… {left} lines more: {shlex.join(outcome.step.command)}"
        lines = [*lines[:MOST_LINES], between, *lines[-MOST_LINES:]]
    print("\n".join(f"    {line}" for line in lines), flush=True)


def _outcome(step: Step) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env=_environment(step),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    result = "FAILED" if done.returncode else "ok"
    return Outcome(step, result, time.monotonic() - began, done.stdout)


def _tests() -> Outcome:
    """The tests show their own progress."""
    began = time.monotonic()
    done = subprocess.run(TESTS.command, cwd=ROOT, env=_environment(TESTS), check=False)
    result = "FAILED" if done.returncode else "ok"
    return Outcome(TESTS, result, time.monotonic() - began, "")


def _environment(step: Step) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **step.environment}

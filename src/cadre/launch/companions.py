"""Processes that run beside the web server: they end with it, and are started again if they end."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cadre.launch.processes import bound, end
from cadre.launch.progress import say

PATIENCE_STOP = 10.0
SOONEST = 1.0  # seconds before a process that ended is started again; twice as long each time
LATEST = 60.0
STEADY = 60.0  # after so many seconds an end counts as the first again


@dataclass
class Companion:
    """One process: what people call it and how it is started."""

    name: str
    command: Sequence[str]
    child: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    wait: float = SOONEST
    due: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        self.began = time.monotonic()
        self.child = subprocess.Popen(
            [sys.executable, *self.command],
            stdin=subprocess.DEVNULL,
            env=environment,
            process_group=0,
            preexec_fn=bound(signal.SIGTERM),  # noqa: PLW1509  no other thread is here
        )

    def watch(self, environment: Mapping[str, str]) -> None:
        """Starts the process again once it has ended, later each time that it ends at once."""
        if self.child is not None:
            if (code := self.child.poll()) is None:
                return
            steady = time.monotonic() - self.began > STEADY
            self.wait = SOONEST if steady else min(LATEST, self.wait * 2)
            self.due, self.child = time.monotonic() + self.wait, None
            say(
                f"The {self.name} ended by itself (exit code {code});"
                f" it is started again in {self.wait:.0f} s."
            )
        elif time.monotonic() >= self.due:
            self.start(environment)

    def stop(self) -> None:
        if self.child is not None:
            end(self.child, signal.SIGTERM, PATIENCE_STOP)


@dataclass
class Companions:
    """All of them, with what each of them is told."""

    every: Sequence[Companion]
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        for each in self.every:
            each.start(self.environment)

    def watch(self) -> None:
        for each in self.every:
            each.watch(self.environment)

    def stop(self) -> None:
        for each in self.every:
            each.stop()


def alerts_worker() -> Companion:
    """Who sends what is due."""
    return Companion("alerts' worker", ("-m", "cadre", "alerts", "work"))

"""Runs `./cadre` words as a person would, each in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cadre.launch.account import account_for
from cadre.launch.database.address import Address, socket_address
from cadre.launch.places import ROOT, DataFolder

SECONDS = 180.0  # a busy machine is slow, not wrong


def eventually(found: Callable[[], bool]) -> bool:
    """Whether something becomes so within a generous time."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if found():
            return True
        time.sleep(0.02)
    return False


@dataclass
class Cadre:
    """Runs `./cadre` words on one data folder and ends what it started."""

    data: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "CADRE_DATA": str(self.data),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "tests.launch.smallest",
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        return self.run_python("-m", "cadre", *words)

    def run_python(self, *arguments: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(child)
        return child

    def say(self, *words: str) -> tuple[int, str]:
        """The exit code and everything that a word prints."""
        child = self.start(*words)
        text, _ = child.communicate(timeout=SECONDS)
        return child.returncode, text.strip()

    def supervise(self) -> subprocess.Popen[str]:
        """A `./cadre database` that answers."""
        child = self.start("database")
        assert eventually(self.answers), child.poll()
        return child

    def address(self) -> Address:
        return socket_address(DataFolder(self.data, account_for(self.data / "database")).socket)

    def answers(self) -> bool:
        try:
            self.address().connect().close()
        except Exception:  # noqa: BLE001  whatever it is, it is not ready
            return False
        return True

    def postmaster(self) -> int:
        return int((self.data / "database" / "postmaster.pid").read_text().split("\n")[0])

    def end(self) -> None:
        for child in self.started:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for child in self.started:
            child.communicate(timeout=SECONDS)

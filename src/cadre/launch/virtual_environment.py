"""Makes .venv agree with a lock file; run by path, before anything is installed.

Plain standard library, and safe to be killed at any moment: an installation that did not
end is thrown away by the next start.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"  # includes the runtime's
LAST_LINES = 15


class NotPossibleError(Exception):
    """Carries the one sentence that the user reads."""


@dataclass(frozen=True)
class Environment:
    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def lock(self) -> Path:
        """Locked by whoever installs; not empty while an installation has not ended."""
        return self.root / ".venv.lock"

    def stamp(self, wanted: str) -> Path:
        return self.folder / f"installed-{wanted}"

    def holds(self, wanted: str) -> bool:
        """Whether exactly this lock file was installed to the end."""
        try:
            same = self.stamp(wanted).read_bytes() == (self.root / wanted).read_bytes()
        except OSError:
            return False
        return same and works(self.python)


def works(python: Path) -> bool:
    code = "import sys; sys.exit(sys.version_info < (3, 12))"
    try:
        return (
            subprocess.run([python, "-I", "-c", code], capture_output=True, check=False).returncode
            == 0
        )
    except OSError:
        return False


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def alone(environment: Environment) -> Iterator[int]:
    """One installation at a time: held by this process and the installer that it starts.

    The system gives the lock back when the last of them ends, so that it cannot go stale.
    """
    try:
        lock = os.open(environment.lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = f"Cadre cannot write to its own folder {environment.root}: {error.strerror}."
        raise NotPossibleError(message) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another ./cadre is setting up; waiting for it …")
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield lock
    finally:
        os.close(lock)


def uv() -> str | None:
    """The path of uv, if there is one that runs."""
    found = shutil.which("uv")
    if (
        found is None
        or subprocess.run([found, "--version"], capture_output=True, check=False).returncode
    ):
        return None
    return found


def has_module(name: str) -> bool:
    command = [base(), "-I", "-c", f"import {name}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def base() -> str:
    """This Python under its full version's name, so that an upgrade of the system is noticed."""
    return os.path.realpath(sys.executable)


def make(environment: Environment) -> None:
    """A fresh virtual environment in place of whatever is there."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    say(f"Making a virtual environment with Python {version} …")
    if has_module("ensurepip"):
        command = [base(), "-m", "venv", "--clear", str(environment.folder)]
    elif (found := uv()) is not None:
        command = [found, "venv", "-q", "--clear", "--python", base(), str(environment.folder)]
    elif has_module("pip"):
        command = [base(), "-m", "venv", "--clear", "--without-pip", str(environment.folder)]
    else:
        message = (
            f"Python {version} is here but cannot make virtual environments: install its venv"
            f" module (Debian, Ubuntu: apt-get install python{version}-venv) and start again."
        )
        raise NotPossibleError(message)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:]
        message = f"The virtual environment could not be made: {' '.join(reason)}"
        raise NotPossibleError(message)


def installers(environment: Environment, wanted: str) -> Iterator[list[str]]:
    """Commands that install the lock file, the best first; each checks every hash."""
    what = ["--require-hashes", "-r", str(environment.root / wanted)]
    python = str(environment.python)
    if (found := uv()) is not None:
        yield [found, "pip", "install", "--python", python, *what]
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    inside = [python, "-m", "pip", "--version"]
    if subprocess.run(inside, capture_output=True, check=False).returncode == 0:
        yield [python, "-m", "pip", "install", *quiet, *what]
    elif has_module("pip"):
        yield [base(), "-m", "pip", "--python", python, "install", *quiet, *what]


def follow(command: list[str], packages: int, lock: int) -> list[str] | None:
    """Run an installer with its progress in one line; its last lines if it failed."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    lines: list[str] = []
    seen = 0
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        pass_fds=[lock],
    ) as process:
        for line in process.stdout or ():
            lines = [*lines[1 - LAST_LINES :], line.rstrip()]
            if match := re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line):
                seen += 1
                show(seen, packages, match[1])
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return lines if process.returncode else None


def show(seen: int, packages: int, name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K  {seen} of {packages}  {name}", end="", file=sys.stderr, flush=True)
    elif seen % 25 == 0:
        say(f"  {seen} of {packages}")


def install(environment: Environment, wanted: str, lock: int) -> None:
    text = (environment.root / wanted).read_text()
    packages = len(re.findall(r"^[\w.\[\]-]+==", text, re.MULTILINE))
    say(f"Installing {packages} packages of {wanted} …")
    lines: list[str] | None = ["no installer was found"]
    for command in installers(environment, wanted):
        lines = follow(command, packages, lock)
        if lines is None:
            break
    if lines is not None:
        report = "\n".join(f"  {line}" for line in lines)
        message = f"The packages could not be installed; the installer's last words:\n{report}"
        raise NotPossibleError(message)
    for name in (RUNTIME, DEVELOPMENT) if wanted == DEVELOPMENT else (RUNTIME,):
        fresh = environment.folder / f"{name}.new"
        fresh.write_bytes((environment.root / name).read_bytes())
        fresh.rename(environment.stamp(name))


def set_up(environment: Environment, wanted: str) -> None:
    with alone(environment) as lock:
        if environment.holds(wanted):
            return  # another start did it while this one waited
        broken = os.fstat(lock).st_size > 0 or not works(environment.python)
        os.pwrite(lock, b"unfinished\n", 0)
        for name in (RUNTIME, DEVELOPMENT):
            environment.stamp(name).unlink(missing_ok=True)
        if broken:
            make(environment)
        install(environment, wanted, lock)
        os.ftruncate(lock, 0)
        say("Installed.")


def main() -> int:
    root, wanted = Path(sys.argv[1]), sys.argv[2]
    try:
        set_up(Environment(root), wanted)
    except NotPossibleError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"Cadre could not set itself up: {error.filename or ''} {error.strerror}.")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

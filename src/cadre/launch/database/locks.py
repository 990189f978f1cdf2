"""File locks that the system gives back when their holder ends, however it ends."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

LASTING = frozenset({"demo", "serve", "database"})  # words that run until they are stopped


@dataclass(frozen=True)
class Lock:
    """An open file that this process has locked; children do not inherit it."""

    file: int

    def release(self) -> None:
        os.close(self.file)


def try_lock(path: Path, *, shared: bool = False) -> Lock | None:
    """The lock on `path`, or None if another process holds it; never waits."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return Lock(file)


@dataclass(frozen=True)
class Holder:
    """Who runs the database of a data folder, as it wrote it down itself."""

    pid: int
    word: str

    @property
    def lasting(self) -> bool:
        return self.word in LASTING

    def lives(self) -> bool:
        """False for the name that a killed holder left, until the next one has written its own."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def __str__(self) -> str:
        return f"./cadre {self.word} (process {self.pid})"


@contextmanager
def introduced(path: Path, word: str) -> Iterator[None]:
    """Write down who holds the lock while it does."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(asdict(Holder(os.getpid(), word))))
    fresh.rename(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def holder(path: Path) -> Holder | None:
    """Who holds the lock; None in the moment before it has written that down."""
    with suppress(OSError, ValueError, KeyError):
        found = json.loads(path.read_text())
        return Holder(int(found["pid"]), str(found["word"]))
    return None

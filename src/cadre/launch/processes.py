"""Child processes that never outlive their parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>
LIBC = ctypes.CDLL(None, use_errno=True)
LINUX = sys.platform.startswith("linux")


def die_with_parent(parent: int, signal_number: signal.Signals) -> None:
    """Have the system send this process `signal_number` when its parent ends, however it ends.

    Linux only; elsewhere it does nothing. It must be called in the child, after any change of
    user, since that clears the request.
    """
    if not LINUX:
        return
    LIBC.prctl(SET_PARENT_DEATH_SIGNAL, int(signal_number), 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), signal_number)


def bound(signal_number: signal.Signals) -> Callable[[], None]:
    """What `preexec_fn` needs; to be used from the main thread, which lives as long as we do."""
    parent = os.getpid()
    return lambda: die_with_parent(parent, signal_number)


def run(
    command: Sequence[str], environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> int:
    """Run a program that shares our terminal and wait for it; its exit code.

    A Ctrl-C reaches it from the terminal as it reaches us; a SIGTERM to us is passed on.
    """
    with subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        preexec_fn=bound(signal.SIGTERM),  # noqa: PLW1509  no other thread is here
    ) as child:
        try:
            return child.wait()
        except SystemExit:
            child.terminate()
            raise


def run_word(words: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run one `./cadre` word in a process of its own; its exit code."""
    return run([sys.executable, "-m", "cadre", *words], environment)


def end(child: subprocess.Popen[bytes], signal_number: signal.Signals, seconds: float) -> None:
    """Ask a child to end, and kill it and its group when it has not within `seconds`."""
    if child.poll() is None:
        child.send_signal(signal_number)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def working_in(folder: Path) -> list[int]:
    """Processes whose working directory is `folder`, as far as this user may see them.

    A zombie has none, so it is not among them.
    """
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if (entry / "cwd").readlink() == folder:
                found.append(int(entry.name))
        except OSError:
            continue
    return found

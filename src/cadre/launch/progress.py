"""What the launcher tells the person in front of it while it works: on standard error."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(sentence: str) -> None:
    """Write one line for the person; what a program may want to read goes to standard output."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """Name a long step before it begins and its seconds when it is done."""
    say(f"{sentence} …")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.1f} s")


def asked(question: str, *, otherwise: str) -> bool:
    """Ask the person at the terminal; without a terminal say `otherwise`, which is a no.

    An empty answer is a no.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        say(otherwise)
        return False
    say(f"{question} [y/N]")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}

"""What every child does: a file on standard input, its text as JSON on standard output.

Before it looks at the first byte it takes from itself what a harmful file could make it use.
"""

import json
import logging
import resource
import sys
from collections.abc import Callable
from typing import Final

from cadre.record.extracting.cleaning import clean
from cadre.record.extracting.outcome import LARGEST, LONGEST, Text, Trouble, Unreadable

MEMORY: Final = 768 * 1024 * 1024
SECONDS: Final = 20
FILES: Final = 16
LONGEST_TITLE: Final = 300


def run(read: Callable[[bytes], Text]) -> None:
    """Reads one file with `read` and says what came of it."""
    limit()
    logging.disable()
    content = sys.stdin.buffer.read(LARGEST + 1)
    try:
        found = checked(read(content))
        answer = {"text": found.text, "media_type": found.media_type, "title": found.title}
    except Unreadable as problem:
        answer = {"trouble": problem.trouble.value}
    except (MemoryError, RecursionError):
        answer = {"trouble": Trouble.TOO_HEAVY.value}
    sys.stdout.write(json.dumps(answer))


def limit() -> None:
    """Bounds memory, time and open files, and allows neither files to be written nor core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))


def checked(found: Text) -> Text:
    """The text without what nobody can see; neither empty nor too long."""
    text = clean(found.text)
    if not text.strip():
        raise Unreadable(Trouble.EMPTY)
    if len(text) > LONGEST:
        raise Unreadable(Trouble.TOO_LONG)
    return Text(text, found.media_type, " ".join(clean(found.title).split())[:LONGEST_TITLE])

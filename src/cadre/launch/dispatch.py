"""Who answers which word of `./cadre`, and how errors leave it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from cadre import __version__
from cadre.launch import backup, demo, restore, serve, setup
from cadre.launch.database import word as database
from cadre.launch.database.external import first_line
from cadre.launch.django_words import refuse_unknown, run_word
from cadre.launch.overview import overview
from cadre.launch.progress import say
from cadre.launch.quality import bench, check, lock, test
from cadre.launch.refusal import FAILED, INTERRUPTED, Refusal

BROKEN_PIPE = 141


@dataclass(frozen=True)
class Word:
    purpose: str
    run: Callable[[list[str]], int]


WORDS = {
    "demo": Word(demo.PURPOSE, demo.run),
    "serve": Word(serve.PURPOSE, serve.run),
    "setup": Word(setup.PURPOSE, setup.run),
    "database": Word(database.PURPOSE, database.run),
    "backup": Word(backup.PURPOSE, backup.run),
    "restore": Word(restore.PURPOSE, restore.run),
    "test": Word(test.PURPOSE, test.run),
    "check": Word(check.PURPOSE, check.run),
    "bench": Word(bench.PURPOSE, bench.run),
    "lock": Word(lock.PURPOSE, lock.run),
}
HELP = frozenset({"help", "-h", "--help"})


def main(arguments: list[str]) -> int:
    """Answer one command line; the exit code. A Refusal becomes its sentence."""
    try:
        code = answer(arguments)
        sys.stdout.flush()
    except Refusal as refusal:
        say(refusal.sentence)
        return refusal.code
    except psycopg.Error as error:
        say(f"The database could not do this: {first_line(error)}.")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:  # a full disk, a folder that may not be written
        if os.environ.get("CADRE_DEBUG"):
            raise
        where = f" ({error.filename})" if error.filename else ""
        say(f"The system did not allow this: {error.strerror or error}{where}.")
        return FAILED
    return code


def answer(arguments: list[str]) -> int:
    word, *rest = arguments or ["help"]
    if word in HELP:
        return _help(rest)
    if word == "--version":
        print(f"Cadre {__version__}")
        return 0
    if word in WORDS:
        return WORDS[word].run(rest)
    refuse_unknown(word, set(WORDS))
    run_word(word, rest)
    return 0


def _help(rest: list[str]) -> int:
    asked = [part for part in rest if part != "--all"]
    if asked:
        return answer([asked[0], "--help"])
    purposes = {word: entry.purpose for word, entry in WORDS.items()}
    print(overview(purposes, everything="--all" in rest))
    return 0

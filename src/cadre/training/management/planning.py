"""Problems and plans in files, for the commands of planning."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError

from cadre.core.planning import Plan, Problem
from cadre.core.planning.curriculum import FormatError
from cadre.core.planning.format import Faults, read_plan, read_problem


def problem_in(path: Path) -> Problem:
    """The problem of a file; ends the command with a sentence for each fault."""
    return opened(path, read_problem)


def plan_in(path: Path, problem: Problem) -> Plan:
    return opened(path, lambda text: read_plan(text, problem))


def opened[Read](path: Path, read: Callable[[str], Read]) -> Read:
    try:
        return read(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path} could not be read: {error.strerror or error}."
        raise CommandError(message, returncode=2) from error
    except UnicodeDecodeError as error:
        message = f"{path} is no text in UTF-8."
        raise CommandError(message, returncode=2) from error
    except FormatError as error:
        raise CommandError(f"{path}: {error}", returncode=2) from error
    except Faults as faults:
        message = "\n".join(f"{path}: {sentence}" for sentence in faults.sentences)
        raise CommandError(message, returncode=2) from faults

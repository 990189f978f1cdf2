"""The steps of the gate, the quick ones first."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from cadre.launch.django_words import own_words

PYTHON = sys.executable
OURS = ("src", "tests", "benchmarks")


@dataclass(frozen=True)
class Step:
    """One judge of the code: its name and how it is called from the project's folder."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def module(name: str, *arguments: str) -> tuple[str, ...]:
    return (PYTHON, "-m", name, *arguments)


def word(*words: str) -> tuple[str, ...]:
    return (PYTHON, "-m", "cadre", *words)


DEPLOYED = {
    "CADRE_DEMO": "",
    "CADRE_DEBUG": "",
    "CADRE_PLAIN_HTTP": "",
    "DJANGO_SETTINGS_MODULE": "cadre.settings",
}
STEPS = (
    Step("format", module("ruff", "format", "--check", "--quiet", ".")),
    Step("lint", module("ruff", "check", "--quiet", "--output-format", "concise", ".")),
    Step("spelling", module("codespell_lib")),
    Step("imports", module("importlinter.cli", "lint")),
    Step("dependencies", module("deptry", "--no-ansi", ".")),
    Step("templates", module("djlint", "src", "--lint", "--quiet")),
    Step("launcher", (str(Path(PYTHON).with_name("shellcheck")), "cadre", ".ci/run")),
    Step("deployment", module("django", "check", "--deploy", "--fail-level=WARNING"), DEPLOYED),
    Step("migrations", word("makemigrations", "--check", "--dry-run")),
    Step("messages", word("messages", "--check")),
    Step("diagrams", word("diagrams", "--check")),
    Step("types", module("mypy")),
)
TESTS = Step("tests", word("test", "--cov=cadre", "--cov-branch", "-q"))
OF_OUR_OWN = frozenset({"messages", "diagrams"})


def steps() -> list[Step]:
    """The steps in force; those of our own commands once there is such a command."""
    known = own_words()
    return [step for step in (*STEPS, TESTS) if step.name not in OF_OUR_OWN - known]

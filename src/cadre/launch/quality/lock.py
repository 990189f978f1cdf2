"""./cadre lock"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from cadre.launch.arguments import SentenceParser
from cadre.launch.packages import npm
from cadre.launch.places import ROOT
from cadre.launch.progress import say, step
from cadre.launch.refusal import FAILED, Refusal

PURPOSE = "Write the lock files anew from requirements*.in and package.json."
# Neither addresses of package indexes nor this machine's paths may get into a lock file.
FLAGS = ("--universal", "--python-version", "3.12", "--generate-hashes", "--no-emit-index-url")
QUIET = ("--no-header", "--no-annotate", "--quiet")


def run(arguments: list[str]) -> int:
    parser = SentenceParser("lock", PURPOSE)
    parser.add_argument("--upgrade", action="store_true", help="take the newest allowed versions")
    upgrade = ["--upgrade"] if parser.parse_args(arguments).upgrade else []
    with _uv() as uv:
        # The second is bound to the first: development runs what is delivered.
        _compile(uv, "requirements", upgrade)
        _compile(uv, "requirements-dev", [*upgrade, "--constraint", "requirements.txt"])
    with step("package-lock.json"):
        done = npm().run("install", "--package-lock-only", "--ignore-scripts", "--no-audit")
    if done.returncode:
        message = f"npm could not write its lock file: {done.stderr.strip()[-500:]}"
        raise Refusal(message, FAILED)
    say("The lock files are written; look at them with git diff.")
    return 0


@contextmanager
def _uv() -> Iterator[str]:
    """The path of uv; one in a virtual environment of the moment where the system has none."""
    if found := shutil.which("uv"):
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="cadre-uv-") as folder:
        with step("Installing uv for a moment"):
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            python = f"{folder}/bin/python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        yield f"{folder}/bin/uv"


def _compile(uv: str, name: str, more: list[str]) -> None:
    command = [uv, "pip", "compile", *FLAGS, *QUIET, *more, f"{name}.in", "-o", f"{name}.txt"]
    with step(f"{name}.txt"):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{name}.in could not be locked: {done.stderr.strip()[-1000:]}"
        raise Refusal(message, FAILED)

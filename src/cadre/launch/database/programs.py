"""PostgreSQL's own programs for a server, ours or another's."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from cadre.launch.database.binaries import Binaries, candidates
from cadre.launch.database.reach import Reach
from cadre.launch.refusal import FAILED, Refusal


def programs_for(reach: Reach) -> Binaries:
    """Programs that understand the server: of its own version, else the oldest that is newer."""
    with reach.connect(reach.name) as connection:
        major = connection.info.server_version // 10000
    fitting = sorted(
        (found for found in candidates() if found.major >= major), key=lambda found: found.major
    )
    if not fitting:
        message = (
            f"The server is PostgreSQL {major}, and no pg_dump of that version is here;"
            " install its client programs and name their folder in CADRE_POSTGRES."
        )
        raise Refusal(message, FAILED)
    return fitting[0]


def newest() -> Binaries:
    """Programs that read the backups of as many versions as possible."""
    return max(candidates(), key=lambda found: found.major)


def called(
    command: list[str], environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def reason(done: subprocess.CompletedProcess[str]) -> str:
    """What a program said when it failed, to stand inside a sentence."""
    lines = [line for line in done.stderr.strip().splitlines() if "error:" in line]
    lines = lines or done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    return lines[0].rpartition("error: ")[2].rstrip(". ")


def contents(file: Path) -> list[str]:
    """The table of contents of a backup; raises Refusal if the file is none of Cadre's."""
    done = called([str(newest().folder / "pg_restore"), "--list", str(file)])
    if done.returncode:
        message = f"{file} is not a backup: {reason(done)}."
        raise Refusal(message)
    lines = done.stdout.splitlines()
    if not any(" TABLE DATA " in line and "django_migrations" in line for line in lines):
        message = f"{file} is a backup of another program's database, not of Cadre's."
        raise Refusal(message)
    return lines

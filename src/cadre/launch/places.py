"""Where Cadre keeps what it makes: the project's folder and the data folder."""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cadre.launch.account import Account, account_for
from cadre.launch.progress import say
from cadre.launch.refusal import Refusal

ROOT = Path(__file__).resolve().parents[3]
SYSTEM_WIDE = Path("/var/lib/cadre")
MARK = "CADRE"
MARK_TEXT = "This folder belongs to Cadre: its database, its files and its keys. Do not edit it.\n"
LONGEST_SOCKET = 100  # bytes; the system allows 107 for the path with its end
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class DataFolder:
    """The data folder and who runs the database in it."""

    path: Path
    account: Account

    @property
    def cluster(self) -> Path:
        return self.path / "database"

    @property
    def lock(self) -> Path:
        return self.path / "lock"

    @property
    def clients(self) -> Path:
        return self.path / "clients.lock"

    @property
    def holder(self) -> Path:
        return self.path / "supervisor.json"

    @property
    def settings(self) -> Path:
        return self.path / "settings"

    @property
    def binaries(self) -> Path:
        return self.path / "pg"

    @property
    def log(self) -> Path:
        return self.path / "log" / "postgres.log"

    @property
    def socket(self) -> Path:
        """The folder of the database's socket; a short one where the system's limit demands it."""
        usual = self.path / "run"
        if len(os.fsencode(usual / SOCKET_NAME)) <= LONGEST_SOCKET:
            return usual
        name = "cadre-" + hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        private = Path(tempfile.gettempdir()) / name
        short = len(os.fsencode(private / SOCKET_NAME)) <= LONGEST_SOCKET
        return private if short else Path("/tmp") / name  # noqa: S108  checked by own_folder()

    @property
    def socket_is_elsewhere(self) -> bool:
        return not self.socket.is_relative_to(self.path)

    def own_folder(self, folder: Path) -> Path:
        """`folder`, made for the account alone; one that is there must be the account's already."""
        try:
            folder.mkdir(0o700)
        except FileExistsError:
            found = folder.lstat()
            if folder.is_symlink() or not folder.is_dir() or found.st_uid != self.account.uid:
                message = f"{folder} is in the way: it does not belong to user {self.account.name}."
                raise Refusal(message) from None
        else:
            self.account.give(folder)
        return folder


def data_folder() -> DataFolder:
    """The data folder, made if need be: CADRE_DATA, else `.cadre` in the project.

    Raises Refusal when it cannot be used; never changes a folder that it did not make.
    """
    given = os.environ.get("CADRE_DATA")
    path = Path(given).expanduser().absolute() if given else ROOT / ".cadre"
    if os.environ.get("DATABASE_URL"):  # no database of ours, so nobody else has to reach it
        _make(path, foreign=bool(given))
        return DataFolder(path, Account("", os.geteuid(), os.getegid()))
    account = account_for(path / "database")
    if not account.reaches(_standing(path)):
        path = _reachable_instead(path, account, given=bool(given))
        account = account_for(path / "database")
    _make(path, foreign=bool(given))
    return DataFolder(path, account)


def _standing(path: Path) -> Path:
    """The deepest folder on the way to `path` that is there."""
    folders = (path, *path.parents)
    return next(folder for folder in folders if os.path.exists(folder))  # noqa: PTH110  false, not an error, where we may not look


def _reachable_instead(path: Path, account: Account, *, given: bool) -> Path:
    if given or os.geteuid() != 0:
        message = (
            f"User {account.name}, who runs the database, may not enter {_standing(path)};"
            " name a folder that it can reach in CADRE_DATA."
        )
        raise Refusal(message)
    digest = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:8]
    other = SYSTEM_WIDE / f"{ROOT.name}-{digest}"
    if not other.exists():
        say(f"The data goes to {other}, since user {account.name} may not enter {ROOT}.")
    return other


def _make(path: Path, *, foreign: bool) -> None:
    try:
        _check_owner(path)
        if foreign and path.exists() and not (path / MARK).exists() and any(path.iterdir()):
            message = (
                f"{path}, which CADRE_DATA names, holds other things; name a new or empty folder."
            )
            raise Refusal(message)
        _make_parents(path)
        if not (path / MARK).exists():
            (path / MARK).write_text(MARK_TEXT)
        with tempfile.TemporaryFile(dir=path):
            pass  # what is read-only or full is found here, not in the middle of something
    except OSError as error:
        message = f"The data folder {path} cannot be used: {error.strerror}."
        raise Refusal(message) from error


def _check_owner(path: Path) -> None:
    owner = path.stat().st_uid if path.exists() else os.geteuid()
    if os.geteuid() not in {0, owner}:
        message = (
            f"The data folder {path} belongs to another user (number {owner});"
            " start Cadre as that user or name another folder in CADRE_DATA."
        )
        raise Refusal(message)


def _make_parents(path: Path) -> None:
    """Folders of root are open to pass through for the service account, whatever the umask is."""
    passage = 0o711 if os.geteuid() == 0 else 0o700
    for folder in (*reversed(path.parents), path):
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        folder.chmod(passage)


def kept_secret(data: DataFolder, name: str) -> str:
    """A secret of this installation: made once, kept in the data folder for its owner alone."""
    path = data.path / name
    if not path.exists():
        fresh = path.with_name(f"{name}.{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(fresh, path)  # fails if another start was first; then that one counts
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()

"""One running PostgreSQL: a foreground child in a process group of its own."""

import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cadre.launch.database.binaries import Binaries
from cadre.launch.database.cluster import environment_for, write_access
from cadre.launch.places import DataFolder
from cadre.launch.processes import LINUX, bound, end, working_in
from cadre.launch.progress import say
from cadre.launch.refusal import FAILED, Refusal

READY = "ready"
STATE_LINE = 8  # of postmaster.pid
IN_THE_WAY = ('lock file "postmaster.pid"', "pre-existing shared memory block", "is in use")
PATIENCE_IN_THE_WAY = 60.0  # seconds for what is left of a killed server to go away
PATIENCE_RECOVERY = 900.0  # seconds for the recovery after a crash
PATIENCE_STOP = 60.0
QUIET = 5.0  # seconds of waiting without a word
LARGEST_LOG = 10 * 1024 * 1024


class NotReadyError(Exception):
    """The server ended before it was ready; carries its own last words."""


@dataclass(frozen=True)
class Server:
    data: DataFolder
    binaries: Binaries
    process: subprocess.Popen[bytes]

    def ended(self) -> str | None:
        """How the server ended if it did, for a sentence; None while it runs."""
        code = self.process.poll()
        if code is None:
            return None
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def stop(self) -> None:
        """Fast shutdown: sessions are cut off, committed work is on disk."""
        end(self.process, signal.SIGINT, PATIENCE_STOP)
        if self.data.socket_is_elsewhere:
            with suppress(OSError):
                self.data.socket.rmdir()


def start(data: DataFolder, binaries: Binaries) -> Server:
    """Start the server on the cluster of `data` and come back when it takes connections.

    Call it from the main thread, with the data folder's lock held: the server ends with the
    thread that started it. What a killed server left behind is waited for. Raises Refusal with
    the server's own words if it does not start.
    """
    _turn_log(data)
    until = time.monotonic() + PATIENCE_IN_THE_WAY
    told = False
    while True:
        try:
            return _attempt(data, binaries)
        except NotReadyError as error:
            words = str(error)
            in_the_way = any(phrase in words for phrase in IN_THE_WAY)
            if not in_the_way or time.monotonic() > until:
                message = f"The database did not start: {words} (see {data.log})."
                raise Refusal(message, FAILED) from error
        if not told:
            say("Waiting for what is left of an earlier database server to end …")
            told = True
        _forget_dead(data.cluster)
        time.sleep(0.25)


def _attempt(data: DataFolder, binaries: Binaries) -> Server:
    data.own_folder(data.socket)
    command = [str(binaries.folder / "postgres"), "-D", str(data.cluster), *write_access(data)]
    account = data.account
    with data.log.open("ab") as log:
        begin = log.tell()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment_for(data),
            cwd="/",
            process_group=0,
            user=account.uid if account.is_other else None,
            group=account.gid if account.is_other else None,
            extra_groups=[] if account.is_other else None,
            preexec_fn=bound(signal.SIGINT),  # noqa: PLW1509  no other thread is here
        )
    server = Server(data, binaries, process)
    try:
        _await_ready(server, begin)
    except BaseException:
        server.stop()
        raise
    return server


def _await_ready(server: Server, begin: int) -> None:
    began = time.monotonic()
    told = False
    while not _ready(server):
        if server.ended():
            raise NotReadyError(_last_words(server.data.log, begin))
        waited = time.monotonic() - began
        if waited > PATIENCE_RECOVERY:
            message = f"The database did not start in {PATIENCE_RECOVERY:.0f} seconds."
            raise Refusal(message, FAILED)
        if waited > QUIET and not told:
            say("Waiting for the database to recover from an unclean stop …")
            told = True
        time.sleep(0.01)


def _ready(server: Server) -> bool:
    """As pg_ctl does it: the server writes its state into the last line of postmaster.pid."""
    try:
        lines = (server.data.cluster / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    ours = lines[:1] == [str(server.process.pid)]
    return ours and len(lines) >= STATE_LINE and lines[STATE_LINE - 1].strip() == READY


def _last_words(log: Path, begin: int) -> str:
    with log.open("rb") as file:
        file.seek(begin)
        lines = file.read().decode(errors="replace").splitlines()
    fatal = [line for line in lines if "FATAL:" in line or "could not" in line]
    words = (fatal or lines or ["it said nothing"])[0]
    return words.rpartition("FATAL:")[2].strip()


def _turn_log(data: DataFolder) -> None:
    folder = data.log.parent
    folder.mkdir(mode=0o700, exist_ok=True)  # ours: the server only gets the open file
    if data.log.exists() and data.log.stat().st_size > LARGEST_LOG:
        data.log.rename(data.log.with_suffix(".log.old"))


def _forget_dead(cluster: Path) -> None:
    """Remove a postmaster.pid that would stand for ever: its process is a zombie or another's.

    PostgreSQL takes any living process of that number for its own. Every process of a server
    works in the cluster's folder, so where none does, none is left. A container whose first
    process never collects the dead keeps zombies until it ends.
    """
    if not LINUX or working_in(cluster.resolve()):
        return
    path = cluster / "postmaster.pid"
    try:
        number = path.read_text().split("\n", 1)[0]
    except OSError:
        return
    say(f"Process {number}, which an earlier start left on record, is no database server any more.")
    path.unlink(missing_ok=True)

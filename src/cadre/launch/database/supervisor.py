"""One process per data folder runs the database; all others use it while it does."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from cadre.launch.database import binaries, cluster, external, roles
from cadre.launch.database.address import Address, socket_address
from cadre.launch.database.cluster import OWNER
from cadre.launch.database.locks import LASTING, Holder, Lock, holder, introduced, try_lock
from cadre.launch.database.server import Server, start
from cadre.launch.places import DataFolder
from cadre.launch.progress import say
from cadre.launch.refusal import FAILED, Refusal

PAUSE = 0.05
PATIENCE_TURN = 120.0  # seconds until another command's database answers or its turn is over
PATIENCE_SHORT = 600.0  # seconds that a short word's server stays up for others
PATIENCE_LASTING = 5.0  # seconds that others get when somebody stops a lasting one
QUIET = 3.0
RESTART_AGAIN_AFTER = 60.0


@dataclass
class Database:
    """The database while a word uses it; `server` is there only for who started it."""

    address: Address | None
    server: Server | None = None
    restarted: float | None = None

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()

    def watch(self) -> None:
        """Start a server that was killed again, once a minute; to be called now and then.

        Raises Refusal when it ends again within that time. Does nothing for a database that
        somebody else runs.
        """
        if self.server is None or (how := self.server.ended()) is None:
            return
        now = time.monotonic()
        if self.restarted is not None and now - self.restarted < RESTART_AGAIN_AFTER:
            message = (
                f"The database server ended again ({how}) within a minute of its restart;"
                f" see {self.server.data.log}."
            )
            raise Refusal(message, FAILED)
        say(f"The database server ended unexpectedly ({how}); starting it again.")
        self.restarted = now
        self.server = start(self.server.data, self.server.binaries)
        say("The database is back; nothing that was saved is lost.")


@contextmanager
def supervised(word: str, data: DataFolder, given: Address | None) -> Iterator[Database]:
    """The database for one word of the command line, running as long as the block does.

    Whoever comes first starts it and stops it at the end; others use it meanwhile. Two words
    that last cannot both supervise: Refusal names the process that does. With DATABASE_URL, or
    with the address `given` by a process that runs a database for us, nothing is started.
    """
    if (url := external.external_url()) is not None:
        external.check(url)
        yield Database(None)
        return
    if given is not None:
        yield Database(given)
        return
    address = socket_address(data.socket)
    turn = _Turn(word, data, address)
    lock = turn.take()
    try:
        if turn.supervises:
            with _running(word, data, address) as database:
                yield database
        else:
            yield Database(address)
    finally:
        lock.release()


@contextmanager
def _running(word: str, data: DataFolder, address: Address) -> Iterator[Database]:
    with introduced(data.holder, word):
        programs = binaries.choose(data)
        if binaries.major_of(data.cluster) is None:
            cluster.make(data, programs)
        database = Database(address, start(data, programs))
        patience = PATIENCE_LASTING if word in LASTING else PATIENCE_SHORT
        try:
            roles.ensure(address)
            yield database
        except KeyboardInterrupt:
            patience = PATIENCE_LASTING
            raise
        finally:
            with _others_kept_out(data, patience):
                database.stop()


@contextmanager
def _others_kept_out(data: DataFolder, patience: float) -> Iterator[None]:
    """Let commands that use our server end first; after a bounded time it stops all the same.

    Meanwhile nobody may join: the clients' lock is ours until the server has stopped.
    """
    began = time.monotonic()
    told = False
    while (closing := try_lock(data.clients)) is None and time.monotonic() - began < patience:
        if not told and time.monotonic() - began > QUIET:
            say("Waiting for another ./cadre that uses the database to end …")
            told = True
        time.sleep(PAUSE)
    if closing is None:
        say("Another ./cadre still used the database; it stops now.")
    yield
    if closing is not None:
        closing.release()


@dataclass
class _Turn:
    """Finds out whether this word supervises or uses another's server."""

    word: str
    data: DataFolder
    address: Address
    supervises: bool = False

    def take(self) -> Lock:
        """The lock of the supervisor, or a share in its server that keeps it from stopping."""
        began = time.monotonic()
        told = False
        while (waited := time.monotonic() - began) < PATIENCE_TURN:
            if (lock := try_lock(self.data.lock)) is not None:
                self.supervises = True
                return lock
            found = holder(self.data.holder)
            if found is not None and self._may_use(found) and (share := self._share()):
                return share
            if waited > QUIET and not told:
                say(f"Waiting for {found or 'another process'}, which has the database …")
                told = True
            time.sleep(PAUSE)
        found = holder(self.data.holder)
        who = str(found) if found else "Another process"
        message = f"{who} has held the database for {PATIENCE_TURN:.0f} seconds without an answer."
        raise Refusal(message, FAILED)

    def _may_use(self, found: Holder) -> bool:
        """Whether to use its server now; False means to wait until a short word has ended."""
        if self.word not in LASTING:
            return True
        if not found.lasting or not found.lives():
            return False
        if found.word == "database" and self.word != "database":
            return True
        message = f"{found} already runs on {self.data.path}; stop it first."
        raise Refusal(message)

    def _share(self) -> Lock | None:
        share = try_lock(self.data.clients, shared=True)
        if share is None:
            return None  # it is stopping
        if answers(self.address):
            return share
        share.release()
        return None


def answers(address: Address) -> bool:
    if not os.path.exists(address.host):  # noqa: PTH110  a socket folder's name, not a path of ours
        return False
    try:
        address.connect(OWNER).close()
    except psycopg.Error:
        return False
    return True

"""A database server for one run of tests or benchmarks, in a folder that is thrown away."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cadre.launch.account import account_for
from cadre.launch.database import binaries, cluster, roles, server
from cadre.launch.database.address import URL, Address, socket_address
from cadre.launch.places import MARK, MARK_TEXT, DataFolder
from cadre.launch.progress import say


@contextmanager
def own_server(*, forgetful: bool) -> Iterator[Address]:
    """A fresh server; a `forgetful` one is faster and may lose data in a crash of the machine."""
    with _temporary_data() as data:
        programs = binaries.choose(data)
        say(f"On {programs}:")
        cluster.make(data, programs, forgetful=forgetful)
        running = server.start(data, programs)
        try:
            address = socket_address(data.socket).named("cadre")
            roles.ensure(address)
            yield address
        finally:
            running.stop()


@contextmanager
def _temporary_data() -> Iterator[DataFolder]:
    folder = Path(tempfile.mkdtemp(prefix="cadre-test-"))
    folder.chmod(0o711)
    (folder / MARK).write_text(MARK_TEXT)
    try:
        yield DataFolder(folder, account_for(folder / "database"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment_at(address: Address, data: Path | None = None) -> dict[str, str]:
    """The environment of a process that works with this server and no other."""
    environment = {**os.environ, **address.environment()}
    environment.pop(URL, None)
    environment.pop("CADRE_APP_DATABASE_URL", None)
    environment["CADRE_DATA"] = str(data or Path(address.host).parent)
    return environment

"""Real servers in temporary folders; nothing here needs the tests' own database."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cadre.launch.account import account_for
from cadre.launch.database import binaries, cluster
from cadre.launch.places import MARK, MARK_TEXT, DataFolder
from tests.launch.running import Cadre


@pytest.fixture(autouse=True)
def on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the database of the test run: these tests start their own."""
    for name in ("DATABASE_URL", "CADRE_DB_HOST", "CADRE_DB_PORT", "CADRE_DB_NAME", "CADRE_DATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder that the database's user may pass through, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="cadre-launch-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A data folder with a fresh cluster, to be copied: making one takes a second or more.

    It does not wait for the disk. What survives the death of processes does not depend on that;
    that a real one does wait is asked in test_supervisor.
    """
    made = Path(tempfile.mkdtemp(prefix="cadre-made-"))
    data = DataFolder(made, account_for(made / "database"))
    made.chmod(0o711)
    (made / MARK).write_text(MARK_TEXT)
    cluster.make(data, binaries.choose(data), forgetful=True)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def copied(made_once: Path) -> Callable[[Path], Cadre]:
    """Makes data folders with a cluster that has never run."""

    def copy(path: Path) -> Cadre:
        subprocess.run(["cp", "-a", str(made_once), str(path)], check=True)
        return Cadre(path)

    return copy


@pytest.fixture
def cadre(folder: Path, copied: Callable[[Path], Cadre]) -> Iterator[Cadre]:
    started = copied(folder / "data")
    yield started
    started.end()

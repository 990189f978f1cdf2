"""Backup and restore, and another's server, on a real one."""

import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from cadre.launch.database.cluster import ADMIN, APP, OWNER
from cadre.launch.database.external import check
from cadre.launch.refusal import Refusal
from tests.launch.running import Cadre


@dataclass
class Saved:
    """A running database with a note "before" in it, and the backup of that."""

    cadre: Cadre
    file: Path

    def notes(self, database: str = "cadre") -> set[object]:
        with self.cadre.address().named(database).connect() as connection:
            return {row[0] for row in connection.execute("SELECT text FROM note")}

    def note(self, text: str) -> None:
        with self.cadre.address().connect(OWNER) as connection:
            connection.execute("INSERT INTO note VALUES (%s)", [text])


@pytest.fixture
def saved(cadre: Cadre, folder: Path) -> Saved:
    cadre.supervise()
    assert cadre.say("migrate", "--verbosity", "0") == (0, "")
    made = Saved(cadre, folder / "saved.dump")
    with cadre.address().connect(OWNER) as connection:
        connection.execute("CREATE TABLE note (text text PRIMARY KEY)")
    made.note("before")
    code, said = cadre.say("backup", str(made.file))
    assert code == 0, said
    return made


def test_a_backup_is_for_its_owner_alone_and_replaces_no_file_by_itself(saved: Saved) -> None:
    assert stat.S_IMODE(saved.file.stat().st_mode) == 0o600
    assert saved.cadre.say("backup", str(saved.file)) == (
        2,
        f"{saved.file} is there already; --force replaces it.",
    )
    assert [path.name for path in saved.file.parent.iterdir() if path.is_file()] == ["saved.dump"]


def test_a_restore_brings_back_what_was_saved_and_keeps_what_it_replaced(saved: Saved) -> None:
    saved.note("after")

    code, said = saved.cadre.say("restore", str(saved.file), "--yes")

    assert code == 0, said
    assert saved.notes() == {"before"}
    assert saved.notes("cadre_replaced") == {"before", "after"}


def test_a_restore_that_is_not_confirmed_or_fails_changes_nothing(saved: Saved) -> None:
    saved.note("after")
    whole = saved.file.read_bytes()
    half, nearly = saved.file.with_name("half.dump"), saved.file.with_name("nearly.dump")
    half.write_bytes(whole[: len(whole) // 2])
    nearly.write_bytes(whole[:-1])

    unconfirmed, question = saved.cadre.say("restore", str(saved.file))
    refused, no_backup = saved.cadre.say("restore", str(half), "--yes")
    failed, said = saved.cadre.say("restore", str(nearly), "--yes")

    cut_off = "could not read from input file: end of file."
    assert (unconfirmed, question.splitlines()[-1]) == (2, "Nothing was changed.")
    assert (refused, no_backup) == (2, f"{half} is not a backup: {cut_off}")
    assert (failed, said.splitlines()[-1]) == (
        1,
        f"The backup was not restored, and nothing was changed: {cut_off}",
    )
    assert saved.notes() == {"before", "after"}
    with saved.cadre.address().connect() as connection:
        names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
    assert names == {"cadre", "postgres", "template0", "template1"}


def test_what_is_no_backup_is_refused_before_anything_starts(folder: Path) -> None:
    (folder / "letter.txt").write_text("Dear colleague")

    code, said = Cadre(folder / "data").say("restore", str(folder / "letter.txt"))

    assert code == 2
    assert said.startswith(f"{folder / 'letter.txt'} is not a backup: ")
    assert not (folder / "data").exists()


def test_an_empty_database_is_not_saved(cadre: Cadre, folder: Path) -> None:
    assert cadre.say("backup", str(folder / "file")) == (
        2,
        "The database is empty, so there is nothing to save.",
    )
    assert not (folder / "file").exists()


def test_the_pages_role_is_made_in_another_server_or_asked_for(cadre: Cadre) -> None:
    cadre.supervise()
    host = cadre.address().host
    with cadre.address().connect() as connection:
        connection.execute(f"DROP OWNED BY {APP}")
        connection.execute(f"DROP ROLE {APP}")

    with pytest.raises(Refusal) as refused:
        check(f"postgresql://{OWNER}@/cadre?host={host}")
    assert "CREATE ROLE cadre_app NOLOGIN" in refused.value.sentence
    check(f"postgresql://{ADMIN}@/cadre?host={host}")

    with cadre.address().connect() as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [APP]
        ).fetchone()
        assert row == (False, False)
        connection.execute(f"ALTER ROLE {APP} BYPASSRLS")
    with pytest.raises(Refusal) as refused:
        check(f"postgresql://{ADMIN}@/cadre?host={host}")
    assert "passes row-level security" in refused.value.sentence

"""Backup and restore, and another's server, on a real one."""

import stat
from pathlib import Path

import pytest
from tests.launch.running import Cadre

from cadre.launch.database.cluster import ADMIN, APP, OWNER
from cadre.launch.database.external import check
from cadre.launch.refusal import Refusal


def number_of_marks(cadre: Cadre) -> int:
    with cadre.address().connect(OWNER) as connection:
        row = connection.execute("SELECT count(*) FROM launch_mark").fetchone()
    assert row is not None
    return int(str(row[0]))


def insert_mark(cadre: Cadre, name: str) -> None:
    with cadre.address().connect(OWNER) as connection:
        connection.execute("INSERT INTO launch_mark VALUES (%s, 'there')", [name])


def make_tables(cadre: Cadre) -> None:
    """The tables of the project; what the launcher notes about them is what we change."""
    assert cadre.say("migrate", "--verbosity", "0") == (0, "")
    with cadre.address().connect(OWNER) as connection:
        connection.execute("CREATE TABLE launch_mark (name text PRIMARY KEY, value text NOT NULL)")


def test_a_restore_brings_back_what_was_saved_and_keeps_what_it_replaced(
    cadre: Cadre, folder: Path
) -> None:
    file = folder / "saved.dump"
    cadre.supervise()
    make_tables(cadre)
    insert_mark(cadre, "before")

    code, said = cadre.say("backup", str(file))
    assert code == 0, said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert cadre.say("backup", str(file)) == (2, f"{file} is there already; --force replaces it.")
    insert_mark(cadre, "after")

    refused, question = cadre.say("restore", str(file))
    assert refused == 2
    assert question.splitlines()[-1] == "Nothing was changed."
    assert number_of_marks(cadre) == 2

    code, said = cadre.say("restore", str(file), "--yes")
    assert code == 0, said
    assert number_of_marks(cadre) == 1
    with cadre.address().named("cadre_replaced").connect() as connection:
        row = connection.execute("SELECT count(*) FROM launch_mark").fetchone()
    assert row == (2,)


def test_a_restore_that_fails_changes_nothing(cadre: Cadre, folder: Path) -> None:
    file, half = folder / "saved.dump", folder / "half.dump"
    cadre.supervise()
    make_tables(cadre)
    assert cadre.say("backup", str(file))[0] == 0
    saved = file.read_bytes()
    half.write_bytes(saved[: len(saved) * 3 // 4])
    insert_mark(cadre, "after")

    code, said = cadre.say("restore", str(half), "--yes")

    assert code in {1, 2}, said
    assert number_of_marks(cadre) == 1
    with cadre.address().connect() as connection:
        names = connection.execute("SELECT datname FROM pg_database ORDER BY 1").fetchall()
    assert names == [("cadre",), ("postgres",), ("template0",), ("template1",)]


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

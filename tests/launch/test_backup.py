"""Backup and restore, and another's server, on a real one."""

import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cadre.launch.database import external
from cadre.launch.database.cluster import ADMIN, APP, OWNER
from cadre.launch.database.external import check
from cadre.launch.refusal import Refusal
from cadre.settings import from_url
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


def test_a_server_that_cannot_be_used_is_refused_in_a_sentence(
    cadre: Cadre, monkeypatch: pytest.MonkeyPatch
) -> None:
    cadre.supervise()
    host = cadre.address().host
    url = f"postgresql://{ADMIN}@/cadre?host={host}"
    check(url)

    with cadre.address().connect() as connection:
        major = connection.info.server_version // 10000
    monkeypatch.setattr(external, "OLDEST", major + 1)
    sentences = {
        url: f"The server of DATABASE_URL is PostgreSQL {major}; Cadre needs {major + 1} or newer.",
        f"postgresql://{ADMIN}@/nothing?host={host}": (
            "The server of DATABASE_URL does not let us in: connection to server"
            f' on socket "{host}/.s.PGSQL.5432" failed: FATAL:  database "nothing" does'
            " not exist."
        ),
        "postgresql://127.0.0.1:80x/cadre": (
            "The server of DATABASE_URL does not let us in:"
            ' invalid integer value "80x" for connection option "port".'
        ),
        "postgresql://[::1/cadre": (
            "DATABASE_URL cannot be read: end of string reached when looking for matching"
            ' "]" in IPv6 host address in URI: "postgresql://[::1/cadre".'
        ),
    }
    for given, sentence in sentences.items():
        with pytest.raises(Refusal) as refused:
            check(given)
        assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("url", "parameters"),
    [
        (
            "postgresql://some%40one:p%20w@one,two:5433/cadre?sslmode=require",
            {
                "HOST": "one,two",
                "PORT": ",5433",
                "NAME": "cadre",
                "USER": "some@one",
                "PASSWORD": "p w",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        (
            "postgres://me@/?host=/run/somewhere",
            {
                "HOST": "/run/somewhere",
                "PORT": "",
                "NAME": "me",
                "USER": "me",
                "PASSWORD": "",
                "OPTIONS": {},
            },
        ),
    ],
)
def test_another_server_is_named_as_its_driver_names_it(
    url: str, parameters: dict[str, object]
) -> None:
    assert from_url(url) == {"ENGINE": "django.db.backends.postgresql", **parameters}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://somewhere/cadre", "DATABASE_URL must begin with postgresql://."),
        (
            "postgresql://h/cadre?nonsense=1",
            'DATABASE_URL cannot be read: invalid URI query parameter: "nonsense".',
        ),
    ],
)
def test_an_address_that_cannot_be_read_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        from_url(url)
    assert str(refused.value) == sentence

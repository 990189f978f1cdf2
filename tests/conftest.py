"""The test database: made by the role that owns it, used by the role that serves pages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import OperationalError, connections, transaction
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoDbBlocker, Settings

from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR, Viewer

PATIENCE = 10  # attempts; the server itself waits five seconds in each


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """One database for both aliases; Django would make two, and migrate as the serving role."""
    owner, default = connections["owner"], connections["default"]
    before = owner.settings_dict["NAME"]
    owner.settings_dict["TEST"]["NAME"] = f"test_cadre_{worker_id}"
    with django_db_blocker.unblock():
        owner.creation.create_test_db(verbosity=0, autoclobber=True)
        default.close()
        default.settings_dict["NAME"] = owner.settings_dict["NAME"]
        yield
        made = owner.settings_dict["NAME"]
        default.close()
        owner.close()
        with owner.creation._nodb_cursor() as cursor:
            drop(cursor, made)
        default.settings_dict["NAME"] = owner.settings_dict["NAME"] = before


@pytest.fixture
def scratch(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[str]:
    """A database of one's own, for what must really commit; nothing can be deleted afterwards."""
    name = f"scratch_cadre_{worker_id}"
    made_from = connections["owner"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        rename(made_from, name, copied=True)
        yield name
        rename(name, made_from)
        with connections["owner"].creation._nodb_cursor() as cursor:
            drop(cursor, name)


def rename(now: str, then: str, *, copied: bool = False) -> None:
    """Moves both aliases to another database, made as a copy of the present one if so wished."""
    for alias in ("default", "owner"):
        connections[alias].close()
    if copied:
        with connections["owner"].creation._nodb_cursor() as cursor:
            copy(cursor, now, then)
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = then


def copy(cursor: CursorWrapper, made_from: str, name: str) -> None:
    """Makes a database like another, in the place of one of that name if there is one."""
    drop(cursor, name)
    undisturbed(cursor, made_from, f'CREATE DATABASE "{name}" TEMPLATE "{made_from}"')


def drop(cursor: CursorWrapper, name: str) -> None:
    """Drops a database if there is one of that name, whoever is connected to it yet."""
    undisturbed(cursor, name, f'DROP DATABASE IF EXISTS "{name}"')


def undisturbed(cursor: CursorWrapper, name: str, statement: str) -> None:
    """Runs a statement of the server that wants nobody connected to a database.

    WITH (FORCE) is no way: the owner has no right to end the serving role's sessions, nor the
    server's own vacuum, which the server ends by itself without it.
    """
    for attempt in range(PATIENCE):
        try:
            cursor.execute(statement)
        except OperationalError:
            if attempt == PATIENCE - 1:
                raise
            end_what_is_left(name)
        else:
            return


def end_what_is_left(name: str) -> None:
    """Ends what threads that a test left to themselves have open in a database. A role may see and
    end its own sessions only, so each of the two does.
    """
    for alias in ("default", "owner"):
        own = connections[alias].copy()
        own.settings_dict["NAME"] = name
        try:
            with own.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                    " AND usename = current_user AND pid <> pg_backend_pid()",
                    [name],
                )
        except OperationalError:
            pass  # there is no such database, or nobody may enter it
        finally:
            own.close()


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around all tests of a module. What is put there once stands in each of them;
    what a test adds is undone after it, as everywhere. The operator looks.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with seeing(OPERATOR):
            yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def clock_that_stands(settings: Settings, worker_id: str) -> Iterator[None]:
    """What starts the pinned clock starts it for one test only."""
    started = Path(settings.CADRE_CLOCK_STARTED).with_name(f"clock-started-{worker_id}")
    settings.CADRE_CLOCK_STARTED = started
    yield
    started.unlink(missing_ok=True)


@pytest.fixture
def at() -> datetime:
    """The moment at which a test's actions happen."""
    return datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def operator(db: None) -> Iterator[Viewer]:  # it asks for the database
    """A viewer who sees all, with the database told so."""
    with seeing(OPERATOR):
        yield OPERATOR

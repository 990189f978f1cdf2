"""The test database: made by the role that owns it, used by the role that serves pages."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, ProgrammingError, connections
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoDbBlocker

from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR, Viewer

PATIENCE = 50  # attempts


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
        # By force: a thread that a test left to itself may hold a connection yet.
        with owner.creation._nodb_cursor() as cursor:
            undisturbed(cursor, f'DROP DATABASE "{made}" WITH (FORCE)')
        default.settings_dict["NAME"] = owner.settings_dict["NAME"] = before


@pytest.fixture
def scratch(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[str]:
    """A database of one's own, for what must really commit; nothing can be deleted afterwards."""
    name = f"scratch_cadre_{worker_id}"
    made_from = connections["owner"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        rename(made_from, name, f'CREATE DATABASE "{name}" TEMPLATE "{made_from}"')
        yield name
        rename(name, made_from, f'DROP DATABASE "{name}" WITH (FORCE)')


def rename(now: str, then: str, statement: str) -> None:
    """Runs a statement of the server with nobody connected, then moves both aliases."""
    for alias in ("default", "owner"):
        connections[alias].close()
    with connections["owner"].creation._nodb_cursor() as cursor:
        if statement.startswith("CREATE"):
            undisturbed(cursor, f'DROP DATABASE IF EXISTS "{then}" WITH (FORCE)')
        undisturbed(cursor, statement)
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = then


def undisturbed(cursor: CursorWrapper, statement: str) -> None:
    """Executes a statement that the server's own vacuum may stand in the way of for a moment."""
    for _attempt in range(PATIENCE):
        try:
            cursor.execute(statement)
        except (ProgrammingError, OperationalError):
            time.sleep(0.2)
        else:
            return
    cursor.execute(statement)


@pytest.fixture
def at() -> datetime:
    """The moment at which a test's actions happen."""
    return datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def operator(db: None) -> Iterator[Viewer]:  # it asks for the database
    """A viewer who sees all, with the database told so."""
    with seeing(OPERATOR):
        yield OPERATOR

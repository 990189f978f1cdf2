"""Changes: who acts, accounts, roles, keys, and looks."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from cadre.access.models import Account, Look, Role, Token
from cadre.core.releasability import Viewer

ACTING = ("cadre.actor", "cadre.moment", "cadre.verb", "cadre.node")
TELL = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in ACTING)


@contextmanager
def acting(verb: str, *, by: Viewer, at: datetime) -> Iterator[None]:
    """One transaction whose changes the ledger writes down as `by` doing `verb` at `at` (aware).

    The database refuses a change outside of such a block. Entries are sealed after the commit.
    """
    with transaction.atomic():
        tell_actor(by.account or by.name, at.isoformat(), verb, settings.CADRE_NODE)
        yield
        tell_actor("", "", "", "")
        transaction.on_commit(seal)


def tell_actor(*values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)


def seal() -> int:
    """Gives waiting ledger entries their place in this node's chain; says how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_seal(%s)", [settings.CADRE_NODE])
        return int(cursor.fetchone()[0])


def open_account(account: Account, *, password: str | None, by: Viewer, at: datetime) -> Account:
    """Adds an account. Without a password it can only sign in through an identity provider."""
    with acting("access.open_account", by=by, at=at):
        if password is None:
            account.set_unusable_password()
        else:
            account.set_password(password)
        account.save(force_insert=True)
    return account


def give_role(account: Account, role: str, *, mission: str, by: Viewer, at: datetime) -> Role:
    with acting("access.give_role", by=by, at=at):
        return Role.objects.create(account=account, role=role, mission=mission)


def issue_token(
    account: Account, label: str, *, lasts: timedelta, by: Viewer, at: datetime
) -> str:
    """Makes a key to the API. The key is told once, here; only its digest is kept."""
    key = secrets.token_urlsafe(32)
    with acting("access.issue_token", by=by, at=at):
        Token.objects.create(
            account=account,
            label=label,
            digest=sha256(key.encode()).hexdigest(),
            expires_at=at + lasts,
        )
    return key


def note_look(table: str, rows: Iterable[UUID], *, by: Viewer, door: str, at: datetime) -> None:
    """Writes down that `by` was shown these rows through `door` (an address or a command)."""
    shown = sorted(set(rows))
    if shown:
        Look.objects.create(
            at=at, account=by.account or by.name, door=door[:200], table=table, rows=shown
        )

"""Who is looking, and how the database is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.http import HttpRequest

from cadre.access.models import Account, Role, RoleChoices, Token
from cadre.core.releasability import Viewer

ADMINISTRATION = "administration"  # the community that sees the entries of accounts and roles


def viewer_of(account: Account) -> Viewer:
    """The viewer that an account is now: its clearance, affiliations, communities and live roles."""
    roles = list(Role.objects.filter(account=account, ended_at__isnull=True))
    viewer = account.as_viewer(roles)
    if any(role.role == RoleChoices.ADMINISTRATOR for role in roles):
        return replace(viewer, communities=viewer.communities | {ADMINISTRATION})
    return viewer


def viewer_in(request: HttpRequest) -> Viewer:
    """The viewer that the middleware has put into a request; it lets no stranger through."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by access.middleware
    return viewer


def account_of_token(key: str, *, at: datetime) -> Account | None:
    """The account a live API key belongs to; None when the key is unknown, revoked or past its end."""
    token = (
        Token.objects.select_related("account")
        .filter(
            digest=sha256(key.encode()).hexdigest(),
            expires_at__gt=at,
            revoked_at__isnull=True,
            account__is_active=True,
        )
        .first()
    )
    return token.account if token else None


def array_literal(codes: frozenset[str]) -> str:
    quoted = (
        '"' + code.replace("\\", "\\\\").replace('"', '\\"') + '"' for code in sorted(codes) if code
    )
    return "{" + ",".join(quoted) + "}"


def settings_of(viewer: Viewer) -> tuple[str, str, str, str]:
    return (
        "on" if viewer.sees_all else "off",
        str(viewer.clearance.value),
        array_literal(viewer.affiliations),
        array_literal(viewer.communities),
    )


NAMES = ("cadre.sees_all", "cadre.clearance", "cadre.affiliations", "cadre.communities")
TELL = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in NAMES)
ASK = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in NAMES)


@contextmanager
def seeing(viewer: Viewer) -> Iterator[None]:
    """A transaction in which row-level security lets through what `viewer` may see, no more.

    Inside another one the narrower or wider view holds until the inner block ends.
    """
    inside = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        before = None
        if inside:
            cursor.execute(ASK)
            before = cursor.fetchone()
        cursor.execute(TELL, settings_of(viewer))
        yield
        if before:
            cursor.execute(TELL, before)

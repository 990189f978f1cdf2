"""Who is looking, and how the database is told."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest

from cadre.access.models import Account, Look, Marked, Role, RoleChoices, Token
from cadre.access.permissions import require
from cadre.core.releasability import Viewer

ADMINISTRATION = "administration"  # the community that sees the entries of accounts and roles
REPRESENTATION = "representation"  # the community that sees looks at its own nation's rows
# Communities that come with a role and are never given by hand.
WITH_ROLE = {
    RoleChoices.ADMINISTRATOR.value: ADMINISTRATION,
    RoleChoices.REPRESENTATIVE.value: REPRESENTATION,
}
RESERVED = frozenset(WITH_ROLE.values())


def viewer_of(account: Account) -> Viewer:
    """The viewer that an account is now, with its live roles and the communities they bring."""
    roles = list(Role.objects.filter(account=account, ended_at__isnull=True))
    viewer = account.as_viewer(roles)
    with_role = {WITH_ROLE[role.role] for role in roles if role.role in WITH_ROLE}
    return replace(viewer, communities=(viewer.communities - RESERVED) | with_role)


def viewer_in(request: HttpRequest) -> Viewer:
    """The viewer that the middleware has put into a request; it lets no stranger through."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by access.middleware
    return viewer


def live_token(key: str, *, at: datetime) -> Token | None:
    """The live API key, with its account; None when it is unknown, revoked or past its end."""
    return (
        Token.objects.select_related("account")
        .filter(
            digest=sha256(key.encode()).hexdigest(),
            expires_at__gt=at,
            revoked_at__isnull=True,
            account__is_active=True,
        )
        .first()
    )


def array_literal(codes: frozenset[str]) -> str:
    quoted = ('"' + code.replace("\\", "\\\\").replace('"', '\\"') + '"' for code in sorted(codes))
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
        if before and not transaction.get_rollback():  # rolling back restores it too
            cursor.execute(TELL, before)


def whose(table: str, rows: Collection[UUID]) -> dict[str, set[UUID]]:
    """Rows of a marked table by the nation (or organisation) that they belong to.

    People belong to their nation; other rows to their originator, else to the only one that they
    are released to. What belongs to nobody is under "".
    """
    model = marked_models().get(table)
    found = dict.fromkeys(rows, "")
    if model is None:
        return {"": set(rows)}  # accounts and roles, of which the ledger tells administrators
    kept = model._base_manager.filter(pk__in=rows)  # what it tells of them is shown to nobody
    if model.personal:
        pairs = kept.values_list("pk", model.personal)
        found |= {row: str(nation or "") for row, nation in pairs}
    else:
        markings = kept.values_list("pk", "originator", "releasable_to")
        found |= {row: owner(originator, released) for row, originator, released in markings}
    grouped: dict[str, set[UUID]] = {}
    for row, nation in found.items():
        grouped.setdefault(nation, set()).add(row)
    return grouped


def owner(originator: str, released: list[str] | None) -> str:
    return originator or (released[0] if released and len(released) == 1 else "")


@cache
def marked_models() -> dict[str, type[Marked]]:
    """Every table with a marking, by its name."""
    return {model._meta.db_table: model for model in apps.get_models() if issubclass(model, Marked)}


def accounts(viewer: Viewer) -> list[Account]:
    """Every account with its live roles, open ones first, for who manages them; else NotAllowed."""
    require(viewer, "access.manage")
    live = Role.objects.filter(ended_at__isnull=True).order_by("role", "mission")
    return list(
        Account.objects.order_by("-is_active", "name", "email").prefetch_related(
            Prefetch("roles", live, to_attr="live_roles")
        )
    )


def account_named(viewer: Viewer, name: str) -> Account | None:
    """The account with this address or id, for who manages accounts; None if there is none."""
    require(viewer, "access.manage")
    return Account.objects.filter(
        Q(pk=name) if is_id(name) else Q(email__iexact=name.strip())
    ).first()


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def own_account(viewer: Viewer) -> Account | None:
    """The viewer's own account; the machine's operator has none."""
    return Account.objects.filter(email=viewer.account).first() if viewer.account else None


def roles_of(viewer: Viewer, account: Account) -> list[Role]:
    """The live roles of an account: one's own, or anybody's for who manages accounts."""
    if viewer.account != account.email:
        require(viewer, "access.manage")
    return list(account.roles.filter(ended_at__isnull=True).order_by("role", "mission"))


def tokens_of(viewer: Viewer, account: Account) -> list[Token]:
    """The keys of an account that were not revoked, newest first; as `roles_of`."""
    if viewer.account != account.email:
        require(viewer, "access.manage")
    tokens = account.tokens.select_related("account").filter(revoked_at__isnull=True)
    return list(tokens.order_by("-expires_at"))


def factors_of(viewer: Viewer, account: Account) -> int:
    """How many second factors an account has, recovery codes aside; as `roles_of`."""
    if viewer.account != account.email:
        require(viewer, "access.manage")
    theirs = Authenticator.objects.filter(user=account).exclude(type="recovery_codes")
    return len(list(theirs.values_list("pk")))


def looks_at(viewer: Viewer, *, who: str = "", row: str = "") -> QuerySet[Look]:
    """Who looked at sensitive rows, newest first: all for administrators, else at one's nation's.

    `who`: a part of the address of who looked; `row`: the id of the row looked at; "" is all.
    The database says the same: its policy on the table lets nobody else read it.
    """
    require(viewer, "access.looks")
    looks = Look.objects.order_by("-at", "-pk")
    if who:
        looks = looks.filter(account__icontains=who)
    if row:
        looks = looks.filter(rows__contains=[UUID(row)]) if is_id(row) else looks.none()
    if viewer.sees_all or ADMINISTRATION in viewer.communities:
        return looks
    return looks.filter(nation__in=[code for code in viewer.affiliations if code])

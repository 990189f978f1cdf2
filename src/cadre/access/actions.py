"""Changes: who acts, accounts, roles, keys, and looks."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from cadre.access.models import Account, Look, Role, RoleChoices, Token
from cadre.access.permissions import require
from cadre.access.queries import RESERVED, whose
from cadre.core.refused import Refused
from cadre.core.releasability import Classification, Viewer

ACTING = ("cadre.actor", "cadre.moment", "cadre.verb", "cadre.node")
TELL = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in ACTING)
ASK = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in ACTING)


@contextmanager
def acting(verb: str, *, by: Viewer, at: datetime) -> Iterator[None]:
    """One transaction whose changes the ledger writes down as `by` doing `verb` at `at` (aware).

    The database refuses a change outside of such a block. Inside another block the inner verb
    holds until it ends. Entries are sealed after the commit.
    """
    with transaction.atomic():
        before = told_actor()
        tell_actor(by.account or by.name, at.isoformat(), verb, settings.CADRE_NODE)
        yield
        tell_actor(*before)
        transaction.on_commit(seal)


def told_actor() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        return tuple(cursor.fetchone() or ())


def tell_actor(*values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)


def seal() -> int:
    """Gives waiting ledger entries their place in this node's chain; says how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_seal(%s)", [settings.CADRE_NODE])
        return int(cursor.fetchone()[0])


LONGEST_KEY = timedelta(days=366)


def open_account(account: Account, *, password: str | None, by: Viewer, at: datetime) -> Account:
    """Adds an account. Without a password it signs in by a link or through an identity provider.

    Refused when its address has an account, when the password is weak, or when a community is
    one that only comes with a role. The administrator vouches for the address.
    """
    require(by, "access.manage")
    account.email = account.email.strip().lower()
    check_account(account)
    if Account.objects.filter(email__iexact=account.email).exists():
        raise Refused(_("There is an account %(email)s already.") % {"email": account.email})
    keep_password(account, password)
    with acting("access.open_account", by=by, at=at):
        account.save(force_insert=True)
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def describe_account(account: Account, *, by: Viewer, at: datetime) -> None:
    """Keeps a changed name, clearance, affiliations and communities of an account."""
    require(by, "access.manage")
    check_account(account)
    if by.account == account.email and may_see_otherwise(account):
        raise Refused(_("Nobody changes what he himself may see; ask another administrator."))
    with acting("access.describe_account", by=by, at=at):
        account.save(update_fields=["name", "clearance", "affiliations", "communities"])


def may_see_otherwise(account: Account) -> bool:
    """Whether clearance, affiliations or communities are not what is on record of the account."""
    kept = Account.objects.get(pk=account.pk)
    return (kept.clearance, set(kept.affiliations), set(kept.communities)) != (
        account.clearance,
        set(account.affiliations),
        set(account.communities),
    )


def check_account(account: Account) -> None:
    try:
        validate_email(account.email)
    except ValidationError:
        raise Refused(
            _("“%(email)s” is not an email address.") % {"email": account.email}
        ) from None
    if not account.name.strip():
        raise Refused(_("An account needs the name of its person."))
    if account.clearance not in Classification:
        raise Refused(_("There is no such clearance."))
    codes = [*account.affiliations, *account.communities]
    if any(not code.strip() or len(code) > 40 for code in codes):  # noqa: PLR2004  # as the columns
        raise Refused(_("A code of a nation, organisation or community has 1 to 40 characters."))
    if RESERVED & set(account.communities):
        raise Refused(
            _("These communities come with a role only: %(communities)s.")
            % {"communities": ", ".join(sorted(RESERVED))}
        )


def keep_password(account: Account, password: str | None) -> None:
    if password is None:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages)) from None
    account.set_password(password)


def change_password(account: Account, password: str, *, by: Viewer, at: datetime) -> None:
    """Sets somebody's password, which ends his other sessions. Refused when it is weak."""
    require(by, "access.manage")
    keep_password(account, password)
    change_signing_in(account, "access.change_password", "password", by=by, at=at)


def set_own_password(account: Account, password: str, *, at: datetime) -> None:
    """The person's own new password, set while signed in or through a link that was handed over.

    Whether it is strong enough the form has asked already.
    """
    account.set_password(password)
    me = account.as_viewer([])
    change_signing_in(account, "access.set_password", "password", by=me, at=at)


def change_signing_in(account: Account, verb: str, *columns: str, by: Viewer, at: datetime) -> None:
    """Keeps in the ledger that the way in was changed, under `verb`; never what to."""
    with acting(verb, by=by, at=at):
        account.sign_in_changed_at = at
        account.save(update_fields=["sign_in_changed_at", *columns])


def close_account(account: Account, *, by: Viewer, at: datetime) -> None:
    """Ends everything that an account can do, at once: sessions, keys, factors, roles."""
    require(by, "access.manage")
    if by.account == account.email:
        raise Refused(_("Nobody closes his own account; ask another administrator."))
    with acting("access.close_account", by=by, at=at):
        account.is_active = False
        account.set_unusable_password()  # ends the sessions: they rest on the password
        account.save(update_fields=["is_active", "password"])
        account.tokens.filter(revoked_at__isnull=True).update(revoked_at=at)
        account.roles.filter(ended_at__isnull=True).update(ended_at=at)
        Authenticator.objects.filter(user=account).delete()
        SocialAccount.objects.filter(user=account).delete()


def reopen_account(account: Account, *, by: Viewer, at: datetime) -> None:
    """Lets somebody sign in again, by a new link or an identity provider; his roles stay ended."""
    require(by, "access.manage")
    with acting("access.reopen_account", by=by, at=at):
        account.is_active = True
        account.save(update_fields=["is_active"])


def reset_factors(account: Account, *, by: Viewer, at: datetime) -> None:
    """Removes somebody's authenticator app, passkeys and recovery codes, for one who lost them."""
    require(by, "access.manage")
    with transaction.atomic():
        change_signing_in(account, "access.reset_factors", by=by, at=at)
        Authenticator.objects.filter(user=account).delete()


def give_role(
    account: Account, role: str, *, mission: str, by: Viewer, at: datetime, post: str = ""
) -> Role:
    """Gives a role in one mission, or in every mission (""). Giving it twice changes nothing.

    `post`: the code of the post that brings it; "" if none does.
    """
    require(by, "access.manage")
    if by.account == account.email:
        raise Refused(_("Nobody gives himself a role; ask another administrator."))
    if role not in RoleChoices.values:
        raise Refused(
            _("There is no role “%(role)s”; there are %(roles)s.")
            % {"role": role, "roles": ", ".join(RoleChoices.values)}
        )
    if role == RoleChoices.ADMINISTRATOR and mission:
        raise Refused(_("An administrator is one for every mission."))
    if not account.is_active:
        raise Refused(_("A closed account is given no role."))
    theirs = account.roles.filter(ended_at__isnull=True)
    held = theirs.filter(role=role, mission=mission, post=post).first()
    if held:
        return held
    with acting("access.give_role", by=by, at=at):
        return Role.objects.create(account=account, role=role, mission=mission, post=post)


def end_role(role: Role, *, by: Viewer, at: datetime) -> None:
    """Ends a role now. Refused for the last administrator, who could not be replaced."""
    require(by, "access.manage")
    others = Role.objects.filter(
        role=RoleChoices.ADMINISTRATOR, ended_at__isnull=True, account__is_active=True
    ).exclude(pk=role.pk)
    if role.role == RoleChoices.ADMINISTRATOR and not by.sees_all and not others.exists():
        raise Refused(_("The last administrator stays; give somebody else the role first."))
    with acting("access.end_role", by=by, at=at):
        role.ended_at = at
        role.save(update_fields=["ended_at"])


def issue_token(
    account: Account,
    label: str,
    *,
    lasts: timedelta,
    by: Viewer,
    at: datetime,
    may_change: bool = False,
) -> str:
    """Makes a key to the API. The key is told once, here; only its digest is kept.

    For oneself, or for anybody if one manages accounts. It lasts at most a year.
    """
    if by.account != account.email:
        require(by, "access.manage")
    if not timedelta(0) < lasts <= LONGEST_KEY:
        raise Refused(_("A key lasts between 1 and 366 days."))
    if not account.is_active:
        raise Refused(_("A closed account is given no key."))
    key = secrets.token_urlsafe(32)
    with acting("access.issue_token", by=by, at=at):
        Token.objects.create(
            account=account,
            label=label,
            digest=sha256(key.encode()).hexdigest(),
            expires_at=at + lasts,
            may_change=may_change,
        )
    return key


def revoke_token(token: Token, *, by: Viewer, at: datetime) -> None:
    """Ends a key at once: one's own, or anybody's if one manages accounts."""
    if by.account != token.account.email:
        require(by, "access.manage")
    if token.revoked_at is None:
        with acting("access.revoke_token", by=by, at=at):
            token.revoked_at = at
            token.save(update_fields=["revoked_at"])


def note_use(token: Token, *, at: datetime) -> None:
    """Remembers, to the hour, when a key was last used. The ledger leaves it out."""
    if token.last_used_at is None or at - token.last_used_at > timedelta(hours=1):
        Token.objects.filter(pk=token.pk).update(last_used_at=at)


def note_look(table: str, rows: Iterable[UUID], *, by: Viewer, door: str, at: datetime) -> None:
    """Writes down that `by` was shown these rows through `door` (an address or a command)."""
    note_looks({table: rows}, by=by, door=door, at=at)


def note_looks(shown: Mapping[str, Iterable[UUID]], *, by: Viewer, door: str, at: datetime) -> None:
    """As `note_look` for several tables: one look per table and nation, in one statement."""
    Look.objects.bulk_create(
        Look(
            at=at,
            account=by.account or by.name,
            door=door[:200],
            table=table,
            nation=nation,
            rows=sorted(theirs),
        )
        for table, rows in sorted(shown.items())
        for nation, theirs in sorted(whose(table, set(rows)).items())
    )

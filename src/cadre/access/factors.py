"""What somebody does with his own second factors, as allauth tells it, for the ledger."""

from datetime import UTC, datetime

from allauth.mfa import signals

from cadre.access.actions import change_signing_in
from cadre.access.models import Account


def listen() -> None:
    """Second factors are allauth's, so it is allauth that tells of them."""
    signals.authenticator_added.connect(added)
    signals.authenticator_removed.connect(removed)
    signals.authenticator_reset.connect(renewed)


def added(user: Account, **_told: object) -> None:
    note(user, "access.add_factor")


def removed(user: Account, **_told: object) -> None:
    note(user, "access.remove_factor")


def renewed(user: Account, **_told: object) -> None:
    note(user, "access.renew_recovery_codes")


def note(account: Account, verb: str) -> None:
    change_signing_in(account, verb, by=account.as_viewer([]), at=datetime.now(UTC))

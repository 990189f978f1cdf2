"""One's own browsers that take push messages. Their addresses are keys, so no page names them."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from cadre.access.queries import own_account, seeing
from cadre.alerts.channels.push_address import address_of
from cadre.alerts.models import PushSubscription
from cadre.alerts.queries.who import MACHINE
from cadre.core.releasability import Viewer


@dataclass(frozen=True, slots=True)
class BrowserRead:
    """A browser of the viewer. `because`: why it is told nothing any more, "" where it is told."""

    row: PushSubscription

    @property
    def mark(self) -> str:
        """By which a browser knows itself on the list: SHA-256 of its endpoint, in hex."""
        return sha256(self.row.endpoint.encode()).hexdigest()

    @property
    def because(self) -> str:
        return self.row.dropped_because


def own_browsers(viewer: Viewer) -> tuple[BrowserRead, ...]:
    """Those that are told, and those that the node stopped telling until their owner takes note;
    none for the operator of the machine, who has no account.
    """
    account = own_account(viewer)
    if account is None:
        return ()
    with seeing(MACHINE):
        rows = PushSubscription.objects.filter(account=account)
        listed = rows.filter(Q(dropped=False) | ~Q(dropped_because=""))
        return tuple(BrowserRead(row) for row in listed.order_by("dropped", "label", "pk"))


def address_to(row: PushSubscription) -> str:
    """With what a browser is written to: its endpoint and its keys, which stand in no log."""
    return address_of(row.endpoint, row.p256dh, row.auth)


def first_address(email: str) -> str:
    """With what the first browser of an account is written to; "" where it has none."""
    with seeing(MACHINE):
        rows = PushSubscription.objects.filter(account__email__iexact=email, dropped=False)
        row = rows.order_by("pk").first()
    return address_to(row) if row else ""


def own_browser(viewer: Viewer, row: UUID) -> PushSubscription | None:
    """One of the viewer's own browsers; None for anybody else's."""
    return next((each.row for each in own_browsers(viewer) if each.row.pk == row), None)

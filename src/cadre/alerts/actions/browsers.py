"""Browsers that take push messages: each is its owner's, and is kept and dropped by itself."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.queries import seeing
from cadre.alerts.actions.contacts import PRIVATE, account_of
from cadre.alerts.channels.push_address import may_ask
from cadre.alerts.models import Attempt, Channel, PushSubscription
from cadre.alerts.queries.who import MACHINE
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import Misfit

LONGEST_LABEL = 120  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A browser that takes push messages, as it says of itself."""

    endpoint: str
    p256dh: str
    auth: str
    label: str = ""


def keep_browser(browser: Browser, *, by: Viewer, at: datetime) -> PushSubscription:
    """The viewer's browser takes push messages from now on; one that somebody else used before is
    his who uses it now.

    Raises Refused without an account; Misfit for an address at which this node asks nobody: a
    browser says where it is reached, and the node goes there by itself.
    """
    account = account_of(by)
    if not may_ask(browser.endpoint, settings.WAYS_OUT.push_hosts):
        raise Misfit("endpoint", _("This node sends nothing to the push service of this browser."))
    with transaction.atomic(), seeing(MACHINE), acting("alerts.keep_browser", by=by, at=at):
        row, _created = PushSubscription.objects.update_or_create(
            endpoint=browser.endpoint,
            defaults={
                "account": account,
                "p256dh": browser.p256dh,
                "auth": browser.auth,
                "label": browser.label[:LONGEST_LABEL],
                "dropped": False,
                "dropped_because": "",
                **marking_values(PRIVATE),
            },
        )
    return row


def drop_browser(row: PushSubscription, *, by: Viewer, at: datetime) -> PushSubscription:
    """The viewer's browser takes no push messages any more, and is listed no more.

    Raises Refused for the browser of somebody else.
    """
    if row.account_id != account_of(by).pk:
        raise Refused(_("This is the device of somebody else."))
    with transaction.atomic(), seeing(MACHINE), acting("alerts.drop_browser", by=by, at=at):
        row.dropped, row.dropped_because = True, ""
        row.save(update_fields=["dropped", "dropped_because"])
    return row


def forget_browser(attempt: Attempt, because: str, *, at: datetime) -> None:
    """A browser that its push service no longer knows is sent nothing more, and its owner sees why.
    Says nothing of an attempt by another channel. In a transaction and with sight of the caller.
    """
    browsers = PushSubscription.objects.filter(endpoint=attempt.address, dropped=False)
    if attempt.channel == Channel.PUSH and browsers.exists():
        with acting("alerts.drop_push", by=MACHINE, at=at):
            browsers.update(dropped=True, dropped_because=because)

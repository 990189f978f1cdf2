"""How somebody wants to be told, as programs read it."""

from datetime import time
from uuid import UUID

from ninja import Schema

from cadre.alerts.queries.browsers import BrowserRead
from cadre.alerts.queries.rows import QuietHours, Subscription


class QuietOut(Schema):
    """One's own quiet hours: from one time of the day to another in a time zone, by its IANA name.
    Nothing in all three: there are none.
    """

    begins: time | None = None
    ends: time | None = None
    zone: str | None = None


class SubscriptionOut(Schema):
    """What else somebody is told of. `mission` null: of every mission; `digest`: once a day."""

    mission: str | None
    causes: list[str]
    digest: bool


class BrowserOut(Schema):
    """A browser that takes push messages. Its address is a key to it, so it is left out.

    `told` false: the node stopped by itself, for `reason`.
    """

    id: UUID
    label: str
    told: bool
    reason: str


def quiet_out(row: QuietHours | None) -> QuietOut:
    return QuietOut(begins=row.begins, ends=row.ends, zone=row.zone) if row else QuietOut()


def subscription_out(row: Subscription) -> SubscriptionOut:
    mission = row.mission.code if row.mission else None
    return SubscriptionOut(mission=mission, causes=row.causes, digest=row.digest)


def browser_out(read: BrowserRead) -> BrowserOut:
    row = read.row
    return BrowserOut(id=row.pk, label=row.label, told=not row.dropped, reason=read.because)

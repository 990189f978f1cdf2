"""How people are reached: contacts and whether they are theirs, deputies, quiet hours, wishes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import Account, marking_values
from cadre.access.permissions import require
from cadre.access.queries import ADMINISTRATION, own_account, seeing
from cadre.alerts.actions.making import make_row
from cadre.alerts.actions.telling import Told, reach_by, tell
from cadre.alerts.models import (
    Alert,
    Cause,
    Channel,
    Contact,
    Deputy,
    QuietHours,
    Subscription,
    Why,
)
from cadre.alerts.queries.contacts import is_own
from cadre.alerts.queries.ladders import SELF, step
from cadre.alerts.queries.new import NewAlert
from cadre.alerts.queries.who import MACHINE
from cadre.core.alerts import Acknowledging, Ladder
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer
from cadre.mission.actions.checks import Misfit, add, change
from cadre.mission.models import Mission, Person, Post

TYPED: Final = frozenset({Channel.SMS, Channel.VOICE, Channel.EMAIL, Channel.CHAT})
# Addresses of browsers are keys to them: nobody reads them but the worker and their owner.
PRIVATE: Final = Marking(communities=frozenset({ADMINISTRATION}))
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """An address of a person on one channel; the lowest position is tried first."""

    person: Person
    channel: str
    address: str
    position: int = 1


def note_contact(new: NewContact, *, by: Viewer, at: datetime) -> Contact:
    """Notes an address, unverified; one that was dropped is used again.

    One's own anybody notes. Raises NotAllowed for who may not, Misfit for what is no address.
    """
    require_own(by, new.person)
    if new.channel not in TYPED:
        raise Misfit("channel", _("This channel needs no address."))
    address = new.address.strip()
    if new.channel == Channel.EMAIL:
        try:
            validate_email(address)
        except ValidationError as problem:
            raise Misfit("address", " ".join(problem.messages)) from problem
    if not address:
        raise Misfit("address", _("Write the address."))
    kept = Contact.objects.filter(person=new.person, channel=new.channel, address=address).first()
    values = {"position": new.position, "dropped": False}
    if kept is not None:
        return change(kept, values, "alerts.note_contact", seen="", by=by, at=at)
    row = Contact(
        person=new.person,
        channel=new.channel,
        address=address,
        position=new.position,
        **marking_values(new.person.marking),
    )
    return add(row, "alerts.note_contact", by=by, at=at)


def drop_contact(row: Contact, *, by: Viewer, at: datetime) -> Contact:
    """Nothing goes to this address any more."""
    require_own(by, row.person)
    return change(row, {"dropped": True}, "alerts.drop_contact", seen="", by=by, at=at)


def verify_contact(row: Contact, how: str, *, by: Viewer, at: datetime) -> Contact:
    """Somebody made sure that the address is the person's, and says how. Nobody does so of himself:
    for that there is a message to answer (`ask_to_verify`).

    Raises NotAllowed for who may not, Misfit where nothing is said of how.
    """
    require(by, "alerts.contacts")
    if is_own(by, row.person):
        raise Refused(_("Have a message sent to this address and answer it."))
    if not how.strip():
        raise Misfit("how", _("Say how you know that the address is right."))
    values = {"verified_at": at, "verified_how": how.strip()}
    return change(row, values, "alerts.verify_contact", seen="", by=by, at=at)


def ask_to_verify(row: Contact, *, by: Viewer, at: datetime) -> Alert:
    """Sends a message to this address alone. Who answers it has shown that it is his.

    Raises NotAllowed for who may not; Refused for a second one within ten minutes.
    """
    require_own(by, row.person)
    slot = int(at.timestamp()) // 600
    new = NewAlert(
        cause=Cause.TEST,
        cause_key=f"contact:{row.pk}:{slot}",
        content={"contact": str(row.pk)},
        marking=row.marking,
        ladder=Ladder(Acknowledging.FIRST, A_DAY, (step(0, SELF, row.channel),)),
        to=(),
    )
    with transaction.atomic(), seeing(MACHINE):
        alert = make_row(new, by=by, at=at)
        if alert is None:
            raise Refused(_("A message was sent to this address just now."))
        told = Told(Why.WRITTEN_TO, person=row.person_id)
        for recipient in tell(alert, [told], rung=0, at=at):
            reach_by(alert, recipient, row, at=at)
    return alert


def require_own(by: Viewer, person: Person) -> None:
    if not is_own(by, person):
        require(by, "alerts.contacts")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeputy:
    """The holder of one post stands in for that of another; `dropped`: no longer."""

    post: Post
    deputy: Post
    position: int = 1
    dropped: bool = False


def name_deputy(new: NewDeputy, *, by: Viewer, at: datetime) -> Deputy:
    """Says who stands in for whom who does not answer.

    Raises NotAllowed for who may not, Misfit for a post that would stand in for itself.
    """
    require(by, "alerts.contacts")
    if new.post == new.deputy:
        raise Misfit("deputy", _("Nobody stands in for himself."))
    kept = Deputy.objects.filter(post=new.post, deputy=new.deputy).first()
    values = {"position": new.position, "dropped": new.dropped}
    if kept is not None:
        return change(kept, values, "alerts.name_deputy", seen="", by=by, at=at)
    row = Deputy(post=new.post, deputy=new.deputy, **values, **marking_values(new.post.marking))
    return add(row, "alerts.name_deputy", by=by, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From one time of the day to another, in a time zone by its IANA name."""

    begins: time
    ends: time
    zone: str = "UTC"


def set_quiet_hours(quiet: Quiet | None, *, by: Viewer, at: datetime) -> QuietHours | None:
    """The viewer's own quiet hours from now on; None: none. Life-safety messages come all the same.

    Raises Misfit for a time zone that is none and for hours that never end; Refused without an
    account.
    """
    account = account_of(by)
    if quiet is not None and quiet.zone not in available_timezones():
        raise Misfit("zone", _("There is no time zone “%(zone)s”.") % {"zone": quiet.zone})
    if quiet is not None and quiet.begins == quiet.ends:
        raise Misfit("ends", _("Quiet hours end at another time than they begin."))
    with transaction.atomic(), seeing(MACHINE), acting("alerts.set_quiet_hours", by=by, at=at):
        kept = QuietHours.objects.filter(account=account)
        if quiet is None:
            kept.update(dropped=True)
            return None
        row, _created = QuietHours.objects.update_or_create(
            account=account,
            defaults={
                "begins": quiet.begins,
                "ends": quiet.ends,
                "zone": quiet.zone,
                "dropped": False,
                **marking_values(PRIVATE),
            },
        )
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to be told of besides: of one mission or of all (None), at once or once a
    day. No causes: nothing any more.
    """

    mission: Mission | None
    causes: Collection[str]
    digest: bool


def subscribe(wish: Wish, *, by: Viewer, at: datetime) -> Subscription:
    """What the viewer wants to be told of from now on besides what he must.

    Raises Misfit for a cause that there is not; Refused without an account.
    """
    account = account_of(by)
    unknown = sorted(set(wish.causes) - set(Cause.values))
    if unknown:
        raise Misfit("causes", _("There is no cause “%(cause)s”.") % {"cause": unknown[0]})
    with transaction.atomic(), seeing(MACHINE), acting("alerts.subscribe", by=by, at=at):
        row, _created = Subscription.objects.update_or_create(
            account=account,
            mission=wish.mission,
            digest=wish.digest,
            defaults={
                "causes": sorted(wish.causes),
                "dropped": not wish.causes,
                **marking_values(PRIVATE),
            },
        )
    return row


def account_of(by: Viewer) -> Account:
    account = own_account(by)
    if account is None:
        raise Refused(_("This is for people with an account."))
    return account

"""How people are reached, as far as the viewer may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cadre.access.queries import own_account, seeing
from cadre.accountability.queries.holds import hidden_people, withheld
from cadre.alerts.models import (
    Channel,
    Contact,
    Deputy,
    QuietHours,
    Subscription,
)
from cadre.alerts.queries.who import MACHINE
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Person, Post

LISTED: Final = ((Channel.EMAIL, "email"), (Channel.SMS, "phone"), (Channel.VOICE, "phone"))


@dataclass(frozen=True, slots=True)
class ContactRead:
    """An address of a person. `row` None: of the directory, which nobody confirmed."""

    channel: Channel
    address: str
    verified: bool
    row: Contact | None


def is_own(viewer: Viewer, person: Person) -> bool:
    """The person is the viewer: the account's address is that of the directory."""
    own = (viewer.account or "").casefold()
    return bool(own) and person.email.casefold() == own


def contacts(viewer: Viewer, people: Sequence[Person]) -> dict[Person, tuple[ContactRead, ...]]:
    """The addresses of people whom the viewer may see, by channel, the first to be tried first; ()
    of who cannot be reached at all.
    """
    rows = Contact.objects.visible_to(viewer).filter(person__in=people)
    kept: dict[object, list[Contact]] = {}
    for row in rows.order_by("channel", "position", "address"):
        kept.setdefault(row.person_id, []).append(row)
    return {each: tuple(addresses(each, kept.get(each.pk, []))) for each in people}


def addresses(person: Person, rows: Sequence[Contact]) -> list[ContactRead]:
    found = [
        ContactRead(Channel(row.channel), row.address, row.verified_at is not None, row)
        for row in rows
        if not row.dropped
    ]
    for channel, column in LISTED:
        listed = str(getattr(person, column))
        own = [row for row in rows if row.channel == channel]
        if listed and all(row.dropped and row.address != listed for row in own):
            found.append(ContactRead(channel, listed, verified=False, row=None))
    return found


def unreachable(viewer: Viewer, mission: Mission, *, now: datetime) -> list[Person]:
    """People with a post of a mission and no address at all, as far as the viewer sees them on a
    live page.
    """
    hidden = hidden_people(viewer, [mission.code], now=now, live_page=True)
    people = Person.objects.visible_to(viewer).filter(holdings__post__mission=mission).distinct()
    people = people.exclude(pk__in=hidden)
    found = contacts(viewer, list(people.order_by("name", "code")))
    return [person for person, theirs in found.items() if not theirs]


def contact(viewer: Viewer, row: UUID, *, now: datetime) -> Contact | None:
    """One contact, on a live page; None when the viewer may know of none."""
    rows = Contact.objects.visible_to(viewer).select_related("person__nation")
    found = rows.filter(pk=row).first()
    if found is None or is_own(viewer, found.person):
        return found
    return None if is_hidden(viewer, found.person, now=now, live_page=True) else found


def own_person(viewer: Viewer) -> Person | None:
    """The person whose address in the directory the viewer's account has; None without one."""
    if not viewer.account:
        return None
    with seeing(MACHINE):
        rows = Person.objects.filter(email__iexact=viewer.account).select_related("nation")
        return rows.order_by("code").first()


def reached(viewer: Viewer, code: str, *, now: datetime, live_page: bool) -> Person | None:
    """Somebody whose addresses the viewer may read: himself, and whose name he may see. By a way
    out nobody's whose name is held; on a live page only for who has to act on it.
    """
    own = own_person(viewer)
    if own is not None and own.code == code:
        return own
    row = Person.objects.visible_to(viewer).filter(code=code).select_related("nation").first()
    return None if row is None or is_hidden(viewer, row, now=now, live_page=live_page) else row


def is_hidden(viewer: Viewer, person: Person, *, now: datetime, live_page: bool) -> bool:
    """Whether a name is held, and not for who has to act on it in a mission of that person's."""
    if person.pk not in withheld(now=now):
        return False
    with seeing(MACHINE):
        posts = Post.objects.filter(holdings__person=person)
        missions = list(posts.values_list("mission__code", flat=True).distinct())
    return person.pk in hidden_people(viewer, missions, now=now, live_page=live_page)


@dataclass(frozen=True, slots=True)
class OwnWishes:
    """What somebody said of how he wants to be told."""

    quiet: QuietHours | None
    subscriptions: tuple[Subscription, ...]


def own_wishes(viewer: Viewer) -> OwnWishes:
    """The viewer's own; nothing for the operator of the machine, who has no account."""
    account = own_account(viewer)
    if account is None:
        return OwnWishes(None, ())
    with seeing(MACHINE):
        quiet = QuietHours.objects.filter(account=account, dropped=False).first()
        wanted = Subscription.objects.filter(account=account, dropped=False)
        return OwnWishes(quiet, tuple(wanted.select_related("mission")))


def deputies_of(viewer: Viewer, mission: Mission) -> list[Deputy]:
    """Which post of a mission stands in for which, as far as the viewer may see them."""
    rows = Deputy.objects.visible_to(viewer).filter(post__mission=mission, dropped=False)
    return list(rows.select_related("post", "deputy").order_by("post__code", "position"))

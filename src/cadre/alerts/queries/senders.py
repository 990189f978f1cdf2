"""Whose a telephone number or an address is, and at which musters he is counted."""

import re
from datetime import datetime
from typing import Final

from cadre.accountability.models import Muster, MusterEnd, MusterEntry
from cadre.alerts.models import Alert, Contact, Phase
from cadre.mission.models import Person

PUNCTUATION: Final = re.compile(r"[\s().\-/]")
PHONES: Final = frozenset({"sms", "voice"})


def plain(address: str, channel: str) -> str:
    """An address as addresses are compared: a number without what only groups its digits."""
    bare = address.strip().casefold()
    return re.sub(r"^00", "+", PUNCTUATION.sub("", bare)) if channel in PHONES else bare


def senders(channel: str, address: str) -> list[Person]:
    """The people who are reached by this address; several where they share it, () for a stranger's.

    With sight of everybody: the caller sees to it.
    """
    wanted = plain(address, channel)
    column = "email" if channel == "email" else "phone"
    found = [
        row.person
        for row in Contact.objects.filter(channel__in=alike(channel), dropped=False).select_related(
            "person__nation"
        )
        if plain(row.address, channel) == wanted
    ]
    if channel != "chat":
        people = Person.objects.exclude(**{column: ""}).select_related("nation")
        found += [row for row in people if plain(str(getattr(row, column)), channel) == wanted]
    return list({row.pk: row for row in found}.values())


def alike(channel: str) -> list[str]:
    return sorted(PHONES) if channel in PHONES else [channel]


def open_musters_of(person: Person) -> list[Muster]:
    """The open musters at which somebody is counted, the latest first."""
    entries = MusterEntry.objects.filter(person=person, excluded="")
    ended = MusterEnd.objects.values("muster")
    rows = Muster.objects.filter(pk__in=entries.values("muster")).exclude(pk__in=ended)
    return list(rows.order_by("-opened_at", "-number"))


def missions_asking(*, at: datetime, since: datetime) -> list[str]:
    """The missions that have a muster open at a moment, or that have asked people since another one
    and still do.
    """
    musters = Muster.objects.filter(end=None, opened_at__lte=at)
    over = Alert.objects.filter(phase__in=[Phase.CANCEL, Phase.ALL_CLEAR]).values("first")
    asked = Alert.objects.filter(made_at__gt=since, made_at__lte=at, phase=Phase.FIRST)
    asking = asked.exclude(acknowledging="").exclude(pk__in=over).exclude(mission=None)
    codes = musters.values("mission__code").union(asking.values("mission__code"))
    return sorted(row["mission__code"] for row in codes)


def muster_called(number: str) -> Muster | None:
    return Muster.objects.filter(number=number).first() if number else None

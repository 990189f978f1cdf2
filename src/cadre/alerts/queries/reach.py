"""Whom a message would reach and by what: before it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from cadre.access.queries import seeing
from cadre.accountability.queries.holds import withheld
from cadre.alerts.models import Channel
from cadre.alerts.queries.who import MACHINE, people_at, people_of, with_role
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is meant: people with a post of a mission at these sites or below and of these nations
    (None: all), or these people by code, or holders of roles alone. `roles` come on top.
    """

    mission: Mission
    sites: frozenset[str] | None = None
    nations: frozenset[str] | None = None
    people: frozenset[str] | None = None
    roles: frozenset[str] = frozenset()
    only_roles: bool = False


def audience(to: Audience, *, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """The people and accounts that are meant at a moment, whoever may see their names."""
    accounts = with_role(to.mission, *sorted(to.roles)) if to.roles else []
    if to.only_roles:
        return [], accounts
    if to.people is not None:
        named = Person.objects.filter(code__in=to.people)
        return list(named.values_list("pk", flat=True)), accounts
    return people_at(to.mission, at=at, sites=to.sites, nations=to.nations), accounts


# Of people by what they can be told: an own contact, else the directory's email or phone; the page
# and push messages by the account that has their address.
BY = """
SELECT p.id,
    EXISTS (SELECT FROM alerts_contact AS c
        WHERE c.person_id = p.id AND c.channel = w.channel AND NOT c.dropped)
    OR (
        CASE w.channel WHEN 'email' THEN p.email WHEN 'sms' THEN p.phone WHEN 'voice' THEN p.phone
            ELSE '' END <> ''
        AND NOT EXISTS (SELECT FROM alerts_contact AS c
            WHERE c.person_id = p.id AND c.channel = w.channel)
    )
    OR (w.channel = 'page' AND a.id IS NOT NULL)
    OR (w.channel = 'push' AND EXISTS (
        SELECT FROM alerts_pushsubscription AS s WHERE s.account_id = a.id AND NOT s.dropped
    )),
    w.channel
FROM mission_person AS p CROSS JOIN unnest(%(channels)s::text[]) AS w (channel)
    LEFT JOIN access_account AS a
        ON p.email <> '' AND lower(a.email) = lower(p.email) AND a.is_active
WHERE p.id = ANY (%(people)s)
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a message would reach. `by`: how many by each channel; `none`: those without any way,
    as far as the viewer may see their names; `unnamed`: how many more there are.
    """

    people: int
    accounts: int
    by: Mapping[str, int]
    none: tuple[Person, ...]
    unnamed: int


EVERY: Final = [each.value for each in Channel]


def reach_of(viewer: Viewer, to: Audience, *, at: datetime) -> Reach:
    """Counted with sight of all people; names only as far as the viewer may see them now."""
    with seeing(MACHINE):
        people, accounts = audience(to, at=at)
        theirs = people_of(accounts) if accounts else {}
        alone = [each for each in accounts if each not in theirs]
        everybody = list(dict.fromkeys([*people, *theirs.values()]))
        ways = by_channel(everybody)
    counts = {channel: len(who) for channel, who in ways.items()}
    for channel in ("page", "email"):
        counts[channel] = counts.get(channel, 0) + len(alone)
    missed = set(everybody).difference(*ways.values())
    seen = Person.objects.visible_to(viewer).filter(pk__in=missed - withheld(now=at))
    named = tuple(seen.order_by("name", "code"))
    return Reach(len(everybody), len(alone), counts, named, len(missed) - len(named))


def by_channel(people: Sequence[UUID]) -> dict[str, set[UUID]]:
    """Which of these people can be told by which channel."""
    found: dict[str, set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BY, {"people": list(people), "channels": EVERY})
        for person, reachable, channel in cursor.fetchall():
            if reachable:
                found.setdefault(channel, set()).add(person)
    return found

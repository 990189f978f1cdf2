"""What happened, in the order in which it did, as far as it can be known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from cadre.core.moments import Moment
from cadre.core.releasability import Viewer
from cadre.directives.models import Directive
from cadre.mission.models import Mission
from cadre.record.models import Attribute, Claim, StatedQuerySet, Subject
from cadre.record.queries import began, titles
from cadre.record.queries.answers import live, only_true_on
from cadre.web.queries.incidents import incidents
from cadre.web.queries.levels import level_orders
from cadre.web.queries.orders import Event, later, orders

MOST = 100  # entries on one page


@dataclass(frozen=True, slots=True)
class Wish:
    """What the timeline is narrowed to: a mission by its code, a subject by any of its names."""

    mission: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What is dated alike, however vaguely."""

    when: Moment
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it, latest first; `older` and `newer` are the numbers of the next pages, or 0."""

    groups: tuple[Group, ...]
    missions: tuple[Mission, ...]  # that it can be narrowed to
    older: int
    newer: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A wish as the record knows it: subjects in small letters, None for all of them."""

    subjects: frozenset[str] | None
    directives: Mapping[object, Directive]


def timeline(
    viewer: Viewer, *, on: datetime, known_on: datetime, wish: Wish, page: int = 1
) -> Timeline:
    """Everything dated up to `on` that could be known on `known_on`; or of one mission, or subject.

    The number of queries depends on neither the number of entries nor the page.
    """
    start = began()
    missions = Mission.objects.visible_to(viewer).known_on(known_on, began=start)
    listed = tuple(missions.order_by("name"))
    narrowed = narrow(viewer, wish, listed)
    last = page * MOST
    claims = claims_of(viewer, narrowed, on=on, known_on=known_on)[: last + 1]
    events = [
        *of_claims(viewer, claims),
        *orders(viewer, narrowed.directives, on=on, known_on=known_on, start=start),
    ]
    if not wish.subject:
        events += level_orders(viewer, wish.mission, on=on, known_on=known_on, start=start)
    if wish == Wish():  # an incident belongs to no mission, and no name stands for it
        events += incidents(viewer, on=on, known_on=known_on, start=start, most=last + 1)
    events.sort(key=latest, reverse=True)
    return Timeline(
        grouped(events[last - MOST : last]),
        listed,
        older=page + 1 if len(events) > last else 0,
        newer=page - 1,
    )


def narrow(viewer: Viewer, wish: Wish, missions: Iterable[Mission]) -> Narrowed:
    directives: dict[object, Directive] = {
        row.pk: row
        for row in Directive.objects.visible_to(viewer).select_related("mission")
        if not wish.mission or row.mission.code == wish.mission
    }
    subjects: frozenset[str] | None = None
    if wish.mission:
        names = {name for row in missions if row.code == wish.mission for name in row.subjects}
        names |= {name for row in directives.values() for name in row.subjects}
        subjects = frozenset(name.lower() for name in names)
    if wish.subject:
        meant = keys_of(viewer, wish.subject)
        directives = {
            key: row
            for key, row in directives.items()
            if not meant.isdisjoint(name.lower() for name in row.subjects)
        }
        subjects = meant if subjects is None else subjects & meant
    return Narrowed(subjects, directives)


def keys_of(viewer: Viewer, name: str) -> frozenset[str]:
    """The keys, in small letters, of the subjects that go by a name; the name is one itself."""
    small = name.lower()  # as the record keeps other names
    rows = Subject.objects.visible_to(viewer).filter(
        Q(key__lower=small) | Q(title__iexact=name) | Q(also__contains=[small])
    )
    return frozenset({small, *(row.key.lower() for row in rows)})


def claims_of(
    viewer: Viewer, narrowed: Narrowed, *, on: datetime, known_on: datetime
) -> StatedQuerySet[Claim]:
    rows = only_true_on(live(viewer, known_on=known_on), on).filter(
        Q(when_earliest__isnull=False) | Q(when_latest__isnull=False)
    )
    if narrowed.subjects is not None:
        rows = rows.filter(subject__lower__in=narrowed.subjects)
    placed = Coalesce(F("when_latest"), F("when_earliest"))
    return rows.order_by(placed.desc(), "pack", "reference")


def grouped(events: Iterable[Event]) -> tuple[Group, ...]:
    """By moment, in the order given; in each what changed a posture stands first."""
    gathered: dict[tuple[datetime | None, datetime | None], list[Event]] = {}
    for event in events:
        gathered.setdefault((event.when.latest, event.when.earliest), []).append(event)
    return tuple(
        Group(alike[0].when, tuple(sorted(alike, key=lambda event: event.posture == "none")))
        for alike in gathered.values()
    )


def latest(event: Event) -> datetime:
    """When it had surely happened; what has no such bound stands where it can have begun."""
    bound = event.when.latest or event.when.earliest
    if bound is None:
        raise ValueError("An event without any bound has no place on a timeline.")
    return bound


def of_claims(viewer: Viewer, claims: Iterable[Claim]) -> list[Event]:
    """Claims with what their subjects are called and what their attributes mean."""
    listed = list(claims)
    called = titles(viewer, {claim.subject for claim in listed})
    meant = {
        row.key.lower(): row.meaning
        for row in Attribute.objects.visible_to(viewer).filter(
            key__lower__in={claim.attribute.lower() for claim in listed}
        )
    }
    return [
        Event(
            when=claim.when,
            title=called.get(claim.subject, claim.subject),
            url=reverse("record:claim", args=[claim.pk]),
            attribute=claim.attribute,
            meaning=meant.get(claim.attribute.lower(), ""),
            text=claim.value,
            said_by=tuple(claim.said_by),
            posture="none",
            known_on=later(claim.when, claim.known_from),
            packs=frozenset({claim.pack}),
        )
        for claim in listed
    ]

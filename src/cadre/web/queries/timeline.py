"""What happened, in the order in which it did, as far as it can be known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from cadre.core.moments import Moment
from cadre.core.posture import Posture
from cadre.core.releasability import Viewer
from cadre.directives.models import Directive, Lift, Timing
from cadre.record.models import Claim
from cadre.record.queries import began
from cadre.record.queries.answers import live, only_true_on

MOST = 200  # entries on one page; older ones are reached by an earlier moment


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: when, what, who said so."""

    when: Moment
    title: str
    url: str
    text: str
    said_by: tuple[str, ...]
    posture: str
    known_on: datetime | None  # None where it could be known on the day itself


@dataclass(frozen=True, slots=True)
class Group:
    """What is dated alike, however vaguely."""

    when: Moment
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Latest first; `older`: there is more before the last entry."""

    groups: tuple[Group, ...]
    older: datetime | None


def timeline(viewer: Viewer, *, on: datetime, known_on: datetime, subject: str = "") -> Timeline:
    """Everything dated up to `on` that could be known on `known_on`, about all or one subject."""
    rows = only_true_on(live(viewer, known_on=known_on), on).filter(
        Q(when_earliest__isnull=False) | Q(when_latest__isnull=False)
    )
    if subject:
        rows = rows.filter(subject__lower=subject.lower())
    claims = list(rows.order_by("-when_latest", "reference")[: MOST + 1])
    events = [of_claim(claim) for claim in claims[:MOST]]
    if not subject:
        events += orders(viewer, on=on, known_on=known_on)
    older = claims[MOST].when.latest if len(claims) > MOST else None
    return Timeline(grouped(events), older)


def grouped(events: Iterable[Event]) -> tuple[Group, ...]:
    """By moment, latest first; in each what changed a posture stands first."""
    gathered: dict[tuple[datetime | None, datetime | None], list[Event]] = {}
    for event in sorted(events, key=latest, reverse=True):
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


def later(when: Moment, known_from: datetime) -> datetime | None:
    return None if when.latest is not None and known_from <= when.latest else known_from


def of_claim(claim: Claim) -> Event:
    return Event(
        when=claim.when,
        title=f"{claim.subject} · {claim.attribute}",
        url=reverse("record:claim", args=[claim.pk]),
        text=claim.value,
        said_by=tuple(claim.said_by),
        posture="none",
        known_on=later(claim.when, claim.known_from),
    )


def orders(viewer: Viewer, *, on: datetime, known_on: datetime) -> list[Event]:
    """Directives by what was said of their clocks, and lifts."""
    start = began()
    directives = {
        row.pk: row for row in Directive.objects.visible_to(viewer).select_related("mission")
    }
    timings = Timing.objects.visible_to(viewer).known_on(known_on, began=start)
    lifts = Lift.objects.visible_to(viewer).known_on(known_on, began=start)
    found = [
        of_order(directives[row.directive_id], row.moment, str(row.get_clock_display()), row)
        for row in timings
        if row.directive_id in directives and row.moment.stated and row.moment.perhaps_by(on)
    ]
    found += [
        of_order(directives[row.directive_id], row.effective, row.number, row)
        for row in lifts
        if row.directive_id in directives and row.effective.stated and row.effective.perhaps_by(on)
    ]
    return found


def of_order(row: Directive, when: Moment, what: str, said: Timing | Lift) -> Event:
    return Event(
        when=when,
        title=f"{row.number} · {what}",
        url=reverse("directives:directive", args=[row.number]),
        text=said.reason if isinstance(said, Lift) else row.reason,
        said_by=(row.authority,),
        posture="running" if isinstance(said, Lift) else Posture(row.effect).word,
        known_on=later(when, said.known_from),
    )

"""Where people are known to have been last, and whether that is within what a muster is about."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db import models

from cadre.accountability.models import (
    CheckIn,
    ManifestLine,
    MovementEvent,
    MovementReport,
    PlaceSource,
    Sighting,
    VoiceChoices,
)
from cadre.accountability.queries.sight import counting
from cadre.core.accountability.fading import STALE_AFTER
from cadre.core.distance import kilometres
from cadre.mission.coordinates import Position
from cadre.mission.models import Site, SiteKind
from cadre.mission.queries.reading import Reading
from cadre.mission.queries.sites import position_of

AREAS: Final = frozenset({SiteKind.COUNTRY, SiteKind.AREA})  # too large to say where somebody is


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was, by whom that is known, and when (aware; None: as the post says).

    `site`: a code, "" for none on record; `words`: as it was said.
    """

    source: str
    site: str = ""
    words: str = ""
    position: Position | None = None
    seen_at: datetime | None = None
    said_by: str = ""
    how: str = ""
    direct: bool = False

    @property
    def known(self) -> bool:
        return bool(self.site or self.words or self.position)


NOWHERE: Final = Place(PlaceSource.NOBODY)


@dataclass(frozen=True, slots=True)
class Circle:
    """So many kilometres around a point (WGS 84, degrees)."""

    centre: Position
    km: float


@dataclass(frozen=True)
class Map:
    """The tree of places as it is described, read once."""

    reading: Reading

    @cached_property
    def sites(self) -> dict[str, Site]:
        rows = Site.objects.visible_to(self.reading.viewer)
        return {row.code: row for row in self.reading.described(rows)}

    def path(self, code: str) -> frozenset[str]:
        """The place and all in which it lies; only itself where it is not on record."""
        row = self.sites.get(code)
        return frozenset(row.path if row else {code} if code else ())

    def position(self, code: str) -> Position | None:
        """Where a place is: its own position, a room's by what it lies in; an area has none."""
        row = self.sites.get(code)
        while row is not None and row.kind not in AREAS:
            found = position_of(row)
            if found is not None:
                return found
            row = self.sites.get(row.path[-2]) if len(row.path) > 1 else None
        return None

    def name(self, code: str) -> str:
        row = self.sites.get(code)
        return row.name if row else code

    def around(self, circle: Circle, codes: Iterable[str]) -> list[str]:
        """Of these places, those that surely lie within a circle."""
        positions = ((code, self.position(code)) for code in codes)
        return [
            code
            for code, found in positions
            if found is not None and kilometres(circle.centre, found) <= circle.km
        ]


@dataclass(frozen=True)
class Within:
    """What a muster is about: places (None: anywhere) and a circle, if there is one."""

    map: Map
    sites: frozenset[str] | None = None
    circle: Circle | None = None

    def holds(self, place: Place) -> bool | None:
        """Whether somebody at a place is within; None: may be, and nobody can tell."""
        answers = {self.at_sites(place), self.in_circle(place)}
        if False in answers:
            return False
        return None if None in answers else True

    def at_sites(self, place: Place) -> bool | None:
        if self.sites is None:
            return True
        path = self.map.path(place.site)
        if path & self.sites:
            return True
        larger = any(place.site in self.map.path(each) for each in self.sites)
        return False if place.site and not larger else None

    def in_circle(self, place: Place) -> bool | None:
        if self.circle is None:
            return True
        position = place.position or self.map.position(place.site)
        if position is None:
            return None
        return kilometres(self.circle.centre, position) <= self.circle.km


def last_places(
    reading: Reading, people: Collection[UUID] | None = None, *, exercise: bool
) -> dict[UUID, Place]:
    """Of each person the latest sighting or arrival by the moment read; who has none is left out.

    Sightings, and reports that name a site, count for twelve hours; an arrival counts until
    something later is known. What was said in an exercise counts in exercises only. `people` None:
    everybody. Reads with the sight of `reading.viewer`.
    """
    found: dict[UUID, Place] = {}
    for person, place in (
        *sightings(reading, people),
        *reported(reading, people, exercise=exercise),
        *arrivals(reading, people, exercise=exercise),
    ):
        found[person] = max(found.get(person, place), place, key=rank)
    return found


def rank(place: Place) -> tuple[float, bool, str]:
    """The latest counts; of one moment the one who was in contact, then the first by name."""
    seen = place.seen_at.timestamp() if place.seen_at else 0.0
    return seen, place.direct, place.source


def of(people: Collection[UUID] | None) -> models.Q:
    return models.Q() if people is None else models.Q(person__in=people)


def since(reading: Reading, limit: timedelta = STALE_AFTER) -> datetime:
    return reading.on - limit


def sightings(reading: Reading, people: Collection[UUID] | None) -> Iterable[tuple[UUID, Place]]:
    rows = Sighting.objects.filter(of(people), seen_at__gt=since(reading), seen_at__lte=reading.on)
    latest = reading.stated(rows).order_by("person", "-seen_at", "-recorded_at")
    for row in latest.select_related("site").distinct("person"):
        yield row.person_id, place_of(row)


def place_of(row: Sighting) -> Place:
    position = None
    if row.latitude is not None and row.longitude is not None:
        position = Position(row.latitude, row.longitude)
    return Place(
        PlaceSource.SIGHTING,
        site=row.site.code if row.site else "",
        words=row.place,
        position=position,
        seen_at=row.seen_at,
        said_by=row.source,
        how=row.how,
    )


def reported(
    reading: Reading, people: Collection[UUID] | None, *, exercise: bool
) -> Iterable[tuple[UUID, Place]]:
    """Places that reports name, by the person or somebody in charge: hearsay places nobody."""
    rows = CheckIn.objects.filter(
        of(people), occurred_at__gt=since(reading), occurred_at__lte=reading.on
    ).exclude(models.Q(voice=VoiceChoices.OTHER) | models.Q(site="", place=""))
    if not exercise:
        rows = rows.exclude(muster__exercise=True)
    latest = reading.stated(rows).order_by("person", "-occurred_at", "-recorded_at")
    for row in latest.distinct("person"):
        place = Place(
            PlaceSource.SIGHTING, row.site, row.place,
            seen_at=row.occurred_at, said_by=row.said_by, how=row.how, direct=True,
        )  # fmt: skip  # a row
        yield row.person_id, place


def arrivals(
    reading: Reading, people: Collection[UUID] | None, *, exercise: bool
) -> Iterable[tuple[UUID, Place]]:
    """Where movements brought people: each who is known to have arrived, or all who stand on the
    manifest of one that arrived as a whole, unless somebody said of them that they were not aboard.
    Where the head count on arrival is another one nobody knows who is missing: it moves nobody.
    """
    rows = MovementReport.objects.filter(occurred_at__lte=reading.on)
    if not exercise:
        rows = rows.filter(movement__exercise=False)
    reports = list(reading.stated(rows).select_related("movement__to_site"))
    own = latest_of_each(reports)
    expected = on_board({each.movement_id for each in reports}, own)
    whole = {
        each.movement_id: each
        for each in sorted(reports, key=occurred)
        if each.person_id is None
        and each.event == MovementEvent.ARRIVED
        and each.head_count == expected.get(each.movement_id, 0)
    }
    lines = ManifestLine.objects.filter(of(people), movement__in={r.movement_id for r in reports})
    for movement, person in reading.stated(lines).values_list("movement", "person"):
        report = arrival(own.get((movement, person)), whole.get(movement))
        if report is not None:
            yield person, arrived_at(report)


def occurred(report: MovementReport) -> datetime:
    return report.occurred_at


def latest_of_each(
    reports: Iterable[MovementReport],
) -> Mapping[tuple[UUID, UUID], MovementReport]:
    """The last that was said of each person of each movement."""
    return {
        (each.movement_id, each.person_id): each
        for each in sorted(reports, key=occurred)
        if each.person_id is not None
    }


def on_board(
    movements: Collection[UUID], own: Mapping[tuple[UUID, UUID], MovementReport]
) -> dict[UUID, int]:
    """How many stand on each manifest, less those of whom it was said that they were not aboard: a
    number of all, whoever asks.
    """
    left_behind = Counter(
        movement for (movement, _p), each in own.items() if each.event == MovementEvent.NOT_ABOARD
    )
    with counting():
        lines = ManifestLine.objects.filter(movement__in=movements).values_list("movement")
        counted = dict(lines.annotate(number=models.Count("pk")).order_by("movement"))
    return {movement: number - left_behind[movement] for movement, number in counted.items()}


def arrival(own: MovementReport | None, whole: MovementReport | None) -> MovementReport | None:
    """By which report somebody arrived; None: not known to have."""
    if own is not None and own.event == MovementEvent.ARRIVED:
        return own
    if own is not None and own.event == MovementEvent.NOT_ABOARD:
        return None
    return whole


def arrived_at(report: MovementReport) -> Place:
    movement = report.movement
    return Place(
        PlaceSource.ARRIVAL,
        site=movement.to_site.code if movement.to_site else "",
        words=movement.to_place,
        seen_at=report.occurred_at,
        said_by=report.said_by,
        how=movement.number,
    )

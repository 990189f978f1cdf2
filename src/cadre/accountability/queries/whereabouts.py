"""One person, without a muster: last place, stays, and whether the name is held."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from cadre.accountability.models import PersonnelStatus, Sighting
from cadre.accountability.queries.holds import Hold, hold_of
from cadre.accountability.queries.lines import Whereabouts, placed
from cadre.accountability.queries.places import NOWHERE, Map, last_places
from cadre.accountability.queries.when import When
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Person
from cadre.mission.queries.reading import Reading

FEW = 50  # sightings on one page


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What is on record of one person's stay. Everything the latest first."""

    where: Whereabouts
    statuses: tuple[PersonnelStatus, ...]
    sightings: tuple[Sighting, ...]
    hold: Hold | None


def whereabouts_of(viewer: Viewer, person: Person, when: When) -> PersonPage:
    """Of a person whom the viewer may see; of a hold only if the viewer may know of it."""
    reading = Reading(viewer, on=when.on, known_on=when.known_on)
    seen = last_places(reading, [person.pk], exercise=False).get(person.pk, NOWHERE)
    statuses = reading.stated(
        PersonnelStatus.objects.filter(person=person, begins_at__lte=when.on)
    ).select_related("mission", "site", "person__nation")
    sightings = reading.stated(Sighting.objects.filter(person=person, seen_at__lte=when.on))
    return PersonPage(
        where=placed(Map(reading), seen, when.on),
        statuses=tuple(statuses.order_by("-begins_at", "-recorded_at")),
        sightings=tuple(
            sightings.select_related("site").order_by("-seen_at", "-recorded_at")[:FEW]
        ),
        hold=hold_of(viewer, person, now=when.now),
    )


def statuses(viewer: Viewer, mission: Mission, when: When) -> tuple[PersonnelStatus, ...]:
    """What is in force of stays with a mission, by kind and name; of whom the viewer may see."""
    reading = Reading(viewer, on=when.on, known_on=when.known_on)
    rows = PersonnelStatus.objects.filter(
        models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=when.on),
        mission=mission,
        begins_at__lte=when.on,
    )
    known = reading.stated(rows).select_related("person__nation", "mission", "site")
    return tuple(known.order_by("kind", "person__name", "person", "begins_at"))


def status_called(rows: Iterable[PersonnelStatus], key: object) -> PersonnelStatus | None:
    """The one of these rows with an id; None where there is none."""
    return next((row for row in rows if row.pk == key), None)

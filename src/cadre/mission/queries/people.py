"""The directory of people: whoever their nation releases to the viewer, and nobody else."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db import models

from cadre.access.models import MarkedQuerySet
from cadre.core.releasability import Viewer
from cadre.mission.models import Holding, Person
from cadre.mission.queries.holdings import began_at, contains, held
from cadre.mission.queries.posts import PAGE, Filter, Listed
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person and the posts held at the moment asked about."""

    person: Person
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person, and all the posts ever held, latest first."""

    person: Person
    now: tuple[Holding, ...]
    holdings: tuple[Holding, ...]


def seen(viewer: Viewer) -> MarkedQuerySet[Person]:
    return Person.objects.visible_to(viewer).select_related("nation")


def people(
    viewer: Viewer, narrowed: Filter, *, page: int, on: datetime, known_on: datetime | None
) -> Listed[PersonLine]:
    """A page of the people whose names the viewer may see, by name."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = narrow(seen(viewer), narrowed, on).order_by("name", "code")
    found = Paginator(rows, PAGE).get_page(page)
    shown = reading.described(found.object_list)
    by_person: dict[object, list[Holding]] = {}
    for each in held(reading, Holding.objects.filter(person__in=[row.pk for row in shown])):
        by_person.setdefault(each.person_id, []).append(each)
    lines = [PersonLine(row, tuple(by_person.get(row.pk, ()))) for row in shown]
    return Listed.of(found, lines)


def narrow(rows: MarkedQuerySet[Person], narrowed: Filter, on: datetime) -> MarkedQuerySet[Person]:
    if narrowed.words:
        rows = rows.filter(
            models.Q(name__icontains=narrowed.words) | models.Q(code__icontains=narrowed.words)
        )
    if narrowed.nation:
        rows = rows.filter(nation__code=narrowed.nation)
    if narrowed.mission or narrowed.site:
        rows = rows.filter(models.Exists(on_post(narrowed, on)))
    return rows


def on_post(narrowed: Filter, on: datetime) -> MarkedQuerySet[Holding]:
    rows = Holding.objects.filter(person=models.OuterRef("pk"), during__contains=on)
    if narrowed.mission:
        rows = rows.filter(post__mission__code=narrowed.mission)
    if narrowed.site:
        rows = rows.filter(post__site__path__contains=[narrowed.site])
    return rows


def person(
    viewer: Viewer, code: str, *, on: datetime, known_on: datetime | None
) -> PersonView | None:
    """One person; None when there is none whom the viewer may see."""
    reading = Reading(viewer, on=on, known_on=known_on)
    row = next(iter(reading.described(seen(viewer).filter(code=code))), None)
    if row is None:
        return None
    rows = Holding.objects.visible_to(viewer).filter(person=row)
    all_of_them = reading.described(rows.select_related("post__mission", "post__site"))
    return PersonView(
        person=row,
        now=tuple(each for each in all_of_them if contains(each, on)),
        holdings=tuple(sorted(all_of_them, key=began_at, reverse=True)),
    )


def find(viewer: Viewer, code: str) -> Person | None:
    """The person with a code as described now; None when there is none whom the viewer may see."""
    return seen(viewer).filter(code=code).first()

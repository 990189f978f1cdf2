"""Incidents as a list, and those near a site: what is unclear is told, and never taken as safe."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cadre.core.answers import Said
from cadre.core.releasability import Viewer
from cadre.mission.models import Site
from cadre.mission.queries.posts import Extent, Listed
from cadre.mission.queries.reading import Reading
from cadre.mission.queries.sites import position_of
from cadre.mission.queries.versions import live
from cadre.record.models import StatedQuerySet
from cadre.situation.models import Incident
from cadre.situation.queries.nearness import Around, Placed, maybe_before, placed

PAGE: Final = 50  # incidents on one page
ANYWHERE: Final = Placed(near=True, distance=None)


class Unclear(StrEnum):
    """What leaves open whether an incident is one of those asked for."""

    SEVERITY = "severity"
    PLACE = "place"
    MOMENT = "moment"

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self])


SENTENCES: Final = {
    Unclear.SEVERITY: _("How severe it was is not stated."),
    Unclear.PLACE: _("Where it was is not known well enough to tell how far."),
    Unclear.MOMENT: _("When it was is not known well enough to tell whether it counts."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What incidents are narrowed to: from a moment on, of a severity (1 to 5) at least, and with
    these words in it; nothing is no limit.
    """

    since: datetime | None = None
    least: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """An incident as somebody asked about it, with its site as far as he may see it.

    `distance`: in kilometres from the site asked about; None where no site was, or where it is not
    stated. `why`: what leaves open whether it is one of those asked for.
    """

    incident: Incident
    site: Site | None
    distance: float | None
    why: tuple[Unclear, ...]
    said: tuple[Said, ...] = ()

    @property
    def unclear(self) -> bool:
        return bool(self.why)


def find(viewer: Viewer, row: UUID) -> Incident | None:
    """A report of an incident by its id; None when the viewer may know of none."""
    return Incident.objects.visible_to(viewer).filter(pk=row).select_related("site").first()


def called(viewer: Viewer, number: str) -> Incident | None:
    """What is reported last of an incident by its number; None when the viewer may know of none."""
    rows = live(Incident.objects.visible_to(viewer), known_on=None, began=None)
    return rows.filter(number=number).select_related("site").first()


def incidents(
    viewer: Viewer,
    wish: Wish,
    around: Around | None = None,
    *,
    page: int,
    on: datetime,
    known_on: datetime | None,
) -> Listed[Near]:
    """A page of the incidents that can have happened by `on`, newest first; of those that nobody
    dated, by when they were reported. Narrowed to a wish, and to what is around a site: what is
    unclear stays on the list.
    """
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = narrowed(reading, wish)
    if around is None:
        found = Paginator(rows, PAGE).get_page(page)
        return Listed.of(found, told(reading, measured(reading, list(found), wish)))
    chosen = Paginator(tuple(measured(reading, list(rows), wish, around)), PAGE).get_page(page)
    extent = Extent(chosen.paginator.count, chosen.paginator.num_pages)
    return Listed(told(reading, chosen.object_list), chosen.number, extent)


def near(
    viewer: Viewer, around: Around, wish: Wish, *, on: datetime, known_on: datetime | None
) -> tuple[Near, ...]:
    """The incidents around a site that can have happened by `on`, newest first; () for none.

    What lies in the site is near whatever its distance; what lies elsewhere by its distance. What
    is only known to lie in a larger place around the site, or in no place that can be measured, is
    given as unclear; so is what may have been too long ago or less severe. From a site without a
    position no distance can be told: incidents elsewhere are left out then, and `measurable` is
    False.
    """
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = list(narrowed(reading, wish))
    return told(reading, measured(reading, rows, wish, around))


def measurable(site: Site) -> bool:
    """Whether distances from a site can be told; where not, only the tree of places counts."""
    return position_of(site) is not None


def narrowed(reading: Reading, wish: Wish) -> StatedQuerySet[Incident]:
    """The incidents that may be meant as far as the database can tell, newest first."""
    begun = models.Q(occurred_earliest__isnull=True) | models.Q(occurred_earliest__lte=reading.on)
    rows = reading.stated(Incident.objects.all()).filter(begun)
    if wish.words:
        named = models.Q(number__icontains=wish.words) | models.Q(what__icontains=wish.words)
        rows = rows.filter(named | models.Q(place__icontains=wish.words))
    if wish.since is not None:
        undated = models.Q(occurred_latest__isnull=True)
        rows = rows.filter(undated | models.Q(occurred_latest__gte=wish.since))
    if wish.least is not None:
        rows = rows.filter(models.Q(severity__isnull=True) | models.Q(severity__gte=wish.least))
    happened = Coalesce("occurred_latest", "occurred_earliest", "recorded_at")
    return rows.order_by(happened.desc(), "-number")


def measured(
    reading: Reading, rows: Sequence[Incident], wish: Wish, around: Around | None = None
) -> Iterator[Near]:
    """Those of these incidents that are around a site, if one is asked about, as far as anybody
    can tell.
    """
    sites = sites_of(reading, rows)
    for row in rows:
        site = sites.get(row.site_id)
        where = placed(row.position, site, around) if around else ANYWHERE
        if where.near:
            yield Near(row, site, where.distance, tuple(doubts(row, wish, where)))


def doubts(row: Incident, wish: Wish, where: Placed) -> Iterator[Unclear]:
    if wish.least is not None and row.severity is None:
        yield Unclear.SEVERITY
    if where.unclear:
        yield Unclear.PLACE
    if wish.since is not None and maybe_before(row.occurred, wish.since):
        yield Unclear.MOMENT


def sites_of(reading: Reading, rows: Iterable[Incident]) -> dict[UUID | None, Site]:
    """The sites of these incidents that the viewer may see, as they were described then."""
    named = {row.site_id for row in rows if row.site_id is not None}
    if not named:
        return {}
    found = Site.objects.visible_to(reading.viewer).filter(pk__in=named)
    return {site.pk: site for site in reading.described(found)}


def told(reading: Reading, found: Iterable[Near]) -> tuple[Near, ...]:
    """The same with who said it."""
    listed = tuple(found)
    book = reading.book([each.incident for each in listed])
    return tuple(replace(each, said=book.of(each.incident)) for each in listed)

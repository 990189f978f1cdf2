"""The tree of places."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from cadre.core.releasability import Viewer
from cadre.mission.coordinates import Position
from cadre.mission.models import Presence, Site, SiteKind
from cadre.mission.queries.posts import PostLine, seen, with_holders
from cadre.mission.queries.reading import Reading, Told

POSTS = 50  # on a site's own page; the list of posts has them all


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One place in the tree, with its depth below the first one shown."""

    site: Site
    depth: int
    position: Position | None
    rooms: int = 0

    @property
    def dots(self) -> str:
        """A dot for each step down."""
        return "· " * self.depth


@dataclass(frozen=True, slots=True)
class SiteView:
    """Everything about one place."""

    site: Site
    position: Position | None
    above: tuple[Site, ...]  # from the root down
    parts: tuple[SiteLine, ...]
    presences: tuple[Told[Presence], ...]
    posts: tuple[PostLine, ...]
    more_posts: bool


def position_of(site: Site) -> Position | None:
    """Where a site is; None where nobody said."""
    if site.latitude is None or site.longitude is None:
        return None
    return Position(site.latitude, site.longitude)


def line_of(site: Site, rooms: int = 0, *, below: int = 1) -> SiteLine:
    return SiteLine(site, len(site.path) - below, position_of(site), rooms)


def sites(viewer: Viewer, *, on: datetime, known_on: datetime | None) -> list[SiteLine]:
    """All places but rooms, each below the one that it lies in, with the number of its rooms."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = Site.objects.visible_to(viewer).exclude(kind=SiteKind.ROOM).order_by("path")
    counted = (
        Site.objects.visible_to(viewer)
        .filter(kind=SiteKind.ROOM)
        .values_list("parent")
        .annotate(number=models.Count("pk"))
    )
    rooms = dict(counted)
    return [line_of(row, rooms.get(row.pk, 0)) for row in reading.described(rows)]


def site(viewer: Viewer, code: str, *, on: datetime, known_on: datetime | None) -> SiteView | None:
    """One place; None when the viewer may know of none with this code."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = Site.objects.visible_to(viewer)
    found = reading.described(rows.filter(code=code).select_related("parent"))
    if not found:
        return None
    row = found[0]
    family = reading.described(
        rows.filter(models.Q(path__contains=[code]) | models.Q(code__in=row.path[:-1]))
        .exclude(pk=row.pk)
        .order_by("path")
    )
    here = [row, *(each for each in family if each.code not in row.path)]
    presences = list(
        reading.stated(Presence.objects.filter(site__in=here).select_related("mission", "site"))
    )
    held_here = seen(viewer).filter(site__path__contains=[code]).order_by("code")
    posts = with_holders(reading, reading.described(held_here[: POSTS + 1]))
    return SiteView(
        site=row,
        position=position_of(row),
        above=tuple(each for each in family if each.code in row.path),
        parts=tuple(
            line_of(each, below=len(row.path) + 1) for each in family if each.code not in row.path
        ),
        presences=reading.book(presences).tell(presences),
        posts=posts[:POSTS],
        more_posts=len(posts) > POSTS,
    )


def find(viewer: Viewer, code: str) -> Site | None:
    """The site with a code as described now; None when the viewer may know of none."""
    return Site.objects.visible_to(viewer).filter(code=code).select_related("parent").first()

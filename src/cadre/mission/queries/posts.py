"""Posts and who holds them as of a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db import models

from cadre.access.models import MarkedQuerySet
from cadre.core.releasability import Viewer
from cadre.mission.models import Holding, Mission, Post, Task
from cadre.mission.queries.holdings import began_at, contains, held
from cadre.mission.queries.reading import Reading

PAGE = 100  # posts or people on one page


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is in all, under the names that Django's paginator has for it."""

    count: int
    num_pages: int


@dataclass(frozen=True, slots=True)
class Listed[Line]:
    """One page of a long list: what a template needs to show it and to lead to the others."""

    object_list: Sequence[Line]
    number: int
    paginator: Extent

    @classmethod
    def of[Row: models.Model](cls, page: "Page[Row]", lines: Sequence[Line]) -> "Listed[Line]":
        extent = Extent(page.paginator.count, page.paginator.num_pages)
        return cls(lines, page.number, extent)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.paginator.num_pages

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post and who holds it, as far as the viewer may see. Nobody: none that he may see."""

    post: Post
    holder: Holding | None


@dataclass(frozen=True, slots=True)
class PostView:
    """Everything about one post."""

    post: Post
    holder: Holding | None
    holdings: tuple[Holding, ...]  # latest first
    under: tuple[Post, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; empty is no limit."""

    words: str = ""
    nation: str = ""
    mission: str = ""
    site: str = ""


def seen(viewer: Viewer) -> MarkedQuerySet[Post]:
    rows = Post.objects.visible_to(viewer)
    return rows.select_related("mission", "nation", "site", "reports_to")


def posts_of(reading: Reading, mission: Mission, most: int) -> tuple[PostLine, ...]:
    """The posts of a mission by code, at most so many."""
    rows = seen(reading.viewer).filter(mission=mission).order_by("code")[:most]
    return with_holders(reading, reading.described(rows))


def posts(
    viewer: Viewer, narrowed: Filter, *, page: int, on: datetime, known_on: datetime | None
) -> Listed[PostLine]:
    """A page of the posts that the viewer may see, by code."""
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = narrow(seen(viewer), narrowed).order_by("code")
    found = Paginator(rows, PAGE).get_page(page)
    lines = with_holders(reading, reading.described(found.object_list))
    return Listed.of(found, lines)


def narrow(rows: MarkedQuerySet[Post], narrowed: Filter) -> MarkedQuerySet[Post]:
    if narrowed.words:
        rows = rows.filter(
            models.Q(title__icontains=narrowed.words) | models.Q(code__icontains=narrowed.words)
        )
    if narrowed.nation:
        rows = rows.filter(nation__code=narrowed.nation)
    if narrowed.mission:
        rows = rows.filter(mission__code=narrowed.mission)
    if narrowed.site:
        rows = rows.filter(site__path__contains=[narrowed.site])
    return rows


def post(viewer: Viewer, code: str, *, on: datetime, known_on: datetime | None) -> PostView | None:
    """One post with its holders; None when the viewer may know of none with this code."""
    reading = Reading(viewer, on=on, known_on=known_on)
    row = next(iter(reading.described(seen(viewer).filter(code=code))), None)
    if row is None:
        return None
    held = reading.described(
        Holding.objects.visible_to(viewer).filter(post=row).select_related("person")
    )
    return PostView(
        post=row,
        holder=next((each for each in held if contains(each, on)), None),
        holdings=tuple(sorted(held, key=began_at, reverse=True)),
        under=tuple(reading.described(Post.objects.visible_to(viewer).filter(reports_to=row))),
        tasks=tuple(reading.described(row.tasks.visible_to(viewer))),
    )


def find(viewer: Viewer, code: str) -> Post | None:
    """The post with a code as it is now; None when the viewer may know of none."""
    return seen(viewer).filter(code=code).first()


def with_holders(reading: Reading, rows: Sequence[Post]) -> tuple[PostLine, ...]:
    rowed = held(reading, Holding.objects.filter(post__in=[row.pk for row in rows]))
    holders = {each.post_id: each for each in rowed}
    return tuple(PostLine(row, holders.get(row.pk)) for row in rows)

"""Search over everything that the viewer may see."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Count, Q, Window

from cadre.access.models import Marked, MarkedQuerySet
from cadre.core.releasability import Viewer
from cadre.mission.models import Post
from cadre.mission.queries.posts import PostLine, with_holders
from cadre.mission.queries.reading import Reading
from cadre.record.models import Claim, Stated, StatedQuerySet
from cadre.record.queries import began
from cadre.web.queries.kinds import KINDS, Kind

FEW = 5  # hits shown of each kind side by side
EACH = 50  # hits on a page of one kind

WORDS = SearchVector("subject", "attribute", "value", "summary", config="simple")


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that holds the words. `code` is what staff call it by, where it has one."""

    title: str
    url: str
    text: str
    pack: str
    code: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of one kind, of so many; `older` and `newer` are numbers of pages, or 0."""

    key: str
    kind: str
    hits: tuple[Hit, ...]
    total: int
    older: int
    newer: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, by whom, as of when; of one kind, or a few of each."""

    viewer: Viewer
    words: tuple[str, ...]
    on: datetime
    known_on: datetime
    start: datetime | None
    kind: str = ""
    page: int = 1

    @property
    def most(self) -> int:
        return EACH if self.kind else FEW


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


def search(
    viewer: Viewer, text: str, *, on: datetime, known_on: datetime, kind: str = "", page: int = 1
) -> list[Found]:
    """Hits by kind; kinds without a hit are left out. Every word must occur. Without a kind, a few
    of each with how many there are in all; with one, a page of that kind.
    """
    words = words_of(text)
    if not words:
        return []
    sought = Sought(viewer, words, on, known_on, began(), kind, page)
    found = [look_for(each, sought) for each in KINDS if kind in {"", each.key}]
    return [each for each in found if each.hits]


def look_for(kind: Kind, sought: Sought) -> Found:
    rows = matching(kind, sought).annotate(total=Window(Count("pk")))
    first = (sought.page - 1) * sought.most if sought.kind else 0
    listed = list(rows.order_by(*kind.order)[first : first + sought.most])
    total = listed[0].total if listed else 0
    return Found(
        key=kind.key,
        kind=str(kind.label),
        hits=hits_of(kind, listed, sought),
        total=total,
        older=sought.page + 1 if sought.kind and total > first + sought.most else 0,
        newer=sought.page - 1 if sought.kind else 0,
    )


def matching(kind: Kind, sought: Sought) -> MarkedQuerySet[Marked]:
    rows: MarkedQuerySet[Marked] = kind.model.objects.visible_to(sought.viewer)
    if isinstance(rows, StatedQuerySet) and issubclass(kind.model, Stated):
        rows = rows.known_on(sought.known_on, began=sought.start)
    if kind.with_rows:
        rows = rows.select_related(*kind.with_rows)
    if kind.model is Claim:
        query = " & ".join(f"{word}:*" for word in sought.words)
        sure = SearchQuery(query, config="simple", search_type="raw")
        found = rows.annotate(words=WORDS).filter(words=sure)
        return cast("MarkedQuerySet[Marked]", found)  # the annotation is only asked about
    return rows.filter(every(sought.words, kind.fields))


def every(words: Iterable[str], fields: Iterable[str]) -> Q:
    condition = Q()
    for word in words:
        anywhere = Q()
        for name in fields:
            path = name if "__" in name else f"{name}__icontains"
            anywhere |= Q(**{path: word})
        condition &= anywhere
    return condition


def hits_of(kind: Kind, rows: Sequence[Marked], sought: Sought) -> tuple[Hit, ...]:
    more = holders(rows, sought) if kind.model is Post else no_more
    return tuple(
        Hit(
            title=kind.title(row),
            url=kind.url(row),
            text=" · ".join(filter(None, [*kind.text(row, sought.words), more(row)])),
            pack=str(getattr(row, "pack", "")),
            code=kind.code(row),
        )
        for row in rows
    )


def no_more(_row: Marked) -> str:
    return ""


def holders(rows: Sequence[Marked], sought: Sought) -> Callable[[Marked], str]:
    """Who holds which of these posts, as far as the viewer may see."""
    reading = Reading(sought.viewer, on=sought.on, known_on=sought.known_on)
    posts = [row for row in rows if isinstance(row, Post)]
    lines: tuple[PostLine, ...] = with_holders(reading, posts)
    names = {line.post.pk: str(line.holder.person) for line in lines if line.holder}
    return lambda row: names.get(row.pk, "")

"""Search over everything that the viewer may see."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadre.access.models import Marked, MarkedQuerySet
from cadre.core.releasability import Viewer
from cadre.directives.models import Directive
from cadre.mission.models import Mission, Organisation, Person, Post, Site
from cadre.record.models import Claim, Document, Source, Stated, StatedQuerySet, Subject
from cadre.record.queries import began

EACH = 20  # hits shown of each kind

WORDS = SearchVector("subject", "attribute", "value", "summary", config="simple")


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    text: str
    pack: str


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one kind; `more`: there are others, so ask more exactly."""

    kind: str | Promise
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """What is searched, by which fields, and how a hit is shown."""

    label: Promise
    model: type[Marked]
    fields: tuple[str, ...]
    url: Callable[[object], str]
    text: Callable[[object], str]


def page(name: str, attribute: str) -> Callable[[object], str]:
    return lambda row: reverse(name, args=[getattr(row, attribute)])


def field(name: str) -> Callable[[object], str]:
    return lambda row: str(getattr(row, name))


KINDS = (
    Kind(
        _("Missions"),
        Mission,
        ("code", "name", "nature", "area"),
        page("mission:mission", "code"),
        field("nature"),
    ),
    Kind(
        _("Directives"),
        Directive,
        ("number", "authority", "reason"),
        page("directives:directive", "number"),
        field("reason"),
    ),
    Kind(
        _("Subjects"),
        Subject,
        ("key", "title", "kind"),
        page("record:subject", "key"),
        field("kind"),
    ),
    Kind(
        _("Sources"),
        Source,
        ("name", "title", "author", "publisher"),
        page("record:source", "pk"),
        field("kind"),
    ),
    Kind(
        _("Documents"),
        Document,
        ("file_name", "sentences__icontains"),
        page("intake:document", "pk"),
        field("media_type"),
    ),
    Kind(
        _("People"), Person, ("code", "name", "rank"), page("mission:person", "code"), field("rank")
    ),
    Kind(_("Posts"), Post, ("code", "title"), page("mission:post", "code"), field("line")),
    Kind(_("Sites"), Site, ("code", "name"), page("mission:site", "code"), field("kind")),
    Kind(
        _("Organisations"),
        Organisation,
        ("code", "name"),
        page("mission:organisation", "code"),
        field("kind"),
    ),
)


def search(viewer: Viewer, text: str, *, known_on: datetime) -> list[Found]:
    """Hits by kind, claims first; kinds without a hit are left out. Every word must occur."""
    words = re.findall(r"\w+", text)
    if not words:
        return []
    start = began()
    found = [claims(viewer, words, known_on=known_on, start=start)]
    for kind in KINDS:
        rows: MarkedQuerySet[Marked] = kind.model.objects.visible_to(viewer)
        if isinstance(rows, StatedQuerySet) and issubclass(kind.model, Stated):
            rows = rows.known_on(known_on, began=start)
        found.append(gathered(kind, rows.filter(every(words, kind.fields))[: EACH + 1]))
    return [each for each in found if each.hits]


def every(words: Iterable[str], fields: Iterable[str]) -> Q:
    condition = Q()
    for word in words:
        anywhere = Q()
        for name in fields:
            path = name if "__" in name else f"{name}__icontains"
            anywhere |= Q(**{path: word})
        condition &= anywhere
    return condition


def gathered(kind: Kind, rows: Iterable[Marked]) -> Found:
    listed = list(rows)
    hits = tuple(
        Hit(str(row), kind.url(row), kind.text(row), getattr(row, "pack", ""))
        for row in listed[:EACH]
    )
    return Found(kind.label, hits, more=len(listed) > EACH)


def claims(
    viewer: Viewer, words: list[str], *, known_on: datetime, start: datetime | None
) -> Found:
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )
    rows: StatedQuerySet[Claim] = Claim.objects.visible_to(viewer)
    matching = rows.known_on(known_on, began=start).annotate(words=WORDS).filter(words=query)
    listed = list(matching.order_by("-when_latest", "reference")[: EACH + 1])
    hits = tuple(
        Hit(
            f"{row.reference} · {row.subject} · {row.attribute}",
            reverse("record:claim", args=[row.pk]),
            row.value,
            row.pack,
        )
        for row in listed[:EACH]
    )
    return Found(_("Claims"), hits, more=len(listed) > EACH)

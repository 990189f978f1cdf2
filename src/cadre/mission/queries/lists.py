"""People, posts, organisations and sites as lists: one text per column, for files in and out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from cadre.core.releasability import Viewer
from cadre.mission.models import Holding, Organisation, Person, Post, Site
from cadre.mission.queries import people, posts, sites
from cadre.mission.queries.holdings import began_at

type Row = Person | Post | Organisation | Site

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. `required`: no new row goes without it."""

    name: str
    meaning: object  # translated when it is shown
    required: bool = False


CODE = Column("code", _("The code by which it is known; a row with a known code changes it."), True)
MARKING = (
    Column("classification", _("0 unclassified, 1 restricted, 2 confidential, 3 secret.")),
    Column("releasable_to", _("Codes of nations and organisations; empty: no limit.")),
    Column("communities", _("Only members of one of these; empty: no limit.")),
)
COLUMNS: Final = {
    "people": (
        CODE,
        Column("name", _("The name as it is written on orders."), True),
        Column("rank", _("The rank.")),
        Column("nation", _("The code of the nation."), True),
        Column("email", _("The email address.")),
        Column("phone", _("The telephone number.")),
        Column("language", _("The language in which to write, such as en, fr or ar.")),
        Column("post", _("The code of the post that the person holds.")),
        Column("post_from", _("Since which day (2020-01-06) or moment (2020-01-06T08:00Z).")),
        Column(
            "post_until", _("Until the end of which day, or which moment; empty: further notice.")
        ),
        MARKING[0],
        Column(
            "releasable_to",
            _("Codes of nations and organisations besides the person's own; empty: nobody else."),
        ),
        MARKING[2],
    ),
    "posts": (
        CODE,
        Column("title", _("What the post is called."), True),
        Column("mission", _("The code of the mission."), True),
        Column("line", _("The code of the activity line; empty: the mission as a whole.")),
        Column("nation", _("The code of the nation that fills it.")),
        Column("site", _("The code of the site.")),
        Column("reports_to", _("The code of the post above it.")),
        *MARKING,
    ),
    "organisations": (
        CODE,
        Column("name", _("The name."), True),
        Column("kind", _("One of nation, organisation, force, institution."), True),
        Column("parent", _("The code of the organisation of which it is a part.")),
        *MARKING,
    ),
    "sites": (
        CODE,
        Column("name", _("The name."), True),
        Column("kind", _("One of country, area, site, room."), True),
        Column("parent", _("The code of the place in which it lies.")),
        Column("latitude", _("Degrees, north positive, such as 33.3152.")),
        Column("longitude", _("Degrees, east positive, such as 44.3661.")),
        Column("mgrs", _("A grid reference instead, such as 38S MB 41028 86304.")),
        Column("capacity", _("How many people have a place there.")),
        *MARKING,
    ),
}


def export(viewer: Viewer, kind: str, *, at: datetime) -> list[list[str]]:
    """All rows of a kind that the viewer may see, in the columns of COLUMNS, by code."""
    rows = FINDERS[kind](viewer, None)
    texts = in_texts(viewer, kind, rows, at=at)
    return [
        [texts[row.code][column.name] for column in COLUMNS[kind]]
        for row in sorted(rows, key=lambda row: row.code)
    ]


def find_people(viewer: Viewer, codes: Sequence[str] | None) -> list[Row]:
    rows = people.seen(viewer)
    return list(rows if codes is None else rows.filter(code__in=codes))


def find_posts(viewer: Viewer, codes: Sequence[str] | None) -> list[Row]:
    rows = posts.seen(viewer)
    return list(rows if codes is None else rows.filter(code__in=codes))


def find_organisations(viewer: Viewer, codes: Sequence[str] | None) -> list[Row]:
    rows = Organisation.objects.visible_to(viewer).select_related("parent")
    return list(rows if codes is None else rows.filter(code__in=codes))


def find_sites(viewer: Viewer, codes: Sequence[str] | None) -> list[Row]:
    rows = Site.objects.visible_to(viewer).select_related("parent")
    return list(rows if codes is None else rows.filter(code__in=codes))


FINDERS: Final = {
    "people": find_people,
    "posts": find_posts,
    "organisations": find_organisations,
    "sites": find_sites,
}


def in_texts(
    viewer: Viewer, kind: str, rows: Iterable[Row], *, at: datetime
) -> dict[str, dict[str, str]]:
    """Each row's columns as texts, by code. A person's post is the one held at `at`, if any."""
    found = list(rows)
    held = held_by(viewer, found, at) if kind == "people" else {}
    return {row.code: texts_of(row, held) for row in found}


def held_by(viewer: Viewer, rows: Iterable[Row], at: datetime) -> dict[object, Holding]:
    """One holding per person: the one that runs at `at`, the longest if there are several."""
    holdings = (
        Holding.objects.visible_to(viewer)
        .filter(person__in=[row.pk for row in rows], during__contains=at)
        .select_related("post")
    )
    return {each.person_id: each for each in sorted(holdings, key=began_at, reverse=True)}


def texts_of(row: Row, held: dict[object, Holding]) -> dict[str, str]:
    """One row's columns as texts."""
    match row:
        case Person():
            own = person_texts(row, held.get(row.pk))
        case Post():
            own = {
                "title": row.title,
                "mission": row.mission.code,
                "line": row.line,
                "nation": row.nation.code if row.nation else "",
                "site": row.site.code if row.site else "",
                "reports_to": row.reports_to.code if row.reports_to else "",
            }
        case Organisation():
            parent = row.parent.code if row.parent else ""
            own = {"name": row.name, "kind": row.kind, "parent": parent}
        case Site():
            own = site_texts(row)
    return {"code": row.code, **marking_texts(row), **own}


def marking_texts(row: Row) -> dict[str, str]:
    return {
        "classification": str(row.classification),
        "releasable_to": " ".join(sorted(row.releasable_to or ())),
        "communities": " ".join(sorted(row.communities)),
    }


def person_texts(row: Person, holding: Holding | None) -> dict[str, str]:
    nation = row.nation.code
    return {
        "name": row.name,
        "rank": row.rank,
        "nation": nation,
        "email": row.email,
        "phone": row.phone,
        "language": row.language,
        "releasable_to": " ".join(sorted(set(row.releasable_to or ()) - {nation})),
        **(holding_texts(holding) if holding else dict.fromkeys(HOLDING, "")),
    }


HOLDING: Final = ("post", "post_from", "post_until")  # the columns of the post that one holds


def holding_texts(holding: Holding) -> dict[str, str]:
    during = holding.during
    texts = (holding.post.code, from_text(during.lower), until_text(during.upper))
    return dict(zip(HOLDING, texts, strict=True))


def site_texts(row: Site) -> dict[str, str]:
    position = sites.position_of(row)
    return {
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent.code if row.parent else "",
        "latitude": "" if row.latitude is None else repr(row.latitude),
        "longitude": "" if row.longitude is None else repr(row.longitude),
        "mgrs": position.mgrs() if position else "",
        "capacity": "" if row.capacity is None else str(row.capacity),
    }


def from_text(at: datetime | None) -> str:
    """A beginning: the day where it is the beginning of one, else the moment."""
    if at is None:
        return ""
    at = at.astimezone(UTC)
    return (
        f"{at:%Y-%m-%d}"
        if at == at.replace(hour=0, minute=0, second=0, microsecond=0)
        else (at.isoformat().replace("+00:00", "Z"))
    )


def until_text(at: datetime | None) -> str:
    """An end: the last day where it is the end of one, else the moment."""
    if at is None:
        return ""
    text = from_text(at)
    return text if "T" in text else from_text(at - DAY)

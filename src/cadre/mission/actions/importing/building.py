"""The rows that a list describes, made but not yet written."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cadre.access.permissions import BY_VERB, may
from cadre.access.permissions import refusal as permission_refusal
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import Misfit, misfits, see
from cadre.mission.actions.importing.values import (
    Cells,
    begins,
    ends,
    marking,
    position,
    whole_number,
)
from cadre.mission.actions.people import (
    NewHolding,
    NewPerson,
    NewPost,
    holding_values,
    marking_of_person,
    no_line,
    person_values,
    post_values,
)
from cadre.mission.actions.places import (
    NewOrganisation,
    NewSite,
    organisation_values,
    path_of,
    site_values,
)
from cadre.mission.models import (
    ActivityLine,
    Holding,
    Mission,
    Organisation,
    Person,
    Post,
    Site,
)
from cadre.mission.queries.lists import Row

IMPORT = "mission.import"
# The column that is to blame where the value of another name does not fit.
BLAMED: Final = {"position": "latitude", "begins_at": "post_from", "ends_at": "post_until"}


@dataclass(slots=True)
class Known:
    """Rows that the list may name by code: on record, or earlier in the list itself."""

    viewer: Viewer
    organisations: dict[str, Organisation] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    missions: dict[str, Mission] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    lines: set[tuple[object, str]] = field(default_factory=set)

    @classmethod
    def to(cls, viewer: Viewer, named: Iterable[str]) -> "Known":
        """What is on record under these codes, as far as the viewer may see it."""
        codes = list(named)
        organisations = Organisation.objects.visible_to(viewer).filter(code__in=codes)
        sites = Site.objects.visible_to(viewer).filter(code__in=codes)
        missions = Mission.objects.visible_to(viewer).filter(code__in=codes)
        posts = Post.objects.visible_to(viewer).filter(code__in=codes)
        lines = ActivityLine.objects.visible_to(viewer).values_list("mission_id", "code")
        return cls(
            viewer=viewer,
            organisations={row.code: row for row in organisations},
            sites={row.code: row for row in sites},
            missions={row.code: row for row in missions},
            posts={row.code: row for row in posts},
            lines=set(lines),
        )


@dataclass(slots=True)
class Built:
    """One row as the list has it. `row` None: so much is wrong that it cannot be made."""

    row: Row | None
    holding: Holding | None = None


type Builder = Callable[[Cells, Row | None, Known], Built]


def build(kind: str, cells: Cells, before: Row | None, known: Known) -> Built:
    """Makes a row, new or changed from `before`, and notes in `cells` what is wrong with it."""
    model, names = PLAIN[kind]
    for misfit in misfits(model(**{name: cells[name] for name in names})):
        if misfit.field in names:
            cells.wrong(misfit.field, str(misfit))
    try:
        built = BUILDERS[kind](cells, before, known)
    except Misfit as refusal:
        cells.wrong(BLAMED.get(refusal.field, refusal.field), str(refusal))
        return Built(None)
    if built.row is not None:
        for misfit in unfit(built.row, known.viewer):
            cells.wrong(BLAMED.get(misfit.field, misfit.field), str(misfit))
    return built


def unfit(row: Row, viewer: Viewer) -> list[Misfit]:
    found = misfits(row)
    try:
        see(row, by=viewer)
    except Misfit as misfit:
        found.append(misfit)
    return found


def filled[M: (Person, Post, Organisation, Site)](
    model: type[M], before: Row | None, values: dict[str, object]
) -> M:
    """A new row of these values, or the old one with them."""
    row = copy(before) if isinstance(before, model) else model()
    for name, value in values.items():
        setattr(row, name, value)
    return row


def kept(before: Row | None) -> tuple[str, str]:
    """What a list says nothing about: the pack and the originator."""
    return (before.pack, before.originator) if before else ("", "")


def build_organisation(cells: Cells, before: Row | None, known: Known) -> Built:
    pack, originator = kept(before)
    new = NewOrganisation(
        code=cells["code"],
        name=cells["name"],
        kind=cells["kind"].casefold(),
        parent=cells.named("parent", known.organisations),
        marking=marking(cells, originator),
        pack=pack,
    )
    return Built(filled(Organisation, before, organisation_values(new)))


def build_site(cells: Cells, before: Row | None, known: Known) -> Built:
    pack, originator = kept(before)
    new = NewSite(
        code=cells["code"],
        name=cells["name"],
        kind=cells["kind"].casefold(),
        parent=cells.named("parent", known.sites),
        position=position(cells),
        capacity=cells.read("capacity", whole_number, None),
        marking=marking(cells, originator),
        pack=pack,
    )
    if "parent" in cells.troubles:
        return Built(None)
    return Built(filled(Site, before, site_values(new) | {"path": path_of(new)}))


def build_post(cells: Cells, before: Row | None, known: Known) -> Built:
    pack, originator = kept(before)
    mission = cells.named("mission", known.missions)
    nation = cells.named("nation", known.organisations)
    site = cells.named("site", known.sites)
    above = cells.named("reports_to", known.posts)
    marked = marking(cells, originator)
    if mission is None:
        return Built(None)
    if not may(known.viewer, IMPORT, mission.code):
        cells.wrong("mission", permission_refusal(BY_VERB[IMPORT], mission.code))
    if cells["line"] and (mission.pk, cells["line"]) not in known.lines:
        cells.wrong("line", str(no_line(mission, cells["line"])))
    new = NewPost(
        code=cells["code"],
        title=cells["title"],
        mission=mission,
        line=cells["line"],
        nation=nation,
        site=site,
        reports_to=above,
        marking=marked,
        pack=pack,
    )
    return Built(filled(Post, before, post_values(new)))


def build_person(cells: Cells, before: Row | None, known: Known) -> Built:
    pack, _originator = kept(before)
    nation = cells.named("nation", known.organisations)
    marked = marking(cells, "")
    stay = read_stay(cells, known)
    if nation is None:
        return Built(None)
    new = NewPerson(
        code=cells["code"],
        name=cells["name"],
        nation=nation,
        rank=cells["rank"],
        email=cells["email"],
        phone=cells["phone"],
        language=cells["language"],
        marking=marking_of_person(
            nation.code,
            shared_with=marked.releasable_to or (),
            communities=marked.communities,
            classification=marked.classification,
        ),
        pack=pack,
    )
    person = filled(Person, before, person_values(new))
    if stay is None:
        return Built(person)
    post, begins_at, ends_at = stay
    held = NewHolding(post=post, person=person, begins_at=begins_at, ends_at=ends_at, pack=pack)
    return Built(person, Holding(**holding_values(held)))


def read_stay(cells: Cells, known: Known) -> tuple[Post, datetime, datetime | None] | None:
    """The post that a person holds, from when and until when; None where nothing is said of one."""
    post = cells.named("post", known.posts)
    begins_at = cells.read("post_from", begins, None)
    ends_at = cells.read("post_until", ends, None)
    if not cells["post"]:
        if cells["post_from"] or cells["post_until"]:
            cells.wrong("post", _("Name the post that the person holds."))
        return None
    if begins_at is None:
        cells.wrong("post_from", _("Say since when the person holds the post."))
    if post is None or begins_at is None:
        return None
    return post, begins_at, ends_at


# The columns that are plain values of the table: each is checked, whatever is wrong elsewhere.
PLAIN: Final[dict[str, tuple[type[Row], tuple[str, ...]]]] = {
    "people": (Person, ("code", "name", "rank", "email", "phone", "language")),
    "posts": (Post, ("code", "title", "line")),
    "organisations": (Organisation, ("code", "name")),
    "sites": (Site, ("code", "name")),
}
BUILDERS: Final[dict[str, Builder]] = {
    "people": build_person,
    "posts": build_post,
    "organisations": build_organisation,
    "sites": build_site,
}

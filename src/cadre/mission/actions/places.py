"""Organisations and sites: described, so they may change and keep every version."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from cadre.access.models import marking_values
from cadre.core.moments import Moment
from cadre.core.releasability import Marking, Viewer
from cadre.mission.actions.checks import OUR_OWN, Grounds, Misfit, add, change, code_of, stated
from cadre.mission.coordinates import Position
from cadre.mission.models import Membership, Organisation, OrganisationKind, Site, SiteKind

# A place lies in a larger one; areas may lie in areas and sites in sites, the others not.
RANKS = {SiteKind.COUNTRY: 0, SiteKind.AREA: 1, SiteKind.SITE: 2, SiteKind.ROOM: 3}
NESTING = {SiteKind.AREA, SiteKind.SITE}
NATION_CODE = 2  # letters of an ISO 3166-1 alpha-2 code


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """An organisation as it is to be. A nation's code is ISO 3166-1 alpha-2."""

    code: str
    name: str
    kind: str
    parent: Organisation | None = None
    marking: Marking = field(default_factory=Marking)
    pack: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMembership:
    """What an organisation is to another: "Ally of", "partner of", "member of"."""

    kind: str
    of: Organisation
    since: Moment = field(default_factory=Moment.unknown)
    until: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """A site as it is to be."""

    code: str
    name: str
    kind: str
    parent: Site | None = None
    position: Position | None = None
    capacity: int | None = None
    marking: Marking = field(default_factory=Marking)
    pack: str = ""


def add_organisation(new: NewOrganisation, *, by: Viewer, at: datetime) -> Organisation:
    """Adds an organisation. Refused when its code is taken or, for a nation, is no ISO code."""
    row = Organisation(**organisation_values(new))
    return add(row, "mission.add_organisation", by=by, at=at)


def change_organisation(
    row: Organisation, new: NewOrganisation, *, seen: str = "", by: Viewer, at: datetime
) -> Organisation:
    """Makes an organisation what `new` says. Refused where it would stand above itself."""
    refuse_own_parent(row.pk, new.parent, ancestors_of_organisation(new.parent))
    values = organisation_values(new)
    return change(row, values, "mission.change_organisation", seen=seen, by=by, at=at)


def organisation_values(new: NewOrganisation) -> dict[str, object]:
    """Column values of an organisation. Raises Misfit for a kind or a code that cannot be."""
    if new.kind not in OrganisationKind.values:
        raise no_kind(new.kind, OrganisationKind.values)
    code = code_of(new.code)
    if new.kind == OrganisationKind.NATION and not is_nation_code(code):
        raise Misfit("code", _("A nation's code is two capital letters (ISO 3166-1 alpha-2)."))
    return {
        "code": code,
        "name": new.name.strip(),
        "kind": new.kind,
        "parent": new.parent,
        "pack": new.pack,
        **marking_values(new.marking),
    }


def no_kind(kind: str, kinds: Sequence[str]) -> Misfit:
    """The refusal of a word that names no kind."""
    return Misfit(
        "kind",
        _("“%(kind)s” is not one of the kinds: %(kinds)s.")
        % {"kind": kind, "kinds": ", ".join(kinds)},
    )


def is_nation_code(code: str) -> bool:
    return len(code) == NATION_CODE and code.isascii() and code.isalpha() and code.isupper()


def record_membership(
    organisation: Organisation, new: NewMembership, *, by: Viewer, at: datetime
) -> Membership:
    """Records what an organisation is to another, and since when. Refused for itself."""
    if organisation.pk == new.of.pk:
        raise Misfit("of", _("An organisation is nothing to itself."))
    row = Membership(
        organisation=organisation,
        kind=new.kind.strip(),
        of=new.of,
        since=new.since,
        until=new.until,
    )
    return stated(row, new.grounds, "mission.record_membership", by=by, at=at)


def add_site(new: NewSite, *, by: Viewer, at: datetime) -> Site:
    """Adds a place to the tree. Refused where its parent is not a larger kind of place."""
    row = Site(**site_values(new), path=path_of(new))
    return add(row, "mission.add_site", by=by, at=at)


def change_site(row: Site, new: NewSite, *, seen: str = "", by: Viewer, at: datetime) -> Site:
    """Makes a site what `new` says; everything under it moves with it.

    Refused where it would lie in itself, or where what lies in it would no longer fit.
    """
    refuse_own_parent(row.pk, new.parent, ancestors_of_site(new.parent))
    for part in row.parts.all():
        refuse_misfit(part.kind, new.kind, part.name)
    changed = change(row, site_values(new), "mission.change_site", seen=seen, by=by, at=at)
    changed.refresh_from_db(fields=["path"])
    return changed


def site_values(new: NewSite) -> dict[str, object]:
    """Column values of a site but its path. Raises Misfit for a kind that cannot be there."""
    if new.kind not in SiteKind.values:
        raise no_kind(new.kind, SiteKind.values)
    if new.parent is not None:
        refuse_misfit(new.kind, new.parent.kind, new.name)
    elif new.kind == SiteKind.ROOM:
        raise Misfit("parent", _("A room lies in a site; name the site."))
    return {
        "code": code_of(new.code),
        "name": new.name.strip(),
        "kind": new.kind,
        "parent": new.parent,
        "latitude": new.position and new.position.latitude,
        "longitude": new.position and new.position.longitude,
        "capacity": new.capacity,
        "pack": new.pack,
        **marking_values(new.marking),
    }


def refuse_misfit(kind: str, parent_kind: str, name: str) -> None:
    """Raises Misfit unless a place of `kind` may lie in one of `parent_kind`."""
    inner, outer = SiteKind(kind), SiteKind(parent_kind)
    if RANKS[outer] < RANKS[inner] or (outer == inner and inner in NESTING):
        return
    raise Misfit(
        "parent",
        _("“%(name)s” (%(kind)s) cannot lie in a place of the kind “%(outer)s”.")
        % {"name": name, "kind": inner.label, "outer": outer.label},
    )


def path_of(new: NewSite) -> list[str]:
    return [*(new.parent.path if new.parent else []), new.code.strip()]


def refuse_own_parent(key: object, parent: object, above: list[object]) -> None:
    """Raises Misfit where a row would come to stand above itself."""
    if parent is not None and key in above:
        raise Misfit("parent", _("Nothing can stand above itself."))


def ancestors_of_site(site: Site | None) -> list[object]:
    """The keys of a site and of everything above it."""
    if site is None:
        return []
    return list(Site.objects.filter(code__in=site.path).values_list("pk", flat=True))


def ancestors_of_organisation(organisation: Organisation | None) -> list[object]:
    found: list[object] = []
    while organisation is not None and organisation.pk not in found:
        found.append(organisation.pk)
        organisation = organisation.parent
    return found

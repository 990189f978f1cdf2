"""Missions and what they rest on: put on record, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.quantities import QuantityError
from cadre.core.reading import quantity_in
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import OUR_OWN, Grounds, Misfit, code_of, stated
from cadre.mission.models import (
    ActivityLine,
    Appointment,
    Contribution,
    ContributorList,
    Mandate,
    Mission,
    Organisation,
    Presence,
    Relation,
    RelationKind,
    Site,
)
from cadre.record.fields import moment_values

COMBAT = "combat"  # a line of this code is a combat line whatever else is said of it


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMission:
    """A mission to be founded. `combat` None: not stated."""

    code: str
    name: str
    combat: bool | None = None
    nature: str = ""
    area: str = ""
    established: Moment = field(default_factory=Moment.unknown)
    subjects: tuple[str, ...] = ()
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A kind of work of a mission."""

    code: str
    name: str
    combat: bool = False
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRelation:
    """How a mission stands to another, or to something named that is no mission on record."""

    kind: str
    other: str = ""
    other_mission: Mission | None = None
    since: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAppointment:
    """Somebody who holds an office of a mission."""

    office: str
    holder: str
    since: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContribution:
    """What a nation or organisation lends; `quantity` as it was said ("around 120 troops")."""

    organisation: Organisation
    quantity: str = ""
    roles: str = ""
    when: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContributorList:
    """A list of contributors as it was given; `open`: it may have more than it names."""

    wording: str
    organisations: tuple[str, ...]
    open: bool
    grounds: Grounds = OUR_OWN


def found_mission(new: NewMission, *, by: Viewer, at: datetime) -> Mission:
    """Puts a mission on record. Refused when its code is taken or by its marking unseen."""
    row = Mission(
        code=code_of(new.code),
        name=new.name.strip(),
        combat=new.combat,
        nature=new.nature,
        area=new.area,
        subjects=list(new.subjects) or [new.code.strip()],
        **moment_values("established", new.established),
    )
    return stated(row, new.grounds, "mission.found", by=by, at=at)


def set_mandate(
    mission: Mission, wording: str, *, since: Moment, grounds: Grounds = OUR_OWN, by: Viewer,
    at: datetime,
) -> Mandate:  # fmt: skip  # reads as one sentence
    """Records a version of the mandate; the latest that has begun is in force, all stay."""
    row = Mandate(mission=mission, wording=wording.strip(), **moment_values("since", since))
    return stated(row, grounds, "mission.set_mandate", by=by, at=at)


def add_line(mission: Mission, new: NewLine, *, by: Viewer, at: datetime) -> ActivityLine:
    """Defines an activity line. A combat one is refused in a non-combat mission."""
    row = ActivityLine(
        mission=mission,
        code=code_of(new.code),
        name=new.name.strip(),
        combat=new.combat or new.code.strip().casefold() == COMBAT,
    )
    refuse_combat(mission, row.name, combat=row.combat)
    return stated(row, new.grounds, "mission.add_line", by=by, at=at)


def refuse_combat(mission: Mission, name: str, *, combat: bool) -> None:
    """Raises Misfit for combat in a mission that is stated to be non-combat."""
    if combat and mission.combat is False:
        raise Misfit(
            "combat",
            _("%(mission)s is a non-combat mission, so “%(name)s” is refused.")
            % {"mission": mission.code, "name": name},
        )


def relate(mission: Mission, new: NewRelation, *, by: Viewer, at: datetime) -> Relation:
    """Records how a mission stands to another. Refused for an unknown kind and for itself."""
    if new.kind not in RelationKind.values:
        raise Misfit("kind", _("“%(kind)s” is not a kind of relation.") % {"kind": new.kind})
    if new.other_mission is not None and new.other_mission.pk == mission.pk:
        raise Misfit("other", _("A mission has no relation to itself."))
    other = new.other.strip() or (new.other_mission.code if new.other_mission else "")
    row = Relation(
        mission=mission,
        kind=new.kind,
        other=other,
        other_mission=new.other_mission,
        since=new.since,
    )
    return stated(row, new.grounds, "mission.relate", by=by, at=at)


def appoint(mission: Mission, new: NewAppointment, *, by: Viewer, at: datetime) -> Appointment:
    """Records who holds an office. Earlier holders stay on record."""
    row = Appointment(
        mission=mission,
        office=new.office.strip(),
        holder=new.holder.strip(),
        **moment_values("since", new.since),
    )
    return stated(row, new.grounds, "mission.appoint", by=by, at=at)


def record_contribution(
    mission: Mission, new: NewContribution, *, by: Viewer, at: datetime
) -> Contribution:
    """Records what somebody lends to a mission. Refused when the quantity says none for certain."""
    try:
        quantity_in(new.quantity)
    except QuantityError as error:
        raise Misfit("quantity", str(error)) from error
    row = Contribution(
        mission=mission,
        organisation=new.organisation,
        quantity=" ".join(new.quantity.split()),
        roles=new.roles.strip(),
        when=new.when,
    )
    return stated(row, new.grounds, "mission.record_contribution", by=by, at=at)


def record_contributor_list(
    mission: Mission, new: NewContributorList, *, by: Viewer, at: datetime
) -> ContributorList:
    """Records a list of contributors in its own words, with the codes of those that it names."""
    require_organisations(new.organisations)
    row = ContributorList(
        mission=mission,
        wording=new.wording.strip(),
        organisations=list(new.organisations),
        open=new.open,
    )
    return stated(row, new.grounds, "mission.record_contributor_list", by=by, at=at)


def require_organisations(codes: Iterable[str]) -> None:
    """Raises Misfit for a code that no organisation has."""
    asked = set(codes)
    known = set(Organisation.objects.filter(code__in=asked).values_list("code", flat=True))
    for code in sorted(asked - known):
        raise Misfit(
            "organisations",
            _("There is no organisation with the code “%(code)s”.") % {"code": code},
        )


def place(
    mission: Mission, site: Site, *, since: Moment, grounds: Grounds = OUR_OWN, by: Viewer,
    at: datetime,
) -> Presence:  # fmt: skip  # reads as one sentence
    """Records that a mission works at a site."""
    row = Presence(mission=mission, site=site, since=since)
    return stated(row, grounds, "mission.place", by=by, at=at)

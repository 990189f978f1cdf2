"""Opening and closing musters."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.permissions import may, require
from cadre.accountability.actions.checks import number_in, one_by_one
from cadre.accountability.models import Muster, MusterEnd, MusterEntry, StatusKind
from cadre.accountability.queries.board import numbers
from cadre.accountability.queries.lookups import musters_open
from cadre.accountability.queries.places import Circle, Map
from cadre.accountability.queries.roster import Line, Wish, roster
from cadre.accountability.queries.settings import settings_of
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import Asked
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.actions import Grounds
from cadre.mission.actions.checks import Misfit, fit, stated, stated_values
from cadre.mission.coordinates import Position
from cadre.mission.models import Mission, Organisation, Site
from cadre.mission.queries.reading import Reading
from cadre.situation.models import Incident

BATCH: Final = 2_000  # rows of one statement
FARTHEST: Final = 20_100  # kilometres: half the way around the earth, and a little more

# Whose stay a muster counts unless it says otherwise: all whose whereabouts are the mission's care.
COUNTED: Final = frozenset(
    {StatusKind.TRANSIT, StatusKind.VISITOR, StatusKind.LOCAL_STAFF, StatusKind.INTERPRETER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMuster:
    """A muster to be opened: of whom, around what, and who of them is counted.

    `sites` and `nations` None: all. With an incident and `radius_km`: who is or may be that near.
    `counts_from` None: reports count from the opening on. `recheck_minutes` None: as the mission's
    settings say. `affected_sites` empty: the sites named, if any.
    """

    mission: Mission
    title: str = ""
    beside: tuple[Mission, ...] = ()
    sites: frozenset[str] | None = None
    nations: frozenset[str] | None = None
    incident: Incident | None = None
    radius_km: float | None = None
    affected_sites: frozenset[str] = frozenset()
    counted_kinds: frozenset[str] = COUNTED
    exercise: bool = False
    protective_action: str = ""
    counts_from: datetime | None = None
    recheck_minutes: int | None = None


def open_muster(new: NewMuster, *, by: Viewer, at: datetime) -> Muster:
    """Opens a muster at `at` (aware) and freezes its list: see `queries.roster`.

    The list is made with sight of all people, also of those whose names `by` may not see; each
    entry carries its person's marking. Raises NotAllowed for who may not; Misfit for a site, nation
    or radius that is none and for reports that would count from a moment to come; Refused where
    nobody is to be counted and where the same muster is open already.
    """
    require_to_run(by, new.mission, new.nations, "accountability.open")
    wish = wish_of(new)
    if new.counts_from is not None and new.counts_from > at:
        raise Misfit("counts_from", _("Reports count from a moment that has come."))
    with transaction.atomic():
        one_by_one(new.mission.code)
        refuse_open(new, at=at)
        lines = roster(wish, on=at)
        if not any(each.counted for each in lines):
            raise Refused(_("Nobody is on record who would be counted."))
        row = muster_row(new, wish, by=by, at=at)
        values = stated_values(Grounds(), by=by, at=at)
        for name, value in values.items():
            setattr(row, name, value)
        fit(row)
        with counting(), acting("accountability.open", by=by, at=at):
            row.save(force_insert=True)
            rows = entry_rows(row, lines, values)
            MusterEntry.objects.bulk_create(rows, batch_size=BATCH)
    return row


def require_to_run(by: Viewer, mission: Mission, nations: Iterable[str] | None, verb: str) -> None:
    """Raises NotAllowed for who may neither open or close musters of the mission, nor, for people
    of the own nations only, those of a nation.
    """
    national = nations is not None and by.affiliations.issuperset(nations)
    if not (national and may(by, "accountability.open_national", mission.code)):
        require(by, verb, mission.code)


def wish_of(new: NewMuster) -> Wish:
    """Whom a muster is about, for the preview as for the opening. Raises Misfit for a site or
    nation that is not on record, and for a radius around what nobody can place.
    """
    for name, codes, model in (("sites", new.sites, Site), ("nations", new.nations, Organisation)):
        if codes is None:
            continue
        if not codes:
            raise Misfit(name, _("Name at least one, or leave it open for all."))
        unknown = codes - set(model.objects.filter(code__in=codes).values_list("code", flat=True))
        for code in sorted(unknown):
            raise Misfit(name, _("There is no “%(code)s” on record.") % {"code": code})
    return Wish(
        missions=(new.mission, *(each for each in new.beside if each.pk != new.mission.pk)),
        sites=new.sites,
        nations=new.nations,
        circle=circle_of(new),
        counted_kinds=new.counted_kinds,
        exercise=new.exercise,
    )


def circle_of(new: NewMuster) -> Circle | None:
    """The circle around an incident; None where none is asked for."""
    if new.radius_km is None:
        return None
    if new.incident is None:
        raise Misfit("incident", _("Name the incident that the radius is around."))
    if not 0 < new.radius_km <= FARTHEST:
        raise Misfit("radius_km", _("A radius is more than nothing, and fits on the earth."))
    centre = place_of(new.incident)
    if centre is None:
        raise Misfit(
            "radius_km",
            _("Where it happened is not known well enough to measure from. Name sites instead."),
        )
    return Circle(centre, new.radius_km)


def place_of(incident: Incident) -> Position | None:
    """Where an incident was: its own position, else that of its site."""
    if incident.position is not None or incident.site is None:
        return incident.position
    with counting():
        known = Map(Reading(OPERATOR, on=incident.recorded_at, known_on=None))
        return known.position(incident.site.code)


def refuse_open(new: NewMuster, *, at: datetime) -> None:
    """Raises Refused where the same is open already: two presses of one button open one."""
    scope = (new.sites, new.nations, new.incident.pk if new.incident else None, new.exercise)
    with counting():
        for row in musters_open(OPERATOR, on=at, missions=[new.mission]):
            theirs = (codes(row.sites), codes(row.nations), row.incident_id, row.exercise)
            if row.mission_id == new.mission.pk and theirs == scope:
                raise Refused(
                    _("This muster is open already, as %(number)s.") % {"number": row.number}
                )


def codes(names: list[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def muster_row(new: NewMuster, wish: Wish, *, by: Viewer, at: datetime) -> Muster:
    centre = wish.circle.centre if wish.circle else None
    settings = settings_of(by, new.mission)
    recheck = settings.recheck_minutes if new.recheck_minutes is None else new.recheck_minutes
    return Muster(
        mission=new.mission,
        number=number_in(f"{new.mission.code}-M-{at.year}-"),
        title=new.title.strip() or title_of(new),
        beside=[each.code for each in wish.missions[1:]],
        sites=None if new.sites is None else sorted(new.sites),
        nations=None if new.nations is None else sorted(new.nations),
        incident=new.incident,
        radius_km=new.radius_km,
        latitude=centre.latitude if centre else None,
        longitude=centre.longitude if centre else None,
        affected_sites=affected(new, wish, at=at),
        exercise=new.exercise,
        counted_kinds=sorted(new.counted_kinds),
        protective_action=new.protective_action.strip(),
        code=fresh_code(at=at),
        recheck_minutes=recheck,
        opened_at=at,
        opened_by=by.name,
        counts_from=new.counts_from or at,
    )


def title_of(new: NewMuster) -> str:
    if new.incident is not None:
        return _("Muster after %(number)s") % {"number": new.incident.number}
    if new.sites:
        return _("Muster at %(sites)s") % {"sites": ", ".join(sorted(new.sites))}
    return _("Muster of %(mission)s") % {"mission": new.mission.code}


def affected(new: NewMuster, wish: Wish, *, at: datetime) -> list[str]:
    """The sites that count as affected: those named so, else the sites in the circle, else those
    that the muster is of.
    """
    if new.affected_sites:
        return sorted(new.affected_sites)
    if wish.circle is None:
        return sorted(new.sites or ())
    with counting():
        known = Map(Reading(OPERATOR, on=at, known_on=None))
        return sorted(known.around(wish.circle, known.sites))


def fresh_code(*, at: datetime) -> str:
    """Four digits that no other open muster has: to tell answers by text apart, no secret."""
    with counting():
        taken = {row.code for row in musters_open(OPERATOR, on=at)}
    while (code := f"{secrets.randbelow(10_000):04}") in taken:
        pass
    return code


def entry_rows(
    row: Muster, lines: Iterable[Line], values: Mapping[str, object]
) -> list[MusterEntry]:
    """The list as rows; `values`: what every stated row has, but for the marking."""
    return [
        MusterEntry(
            muster=row,
            person=each.person,
            role=each.role,
            nation=each.nation,
            mission=each.mission,
            site=each.place.site,
            place=each.place.words,
            place_source=each.place.source,
            place_seen_at=each.place.seen_at,
            list_id=each.list,
            excluded=each.excluded,
            excluded_because=each.because[:500],
            **{**values, **marking_values(each.person.marking)},
        )
        for each in lines
    ]


def close_muster(muster: Muster, reason: str, *, by: Viewer, at: datetime) -> MusterEnd:
    """Closes a muster. Who is not resolved stays so, and is counted in `open_count`.

    Raises NotAllowed for who may not; Misfit without a reason where somebody is not resolved;
    Refused where it is closed already.
    """
    require_to_run(by, muster.mission, muster.nations, "accountability.close")
    with transaction.atomic():
        one_by_one(muster.mission.code)
        if MusterEnd.objects.filter(muster=muster).exists():
            raise Refused(_("This muster is closed already."))
        left = numbers(by, Asked(muster, at)).open
        if left and not reason.strip():
            raise Misfit("reason", _("Say why it is closed though somebody is not resolved."))
        row = MusterEnd(
            muster=muster, at=at, ended_by=by.name, reason=reason.strip(), open_count=left
        )
        grounds = Grounds(marking=muster.marking)
        return stated(row, grounds, "accountability.close", by=by, at=at)

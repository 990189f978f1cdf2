"""Incidents near people: whoever is or may be near is told at once."""

from datetime import timedelta
from typing import Final

from django.urls import reverse

from cadre.accountability.queries.places import Circle
from cadre.alerts.models import Alert, Cause, Lane, Phase, Why
from cadre.alerts.queries.causes.entries import Heard
from cadre.alerts.queries.causes.orders import said, staff, wardens_at
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.queries.who import people_at
from cadre.core.posture import Scope
from cadre.mission.models import Mission, Presence, Site
from cadre.mission.queries.sites import position_of
from cadre.situation.models import Incident, Severity
from cadre.situation.queries.nearness import Around, Placed, placed

NEAR_KM: Final = 10.0
FRESH: Final = timedelta(hours=24)  # what is older is on record, and warns nobody any more


def of_incident(heard: Heard) -> list[NewAlert]:
    """One alert for each mission that has a site near it. Where nobody can tell whether it was
    near, the mission's staff is told and decides; what surely was too long ago warns nobody.
    """
    row = Incident.objects.select_related("site", "corrects").get(pk=heard.row)
    latest = row.occurred.latest
    if latest is not None and latest < heard.at - FRESH:
        return []
    found: dict[Mission, dict[Site, Placed]] = {}
    presences = Presence.objects.filter(corrects__isnull=True).select_related("mission", "site")
    for each in presences:
        where = placed(row.position, row.site, Around(each.site, NEAR_KM))
        if where.near:
            found.setdefault(each.mission, {})[each.site] = where
    return [near(heard, row, mission, sites) for mission, sites in found.items()]


def near(heard: Heard, row: Incident, mission: Mission, sites: dict[Site, Placed]) -> NewAlert:
    """The alert of one mission. A minor incident can wait; one of which nobody says how severe it
    is cannot.
    """
    surely = sorted(site.code for site, where in sites.items() if not where.unclear)
    first = first_for(row, mission)
    return NewAlert(
        cause=Cause.INCIDENT,
        cause_key=f"{heard.key}:{mission.code}",
        cause_entry=heard.entry.pk,
        mission=mission,
        lane=Lane.ORDINARY if row.severity == Severity.MINOR else Lane.LIFE_SAFETY,
        phase=Phase.UPDATE if first else Phase.FIRST,
        first=first,
        about=reverse("situation:incidents"),
        content={
            "number": row.number,
            "kind": row.kind,
            "occurred": said(row.occurred.earliest),
            "sites": surely or sorted(site.code for site in sites),
            "action": "incident",
        },
        protective_action="Keep away from the place, take cover, and wait for instructions.",
        marking=row.marking,
        to=[*staff(mission), *people_near(row, mission, surely, heard)],
    )


def first_for(row: Incident, mission: Mission) -> Alert | None:
    """The first message of a mission about what a report corrects; None where there is none."""
    if row.corrects is None:
        return None
    told = Alert.objects.filter(
        cause=Cause.INCIDENT, mission=mission, phase=Phase.FIRST, content__number=row.number
    )
    return told.order_by("made_at").first()


def people_near(row: Incident, mission: Mission, sites: list[str], heard: Heard) -> list[Group]:
    """Who is within the radius of it by his last known place, or at its site where nobody knows
    where that is; where no site of the mission surely is, nobody: its staff decides.
    """
    if not sites:
        return []
    centre = row.position or (position_of(row.site) if row.site else None)
    scope = Scope(mission.code, sites=frozenset(sites))
    circle = Circle(centre, NEAR_KM) if centre else None
    within = None if circle else sites
    return [
        Group(why=Why.WARDEN, people=wardens_at(mission, scope)),
        Group(why=Why.THERE, people=people_at(mission, at=heard.at, sites=within, circle=circle)),
    ]

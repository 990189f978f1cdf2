"""Incidents as programs get them, by the API and by the command."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from cadre.mission.queries.posts import Listed
from cadre.situation.queries import Near, measurable
from cadre.situation.queries.nearness import Around
from cadre.web.programs import moment_out


class IncidentOut(Schema):
    """A report of an incident; null is not stated. `distance`: in kilometres from the site asked
    about. `unclear`: of severity, place and moment what leaves open whether it was asked for.
    """

    id: UUID
    number: str
    kind: str
    severity: int | None
    what: str
    occurred: str | None
    site: str | None
    latitude: float | None
    longitude: float | None
    place: str | None
    source: str | None
    source_reliability: str | None
    info_credibility: str | None
    claims: list[str]
    recorded_at: datetime
    recorded_by: str
    corrects: UUID | None
    pack: str
    distance: float | None
    unclear: list[str]


class IncidentsOut(Schema):
    """A page of incidents. `measured` false: the site asked about has no position on record, so
    that no distance can be told and only what lies in it or around it by name is given.
    """

    page: int
    pages: int
    count: int
    measured: bool
    incidents: list[IncidentOut]


def incidents_out(found: Listed[Near], around: Around | None) -> IncidentsOut:
    return IncidentsOut(
        page=found.number,
        pages=found.paginator.num_pages,
        count=found.paginator.count,
        measured=around is None or measurable(around.site),
        incidents=[incident_out(each) for each in found.object_list],
    )


def incident_out(each: Near) -> IncidentOut:
    row, position = each.incident, each.incident.position
    return IncidentOut(
        id=row.pk,
        number=row.number,
        kind=row.kind,
        severity=row.severity,
        what=row.what,
        occurred=moment_out(row.occurred),
        site=each.site.code if each.site else None,
        latitude=position.latitude if position else None,
        longitude=position.longitude if position else None,
        place=row.place or None,
        source=row.source or None,
        source_reliability=row.source_reliability or None,
        info_credibility=row.info_credibility or None,
        claims=[said.reference for said in each.said],
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        corrects=row.corrects_id,
        pack=row.pack,
        distance=None if each.distance is None else round(each.distance, 3),
        unclear=list(each.why),
    )

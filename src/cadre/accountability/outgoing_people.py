"""Stays, whereabouts, lists, holds and movements as programs get them. No held name is in them."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from cadre.accountability.queries.counted import ListLine, Lists
from cadre.accountability.queries.movements import MovementRead, Passenger
from cadre.accountability.queries.rows import Movement, PersonnelStatus, Sighting, Warden
from cadre.accountability.queries.whereabouts import PersonPage
from cadre.mission.queries.rows import Person


class StayOut(Schema):
    """What somebody's stay is over a time; `ends` null: no end is known."""

    id: UUID
    person: str
    mission: str
    kind: str
    begins: datetime
    ends: datetime | None
    site: str | None
    place: str
    note: str


class SightingOut(Schema):
    """Where somebody was seen, and who says so."""

    seen: datetime
    site: str | None
    place: str
    latitude: float | None
    longitude: float | None
    source: str
    how: str


class WhereaboutsOut(Schema):
    """Where somebody was last, how old that is, and what is stated of the stay."""

    person: str
    place: str
    place_source: str
    said_by: str
    seen: datetime | None
    age: str
    stays: list[StayOut]
    sightings: list[SightingOut]


class WardenOut(Schema):
    """The warden of a list (position 0) or an alternate."""

    id: UUID
    person: str
    name: str
    position: int


class WardenListOut(Schema):
    """A list of a warden, and how many stand on it. `hidden`: wardens whose names you may not
    see.
    """

    code: str
    title: str
    mission: str
    site: str | None
    nation: str | None
    people: list[str]
    wardens: list[WardenOut]
    hidden: int
    number: int


class WardenListsOut(Schema):
    """The lists of a mission, and how many people are on none."""

    lists: list[WardenListOut]
    nobody: int


class PassengerOut(Schema):
    """Somebody on a manifest, and the last that was said of them; null: nothing was."""

    person: str
    name: str
    nation: str
    seat: str
    event: str | None
    at: datetime | None
    arrived: bool


class MovementOut(Schema):
    """A movement in the list. `exercise` true: nothing of it is real."""

    number: str
    mission: str
    kind: str
    title: str
    exercise: bool
    from_site: str
    to_site: str | None
    to_place: str
    because: str
    ordered: datetime
    ordered_by: str


class ManifestOut(MovementOut):
    """A movement with its manifest: numbers of everybody, names of whom you may know."""

    closed: datetime | None
    listed: int
    aboard: int
    left_behind: int
    arrived: int
    all_aboard: bool
    all_arrived: bool
    head_count_differs: bool
    departed_at: datetime | None
    departed_heads: int | None
    arrived_at: datetime | None
    arrived_heads: int | None
    hidden: int
    people: list[PassengerOut]


def stay_out(row: PersonnelStatus) -> StayOut:
    return StayOut(
        id=row.pk,
        person=row.person.code,
        mission=row.mission.code,
        kind=row.kind,
        begins=row.begins_at,
        ends=row.ends_at,
        site=row.site.code if row.site else None,
        place=row.place,
        note=row.note,
    )


def sighting_out(row: Sighting) -> SightingOut:
    return SightingOut(
        seen=row.seen_at,
        site=row.site.code if row.site else None,
        place=row.place,
        latitude=row.latitude,
        longitude=row.longitude,
        source=row.source,
        how=row.how,
    )


def whereabouts_out(person: Person, found: PersonPage) -> WhereaboutsOut:
    place = found.where.place
    return WhereaboutsOut(
        person=person.code,
        place=found.where.name,
        place_source=place.source,
        said_by=place.said_by,
        seen=place.seen_at,
        age=found.where.age,
        stays=[stay_out(each) for each in found.statuses],
        sightings=[sighting_out(each) for each in found.sightings],
    )


def lists_out(found: Lists, held: frozenset[UUID]) -> WardenListsOut:
    """`held`: people whose names leave by no way out."""
    return WardenListsOut(lists=[list_out(each, held) for each in found.lists], nobody=found.nobody)


def list_out(line: ListLine, held: frozenset[UUID]) -> WardenListOut:
    row = line.read.row
    told = [each for each in line.read.wardens if each.person_id not in held]
    return WardenListOut(
        code=row.code,
        title=row.title,
        mission=row.mission.code,
        site=row.site.code if row.site else None,
        nation=row.nation.code if row.nation else None,
        people=row.people,
        wardens=[warden_out(each) for each in told],
        hidden=line.read.hidden + len(line.read.wardens) - len(told),
        number=line.number,
    )


def warden_out(each: Warden) -> WardenOut:
    return WardenOut(
        id=each.pk, person=each.person.code, name=str(each.person), position=each.position
    )


def movement_values(row: Movement) -> dict[str, object]:
    return {
        "number": row.number,
        "mission": row.mission.code,
        "kind": row.kind,
        "title": row.title,
        "exercise": row.exercise,
        "from_site": row.from_site.code,
        "to_site": row.to_site.code if row.to_site else None,
        "to_place": row.to_place,
        "because": row.because,
        "ordered": row.ordered_at,
        "ordered_by": row.ordered_by,
    }


def movement_out(row: Movement) -> MovementOut:
    return MovementOut.model_validate(movement_values(row))


def manifest_out(found: MovementRead) -> ManifestOut:
    departed, arrival = found.departed, found.arrival
    numbers = ("listed", "aboard", "left_behind", "arrived", "all_aboard", "all_arrived",
               "head_count_differs", "hidden")  # fmt: skip  # names only
    return ManifestOut.model_validate(
        {
            **movement_values(found.row),
            **{name: getattr(found, name) for name in numbers},
            "closed": found.end.at if found.end else None,
            "departed_at": departed.occurred_at if departed else None,
            "departed_heads": departed.head_count if departed else None,
            "arrived_at": arrival.occurred_at if arrival else None,
            "arrived_heads": arrival.head_count if arrival else None,
            "people": [passenger_out(each) for each in found.people],
        }
    )


def passenger_out(each: Passenger) -> PassengerOut:
    person = each.line.person
    return PassengerOut(
        person=person.code,
        name=str(person),
        nation=person.nation.code,
        seat=each.line.seat,
        event=each.report.event if each.report else None,
        at=each.report.occurred_at if each.report else None,
        arrived=each.arrived,
    )

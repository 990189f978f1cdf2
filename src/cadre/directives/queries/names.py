"""Scopes in words: the names of the missions, lines, sites and nations that they give by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.queries.hours import in_words
from cadre.mission.models import (
    ActivityLine,
    Mission,
    Organisation,
    OrganisationKind,
    Person,
    Presence,
    Site,
)
from cadre.record.queries import began


@dataclass(frozen=True, slots=True)
class ScopeRead:
    """A scope by names; None is all of that dimension. Of people, those whom the viewer may see by
    name, and how many others; `hours` in words, "" for all.
    """

    mission: str
    mission_code: str
    lines: tuple[str, ...] | None
    sites: tuple[str, ...] | None
    nations: tuple[str, ...] | None
    units: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None
    unseen: int = 0
    hours: str = ""


class Names:
    """Names by code, as far as the viewer may see them; what he may not stays a code.

    Four questions to the database, however many scopes, and one more where people are named.
    """

    def __init__(self, viewer: Viewer, scopes: Iterable[Scope]) -> None:
        asked = list(scopes)
        codes = {each.mission for each in asked}
        missions = Mission.objects.visible_to(viewer).filter(code__in=codes)
        self.missions = named(missions.only("code", "name"))
        lines = ActivityLine.objects.visible_to(viewer).filter(mission__code__in=codes)
        self.lines = {
            (each.mission.code, each.code): each.name for each in lines.select_related("mission")
        }
        sites = Site.objects.visible_to(viewer).filter(
            code__in={code for each in asked for code in each.sites or ()}
        )
        self.sites = named(sites.only("code", "name"))
        organisations = Organisation.objects.visible_to(viewer).filter(
            code__in={
                code
                for each in asked
                for codes in (each.nations, each.units)
                for code in codes or ()
            }
        )
        self.organisations = named(organisations.only("code", "name"))
        self.people: dict[str, str] = {}
        if people := {code for each in asked for code in each.people or ()}:
            seen = Person.objects.visible_to(viewer).filter(code__in=people)
            self.people = {each.code: str(each) for each in seen}

    def of(self, scope: Scope) -> ScopeRead:
        lines = {code: self.lines.get((scope.mission, code), code) for code in scope.lines or ()}
        return ScopeRead(
            mission=self.missions.get(scope.mission, scope.mission),
            mission_code=scope.mission,
            lines=words(scope.lines, lines),
            sites=words(scope.sites, self.sites),
            nations=words(scope.nations, self.organisations),
            units=words(scope.units, self.organisations),
            people=self.people_of(scope),
            unseen=len((scope.people or frozenset()) - self.people.keys()),
            hours=in_words(scope.hours or ()),
        )

    def people_of(self, scope: Scope) -> tuple[str, ...] | None:
        if scope.people is None:
            return None
        return tuple(sorted(self.people[code] for code in scope.people & self.people.keys()))


def named(rows: Iterable[Mission | Site | Organisation]) -> dict[str, str]:
    return {row.code: row.name for row in rows}


def words(codes: frozenset[str] | None, names: dict[str, str]) -> tuple[str, ...] | None:
    return None if codes is None else tuple(sorted(names.get(code, code) for code in codes))


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a question about posture can name: codes with their names."""

    missions: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    sites: tuple[tuple[str, str], ...]
    nations: tuple[tuple[str, str], ...]


def suggestions(viewer: Viewer, *, known_on: datetime) -> Suggestions:
    """Of sites and nations those where something goes on: rooms are too many to choose from."""
    start = began()
    missions = Mission.objects.visible_to(viewer).known_on(known_on, began=start)
    lines = ActivityLine.objects.visible_to(viewer).known_on(known_on, began=start)
    present = Presence.objects.visible_to(viewer).known_on(known_on, began=start)
    nations = Organisation.objects.visible_to(viewer).filter(kind=OrganisationKind.NATION)
    return Suggestions(
        missions=pairs(missions),
        lines=pairs(lines),
        sites=pairs(each.site for each in present.select_related("site")),
        nations=pairs(nations),
    )


def pairs(
    rows: Iterable[Mission | ActivityLine | Site | Organisation],
) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(row.code, row.name) for row in rows}))

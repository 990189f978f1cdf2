"""Scopes in words: the names of the missions, lines, sites and nations that they give by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.mission.models import (
    ActivityLine,
    Mission,
    Organisation,
    OrganisationKind,
    Presence,
    Site,
)
from cadre.record.queries import began


@dataclass(frozen=True, slots=True)
class ScopeRead:
    """A scope by names; None is all of that dimension."""

    mission: str
    mission_code: str
    lines: tuple[str, ...] | None
    sites: tuple[str, ...] | None
    nations: tuple[str, ...] | None


class Names:
    """Names by code, as far as the viewer may see them; what he may not stays a code.

    Four questions to the database, however many scopes.
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
        nations = Organisation.objects.visible_to(viewer).filter(
            code__in={code for each in asked for code in each.nations or ()}
        )
        self.nations = named(nations.only("code", "name"))

    def of(self, scope: Scope) -> ScopeRead:
        lines = {code: self.lines.get((scope.mission, code), code) for code in scope.lines or ()}
        return ScopeRead(
            mission=self.missions.get(scope.mission, scope.mission),
            mission_code=scope.mission,
            lines=words(scope.lines, lines),
            sites=words(scope.sites, self.sites),
            nations=words(scope.nations, self.nations),
        )


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

"""Scopes in words: the names of the missions, lines, sites and nations that they give by code."""

from collections.abc import Iterable
from dataclasses import dataclass

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.mission.models import ActivityLine, Mission, Organisation, Site


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

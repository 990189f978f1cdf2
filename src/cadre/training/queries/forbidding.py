"""What a protection level forbids of what is planned: told before it is ordered, and afterwards.

Telling is all that it does. Whoever wants it stopped signs a directive.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from cadre.core.levels import MOVEMENT
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.queries import World
from cadre.directives.queries.levels import (
    AtSite,
    LevelRead,
    Levels,
    at_sites,
    level_read,
    lines_forbidden,
)
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.rows import Level
from cadre.training.queries.impact import Impact, impact


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity line or movement, what a level says of it, and whether it forbids it anew."""

    code: str
    name: str
    note: str
    anew: bool = False

    @property
    def is_movement(self) -> bool:
        return self.code == MOVEMENT


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What a level forbids and limits for a scope. `impact` None: it forbids no activity line."""

    level: LevelRead
    scope: ScopeRead
    forbidden: tuple[Activity, ...]
    limited: tuple[Activity, ...]
    unstated: tuple[Activity, ...]  # lines of which the level says nothing
    stops: Scope | None  # what a directive would have to stop
    impact: Impact | None


def forbidden(
    viewer: Viewer, level: Level, scope: Scope, *, at: datetime, known_on: datetime | None
) -> Forbidden:
    """What this level forbids in these places for these people, as of a moment (aware): each line,
    and every session and engagement of it over the next 72 hours, 14 days and 90 days.

    `anew`: at some of these places the level in force does not surely forbid it.
    """
    world = World(viewer, known_on=known_on)
    found = level_read(viewer, level)
    lines = {
        line.code: line.name
        for mission in world.missions
        if mission.code == scope.mission
        for line in mission.lines
    }
    levels = Levels(viewer, on=at, known_on=known_on, missions=[level.scale.mission_id])
    sites = reached(at_sites(levels, world, scope.mission), world, scope)
    stopping = lines_forbidden(found) & frozenset(lines)
    stops = replace(scope, lines=stopping) if stopping else None
    said = {rule.activity for rule in found.rules}
    return Forbidden(
        level=found,
        scope=Names(viewer, (scope,)).of(scope),
        forbidden=tuple(
            Activity(each.activity, lines.get(each.activity, each.activity), each.note,
                     anew=anew(each.activity, sites))
            for each in found.forbidden
        ),
        limited=tuple(
            Activity(each.activity, lines.get(each.activity, each.activity), each.note)
            for each in found.limited
        ),
        unstated=tuple(
            Activity(code, name, "") for code, name in lines.items() if code not in said
        ),
        stops=stops,
        impact=impact(viewer, stops, at=at, known_on=known_on) if stops else None,
    )  # fmt: skip  # a table reads best as one


def reached(sites: Iterable[AtSite], world: World, scope: Scope) -> list[AtSite]:
    return [
        each
        for each in sites
        if scope.sites is None or not scope.sites.isdisjoint(world.paths[each.code])
    ]


def anew(activity: str, sites: Iterable[AtSite]) -> bool:
    return not all(each.forbids(activity) for each in sites)

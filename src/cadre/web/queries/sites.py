"""The map: where a mission works, and what may go on there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cadre.core.posture import Ruling
from cadre.core.releasability import Viewer
from cadre.directives.queries import Line, Question, World
from cadre.mission.coordinates import Position
from cadre.mission.models import Presence, Site, SiteKind
from cadre.mission.queries.reading import Reading
from cadre.record.queries import packs


@dataclass(frozen=True, slots=True)
class Marker:
    """One site of a mission with its posture for one line.

    `country` is its name if it is one, so that the map can fill it where it has no coordinates.
    """

    name: str
    code: str
    country: str
    url: str
    latitude: float | None
    longitude: float | None
    mgrs: str
    posture: Ruling
    packs: frozenset[str]  # that the posture rests on
    above: tuple[str, ...]  # names of the places that it lies in, from the root down


@dataclass(frozen=True, slots=True)
class Choice:
    """A mission that the map can show, with its lines."""

    code: str
    name: str
    pack: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """What the map can show, and what it shows. `mission` None: there is none, or not that one."""

    choices: tuple[Choice, ...]
    mission: Choice | None
    line: str
    fictional: bool
    sites: tuple[Marker, ...]


def map_of_sites(
    viewer: Viewer, mission: str, line: str, *, on: datetime, known_on: datetime
) -> Map:
    """Every site at which a mission works, by name, with its posture for one line of it.

    Without a mission the first is shown, without a line the first of its lines.
    """
    world = World(viewer, known_on=known_on)
    known = packs(viewer)
    made_up = {key for key, pack in known.items() if pack.fictional}
    offered = choices(world, made_up)
    chosen = next((each for each in offered if each.code == mission or not mission), None)
    if chosen is None:
        return Map(offered, None, line, fictional=False, sites=())
    line = line or chosen.lines[0].code
    return Map(
        choices=offered,
        mission=chosen,
        line=line,
        fictional=chosen.pack in made_up,
        sites=markers(world, chosen.code, line, on),
    )


def choices(world: World, made_up: set[str]) -> tuple[Choice, ...]:
    """The missions that have a line, real ones first."""
    missions = sorted(world.missions, key=lambda mission: (mission.pack in made_up, mission.code))
    return tuple(
        Choice(each.code, each.name, each.pack, each.lines) for each in missions if each.lines
    )


def markers(world: World, mission: str, line: str, on: datetime) -> tuple[Marker, ...]:
    reading = Reading(world.viewer, on=on, known_on=world.known_on)
    rows = reading.stated(Presence.objects.filter(mission__code=mission)).select_related("site")
    present = [each for each in rows.order_by("site__name") if each.site.code in world.paths]
    above = names_above(world.viewer, [each.site for each in present])
    found = []
    for each in present:
        question = Question(mission, line, site=each.site.code)
        ruling = world.rule(question, on)
        found.append(
            Marker(
                name=each.site.name,
                code=each.site.code,
                country=each.site.name if each.site.kind == SiteKind.COUNTRY else "",
                url=reverse("mission:site", args=[each.site.code]),
                latitude=each.site.latitude,
                longitude=each.site.longitude,
                mgrs=mgrs_of(each.site),
                posture=ruling,
                packs=world.packs(question, ruling, on) | {each.pack},
                above=tuple(above.get(code, code) for code in each.site.path[:-1]),
            )
        )
    return tuple(found)


def names_above(viewer: Viewer, sites: Sequence[Site]) -> dict[str, str]:
    codes: Iterable[str] = {code for site in sites for code in site.path[:-1]}
    rows = Site.objects.visible_to(viewer).filter(code__in=codes)
    return {row.code: row.name for row in rows.only("code", "name")}


def mgrs_of(site: Site) -> str:
    if site.latitude is None or site.longitude is None:
        return ""
    return Position(site.latitude, site.longitude).mgrs()

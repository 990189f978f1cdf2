"""The map: where a mission works, and what may go on there."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cadre.core.posture import Ruling
from cadre.core.releasability import Viewer
from cadre.directives.queries import Question, World
from cadre.mission.coordinates import Position
from cadre.mission.models import ActivityLine, Presence


@dataclass(frozen=True, slots=True)
class Marker:
    """One site of a mission with its posture for one line."""

    name: str
    url: str
    latitude: float | None
    longitude: float | None
    mgrs: str
    posture: Ruling
    path: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A mission and a line that the map can show."""

    mission: str
    line: str
    label: str


def choices(viewer: Viewer, *, known_on: datetime) -> list[Choice]:
    world_lines = World(viewer, known_on=known_on).known(
        ActivityLine.objects.select_related("mission")
    )
    return [
        Choice(line.mission.code, line.code, f"{line.mission.name} · {line.name}")
        for line in world_lines.order_by("mission__code", "code")
    ]


def markers(
    viewer: Viewer, mission: str, line: str, *, on: datetime, known_on: datetime
) -> list[Marker]:
    """Every site at which the mission works, by name; none where no presence is on record."""
    world = World(viewer, known_on=known_on)
    present = world.known(Presence.objects.select_related("site")).filter(mission__code=mission)
    return [
        Marker(
            name=each.site.name,
            url=reverse("mission:site", args=[each.site.code]),
            latitude=each.site.latitude,
            longitude=each.site.longitude,
            mgrs=""
            if each.site.latitude is None or each.site.longitude is None
            else Position(each.site.latitude, each.site.longitude).mgrs(),
            posture=world.rule(Question(mission, line, site=each.site.code), on),
            path=" › ".join(each.site.path[:-1]),
        )
        for each in present.order_by("site__name")
        if each.site.code in world.paths
    ]

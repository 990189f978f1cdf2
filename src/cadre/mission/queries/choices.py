"""What forms offer to choose from: only rows that the viewer may see."""

from django.db import models

from cadre.core.releasability import Viewer
from cadre.mission.models import (
    ActivityLine,
    HostRequest,
    Mandate,
    Mission,
    Organisation,
    OrganisationKind,
    Site,
)
from cadre.mission.queries.versions import live


def missions(viewer: Viewer) -> list[tuple[str, str]]:
    rows = Mission.objects.visible_to(viewer).order_by("code")
    return [(row.code, f"{row.code} · {row.name}") for row in rows]


def organisations(viewer: Viewer) -> list[tuple[str, str]]:
    rows = Organisation.objects.visible_to(viewer).order_by("name")
    return [(row.code, f"{row.name} ({row.code})") for row in rows]


def nations(viewer: Viewer) -> list[tuple[str, str]]:
    rows = Organisation.objects.visible_to(viewer).filter(kind=OrganisationKind.NATION)
    return [(row.code, f"{row.name} ({row.code})") for row in rows.order_by("name")]


def sites(viewer: Viewer) -> list[tuple[str, str]]:
    """Places below the ones that they lie in."""
    rows = Site.objects.visible_to(viewer).order_by("path")
    return [(row.code, "\u2003" * (len(row.path) - 1) + f"{row.name} ({row.code})") for row in rows]


def lines(viewer: Viewer, mission: Mission) -> list[tuple[str, str]]:
    rows = ActivityLine.objects.visible_to(viewer).filter(mission=mission).order_by("name")
    return [(row.code, row.name) for row in rows]


def every_line(viewer: Viewer) -> list[tuple[str, str]]:
    """The codes of activity lines of all missions."""
    rows = ActivityLine.objects.visible_to(viewer).values_list("code")
    named = rows.annotate(first=models.Min("name")).order_by("first")
    return [(code, name) for code, name in named]


def requests(viewer: Viewer, mission: Mission) -> list[HostRequest]:
    rows = HostRequest.objects.visible_to(viewer).filter(mission=mission)
    return list(live(rows, known_on=None, began=None))


def mandates(viewer: Viewer, mission: Mission) -> list[Mandate]:
    rows = Mandate.objects.visible_to(viewer).filter(mission=mission)
    return list(live(rows, known_on=None, began=None))

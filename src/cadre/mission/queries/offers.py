"""What forms about a mission offer to choose from, and in which missions somebody may do it."""

from dataclasses import dataclass

from cadre.access.permissions import may
from cadre.core.releasability import Viewer
from cadre.mission.models import (
    ActivityLine,
    Contribution,
    Mission,
    Organisation,
    OrganisationKind,
    Post,
    Presence,
)
from cadre.mission.queries.versions import live

type Choices = list[tuple[str, str]]

HOST_UNITS = (OrganisationKind.FORCE, OrganisationKind.INSTITUTION)


@dataclass(frozen=True, slots=True)
class Offered:
    """Codes with names, by name: what is on record of the mission and the viewer may see."""

    lines: Choices
    sites: Choices
    nations: Choices
    units: Choices


def offered(viewer: Viewer, mission: Mission) -> Offered:
    """Nations are those that lend somebody to the mission or hold a post in it."""
    lines = live(
        ActivityLine.objects.visible_to(viewer).filter(mission=mission), known_on=None, began=None
    )
    present = live(
        Presence.objects.visible_to(viewer).filter(mission=mission), known_on=None, began=None
    )
    lent = live(
        Contribution.objects.visible_to(viewer).filter(mission=mission), known_on=None, began=None
    )
    posts = Post.objects.visible_to(viewer).filter(mission=mission, nation__isnull=False)
    organisations = Organisation.objects.visible_to(viewer)
    nations = organisations.filter(kind=OrganisationKind.NATION)
    ours = nations.filter(pk__in=lent.values("organisation")) | nations.filter(
        pk__in=posts.values("nation")
    )
    return Offered(
        lines=[(each.code, each.name) for each in lines.order_by("name")],
        sites=[
            (each.site.code, each.site.name)
            for each in present.select_related("site").order_by("site__name")
        ],
        nations=[(each.code, each.name) for each in ours.distinct().order_by("name")],
        units=[
            (each.code, each.name)
            for each in organisations.filter(kind__in=HOST_UNITS).order_by("name")
        ],
    )


def missions_in_which(viewer: Viewer, verb: str) -> list[Mission]:
    """The missions on record in which somebody may do something, by code."""
    rows = live(Mission.objects.visible_to(viewer), known_on=None, began=None).order_by("code")
    return [each for each in rows if may(viewer, verb, each.code)]

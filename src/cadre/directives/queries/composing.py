"""What somebody who composes a directive chooses from, and the drafts that there are."""

from dataclasses import dataclass
from uuid import UUID

from cadre.access.permissions import may
from cadre.core.releasability import Viewer
from cadre.directives.models import Draft
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


def drafts(viewer: Viewer) -> list[Draft]:
    """Drafts that are neither signed nor dropped, the latest first."""
    rows = Draft.objects.visible_to(viewer).filter(signed_as=None, dropped_at=None)
    return list(rows.select_related("mission").order_by("-written_at"))


def draft(viewer: Viewer, row: UUID) -> Draft | None:
    found = Draft.objects.visible_to(viewer).filter(pk=row)
    return found.select_related("mission", "signed_as").first()

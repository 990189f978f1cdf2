"""What the forms of alerts offer to choose from, and in which missions something may be done."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cadre.access.permissions import may
from cadre.alerts.models import Acknowledging, Cause, Contact, Ladder
from cadre.alerts.queries.ladders import SHIPPED, ladder_for
from cadre.alerts.queries.previews import StepShown, steps_of
from cadre.core.alerts import Ladder as CoreLadder
from cadre.core.alerts import minutes
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Organisation, OrganisationKind, Person, Post, Site
from cadre.mission.queries.versions import live

type Choices = list[tuple[str, str]]


def missions_in_which(viewer: Viewer, verb: str) -> list[Mission]:
    """The missions on record in which somebody may do something, by code."""
    rows = live(Mission.objects.visible_to(viewer), known_on=None, began=None).order_by("code")
    return [each for each in rows if may(viewer, verb, each.code)]


@dataclass(frozen=True, slots=True)
class Meant:
    """Sites and nations of the posts of a mission that the viewer may see, by name."""

    sites: Choices
    nations: Choices


def meant(viewer: Viewer, mission: Mission) -> Meant:
    posts = Post.objects.visible_to(viewer).filter(mission=mission)
    sites = Site.objects.visible_to(viewer).filter(pk__in=posts.values("site"))
    nations = Organisation.objects.visible_to(viewer).filter(
        pk__in=posts.values("nation"), kind=OrganisationKind.NATION
    )
    return Meant(
        [(each.code, each.name) for each in sites.order_by("name")],
        [(each.code, each.name) for each in nations.order_by("name")],
    )


def people_called(viewer: Viewer, codes: tuple[str, ...]) -> Mapping[str, Person]:
    """The people with these codes whose names the viewer may see, by code."""
    rows = Person.objects.visible_to(viewer).filter(code__in=codes).select_related("nation")
    return {row.code: row for row in rows}


def posts_called(viewer: Viewer, mission: Mission, codes: tuple[str, ...]) -> Mapping[str, Post]:
    rows = Post.objects.visible_to(viewer).filter(mission=mission, code__in=codes)
    return {row.code: row for row in rows}


@dataclass(frozen=True, slots=True)
class LadderRead:
    """How a mission tells of a cause ("": of every other one). `own`: not as it is shipped."""

    cause: str
    label: str
    ladder: CoreLadder
    steps: tuple[StepShown, ...]
    own: bool

    @property
    def window(self) -> int:
        """Minutes."""
        return minutes(self.ladder.window)

    @property
    def enough(self) -> str:
        """Whose acknowledgement is enough, in words."""
        return str(Acknowledging(self.ladder.acknowledging.value).label)


def ladders(viewer: Viewer, mission: Mission) -> tuple[LadderRead, ...]:
    """The ladders of a mission: by cause those that it has or that are shipped."""
    rows = Ladder.objects.visible_to(viewer).filter(mission=mission)
    own = set(rows.values_list("cause", flat=True))
    causes = [cause for cause in Cause if cause.value in own or cause in SHIPPED]
    found = []
    for cause in causes:
        ladder = ladder_for(mission, cause.value, 0)
        is_own = cause.value in own
        found.append(
            LadderRead(cause.value, str(cause.label), ladder, steps_of(ladder), own=is_own)
        )
    others = ladder_for(mission, Cause.MESSAGE.value, 0)
    if Cause.MESSAGE.value not in own:
        found.insert(0, LadderRead("", "", others, steps_of(others), own="" in own))
    return tuple(found)


def counted_contacts(viewer: Viewer, mission: Mission) -> tuple[int, int]:
    """How many addresses of the people of a mission there are, and how many nobody verified."""
    people = Person.objects.visible_to(viewer).filter(holdings__post__mission=mission).distinct()
    rows = Contact.objects.visible_to(viewer).filter(person__in=people, dropped=False)
    return rows.count(), rows.filter(verified_at__isnull=False).count()


def missions_seen(viewer: Viewer) -> list[Mission]:
    """The missions on record that somebody may see, by code."""
    return list(
        live(Mission.objects.visible_to(viewer), known_on=None, began=None).order_by("code")
    )


def no_such(code: str) -> str:
    return _("There is none with the code “%(code)s”.") % {"code": code}

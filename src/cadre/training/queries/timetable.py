"""The published timetable of a mission: its versions, what stands in one, and what one changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cadre.access.models import MarkedQuerySet
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission
from cadre.training.models import Placement, PlanVersion, Session

NONE_YET = 0  # the number of the version before the first


@dataclass(frozen=True, slots=True)
class Change:
    """A session that stands elsewhere in one version than in another; None: it does not stand."""

    session: Session
    before: Placement | None
    after: Placement | None


def versions(viewer: Viewer, mission: Mission) -> list[PlanVersion]:
    """The versions that the viewer may see, the latest first; [] where nothing was published."""
    return list(PlanVersion.objects.visible_to(viewer).filter(mission=mission).order_by("-number"))


def latest(viewer: Viewer, mission: Mission) -> int:
    """The number of the latest version; `NONE_YET` where nothing was published."""
    return next((each.number for each in versions(viewer, mission)), NONE_YET)


def standing(viewer: Viewer, mission: Mission, number: int) -> MarkedQuerySet[Placement]:
    """What stood in a version, with its session and place; nothing in one that there is not."""
    return (
        Placement.objects.visible_to(viewer)
        .filter(session__mission=mission, versions__contains=number)
        .select_related("session__course", "site")
    )


def changes(viewer: Viewer, mission: Mission, since: int, until: int) -> tuple[Change, ...]:
    """What differs between two versions by number, by when it stands; () where nothing does."""
    before = sessions_of(standing(viewer, mission, since).exclude(versions__contains=until))
    after = sessions_of(standing(viewer, mission, until).exclude(versions__contains=since))
    found = [
        Change((after.get(key) or before[key]).session, before.get(key), after.get(key))
        for key in before.keys() | after.keys()
    ]
    return tuple(sorted(found, key=when))


def sessions_of(placements: Iterable[Placement]) -> dict[UUID, Placement]:
    return {each.session_id: each for each in placements}


def when(change: Change) -> tuple[object, str]:
    stands = change.before or change.after
    return (stands.during.lower if stands else None), change.session.code


def posts_of(viewer: Viewer, placements: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The codes of the posts that teach there, by placement; none where none is on record."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Placement.objects.visible_to(viewer).filter(pk__in=list(placements))
    for pk, code in rows.values_list("pk", "duties__post__code").order_by("duties__post__code"):
        if code:
            found[pk].append(code)
    return found

"""What a directive has cost so far: what it kept from taking place. Counted, never estimated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from cadre.core.posture import Directive, Lift, Posture
from cadre.core.releasability import Viewer
from cadre.directives.queries import World
from cadre.training.models import Course, Session, SessionKind
from cadre.training.queries.sessions import EVERY, Span, reached


@dataclass(frozen=True, slots=True)
class Cost:
    """Sessions and engagements that did not take place, or were restricted, since a moment.

    `trainees`: of their courses, each once; None: of none is a number stated; `unstated`: of how
    many it is not. `at_most`: a lift for some people or hours only may have let some of it run.
    """

    since: datetime
    sessions: int
    engagements: int
    hours: int
    courses: int
    trainees: int | None
    unstated: int
    restricted: bool
    at_most: bool


def cost(viewer: Viewer, number: str, *, on: datetime, known_on: datetime | None) -> Cost | None:
    """From when it surely took effect until `on` (aware). None where that is not stated, or it had
    not begun, or the viewer may see no such directive. What he may not see is not counted.
    """
    world = World(viewer, known_on=known_on)
    found = next((each for each in world.directives if each.key == number), None)
    if found is None or found.effective.latest is None or found.effective.latest >= on:
        return None
    since = found.effective.latest
    lifts = [each for each in world.lifts if each.directive == number]
    keys, _total = reached(viewer, found.surely, Span(since, on, EVERY))
    kept_from = set(keys) - run_again(viewer, found, lifts, on)
    return counted(viewer, kept_from, found, since, lifts)


def run_again(
    viewer: Viewer, directive: Directive, lifts: Iterable[Lift], on: datetime
) -> set[UUID]:
    """What a lift for a whole part let run: for some people or hours of it only, it stays stopped
    here.
    """
    found: set[UUID] = set()
    for lift in lifts:
        begins = lift.effective.latest
        if begins is not None and begins < on and is_whole(lift, directive):
            keys, _total = reached(viewer, lift.scope, Span(begins, on, EVERY))
            found.update(keys)
    return found


def is_whole(lift: Lift, directive: Directive) -> bool:
    """It lifts lines and sites for all whom the directive names there."""
    names = ("nations", "units", "people", "hours")
    return all(
        getattr(lift.scope, name) is None
        or getattr(lift.scope, name) == getattr(directive.surely, name)
        for name in names
    )


def counted(
    viewer: Viewer, keys: set[UUID], directive: Directive, since: datetime, lifts: Iterable[Lift]
) -> Cost:
    rows = list(
        Session.objects.visible_to(viewer)
        .filter(pk__in=keys)
        .values_list("kind", "during", "course")
    )
    courses = {course for _kind, _during, course in rows if course is not None}
    taught = Course.objects.visible_to(viewer).filter(pk__in=courses)
    seconds = sum((during.upper - during.lower).total_seconds() for _kind, during, _course in rows)
    return Cost(
        since=since,
        sessions=sum(kind == SessionKind.SESSION for kind, _during, _course in rows),
        engagements=sum(kind == SessionKind.ENGAGEMENT for kind, _during, _course in rows),
        hours=round(seconds / 3600),
        courses=len(courses),
        trainees=taught.aggregate(total=Sum("trainees"))["total"],
        unstated=taught.filter(trainees=None).count(),
        restricted=directive.effect == Posture.RESTRICTED,
        at_most=any(not is_whole(each, directive) for each in lifts),
    )

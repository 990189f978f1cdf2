"""What a directive would stop, before it is signed: exact as of a moment, counted by SQL."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from cadre.access.queries import seeing
from cadre.core.conditions import common, meet
from cadre.core.moments import later
from cadre.core.posture import Directive, Posture, Scope
from cadre.core.releasability import Viewer
from cadre.directives.queries import Question, World, bounds_in_sql
from cadre.training.queries.sessions import SessionRead, Span, parameters, sessions

MOST = 20  # sessions that are named
AHEAD = (timedelta(hours=72), timedelta(days=14), timedelta(days=90))
TITLES = (_("now"), _("72 hours"), _("14 days"), _("90 days"))
LEFT = (
    "SELECT * FROM cadre_left(%s, %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
    " %s::text[], %s::tstzrange[])"
)
KEYS = ("now", "72 hours", "14 days", "90 days")  # what programs call them


@dataclass(frozen=True, slots=True)
class Left:
    """Of sessions and engagements of which a stop reaches some nations or people: how many keep
    somebody who teaches them, and how many nobody. Whether those are enough, a person decides.
    """

    somebody: int
    nobody: int


@dataclass(frozen=True, slots=True)
class Window:
    """What is reached in one span of time. `trainees` None: of no course is a number stated;
    `unstated`: of how many courses it is not. `people` are posts that teach; `away` are those of
    them who would be stopped away from the site of their post.
    """

    title: str
    sessions: int
    engagements: int
    already: int  # of both, those that a directive in force stops at all events
    institutions: int
    trainees: int | None
    unstated: int
    people: int
    away: int
    by_nation: dict[str, int]
    by_site: dict[str, int]
    left: Left | None = None  # where it stops some people of a session only


@dataclass(frozen=True, slots=True)
class Impact:
    """The windows, the first of the sessions by name, and the directives that overlap: in force,
    or to be in force within the longest of the windows.
    """

    windows: tuple[Window, ...]
    first: tuple[SessionRead, ...]
    more: int
    overlaps: tuple[Directive, ...]


def impact(viewer: Viewer, scope: Scope, *, at: datetime, known_on: datetime | None) -> Impact:
    """What is reached as of a moment (aware) and over the next 72 hours, 14 days and 90 days.

    Nothing on record gives noughts. What the viewer may not see is not counted.
    """
    world = World(viewer, known_on=known_on)
    windows = counted(viewer, scope, stopped(world, scope, at), at=at)
    ahead = Span(at, later(at, AHEAD[0]), MOST)
    listed, total = sessions(world, scope, ahead, at=at)
    return Impact(
        windows=windows,
        first=listed,
        more=max(0, total - len(listed)),
        overlaps=tuple(
            each for each in world.live(later(at, AHEAD[-1])) if overlap(each.perhaps, scope, world)
        ),
    )


def overlap(one: Scope, other: Scope, world: World) -> bool:
    return meet(one, other, world.paths) and all(
        common(getattr(one, name), getattr(other, name)) for name in ("units", "people", "hours")
    )


def stopped(world: World, scope: Scope, at: datetime) -> list[tuple[str, str]]:
    """The lines with the sites of the mission at which a directive surely suspends them already."""
    lines = {
        line.code for each in world.missions if each.code == scope.mission for line in each.lines
    }
    asked = [
        Question(scope.mission, line, site)
        for line in sorted(lines if scope.lines is None else lines & scope.lines)
        for site in world.present[scope.mission]
    ]
    if not asked:
        return []
    found = bounds_in_sql(world.viewer, asked, on=at, known_on=world.known_on)
    return [
        (each.question.line, each.question.site)
        for each in found
        if each.lower == Posture.SUSPENDED
    ]


def counted(
    viewer: Viewer, scope: Scope, suspended: list[tuple[str, str]], *, at: datetime
) -> tuple[Window, ...]:
    spans = [
        DateTimeTZRange(at, at, "[]"),
        *(DateTimeTZRange(at, later(at, each)) for each in AHEAD),
    ]
    with seeing(viewer), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cadre_impact(%s, %s::text[], %s::text[], %s::text[], %s::text[],"
            " %s::text[], %s::text[], %s::tstzrange[], %s::text[], %s::text[])",
            [
                scope.mission,
                *parameters(scope),
                spans,
                [line for line, _site in suspended],
                [site for _line, site in suspended],
            ],
        )
        rows = cursor.fetchall()
        left: list[Left | None] = [None] * len(spans)
        if scope.nations is not None or scope.people is not None:
            cursor.execute(LEFT, [scope.mission, *parameters(scope), spans])
            left = [Left(*row[1:]) for row in cursor.fetchall()]
    return tuple(
        replace(Window(str(title), *row[1:]), left=each)
        for title, row, each in zip(TITLES, rows, left, strict=True)
    )

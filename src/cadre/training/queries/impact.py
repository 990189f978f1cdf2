"""What a directive would stop, before it is signed: exact as of a moment, counted by SQL."""

from dataclasses import dataclass
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
KEYS = ("now", "72 hours", "14 days", "90 days")  # what programs call them


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


@dataclass(frozen=True, slots=True)
class Impact:
    """The windows, the first of the sessions by name, and the directives in force that overlap."""

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
        overlaps=tuple(each for each in world.live(at) if overlap(each.perhaps, scope, world)),
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
    return tuple(Window(str(title), *row[1:]) for title, row in zip(TITLES, rows, strict=True))

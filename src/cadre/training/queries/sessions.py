"""Sessions and engagements as a list: what, where, when, who teaches, and whether they may run."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.queries import seeing
from cadre.core.posture import Ruling, Scope
from cadre.core.releasability import Viewer
from cadre.directives.queries import Question, World
from cadre.training.models import Duty, Session

EVERY = 2_147_483_647  # rows of a Span: all of them


@dataclass(frozen=True, slots=True)
class SessionRead:
    """One of them. `posture`: of its line at its place for all nations; `nations`: who teach it;
    `site`: at which of the mission's sites, "" where it is none of them.
    """

    row: Session
    nations: tuple[str, ...]
    posts: int
    posture: Ruling
    site: str


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, and which part of the list: `most` of them after the first `skipped`."""

    begins: datetime
    ends: datetime
    most: int
    skipped: int = 0


def sessions(
    world: World, scope: Scope, span: Span, *, at: datetime
) -> tuple[tuple[SessionRead, ...], int]:
    """Those that a scope reaches and that meet a span, by when they begin, and how many there are
    in all. Whether each may run is asked of the posture as of `at`.
    """
    keys, total = reached(world.viewer, scope, span)
    seen = Session.objects.visible_to(world.viewer).filter(pk__in=keys)
    rows = {row.pk: row for row in seen.select_related("site", "course")}
    teaching = duties(world.viewer, keys)
    found = tuple(
        SessionRead(
            row,
            tuple(sorted({code for code in teaching[row.pk] if code})),
            len(teaching[row.pk]),
            world.rule(question(world, scope.mission, row), at),
            site_of(world, scope.mission, row),
        )
        for row in (rows[key] for key in keys if key in rows)
    )
    return found, total


def site_of(world: World, mission: str, row: Session) -> str:
    present = set(world.present[mission])
    path = world.paths.get(row.site.code, ())
    return next((code for code in reversed(path) if code in present), "")


def question(world: World, mission: str, row: Session) -> Question:
    site = row.site.code if row.site.code in world.paths else ""
    return Question(mission, row.line, site)


def reached(viewer: Viewer, scope: Scope, span: Span) -> tuple[list[UUID], int]:
    with seeing(viewer), connection.cursor() as cursor:
        cursor.execute(
            "SELECT session, count(*) OVER () FROM cadre_reached(%s, %s::text[], %s::text[],"
            " %s::text[], %s::text[], %s::text[], %s::text[], %s, '{}', '{}')"
            " ORDER BY during, session LIMIT %s OFFSET %s",
            [
                scope.mission,
                *parameters(scope),
                DateTimeTZRange(span.begins, span.ends),
                span.most,
                span.skipped,
            ],
        )
        rows = cursor.fetchall()
    return [key for key, _total in rows], rows[0][1] if rows else 0


def parameters(scope: Scope) -> list[list[str] | None]:
    """The dimensions of a scope as arrays, null for all."""
    dimensions = (scope.lines, scope.sites, scope.nations, scope.units, scope.people, scope.hours)
    return [None if names is None else sorted(names) for names in dimensions]


def duties(viewer: Viewer, rows: Sequence[UUID]) -> dict[UUID, list[str]]:
    """For each session the nations of the posts that teach it, one for each post."""
    found: dict[UUID, list[str]] = defaultdict(list)
    seen = Duty.objects.visible_to(viewer).filter(session__in=rows)
    for duty in seen.select_related("post__nation"):
        nation = duty.post.nation
        found[duty.session_id].append(nation.code if nation else "")
    return found

"""What a stop would stop as programs get it, by the API and by the command."""

from datetime import datetime

from ninja import Schema

from cadre.training.queries import Cost, Forbidden, Impact
from cadre.training.queries.impact import KEYS


class WindowOut(Schema):
    """What is reached in one span. `trainees` null: of no course is a number stated. `left_with_…`:
    of a stop of some nations or people, sessions that keep somebody who teaches, or nobody.
    """

    window: str
    sessions: int
    engagements: int
    stopped_already: int
    institutions: int
    trainees: int | None
    courses_without_number: int
    people: int
    away_from_base: int
    people_by_nation: dict[str, int]
    people_by_site: dict[str, int]
    left_with_somebody: int | None
    left_with_nobody: int | None


class ImpactOut(Schema):
    """What a stop would stop, now and in the time ahead, and the directives that overlap."""

    windows: list[WindowOut]
    overlaps: list[str]


class ForbiddenOut(Schema):
    """What a level forbids and limits, by activity; `anew`: what it forbids where the level in
    force does not yet; `unstated`: of which it says nothing. `impact` null: it forbids no line.
    """

    level: str
    forbidden: list[str]
    anew: list[str]
    limited: dict[str, str]
    unstated: list[str]
    impact: ImpactOut | None


class CostOut(Schema):
    """What a directive has cost since it surely took effect. `trainees` null: not stated."""

    since: datetime
    sessions: int
    engagements: int
    hours: int
    courses: int
    trainees: int | None
    courses_without_number: int
    restricted: bool
    at_most: bool


def codes(text: str) -> frozenset[str] | None:
    return frozenset(part.strip() for part in text.split(",") if part.strip()) or None


def impact_out(found: Impact) -> ImpactOut:
    return ImpactOut(
        windows=[
            WindowOut(
                window=key,
                sessions=each.sessions,
                engagements=each.engagements,
                stopped_already=each.already,
                institutions=each.institutions,
                trainees=each.trainees,
                courses_without_number=each.unstated,
                people=each.people,
                away_from_base=each.away,
                people_by_nation=each.by_nation,
                people_by_site=each.by_site,
                left_with_somebody=each.left.somebody if each.left else None,
                left_with_nobody=each.left.nobody if each.left else None,
            )
            for key, each in zip(KEYS, found.windows, strict=True)
        ],
        overlaps=[each.key for each in found.overlaps],
    )


def forbidden_out(found: Forbidden) -> ForbiddenOut:
    return ForbiddenOut(
        level=found.level.row.code,
        forbidden=[each.code for each in found.forbidden],
        anew=[each.code for each in found.forbidden if each.anew],
        limited={each.code: each.note for each in found.limited},
        unstated=[each.code for each in found.unstated],
        impact=impact_out(found.impact) if found.impact else None,
    )


def cost_out(found: Cost) -> CostOut:
    names = ("since", "sessions", "engagements", "hours", "courses", "trainees", "restricted",
             "at_most")  # fmt: skip  # names only
    return CostOut(
        courses_without_number=found.unstated, **{name: getattr(found, name) for name in names}
    )

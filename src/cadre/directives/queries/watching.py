"""What has to be watched about levels: what goes on though forbidden, what needs a new look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cadre.core.posture import Posture
from cadre.directives.queries.levels import AtSite, Levels, Ordered
from cadre.directives.queries.posture import Question, World
from cadre.directives.queries.rulings import bounds_in_sql


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The level in force at a site forbids a line, and no directive surely stops all of it there.
    A person has to decide.
    """

    mission: str
    site: str
    line: str
    line_name: str
    site_name: str


def contradictions(world: World, sites: Iterable[AtSite], at: datetime) -> list[Contradiction]:
    """What the level in force forbids and may go on all the same. A line that nothing opens does
    not run, so it is none.
    """
    lines = {each.code: each.lines for each in world.missions}
    asked = {
        Question(site.mission, line.code, site.code): (line.name, site.name)
        for site in sites
        for line in lines.get(site.mission, ())
        if site.forbids(line.code)
    }
    if not asked:
        return []
    found = bounds_in_sql(world.viewer, list(asked), on=at, known_on=world.known_on)
    going_on = (
        each.question
        for each in found
        if each.lower != Posture.SUSPENDED and world.rule(each.question, at).basis
    )
    return [Contradiction(each.mission, each.site, each.line, *asked[each]) for each in going_on]


@dataclass(frozen=True, slots=True)
class LevelReview:
    """An order about a level that is to be looked at again; `overdue`: by now."""

    number: str
    mission: str
    owner: str
    at: datetime
    overdue: bool


def level_reviews(levels: Levels, on: datetime) -> list[LevelReview]:
    """Of every order that counts somewhere: one that another has replaced needs no look."""
    return sorted(
        (
            LevelReview(row.number, code, row.review_owner, row.review_at, row.review_at <= on)
            for code, orders in levels.orders.items()
            for row in (each.row for each in orders if not replaced(each, orders, on))
            if row.review_at is not None and row.effective.perhaps_by(on)
        ),
        key=lambda each: (each.at, each.number),
    )


def replaced(mine: Ordered, others: Sequence[Ordered], on: datetime) -> bool:
    """A later order of the same issuer surely holds for all that this one does."""
    return any(
        each.order.issuer == mine.order.issuer
        and each.row.scale_id == mine.row.scale_id
        and mine.order.scope.within(each.order.scope)
        and each.order.surely_after(mine.order)
        and each.order.effective.surely_by(on)
        for each in others
    )

"""What pages and programs show of a mission's levels: sites, orders, threats, scales."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from cadre.core.answers import Answer, Said
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import LevelOrder, ThreatStatement
from cadre.directives.queries.levels import (
    EVER,
    AtSite,
    Levels,
    ScaleRead,
    at_sites,
    scope_of,
)
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.posture import World
from cadre.directives.queries.receipts import Addressee, level_addressees
from cadre.directives.queries.watching import Contradiction, contradictions, level_reviews
from cadre.mission.models import Mission
from cadre.mission.queries.reading import Reading
from cadre.record.queries import about as said_of_subject


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order about a level in a list, with its scope by names."""

    row: LevelOrder
    scope: ScopeRead
    overdue: bool  # it was to be looked at again by now, and no later order has replaced it


@dataclass(frozen=True, slots=True)
class ThreatLine:
    row: ThreatStatement
    scope: ScopeRead


@dataclass(frozen=True, slots=True)
class MissionLevels:
    """All about a mission's levels. `contradictions`: what runs where the level forbids it."""

    sites: tuple[AtSite, ...]
    orders: tuple[OrderLine, ...]  # the latest first, those of no stated moment before them
    contradictions: tuple[Contradiction, ...]
    scales: tuple[ScaleRead, ...]
    threat_scales: tuple[ScaleRead, ...]
    threats: tuple[ThreatLine, ...]  # the latest first

    @property
    def beyond(self) -> tuple[AtSite, ...]:
        """Sites at which a level is held longer than it can be."""
        return tuple(each for each in self.sites if each.beyond)


def mission_levels(world: World, mission: Mission, *, on: datetime) -> MissionLevels:
    viewer, code = world.viewer, mission.code
    levels = Levels(viewer, known_on=world.known_on, missions=[mission.pk], on=on)
    sites = at_sites(levels, world, code)
    reading = Reading(viewer, on=on, known_on=world.known_on)
    stated = reading.stated(ThreatStatement.objects.filter(mission=mission))
    threats = sorted(
        (each for each in stated.select_related("level__scale") if each.assessed.perhaps_by(on)),
        key=lambda each: each.assessed_latest or each.recorded_at,
        reverse=True,
    )
    orders = [each.row for each in levels.orders.get(code, ())]
    scopes = [scope_of(each) for each in orders]
    places = [
        Scope(code, sites=None if each.sites is None else frozenset(each.sites)) for each in threats
    ]
    names = Names(viewer, (*scopes, *places))
    overdue = {each.number for each in level_reviews(levels, on) if each.overdue}
    return MissionLevels(
        sites=tuple(sites),
        orders=tuple(latest_first(orders, [names.of(each) for each in scopes], overdue)),
        contradictions=tuple(contradictions(world, sites, on)),
        scales=levels.scales.get(code, ()),
        threat_scales=levels.threats.get(code, ()),
        threats=tuple(
            ThreatLine(row, names.of(scope)) for row, scope in zip(threats, places, strict=True)
        ),
    )


def latest_first(
    orders: Sequence[LevelOrder], scopes: Sequence[ScopeRead], overdue: Collection[str]
) -> list[OrderLine]:
    lines = [
        OrderLine(row, scope, row.number in overdue)
        for row, scope in zip(orders, scopes, strict=True)
    ]
    return sorted(lines, key=lambda each: each.row.effective_earliest or EVER, reverse=True)


@dataclass(frozen=True, slots=True)
class LevelOrderRead:
    """One order about a level with everything said of it."""

    row: LevelOrder
    scope: ScopeRead
    addressees: tuple[Addressee, ...]
    said: tuple[Said, ...]
    answers: tuple[Answer, ...]


def level_order_read(
    viewer: Viewer, row: LevelOrder, *, on: datetime, known_on: datetime | None
) -> LevelOrderRead | None:
    """None where it was not known at that moment."""
    reading = Reading(viewer, on=on, known_on=known_on)
    if not reading.stated(LevelOrder.objects.filter(pk=row.pk)).exists():
        return None
    scope = scope_of(row)
    answers = (
        each
        for subject in row.subjects
        for each in said_of_subject(viewer, subject, on=on, known_on=known_on or on).answers
    )
    return LevelOrderRead(
        row=row,
        scope=Names(viewer, (scope,)).of(scope),
        addressees=tuple(level_addressees(viewer, row, on=on, known_on=known_on)),
        said=reading.book([row]).of(row),
        answers=tuple(answers),
    )

"""Which levels a mission has, which is in force where, since when, and what it forbids."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from cadre.core import levels as core
from cadre.core.levels import NOTHING, Allowance, Held, LevelRuling
from cadre.core.posture import Cell, Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import Level, LevelOrder, LevelRule, Scale, Track
from cadre.directives.queries.posture import World
from cadre.mission.queries.reading import Reading
from cadre.mission.queries.versions import fingerprint

type Path = tuple[str, ...]

EVER = datetime.max.replace(tzinfo=UTC)  # an order ahead is on record all the same


@dataclass(frozen=True, slots=True)
class LevelRead:
    """A level with what it says of activities; what was taken back is left out."""

    row: Level
    rules: tuple[LevelRule, ...]

    @property
    def version(self) -> str:
        """Differs when anything about the level does, or about what it says."""
        said = sorted((each.activity, each.allows, each.note) for each in self.rules)
        return f"{fingerprint(self.row)} {hashlib.blake2b(repr(said).encode()).hexdigest()[:12]}"

    @property
    def as_core(self) -> core.Level:
        return core.Level(
            code=self.row.code,
            rank=self.row.rank,
            longest=core.hours(self.row.longest_hours),
            without_limit=self.row.without_limit,
            rules={each.activity: Allowance(each.allows) for each in self.rules},
        )

    def saying(self, allows: Allowance) -> tuple[LevelRule, ...]:
        return tuple(each for each in self.rules if each.allows == allows)

    @property
    def forbidden(self) -> tuple[LevelRule, ...]:
        return self.saying(Allowance.FORBIDDEN)

    @property
    def limited(self) -> tuple[LevelRule, ...]:
        return self.saying(Allowance.LIMITED)


@dataclass(frozen=True)
class ScaleRead:
    """A scale with its levels, the lowest first."""

    row: Scale
    levels: tuple[LevelRead, ...]

    @cached_property
    def by_rank(self) -> dict[int, LevelRead]:
        return {each.row.rank: each for each in self.levels}

    @cached_property
    def as_core(self) -> dict[int, core.Level]:
        return {rank: each.as_core for rank, each in self.by_rank.items()}


@dataclass(frozen=True, slots=True)
class LevelAt:
    """The level at a place. `level` None: none is ordered or it is not stated, as `ruling` says."""

    scale: ScaleRead | None  # None: the mission has no scale, so nothing but orders is known
    ruling: LevelRuling
    level: LevelRead | None
    lowest: LevelRead | None  # the least that surely holds
    highest: LevelRead | None
    held: Held
    beyond: bool  # it is held longer than it can be

    @property
    def nothing(self) -> bool:
        """Nobody ordered any level here."""
        return self.ruling.rank == NOTHING

    def forbids(self, activity: str) -> bool:
        """The least that surely holds forbids it."""
        return self.lowest is not None and self.lowest.as_core.forbids(activity)


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order about a level, as its row and in the words of the core."""

    row: LevelOrder
    order: core.LevelOrder


class Levels:
    """The levels of some missions (None: all) at a moment, as one viewer may know them at another.

    Three questions to the database, however many missions, sites and orders there are.
    """

    def __init__(
        self, viewer: Viewer, *, on: datetime, known_on: datetime | None,
        missions: Collection[UUID] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        reading = Reading(viewer, on=on, known_on=known_on)
        self.on = on
        self.ruled: dict[tuple[str, frozenset[str]], tuple[LevelAt, ...]] = {}
        about = Q() if missions is None else Q(mission__in=missions)
        orders = reading.stated(LevelOrder.objects.filter(about)).order_by("number")
        self.rows = list(orders.select_related("mission", "scale", "level_from", "level_to"))
        of_scale = Q() if missions is None else Q(scale__mission__in=missions)
        levels = Level.objects.visible_to(viewer).filter(of_scale).order_by("rank")
        self.known = reading.described(levels.select_related("scale__mission"))
        of_level = Q() if missions is None else Q(level__scale__mission__in=missions)
        self.said = reading.described(LevelRule.objects.visible_to(viewer).filter(of_level))

    @cached_property
    def scales(self) -> dict[str, tuple[ScaleRead, ...]]:
        """The scales of protection of each mission, by its code."""
        return self.on_track(Track.PROTECTION)

    @cached_property
    def threats(self) -> dict[str, tuple[ScaleRead, ...]]:
        return self.on_track(Track.THREAT)

    def on_track(self, track: Track) -> dict[str, tuple[ScaleRead, ...]]:
        rules: dict[UUID, list[LevelRule]] = defaultdict(list)
        for rule in sorted(self.said, key=lambda each: each.activity):
            if rule.allows:
                rules[rule.level_id].append(rule)
        scales: dict[Scale, list[LevelRead]] = defaultdict(list)
        for level in sorted(self.known, key=lambda each: each.rank):
            if level.scale.track == track:
                scales[level.scale].append(LevelRead(level, tuple(rules[level.pk])))
        found: dict[str, tuple[ScaleRead, ...]] = {}
        for scale in sorted(scales, key=lambda each: each.code):
            mission = scale.mission.code
            found[mission] = (*found.get(mission, ()), ScaleRead(scale, tuple(scales[scale])))
        return found

    @cached_property
    def orders(self) -> dict[str, list[Ordered]]:
        """The orders of each mission, by number."""
        found: dict[str, list[Ordered]] = defaultdict(list)
        for row in self.rows:
            found[row.mission.code].append(Ordered(row, as_core(row)))
        return found

    def in_force(self, cell: Cell, scale: ScaleRead | None) -> LevelAt:
        """The level of a scale at a place, for all people or those of a nation."""
        orders = [
            each.order
            for each in self.orders.get(cell.mission, ())
            if scale is None or each.row.scale_id in {None, scale.row.pk}
        ]
        ruling = core.rule(orders, cell, self.on)
        by_rank: Mapping[int, LevelRead] = scale.by_rank if scale else {}
        return LevelAt(
            scale=scale,
            ruling=ruling,
            level=None if ruling.rank is None else by_rank.get(ruling.rank),
            lowest=by_rank.get(ruling.lower),
            highest=None if ruling.open else by_rank.get(ruling.upper),
            held=(held := core.held(orders, cell, scale.as_core if scale else {}, self.on)),
            beyond=held.beyond(self.on),
        )

    def at(self, mission: str, path: Path) -> tuple[LevelAt, ...]:
        """At a place on every scale of a mission, and without a scale where it has none. Places
        that no order tells apart are ruled on once.
        """
        alike = (mission, self.named[mission].intersection(path))
        if alike not in self.ruled:
            scales = self.scales.get(mission) or ((None,) if self.orders.get(mission) else ())
            cell = Cell(mission, "", path)
            self.ruled[alike] = tuple(self.in_force(cell, scale) for scale in scales)
        return self.ruled[alike]

    @cached_property
    def named(self) -> dict[str, frozenset[str]]:
        """The places that the orders of each mission name."""
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        for mission, orders in self.orders.items():
            found[mission] = frozenset().union(*(each.order.scope.sites or () for each in orders))
        return found


def level_read(viewer: Viewer, row: Level) -> LevelRead:
    """One level with what it says now of activities."""
    rules = LevelRule.objects.visible_to(viewer).filter(level=row).exclude(allows="")
    return LevelRead(row, tuple(rules.order_by("activity")))


def as_core(row: LevelOrder) -> core.LevelOrder:
    return core.LevelOrder(
        key=row.number,
        issuer=issuer_of(row),
        authority=row.authority,
        scope=scope_of(row),
        level=row.level_to.rank if row.level_to else None,
        effective=row.effective,
        claims=tuple(map(str, row.claims)),
    )


def issuer_of(row: LevelOrder) -> str:
    """Whose word an order is: a nation's, the mission's own, else of whoever it was reported."""
    if row.nation:
        return f"nation {row.nation}"
    return f"authority {row.authority.casefold()}" if row.reported else "mission"


def scope_of(row: LevelOrder) -> Scope:
    sites, nations = (
        None if codes is None else frozenset(codes) for codes in (row.sites, row.nations)
    )
    return Scope(row.mission.code, sites=sites, nations=nations)


@dataclass(frozen=True, slots=True)
class AtSite:
    """A site of a mission with the level in force there, on each scale of the mission."""

    mission: str
    code: str
    name: str
    levels: tuple[LevelAt, ...]

    def forbids(self, activity: str) -> bool:
        return any(each.forbids(activity) for each in self.levels)

    @property
    def beyond(self) -> bool:
        """A level is held there longer than it can be."""
        return any(each.beyond for each in self.levels)


def at_sites(levels: Levels, world: World, mission: str) -> list[AtSite]:
    """Every site at which a mission works, by name."""
    return [
        AtSite(mission, code, world.names[code], levels.at(mission, world.paths[code]))
        for code in world.present[mission]
    ]


def lines_forbidden(level: LevelRead) -> frozenset[str]:
    """The codes of activity lines that a level forbids; movement is none of them."""
    return frozenset(each.activity for each in level.forbidden) - {core.MOVEMENT}

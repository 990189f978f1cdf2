"""Levels as programs get them, by the API and by the command."""

from datetime import datetime

from ninja import Schema

from cadre.directives.queries.levelled import LevelOrderRead, MissionLevels
from cadre.directives.queries.levels import AtSite, LevelAt, LevelRead, ScaleRead
from cadre.web.programs import moment_out


class LevelOut(Schema):
    """A level. `longest_hours` null and not `without_limit`: not stated. `says` by activity."""

    code: str
    name: str
    rank: int
    means: str
    longest_hours: int | None
    without_limit: bool
    review_hours: int | None
    says: dict[str, str]


class ScaleOut(Schema):
    """A scale of a mission, the lowest level first."""

    code: str
    name: str
    track: str
    levels: list[LevelOut]


class SiteLevelOut(Schema):
    """The level in force at a site on one scale. `level`: its code, `none`, or `not stated`.

    `held_since`: the earliest moment that fits; `held_until` null: without limit or not stated.
    """

    site: str
    name: str
    scale: str | None
    level: str
    lower: str | None
    upper: str | None
    because: list[str]
    held_since: datetime | None
    held_until: datetime | None
    without_limit: bool
    beyond: bool


class ContradictionOut(Schema):
    """A line that surely runs at a site where the level in force forbids it."""

    line: str
    site: str


class ThreatOut(Schema):
    """How high somebody found the threat to be; `sites` null: all."""

    level: str
    sites: list[str] | None
    assessed_by: str
    assessed: str | None
    reason: str


class LevelsOut(Schema):
    """All about a mission's levels. Protection and threat are two tracks."""

    sites: list[SiteLevelOut]
    orders: list[str]
    contradictions: list[ContradictionOut]
    threats: list[ThreatOut]


def scale_out(found: ScaleRead) -> ScaleOut:
    return ScaleOut(
        code=found.row.code,
        name=found.row.name,
        track=found.row.track,
        levels=[level_out(each) for each in found.levels],
    )


def level_out(found: LevelRead) -> LevelOut:
    row = found.row
    return LevelOut(
        code=row.code,
        name=row.name,
        rank=row.rank,
        means=row.means,
        longest_hours=row.longest_hours,
        without_limit=row.without_limit,
        review_hours=row.review_hours,
        says={each.activity: each.allows for each in found.rules},
    )


def levels_out(found: MissionLevels) -> LevelsOut:
    return LevelsOut(
        sites=[site_out(site, each) for site in found.sites for each in site.levels],
        orders=[each.row.number for each in found.orders],
        contradictions=[
            ContradictionOut(line=each.line, site=each.site) for each in found.contradictions
        ],
        threats=[
            ThreatOut(
                level=each.row.level.code,
                sites=each.row.sites,
                assessed_by=each.row.assessed_by,
                assessed=moment_out(each.row.assessed),
                reason=each.row.reason,
            )
            for each in found.threats
        ],
    )


def site_out(site: AtSite, found: LevelAt) -> SiteLevelOut:
    return SiteLevelOut(
        site=site.code,
        name=site.name,
        scale=found.scale.row.code if found.scale else None,
        level=word_of(found),
        lower=found.lowest.row.code if found.lowest else None,
        upper=found.highest.row.code if found.highest else None,
        because=[word.order.key for word in found.ruling.because if not word.partly],
        held_since=found.held.since,
        held_until=found.held.until,
        without_limit=found.held.without_limit,
        beyond=found.beyond,
    )


def word_of(found: LevelAt) -> str:
    if found.level is not None:
        return found.level.row.code
    return "none" if found.nothing else "not stated"


class LevelReceiptOut(Schema):
    """A contingent or site that an order reaches; `received` null: it is silent."""

    addressee: str
    name: str
    received: datetime | None
    by: str


class LevelOrderOut(Schema):
    """An order about a level. Null: not stated. `sites` and `nations` null: all."""

    number: str
    mission: str
    direction: str
    scale: str | None
    level_from: str | None
    level: str | None
    sites: list[str] | None
    nations: list[str] | None
    authority: str
    effective: str | None
    reason: str
    review_at: datetime | None
    review_owner: str
    reported: bool
    claims: list[str]
    received: list[LevelReceiptOut]


def level_order_out(found: LevelOrderRead) -> LevelOrderOut:
    row = found.row
    return LevelOrderOut(
        number=row.number,
        mission=row.mission.code,
        direction=row.direction,
        scale=row.scale.code if row.scale else None,
        level_from=row.level_from.code if row.level_from else None,
        level=row.level_to.code if row.level_to else None,
        sites=row.sites,
        nations=row.nations,
        authority=row.authority,
        effective=moment_out(row.effective),
        reason=row.reason,
        review_at=row.review_at,
        review_owner=row.review_owner,
        reported=row.reported,
        claims=[each.reference for each in found.said],
        received=[
            LevelReceiptOut(
                addressee=each.key,
                name=each.name,
                received=each.receipt.received_at if each.receipt else None,
                by=each.receipt.received_by if each.receipt else "",
            )
            for each in found.addressees
        ],
    )

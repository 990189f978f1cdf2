"""Orders about a mission's protection level, who received them, statements about the threat.

A level stops nothing and restarts nothing. Raising one tells what it forbids; a person signs.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import NotAllowed, require
from cadre.core.levels import rule
from cadre.core.moments import Moment
from cadre.core.posture import Cell, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.checks import Names
from cadre.directives.actions.issuing import next_in, one_by_one
from cadre.directives.actions.receiving import NewReceipt, require_receipt
from cadre.directives.models import (
    Direction,
    Level,
    LevelOrder,
    LevelReceipt,
    Scale,
    ThreatStatement,
    Track,
)
from cadre.directives.queries.levels import Levels, as_core
from cadre.directives.queries.receipts import level_reached
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.checks import Misfit, refuse_lacking, stated
from cadre.mission.models import Mission, Site
from cadre.record.fields import moment_values


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLevelOrder:
    """An order about a level. Here it says which, from when and who looks again; one that was only
    `reported` may leave all of that blank. `nation`: ordered for its people by its representative.
    """

    authority: str
    level: Level | None = None
    level_from: Level | None = None
    scale: Scale | None = None
    direction: Direction = Direction.NOT_STATED
    sites: frozenset[str] | None = None
    nations: frozenset[str] | None = None
    nation: str = ""
    post: str = ""
    reason: str = ""
    effective: Moment = field(default_factory=Moment.unknown)
    review_at: datetime | None = None
    review_owner: str = ""
    number: str = ""  # of a reported one: its own; "": one is given
    subjects: tuple[str, ...] = ()
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThreat:
    """How dangerous somebody found some places to be (None: all of the mission's), and why."""

    level: Level
    assessed_by: str
    reason: str
    sites: frozenset[str] | None = None
    assessed: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


def order_level(mission: Mission, new: NewLevelOrder, *, by: Viewer, at: datetime) -> LevelOrder:
    """Orders a level for a scope: one row. It stops nothing and restarts nothing.

    Raises NotAllowed for who may not, or for another nation's people; Misfit and Refused for what
    is missing or not on record, and where the same order stands already.
    """
    require_to_order(mission, new, by)
    require_order(mission, new, at=at)
    require_names(mission, new)
    with transaction.atomic():
        one_by_one(mission.code)
        number = next_in(f"{mission.code}-L-{at.year}-")
        row = LevelOrder(**order_values(mission, new, number, reported=False))
        before = levels_before(row, by=by, at=at)
        refuse_same(row, before)
        row.level_from = before.pop() if len(before) == 1 else None
        row.direction = direction_of(row)
        return stated(row, new.grounds, "levels.order", by=by, at=at)


def report_level(mission: Mission, new: NewLevelOrder, *, by: Viewer, at: datetime) -> LevelOrder:
    """Records an order about a level that somebody reported; levels, scale and moment may be blank.

    Raises NotAllowed, and Misfit or Refused for what is not on record and a number that is taken.
    """
    require(by, "directives.report", mission.code)
    if not new.authority.strip():
        raise Misfit("authority", _("An order names its authority."))
    require_track(mission, new.level, Track.PROTECTION)
    require_names(mission, new)
    with transaction.atomic():
        one_by_one(mission.code)
        number = new.number.strip() or next_in(f"{mission.code}-L-{at.year}-")
        if LevelOrder.objects.filter(number=number).exists():
            raise Misfit(
                "number", _("The number %(number)s is taken already.") % {"number": number}
            )
        row = LevelOrder(**order_values(mission, new, number, reported=True))
        return stated(row, new.grounds, "levels.report", by=by, at=at)


def require_to_order(mission: Mission, new: NewLevelOrder, by: Viewer) -> None:
    if not new.nation:
        require(by, "levels.order", mission.code)
        return
    require(by, "levels.order_national", mission.code)
    if not by.sees_all and new.nation not in by.affiliations:
        raise NotAllowed(
            _("Only the representative of %(nation)s decides about its people.")
            % {"nation": new.nation}
        )
    if new.nations != frozenset({new.nation}):
        raise Misfit(
            "nations", _("A nation speaks for its own people: name that nation, and no other.")
        )


def require_order(mission: Mission, new: NewLevelOrder, *, at: datetime) -> None:
    require_track(mission, new.level, Track.PROTECTION)
    refuse_lacking((
        ("level", new.level is None, _("Say which level it is to be.")),
        ("authority", not new.authority.strip(), _("An order names its authority.")),
        ("effective", new.effective.earliest is None,
         _("Say from when on it holds.")),
        ("review_at", new.review_at is None or new.review_at <= at,
         _("Name a moment to come at which it is looked at again.")),
        ("review_owner", not new.review_owner.strip(), _("Name who looks at it again.")),
    ))  # fmt: skip  # a table reads best as one


def require_track(mission: Mission, level: Level | None, track: Track) -> None:
    if level is None:
        return
    if level.scale.mission_id != mission.pk or level.scale.track != track:
        sentences = {
            Track.PROTECTION: _("It is no protection level of this mission."),
            Track.THREAT: _("It is no threat level of this mission."),
        }
        raise Misfit("level", sentences[track])


def require_names(mission: Mission, new: NewLevelOrder) -> None:
    scope = Scope(mission.code, sites=new.sites, nations=new.nations)
    Names.of([scope]).require(scope)


def order_values(
    mission: Mission, new: NewLevelOrder, number: str, *, reported: bool
) -> dict[str, object]:
    """Column values of an order, save what every stated row has."""
    scale = new.level.scale if new.level else new.scale
    return {
        "number": number,
        "mission_id": mission.pk,
        "scale_id": scale.pk if scale else None,
        "level_from_id": new.level_from.pk if new.level_from else None,
        "level_to_id": new.level.pk if new.level else None,
        "direction": new.direction.value,
        "sites": None if new.sites is None else sorted(new.sites),
        "nations": None if new.nations is None else sorted(new.nations),
        "authority": new.authority.strip(),
        "post": new.post.strip(),
        "nation": new.nation,
        "reason": new.reason.strip(),
        "review_at": new.review_at,
        "review_owner": new.review_owner.strip(),
        "subjects": list(new.subjects),
        "reported": reported,
        **moment_values("effective", new.effective),
    }


def levels_before(row: LevelOrder, *, by: Viewer, at: datetime) -> set[Level | None]:
    """What the same issuer's word was at the places of an order just before; None: it had none."""
    levels = Levels(by, on=at, known_on=None, missions=[row.mission_id])
    mine = as_core(row)
    said = [
        each.order
        for each in levels.orders.get(row.mission.code, ())
        if each.order.issuer == mine.issuer and each.row.scale_id == row.scale_id
    ]
    by_rank = {
        each.row.rank: each.row
        for scale in levels.scales.get(row.mission.code, ())
        if scale.row.pk == row.scale_id
        for each in scale.levels
    }
    places = Site.objects.filter(code__in=row.sites or ()).values_list("path", flat=True)
    nation = row.nations[0] if row.nations else None
    ranks = {
        rule(said, Cell(row.mission.code, "", path, nation), at).rank
        for path in [tuple(each) for each in places] or [()]
    }
    return {None if rank is None else by_rank.get(rank) for rank in ranks}


def refuse_same(row: LevelOrder, before: set[Level | None]) -> None:
    """Raises Refused where all of it holds already, unless it is said again to look at it later."""
    same = LevelOrder.objects.filter(
        mission=row.mission, level_to=row.level_to, sites=row.sites, nations=row.nations,
        nation=row.nation, effective=row.effective, reported=False,
    ).first()  # fmt: skip  # what makes two orders the same
    if same is not None and before == {row.level_to}:
        raise Refused(
            _("This was ordered a moment ago already, as %(number)s.") % {"number": same.number}
        )


def direction_of(row: LevelOrder) -> Direction:
    if row.level_from is None or row.level_to is None or row.level_from == row.level_to:
        return Direction.SET
    return Direction.RAISE if row.level_to.rank > row.level_from.rank else Direction.LOWER


def receive_level(order: LevelOrder, new: NewReceipt, *, by: Viewer, at: datetime) -> LevelReceipt:
    """Records that a contingent or site received an order about a level.

    Raises what receiving a directive raises.
    """
    require(by, "directives.receive", order.mission.code)
    require_receipt(new, level_reached(by, order), by=by, at=at)
    with transaction.atomic():
        one_by_one(order.mission.code)
        row = LevelReceipt(
            order=order,
            addressee=new.addressee,
            code=new.code,
            received_at=new.received_at,
            received_by=new.received_by.strip(),
            note=new.note.strip(),
        )
        others = LevelReceipt.objects.filter(order=order, addressee=new.addressee, code=new.code)
        if others.exists():
            raise Refused(_("This addressee's receipt is on record already."))
        grounds = Grounds(marking=order.marking)
        return stated(row, grounds, "levels.receive", by=by, at=at)


def state_threat(mission: Mission, new: NewThreat, *, by: Viewer, at: datetime) -> ThreatStatement:
    """Records how high somebody found the threat to be. It orders nothing and changes no level.

    Raises NotAllowed, and Misfit or Refused for what is missing or not on record.
    """
    require(by, "levels.threat", mission.code)
    require_track(mission, new.level, Track.THREAT)
    for name, value, sentence in (
        ("assessed_by", new.assessed_by, _("Say who assessed it.")),
        ("reason", new.reason, _("Say on what grounds.")),
    ):
        if not value.strip():
            raise Misfit(name, sentence)
    scope = Scope(mission.code, sites=new.sites)
    Names.of([scope]).require(scope)
    row = ThreatStatement(
        mission=mission,
        level=new.level,
        sites=None if new.sites is None else sorted(new.sites),
        assessed_by=new.assessed_by.strip(),
        reason=new.reason.strip(),
        **moment_values("assessed", new.assessed),
    )
    return stated(row, new.grounds, "levels.threat", by=by, at=at)

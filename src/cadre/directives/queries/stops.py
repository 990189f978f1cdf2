"""Stops that were pressed on the spot, and the passes with which they can be."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from cadre.core.lifecycles import Stop
from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.models import Confirmation, Directive, Kind, Lift, StopPass
from cadre.directives.queries.scopes import part_of, place_of, surely
from cadre.mission.models import Site
from cadre.mission.queries.versions import live


def standing_stop(who: str, scope: Scope, *, at: datetime) -> Directive | None:
    """The stop of the same scope that the same person pressed and that nobody has lifted since."""
    rows = Directive.objects.filter(
        kind=Kind.STOP, mission__code=scope.mission, recorded_by=who, recorded_at__lte=at
    )
    for row in rows.select_related("mission").order_by("-recorded_at"):
        covered = surely(row)
        if covered == scope and not whole_lifts(row):
            return row
    return None


def whole_lifts(row: Directive) -> list[Lift]:
    """The lifts that end all that a directive surely covers, also from a moment to come on."""
    covered = surely(row)
    return [
        each
        for each in Lift.objects.filter(directive=row).order_by("recorded_at")
        if covered.within(part_of(each, covered.mission))
    ]


def decision(row: Directive) -> Confirmation | None:
    """What somebody competent decided about a stop; None while nobody has."""
    return Confirmation.objects.filter(directive=row).first()


def stop_state(row: Directive, *, at: datetime) -> Stop:
    """How a stop stands at a moment, from all that is on record now."""
    if any(each.effective.surely_by(at) for each in whole_lifts(row)):
        return Stop.LIFTED
    decided = decision(row)
    return Stop(decided.outcome) if decided else Stop.PROVISIONAL


@dataclass(frozen=True, slots=True)
class PassShown:
    """What a pass's page says to its holder; `standing`: what he has stopped with it."""

    row: StopPass
    site: str
    standing: Directive | None


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def account_of(row: StopPass) -> str:
    """The name under which the record knows what was done with a pass."""
    return f"pass {row.pk}"


def live_pass(secret: str, *, at: datetime) -> StopPass | None:
    """The pass with this secret; None where it is unknown, revoked or past its end."""
    rows = StopPass.objects.filter(digest=digest_of(secret), revoked_at=None, expires_at__gt=at)
    return rows.select_related("mission").first()


def pass_shown(secret: str, *, at: datetime) -> PassShown | None:
    """For who holds the secret; None where it is unknown, revoked or past its end."""
    row = live_pass(secret, at=at)
    if row is None:
        return None
    site = Site.objects.filter(code=row.site).first()
    standing = standing_stop(account_of(row), place_of(row), at=at)
    return PassShown(row, site.name if site else row.site, standing)


def passes(viewer: Viewer, mission: str) -> list[StopPass]:
    """The passes of a mission, those that work first."""
    rows = StopPass.objects.visible_to(viewer).filter(mission__code=mission)
    return list(rows.select_related("mission").order_by("revoked_at", "-expires_at"))


def stop_pass(viewer: Viewer, row: UUID) -> StopPass | None:
    rows = StopPass.objects.visible_to(viewer).filter(pk=row)
    return rows.select_related("mission").first()


def confirmation(viewer: Viewer, directive: Directive) -> Confirmation | None:
    """Who confirmed or amended a stop; None while nobody has."""
    rows = live(Confirmation.objects.visible_to(viewer), known_on=None, began=None)
    return rows.filter(directive=directive).order_by("at").first()

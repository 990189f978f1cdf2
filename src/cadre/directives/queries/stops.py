"""Stops that were pressed on the spot, and the passes with which they can be."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from cadre.core.posture import Scope
from cadre.core.releasability import Classification, Viewer
from cadre.directives.models import Confirmation, Directive, Kind, Lift, StopPass, as_scope
from cadre.mission.models import Site
from cadre.mission.queries.versions import live


def standing_stop(by: Viewer, scope: Scope, *, at: datetime) -> Directive | None:
    """The stop of the same scope that the same person pressed and that nobody has lifted since."""
    who = by.account or by.name
    rows = Directive.objects.filter(
        kind=Kind.STOP, mission__code=scope.mission, recorded_by=who, recorded_at__lte=at
    )
    for row in rows.order_by("-recorded_at"):
        covered = as_scope(scope.mission, row.sure_lines, row.sure_sites, row.sure_nations)
        if covered == scope and not lifted(row, covered):
            return row
    return None


def lifted(row: Directive, covered: Scope) -> bool:
    return any(
        covered.within(as_scope(covered.mission, each.lines, each.sites, each.nations))
        for each in Lift.objects.filter(directive=row, units=None, people=None, hours=None)
    )


@dataclass(frozen=True, slots=True)
class PassShown:
    """What a pass's page says to its holder; `standing`: what he has stopped with it."""

    row: StopPass
    site: str
    standing: Directive | None


def pass_shown(secret: str, *, at: datetime) -> PassShown | None:
    """For who holds the secret; None where it is unknown, revoked or past its end."""
    digest = sha256(secret.encode()).hexdigest()
    found = StopPass.objects.filter(digest=digest, revoked_at=None, expires_at__gt=at)
    row = found.select_related("mission").first()
    if row is None:
        return None
    lines = None if row.lines is None else frozenset(row.lines)
    site = Site.objects.filter(code=row.site).first()
    who = Viewer("", Classification.UNCLASSIFIED, account=f"pass {row.pk}")
    scope = Scope(row.mission.code, lines, frozenset({row.site}))
    return PassShown(row, site.name if site else row.site, standing_stop(who, scope, at=at))


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

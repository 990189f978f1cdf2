"""Stop now: anyone in charge of a site stops it with one press. It stands until a competent
authority confirms, amends or lifts it; silence keeps it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.access.queries import seeing
from cadre.core.lifecycles import STOP, Event
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Classification, Viewer
from cadre.directives.actions.checks import Names
from cadre.directives.actions.issuing import NewDirective, issue, one_by_one
from cadre.directives.models import (
    Confirmation,
    ConfirmationOutcome,
    Directive,
    Kind,
    ReasonCode,
    StopPass,
)
from cadre.directives.queries.competence import require_to_confirm
from cadre.directives.queries.reviews import rhythm_of
from cadre.directives.queries.scopes import place_of
from cadre.directives.queries.stops import (
    account_of,
    decision,
    digest_of,
    live_pass,
    standing_stop,
    stop_state,
    whole_lifts,
)
from cadre.mission.actions import Grounds
from cadre.mission.actions.checks import Misfit, add, change, stated
from cadre.mission.models import Mission

DECIDING = {
    ConfirmationOutcome.CONFIRMED: Event.CONFIRM,
    ConfirmationOutcome.AMENDED: Event.AMEND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """What is stopped: lines (None: all) of a mission at a site ("": everywhere), and why."""

    mission: Mission
    site: str
    lines: frozenset[str] | None = None
    what: str = ""
    reason_code: str = ReasonCode.INCIDENT.value

    @property
    def scope(self) -> Scope:
        return Scope(self.mission.code, self.lines, frozenset({self.site}) if self.site else None)


def give_pass(
    stop: Stop, holder: str, *, expires_at: datetime, by: Viewer, at: datetime
) -> tuple[StopPass, str]:
    """Makes a link with which its holder stops this without an account. The secret is told once,
    here; only its digest is kept.

    Raises NotAllowed for who may not, and Refused for an unknown site or line, for no holder and
    for an end that is not yet to come.
    """
    require(by, "directives.passes", stop.mission.code)
    Names.of([stop.scope]).require(stop.scope)
    if not stop.site:
        raise Misfit("site", _("A pass is for one site."))
    if not holder.strip():
        raise Misfit("holder", _("Say who holds the pass."))
    if expires_at <= at:
        raise Misfit("expires_at", _("A pass ends at a moment that is yet to come."))
    secret = secrets.token_urlsafe(32)
    row = StopPass(
        mission=stop.mission,
        holder=holder.strip(),
        site=stop.site,
        lines=None if stop.lines is None else sorted(stop.lines),
        digest=digest_of(secret),
        made_by=by.account or by.name,
        expires_at=expires_at,
    )
    return add(row, "directives.give_pass", by=by, at=at), secret


def revoke_pass(row: StopPass, *, by: Viewer, at: datetime) -> StopPass:
    """From now on nobody stops anything with it; what was stopped stays stopped."""
    require(by, "directives.passes", row.mission.code)
    return change(row, {"revoked_at": at}, "directives.revoke_pass", seen="", by=by, at=at)


def stop_now(stop: Stop, *, by: Viewer, at: datetime) -> Directive:
    """Suspends at once, provisionally. Whoever presses again while it stands gets the same stop.

    It is looked up and written with sight of the whole record: nobody is kept from stopping by
    what he may not see. What was stopped is open to all, so that all can act on it.
    """
    require(by, "directives.stop", stop.mission.code)
    with transaction.atomic(), seeing(OPERATOR):
        one_by_one(stop.mission.code)
        found = standing_stop(by.account or by.name, stop.scope, at=at)
        return found or issue(provisional(stop, by=by, at=at), by=by, at=at)


def provisional(stop: Stop, *, by: Viewer, at: datetime) -> NewDirective:
    return NewDirective(
        kind=Kind.STOP,
        effect=Posture.SUSPENDED,
        scope=stop.scope,
        authority=by.name,
        reason_code=stop.reason_code,
        reason=stop.what.strip() or _("Stopped by the person in charge on the spot."),
        protective_action=_(
            "Stop, go to a safe place, stay with your people, report who is there."
        ),
        decided=Moment.at(at),
        effective=Moment.at(at),
        first_review_at=at + rhythm_of(stop.mission).first,
        review_owner=_("Duty officer"),
    )


def stop_by_pass(secret: str, who: str, what: str, *, at: datetime) -> Directive:
    """The same by somebody without an account, who is in charge as a warden is.

    Raises Refused, without a word about the mission, for a secret that is unknown, revoked or past
    its end.
    """
    with seeing(OPERATOR):
        row = live_pass(secret, at=at)
        if row is None:
            raise Refused(_("This link does not work any more. Call the duty officer."))
        by, lines = holder_of(row, who), place_of(row).lines
        stop = Stop(mission=row.mission, site=row.site, lines=lines, what=what)
        return stop_now(stop, by=by, at=at)


def holder_of(row: StopPass, who: str) -> Viewer:
    return Viewer(
        name=who.strip()[:200] or row.holder,
        clearance=Classification.UNCLASSIFIED,
        roles=frozenset({("warden", row.mission.code)}),
        account=account_of(row),
    )


def confirm(
    directive: Directive, outcome: ConfirmationOutcome, note: str, *,
    grounds: Grounds | None = None, by: Viewer, at: datetime,
) -> Confirmation:  # fmt: skip  # reads as one sentence
    """Takes a provisional stop over. Amended: the note names the other directive or the lift.

    Raises NotAllowed for who is not competent, Refused for a stop that somebody has decided
    about or lifted, and for an amendment that does not say by what.
    """
    mission = directive.mission.code
    require_to_confirm(by, directive, mission)
    if outcome == ConfirmationOutcome.AMENDED and not note.strip():
        raise Misfit("note", _("Name the directive or the lift by which it is amended."))
    with transaction.atomic():
        one_by_one(mission)
        require_undecided(directive, DECIDING[outcome], at=at)
        row = Confirmation(
            directive=directive, outcome=outcome, authority=by.name, at=at, note=note.strip()
        )
        given = grounds or Grounds(marking=directive.marking)
        return stated(row, given, "directives.confirm", by=by, at=at)


def require_undecided(directive: Directive, event: Event, *, at: datetime) -> None:
    """Raises Refused for a stop that somebody has confirmed, amended or lifted by now."""
    if STOP.allows(stop_state(directive, at=at), event):
        return
    earlier = decision(directive)
    if earlier is None:
        number = whole_lifts(directive)[0].number
        raise Refused(_("This was lifted already, as %(number)s.") % {"number": number})
    raise Refused(
        _("It was decided already by %(authority)s: %(outcome)s.")
        % {"authority": earlier.authority, "outcome": earlier.get_outcome_display()}
    )

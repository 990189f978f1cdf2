"""Putting on record what was ordered elsewhere: directives, their times, their lifts.

Nothing here issues an order. What is reported may be vague; how vague is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.checks import (
    Names,
    directives_by_number,
    refuse_taken,
    scope_values,
)
from cadre.directives.models import Clock, Directive, Lift, ReasonCode, Timing
from cadre.directives.queries.scopes import widest
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.batches import put_on_record
from cadre.mission.actions.checks import stated_values
from cadre.record.fields import moment_values


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDirective:
    """A directive as somebody reported it. `perhaps` None: it covers no more than `surely`."""

    number: str
    effect: Posture
    authority: str
    surely: Scope
    perhaps: Scope | None = None
    temporary: bool | None = None  # None: not stated
    reason_code: str = ReasonCode.NOT_STATED.value
    reason: str = ""
    permits: str = ""
    subjects: tuple[str, ...] = ()
    grounds: Grounds = OUR_OWN
    row: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTiming:
    """What somebody said of one clock of a directive, which is named by its number."""

    directive: str
    clock: str
    moment: Moment
    grounds: Grounds = OUR_OWN
    row: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLift:
    """The end of a directive, for all or a part of what it covers, as somebody reported it."""

    number: str
    directive: str
    authority: str
    scope: Scope
    effective: Moment = field(default_factory=Moment.unknown)
    reason: str = ""
    grounds: Grounds = OUR_OWN
    row: UUID = field(default_factory=uuid4)


def report_directive(new: ReportedDirective, *, by: Viewer, at: datetime) -> Directive:
    """Puts one reported directive on record: see `report_directives`."""
    return report_directives([new], by=by, at=at)[0]


def report_timing(new: ReportedTiming, *, by: Viewer, at: datetime) -> Timing:
    """Puts on record what was said of one clock of a directive: see `report_timings`."""
    return report_timings([new], by=by, at=at)[0]


def report_lift(new: ReportedLift, *, by: Viewer, at: datetime) -> Lift:
    """Puts one reported lift on record: see `report_lifts`."""
    return report_lifts([new], by=by, at=at)[0]


def report_order(
    new: ReportedDirective, clocks: Mapping[Clock, Moment], *, by: Viewer, at: datetime
) -> Directive:
    """Puts a directive that somebody reported on record with what was said of its clocks, or none
    of it. What it orders elsewhere it orders there; what it says of a mission here counts here.

    Raises NotAllowed for who may not, and what `report_directives` and `report_timings` raise.
    """
    require(by, "directives.report", new.surely.mission)
    with transaction.atomic():
        row = report_directive(new, by=by, at=at)
        said = [
            ReportedTiming(
                directive=new.number.strip(), clock=clock, moment=moment, grounds=new.grounds
            )
            for clock, moment in clocks.items()
            if moment.stated
        ]
        report_timings(said, by=by, at=at)
    return row


def report_end(new: ReportedLift, *, by: Viewer, at: datetime) -> Lift:
    """Puts a lift that somebody reported on record, of a directive that was reported itself.

    Raises NotAllowed for who may not, and what `report_lifts` raises.
    """
    directive = directives_by_number([new.directive])[new.directive]
    require(by, "directives.report", directive.mission.code)
    return report_lift(new, by=by, at=at)


def report_directives(
    news: Sequence[ReportedDirective], *, by: Viewer, at: datetime
) -> list[Directive]:
    """Puts reported directives on record, all or none, with no effect on any other row.

    Raises Refused for an unknown mission, line, site, nation or claim, for a number that is taken,
    and where what it may cover leaves out what it surely covers.
    """
    refuse_taken(Directive, [new.number for new in news])
    names = Names.of(scope for new in news for scope in (new.surely, new.perhaps or new.surely))
    rows = [
        Directive(**directive_values(new, names), **stated_values(new.grounds, by=by, at=at))
        for new in news
    ]
    return put_on_record(rows, "directives.report_directive", by=by, at=at)


def directive_values(new: ReportedDirective, names: Names) -> dict[str, object]:
    """Column values of a directive. Raises Refused where it does not fit what is on record."""
    perhaps = new.perhaps or new.surely
    names.require(new.surely)
    names.require(perhaps)
    if new.effect == Posture.RUNNING:
        raise Refused(_("A directive restricts or suspends; to restart, lift what stops."))
    if new.reason_code not in ReasonCode.values:
        raise Refused(_("“%(code)s” is not a reason code.") % {"code": new.reason_code})
    if not names.within(new.surely, perhaps):
        raise Refused(
            _("What directive %(number)s may cover leaves out what it surely covers.")
            % {"number": new.number}
        )
    return {
        "id": new.row,
        "number": new.number.strip(),
        "mission_id": names.missions[new.surely.mission].pk,
        "effect": new.effect.value,
        "authority": new.authority.strip(),
        "temporary": new.temporary,
        "reason_code": new.reason_code,
        "reason": new.reason.strip(),
        "permits": new.permits.strip(),
        "subjects": list(new.subjects),
        "reported": True,
        **scope_values("sure_", new.surely),
        **scope_values("perhaps_", perhaps),
    }


def report_timings(news: Sequence[ReportedTiming], *, by: Viewer, at: datetime) -> list[Timing]:
    """Puts on record what was said of directives' clocks; what was said before stays beside it.

    Raises Refused for an unknown directive, clock or claim, and for a moment that is not stated.
    """
    directives = directives_by_number([new.directive for new in news])
    rows = [
        Timing(
            id=new.row,
            directive_id=directives[new.directive].pk,
            **timing_values(new),
            **stated_values(new.grounds, by=by, at=at),
        )
        for new in news
    ]
    return put_on_record(rows, "directives.report_timing", by=by, at=at)


def timing_values(new: ReportedTiming) -> dict[str, object]:
    if new.clock not in Clock.values:
        raise Refused(_("“%(clock)s” is not a clock of a directive.") % {"clock": new.clock})
    if not new.moment.stated:
        raise Refused(_("Nothing is said of the time, so there is nothing to put on record."))
    return {"clock": new.clock, **moment_values("moment", new.moment)}


def report_lifts(news: Sequence[ReportedLift], *, by: Viewer, at: datetime) -> list[Lift]:
    """Puts reported lifts on record. A lift ends one directive, never more than that covers.

    Raises Refused for an unknown directive, line, site, nation or claim, for a number that is
    taken, for a scope that reaches beyond the directive's, and for a directive that was issued
    here: it is lifted by condition and by two people.
    """
    refuse_taken(Lift, [new.number for new in news])
    directives = directives_by_number([new.directive for new in news])
    names = Names.of([*(new.scope for new in news), *map(widest, directives.values())])
    rows = [
        Lift(
            **lift_values(new, directives[new.directive], names),
            **stated_values(new.grounds, by=by, at=at),
        )
        for new in news
    ]
    return put_on_record(rows, "directives.report_lift", by=by, at=at)


def lift_values(new: ReportedLift, directive: Directive, names: Names) -> dict[str, object]:
    """Column values of a lift. Raises Refused where it reaches beyond its directive."""
    names.require(new.scope)
    if not directive.reported:
        raise Refused(
            _("Directive %(number)s was issued here: a report does not lift it, two people do.")
            % {"number": directive.number}
        )
    if not names.within(new.scope, widest(directive)):
        raise Refused(
            _("Lift %(lift)s reaches beyond what directive %(directive)s covers.")
            % {"lift": new.number, "directive": directive.number}
        )
    return {
        "id": new.row,
        "number": new.number.strip(),
        "directive_id": directive.pk,
        "authority": new.authority.strip(),
        "reason": new.reason.strip(),
        "reported": True,
        **scope_values("", new.scope),
        **moment_values("effective", new.effective),
    }

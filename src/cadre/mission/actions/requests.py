"""The host nation's request, what is authorised on it, and its withdrawal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import OUR_OWN, Grounds, Misfit, stated
from cadre.mission.models import (
    ActivityLine,
    Authorisation,
    HostRequest,
    HostRequestWithdrawal,
    Mandate,
    Mission,
    Organisation,
)
from cadre.mission.queries import basis
from cadre.record.fields import moment_values


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHostRequest:
    """A host nation's request. `lines` None: for the mission as a whole."""

    host: Organisation
    wording: str
    lines: tuple[str, ...] | None = None
    form: str = ""
    made: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAuthorisation:
    """Opens lines (None: all) on a host nation's request and a mandate."""

    host_request: HostRequest
    mandate: Mandate
    lines: tuple[str, ...] | None = None
    begins: Moment = field(default_factory=Moment.unknown)
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawal, and what has lost its basis by it.

    `lines` are the codes of activity lines that no other authorisation opens any more.
    """

    withdrawal: HostRequestWithdrawal
    authorisations: tuple[Authorisation, ...]
    lines: tuple[str, ...]


def record_host_request(
    mission: Mission, new: NewHostRequest, *, by: Viewer, at: datetime
) -> HostRequest:
    """Records a host nation's request. Refused for lines that the mission does not have."""
    require_lines(mission, new.lines)
    row = HostRequest(
        mission=mission,
        host=new.host,
        lines=None if new.lines is None else list(new.lines),
        wording=new.wording.strip(),
        form=new.form.strip(),
        made=new.made,
    )
    return stated(row, new.grounds, "mission.record_host_request", by=by, at=at)


def authorise(
    mission: Mission, new: NewAuthorisation, *, by: Viewer, at: datetime
) -> Authorisation:
    """Opens lines of a mission. Refused without a request and a mandate of this same mission, for
    lines that the request does not cover, and on a request that has been withdrawn.
    """
    if new.host_request.mission_id != mission.pk or new.mandate.mission_id != mission.pk:
        raise Refused(_("The host's request and the mandate belong to another mission."))
    require_lines(mission, new.lines)
    require_requested(new)
    if basis.withdrawals(by, [new.host_request], known_on=None, began=None):
        raise Misfit("host_request", _("The host nation has withdrawn this request."))
    row = Authorisation(
        mission=mission,
        lines=None if new.lines is None else list(new.lines),
        host_request=new.host_request,
        mandate=new.mandate,
        **moment_values("begins", new.begins),
    )
    return stated(row, new.grounds, "mission.authorise", by=by, at=at)


def require_requested(new: NewAuthorisation) -> None:
    requested = new.host_request.lines
    if requested is None:
        return
    beyond = sorted(set(new.lines or ()) - set(requested))
    if new.lines is None or beyond:
        raise Misfit(
            "lines",
            _("The host nation requested only: %(lines)s.") % {"lines": ", ".join(requested)},
        )


def require_lines(mission: Mission, lines: Sequence[str] | None) -> None:
    """Raises Misfit for an empty choice and for a line that the mission does not have."""
    if lines is None:
        return
    if not lines:
        raise Misfit("lines", _("Name at least one activity line, or mean them all."))
    known = set(ActivityLine.objects.filter(mission=mission).values_list("code", flat=True))
    for code in lines:
        if code not in known:
            raise Misfit(
                "lines",
                _("%(mission)s has no activity line “%(line)s”.")
                % {"mission": mission.code, "line": code},
            )


def withdraw_host_request(
    request: HostRequest, wording: str, *, effective: Moment, grounds: Grounds = OUR_OWN,
    by: Viewer, at: datetime,
) -> Withdrawn:  # fmt: skip  # reads as one sentence
    """Records that the host nation takes its request back, and tells what loses its basis.

    Refused when the request has been withdrawn already: a correction is a row that corrects it.
    """
    if not grounds.corrects and basis.withdrawals(by, [request], known_on=None, began=None):
        raise Refused(_("This request has been withdrawn already."))
    lost = basis.losing(by, request)
    row = HostRequestWithdrawal(
        request=request, wording=wording.strip(), **moment_values("effective", effective)
    )
    kept = stated(row, grounds, "mission.withdraw_host_request", by=by, at=at)
    return Withdrawn(kept, lost.authorisations, lost.lines)

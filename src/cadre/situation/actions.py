"""Reporting incidents. Nothing here is ever changed afterwards; a correction is a report more."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.moments import Moment
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions import OUR_OWN, Grounds, Misfit
from cadre.mission.actions.checks import one_at_a_time, stated
from cadre.mission.coordinates import Position
from cadre.mission.models import Site
from cadre.record.fields import moment_values
from cadre.situation.models import Incident, IncidentKind
from cadre.situation.queries import find


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """Something that happened, as it is reported. None and "" are not stated.

    It is at a site, at a position or at a `place` in words; at one of them at least. The source
    (A to F) and what it says (1 to 6) are graded apart. A correction names in its grounds the row
    that it stands for from now on.
    """

    kind: str
    what: str
    severity: int | None = None
    occurred: Moment = field(default_factory=Moment.unknown)
    site: Site | None = None
    position: Position | None = None
    place: str = ""
    source: str = ""
    source_reliability: str = ""
    info_credibility: str = ""
    grounds: Grounds = OUR_OWN


def report(new: NewIncident, *, by: Viewer, at: datetime) -> Incident:
    """Puts an incident on record under the next number of the year, or corrects one, which keeps
    its number. Numbers have no gaps: whoever reports at the same time waits.

    Raises NotAllowed for who may not; Refused for what says neither what happened nor where, for a
    moment to come, for the same report twice, and for a correction of what is not there to correct.
    """
    require(by, "situation.report")
    require_whole(new, at=at)
    with transaction.atomic():
        one_at_a_time(Incident)
        row = Incident(
            number=number_for(new, by=by, at=at),
            kind=new.kind,
            severity=new.severity,
            what=new.what.strip(),
            site=new.site,
            latitude=new.position.latitude if new.position else None,
            longitude=new.position.longitude if new.position else None,
            place=new.place.strip(),
            source=new.source.strip(),
            source_reliability=new.source_reliability,
            info_credibility=new.info_credibility,
            **moment_values("occurred", new.occurred),
        )
        return stated(row, new.grounds, "situation.report", by=by, at=at)


def require_whole(new: NewIncident, *, at: datetime) -> None:
    """Raises Misfit for the first thing that a report must say and this one does not."""
    if new.kind not in IncidentKind.values:
        raise Misfit("kind", _("“%(kind)s” is not a kind of incident.") % {"kind": new.kind})
    if not new.what.strip():
        raise Misfit("what", _("Say what happened."))
    if new.site is None and new.position is None and not new.place.strip():
        raise Misfit("site", _("Say where it was: a site, a position, or a place in words."))
    if new.occurred.earliest is not None and new.occurred.earliest > at:
        raise Misfit("occurred", _("It happened at a moment that has come."))


def number_for(new: NewIncident, *, by: Viewer, at: datetime) -> str:
    """The next number of the year (UTC) of a moment, as INC-2020-001; of a correction, the one
    that the incident has.
    """
    if new.grounds.corrects is not None:
        return to_correct(new, by=by).number
    series = f"INC-{at.year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_last_incident(%s)", [series])
        (last,) = cursor.fetchone() or (0,)
    return f"{series}{last + 1:03}"


def to_correct(new: NewIncident, *, by: Viewer) -> Incident:
    """The row that a report corrects. Raises Refused where `by` may see none, or not all of it."""
    earlier = find(by, new.grounds.corrects) if new.grounds.corrects else None
    if earlier is None:
        raise Refused(_("There is no such incident on record that could be corrected."))
    if earlier.site_id is not None and earlier.site is None:
        raise Refused(
            _("You may not see the site of this incident; somebody who may has to correct it.")
        )
    return earlier

"""Where people were seen, and what is done about the silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import NotAllowed
from cadre.accountability.actions.checks import Competence, competence, one_by_one, require_of
from cadre.accountability.models import FollowUp, MusterEntry, Sighting
from cadre.accountability.queries.settings import settings_of
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import Asked, stood
from cadre.core.accountability import SEARCH, Act, search
from cadre.core.accountability.escalation import RUNGS
from cadre.core.lifecycles import Event
from cadre.core.moments import later
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.actions import Grounds
from cadre.mission.actions.checks import Misfit, refuse_lacking, stated
from cadre.mission.coordinates import Position
from cadre.mission.models import Person, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSighting:
    """Where somebody was seen, when (aware), and who says so: at a site, a position or in words."""

    person: Person
    seen_at: datetime
    source: str
    how: str = ""
    site: Site | None = None
    position: Position | None = None
    place: str = ""


def sight(new: NewSighting, *, by: Viewer, at: datetime) -> Sighting:
    """Puts on record where somebody was seen. Of oneself anybody says so, of others whoever may
    `accountability.report` in a mission of the person.

    Raises NotAllowed; Misfit for nowhere, a moment to come and nobody who says so; Refused for the
    same again.
    """
    known = competence(by, [new.person], at=at)
    if not known.is_self(new.person):
        require_of(known, "accountability.report", new.person)
    nowhere = new.site is None and new.position is None and not new.place.strip()
    refuse_lacking(
        (
            ("site", nowhere, _("Say where it was: a site, a position, or a place in words.")),
            ("seen_at", new.seen_at > at, _("It happened at a moment that has come.")),
            ("source", not new.source.strip(), _("Say who says so.")),
        )
    )
    row = Sighting(
        person=new.person,
        site=new.site,
        place=new.place.strip(),
        latitude=new.position.latitude if new.position else None,
        longitude=new.position.longitude if new.position else None,
        seen_at=new.seen_at,
        source=new.source.strip(),
        how=new.how.strip(),
    )
    grounds = Grounds(marking=new.person.marking)
    return stated(row, grounds, "accountability.sight", by=by, at=at)


def follow_up(
    entry: MusterEntry, step: str, outcome: str, *, done_at: datetime, by: Viewer, at: datetime
) -> FollowUp:
    """Notes what was done about somebody's silence: to call, to ask the warden, to search (the
    rungs of `core.accountability.escalation`), and what came of it.

    Raises NotAllowed, also for a warden of whose list the person is not; Misfit for no such step
    and for a moment to come or before the muster; Refused where somebody found the person, so that
    the life cycle has no such step, and for the same again.
    """
    require_to_follow_up(competence(by, [entry.person], at=at), entry)
    event = rung(step)
    opened = entry.muster.opened_at.replace(second=0, microsecond=0)  # people write minutes
    if not opened <= done_at <= at:
        raise Misfit("done_at", _("It happened after the muster was opened, and by now."))
    with transaction.atomic():
        one_by_one(entry.muster.mission.code)
        require_step(entry, event, done_at)
        row = FollowUp(
            entry=entry, step=event.value, at=done_at, done_by=by.name, outcome=outcome.strip()
        )
        grounds = Grounds(marking=entry.marking)
        return stated(row, grounds, "accountability.follow_up", by=by, at=at)


def rung(step: str) -> Event:
    """The step of a name. Raises Misfit for what is no rung."""
    for event in RUNGS:
        if step == event.value:
            return event
    raise Misfit("step", _("There is no such step."))


def require_to_follow_up(known: Competence, entry: MusterEntry) -> None:
    require_of(known, "accountability.follow_up", entry.person)
    if not known.in_charge(entry.person):
        raise NotAllowed(_("This person is not on a list of yours."))


def require_step(entry: MusterEntry, event: Event, at: datetime) -> None:
    """Raises Refused unless the search for a person may take this step at a moment."""
    with counting():
        acts = [Act(Event(each.step), each.at) for each in FollowUp.objects.filter(entry=entry)]
        settings = settings_of(OPERATOR, entry.muster.mission)
        found = stood(Asked(entry.muster, at), [entry.pk])[entry.pk]
    due_at = later(entry.muster.opened_at, timedelta(minutes=settings.call_minutes))
    state = search(found.standing, acts, at, due_at=due_at)
    if not SEARCH.allows(state, event):
        raise Refused(
            _("This person was accounted for by then: nothing of the kind had to be done.")
        )

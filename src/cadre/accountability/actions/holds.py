"""Holding names back until next of kin were told."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.accountability.actions.checks import Competence, competence, require_of
from cadre.accountability.models import MusterSettings, NextOfKinHold, NextOfKinInformed
from cadre.accountability.queries.holds import held_people
from cadre.accountability.queries.sight import counting
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions import Grounds
from cadre.mission.actions.checks import Misfit, one_at_a_time, stated
from cadre.mission.models import Person


def place_hold(person: Person, why: str, *, by: Viewer, at: datetime) -> NextOfKinHold:
    """From `at` (aware) on the person's name leaves by no way out: see `queries.withheld`.

    Raises NotAllowed for who is neither the representative of the person's nation nor may in a
    mission of the person; Misfit without a reason; Refused where a hold is in force already.
    """
    require_to_hold(competence(by, [person], at=at), person)
    if not why.strip():
        raise Misfit("why", _("Say why the name is held."))
    with transaction.atomic():
        one_at_a_time(NextOfKinHold)
        if person.pk in held_people(now=at):
            raise Refused(_("This name is held already."))
        row = NextOfKinHold(person=person, why=why.strip(), placed_at=at, placed_by=by.name)
        grounds = Grounds(marking=person.marking)
        return stated(row, grounds, "accountability.hold", by=by, at=at)


def require_to_hold(known: Competence, person: Person) -> None:
    """Raises NotAllowed; a representative holds and frees names of the own nation only."""
    national = known.represents(person) and known.may("accountability.holds_national", person)
    if not national:
        require_of(known, "accountability.holds", person)


def inform_next_of_kin(
    hold: NextOfKinHold,
    informed_at: datetime,
    *,
    hours: int | None = None,
    by: Viewer,
    at: datetime,
) -> NextOfKinInformed:
    """Records that next of kin were told; the hold ends so many hours later (None: the longest that
    a mission of the person has in its settings). Raises as `place_hold`, and Misfit for a moment to
    come.
    """
    known = competence(by, [hold.person], at=at)
    require_to_hold(known, hold.person)
    if informed_at > at:
        raise Misfit("informed_at", _("It happened at a moment that has come."))
    with transaction.atomic():
        one_at_a_time(NextOfKinHold)
        if NextOfKinInformed.objects.filter(hold=hold).exists():
            raise Refused(_("That next of kin were told is on record already."))
        row = NextOfKinInformed(
            hold=hold,
            informed_at=informed_at,
            informed_by=by.name,
            hours=longest(known, hold.person) if hours is None else hours,
        )
        grounds = Grounds(marking=hold.marking)
        return stated(row, grounds, "accountability.inform_next_of_kin", by=by, at=at)


def longest(known: Competence, person: Person) -> int:
    """For how many hours the missions of a person hold a name on, at the most."""
    codes = known.missions.get(person.pk, frozenset())
    with counting():
        said = dict(
            MusterSettings.objects.filter(mission__code__in=codes).values_list(
                "mission__code", "nok_hours"
            )
        )
    usual = MusterSettings().nok_hours
    return max((said.get(code, usual) for code in codes), default=usual)

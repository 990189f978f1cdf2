"""How a mission tells its people: ladders, refused where the window ends before the last step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.access.actions import acting
from cadre.access.models import RoleChoices
from cadre.access.permissions import require
from cadre.alerts.models import Cause, Channel, Ladder, Rung
from cadre.alerts.queries.ladders import DEPUTY, SELF, WARDEN
from cadre.core import alerts as core
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import Misfit
from cadre.mission.models import Mission

WRONG: Final[Mapping[str, object]] = {
    "empty": gettext_lazy("A ladder has at least one step."),
    "late": gettext_lazy("The first step comes at once, not after %(minutes)d minutes."),
    "order": gettext_lazy("Each step comes later than the one before it."),
    "window": gettext_lazy(
        "The last step comes after %(last)d minutes, but there are only %(window)d: nobody on it"
        " could answer in time."
    ),
    "wanted": gettext_lazy("Say how many have to answer."),
}
WHOM: Final = frozenset({SELF, DEPUTY, WARDEN, *RoleChoices.values})


def require_fits(ladder: core.Ladder) -> None:
    """Raises Refused, with the figures, for a ladder that cannot be climbed within its window."""
    for misfit in core.misfits(ladder):
        raise Misfit("ladder", str(WRONG[misfit.why]) % misfit.figures)


def set_ladder(
    mission: Mission, cause: str, ladder: core.Ladder, *, by: Viewer, at: datetime
) -> Ladder:
    """Says how a mission tells of a cause ("": of each that has no ladder of its own) from now on.

    Alerts that were made keep the ladder that they have. Raises NotAllowed for who may not; Misfit
    for a ladder that does not fit its window, for a step to nobody or by no channel, and for a
    next-of-kin hold that would leave its nation.
    """
    require(by, "alerts.ladders", mission.code)
    if cause and cause not in Cause.values:
        raise Refused(_("There is no cause “%(cause)s”.") % {"cause": cause})
    require_fits(ladder)
    require_steps(cause, ladder)
    with transaction.atomic(), acting("alerts.set_ladder", by=by, at=at):
        row, _created = Ladder.objects.update_or_create(
            mission=mission,
            cause=cause,
            defaults={
                "acknowledging": ladder.acknowledging.value,
                "wanted": ladder.wanted if ladder.acknowledging is SOME else None,
                "window_minutes": core.minutes(ladder.window),
            },
        )
        Rung.objects.filter(ladder=row, position__gte=len(ladder.rungs)).update(dropped=True)
        for position, each in enumerate(ladder.rungs):
            Rung.objects.update_or_create(
                ladder=row,
                position=position,
                defaults={
                    "after_minutes": core.minutes(each.after),
                    "to": each.to,
                    "channels": list(each.channels),
                    "dropped": False,
                },
            )
    return row


def require_steps(cause: str, ladder: core.Ladder) -> None:
    for each in ladder.rungs:
        if each.to not in WHOM:
            raise Misfit("ladder", _("Nobody is called “%(to)s” on a ladder.") % {"to": each.to})
        if not each.channels or not set(each.channels) <= set(Channel.values):
            raise Misfit("ladder", _("Each step goes by at least one channel that there is."))
    if ladder.rungs[0].to != SELF:
        raise Misfit("ladder", _("The first step goes to who is told."))
    if cause == Cause.HOLD and any(each.to != SELF for each in ladder.rungs):
        raise Misfit(
            "ladder", _("Of a next-of-kin hold nobody is told but the nation's representatives.")
        )


SOME: Final = core.Acknowledging.SOME

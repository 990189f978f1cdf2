"""Holding names back until next of kin were told."""

from datetime import datetime

from cadre.accountability.models import NextOfKinHold, NextOfKinInformed
from cadre.core.releasability import Viewer
from cadre.mission.models import Person


def place_hold(person: Person, why: str, *, by: Viewer, at: datetime) -> NextOfKinHold:
    """From `at` (aware) on the person's name leaves by no way out: see `queries.withheld`.

    Raises NotAllowed for who is neither the representative of the person's nation nor may in a
    mission of the person; Misfit without a reason; Refused where a hold is in force already.
    """
    raise NotImplementedError


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
    come or before the hold.
    """
    raise NotImplementedError

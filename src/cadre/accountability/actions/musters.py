"""Opening and closing musters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cadre.accountability.models import Muster, MusterEnd, StatusKind
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission
from cadre.situation.models import Incident

# Whose stay a muster counts unless it says otherwise: all whose whereabouts are the mission's care.
COUNTED: Final = frozenset(
    {StatusKind.TRANSIT, StatusKind.VISITOR, StatusKind.LOCAL_STAFF, StatusKind.INTERPRETER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMuster:
    """A muster to be opened: of whom, around what, and who of them is counted.

    `sites` and `nations` None: all. With an incident and `radius_km`: who is or may be that near.
    `counts_from` None: reports count from the opening on. `recheck_minutes` None: as the mission's
    settings say. `affected_sites` empty: the sites named, if any.
    """

    mission: Mission
    title: str = ""
    beside: tuple[Mission, ...] = ()
    sites: frozenset[str] | None = None
    nations: frozenset[str] | None = None
    incident: Incident | None = None
    radius_km: float | None = None
    affected_sites: frozenset[str] = frozenset()
    counted_kinds: frozenset[str] = COUNTED
    exercise: bool = False
    protective_action: str = ""
    counts_from: datetime | None = None
    recheck_minutes: int | None = None


def open_muster(new: NewMuster, *, by: Viewer, at: datetime) -> Muster:
    """Opens a muster at `at` (aware) and freezes its list: see `queries.roster`.

    The list is made with sight of all people, also of those whose names `by` may not see; each
    entry carries its person's marking. Raises NotAllowed for who may not; Misfit for a site, nation
    or radius that is none and for reports that would count from a moment to come; Refused where
    nobody is to be counted and where the same muster is open already.
    """
    raise NotImplementedError


def close_muster(muster: Muster, reason: str, *, by: Viewer, at: datetime) -> MusterEnd:
    """Closes a muster. Who is not resolved stays so, and is counted in `open_count`.

    Raises NotAllowed for who may not; Misfit without a reason where somebody is not resolved;
    Refused where it is closed already.
    """
    raise NotImplementedError

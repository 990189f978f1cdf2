"""Where somebody's stay differs from the post, who counts whom, and a mission's targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.accountability.models import MusterSettings, PersonnelStatus, Warden, WardenList
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Organisation, Person, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatus:
    """What somebody's stay is over a time (half-open; `ends_at` None: no end is known).

    `corrects`: the row that it stands for from now on.
    """

    person: Person
    mission: Mission
    kind: str
    begins_at: datetime
    ends_at: datetime | None = None
    site: Site | None = None
    place: str = ""
    note: str = ""
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewList:
    """A list of a warden as it is to be: see `WardenList`. `people`: codes."""

    code: str
    title: str
    site: Site | None = None
    nation: Organisation | None = None
    people: tuple[str, ...] = ()
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """A mission's settings as they are to be: see `MusterSettings`."""

    first_share: int = 80
    first_minutes: int = 15
    second_share: int = 95
    second_minutes: int = 60
    affected_hours: int = 4
    mission_hours: int = 12
    call_minutes: int = 10
    warden_minutes: int = 15
    search_minutes: int = 45
    recheck_minutes: int | None = None
    nok_hours: int = 24


def set_status(new: NewStatus, *, by: Viewer, at: datetime) -> PersonnelStatus:
    """States what somebody's stay is, or corrects it. Raises NotAllowed; Misfit for an end that
    does not follow its beginning and for another site that is not named; Refused for the same
    again and for a correction of what is not there to correct.
    """
    raise NotImplementedError


def write_list(
    mission: Mission, new: NewList, *, seen: str = "", by: Viewer, at: datetime
) -> WardenList:
    """Writes a list, or makes the mission's list of this code what `new` says; `seen` as in
    `mission.actions.checks.change`. Raises NotAllowed; Misfit for a person who is not on record.
    """
    raise NotImplementedError


def set_wardens(
    row: WardenList, people: Sequence[Person], *, by: Viewer, at: datetime
) -> list[Warden]:
    """Makes these people the warden and the alternates of a list, in this order; none leaves it
    without one. Raises NotAllowed; Misfit for somebody named twice.
    """
    raise NotImplementedError


def set_targets(
    mission: Mission, new: Targets, *, seen: str = "", by: Viewer, at: datetime
) -> MusterSettings:
    """Sets a mission's targets and times. Raises NotAllowed; Misfit for a share that is none or a
    second target before the first.
    """
    raise NotImplementedError

"""Movements of people: ordered, with a manifest, departed, arrived, everybody aboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cadre.accountability.models import ManifestLine, Movement, MovementEnd, MovementReport
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Person, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMovement:
    """A movement to be ordered: see `Movement`."""

    mission: Mission
    kind: str
    title: str
    from_site: Site
    to_site: Site | None = None
    to_place: str = ""
    because: str = ""
    exercise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMovementReport:
    """What happened, when (aware), who says so; of one person, or of the whole (None)."""

    event: str
    occurred_at: datetime
    said_by: str
    person: Person | None = None
    head_count: int | None = None
    note: str = ""


def order_movement(new: NewMovement, *, by: Viewer, at: datetime) -> Movement:
    """Orders a movement. Raises NotAllowed; Misfit for one that leads nowhere."""
    raise NotImplementedError


def add_to_manifest(
    movement: Movement, seats: Mapping[Person, str], *, by: Viewer, at: datetime
) -> list[ManifestLine]:
    """Puts people on the manifest, each with a seat ("" is not stated); who stands there stays.

    Raises NotAllowed; Refused for a movement that is over.
    """
    raise NotImplementedError


def report_movement(
    movement: Movement, new: NewMovementReport, *, by: Viewer, at: datetime
) -> MovementReport:
    """Puts on record that somebody boarded or not, or that the whole departed or arrived.

    Raises NotAllowed; Misfit for somebody who is not on the manifest, a moment to come or before
    the order; Refused for the same again.
    """
    raise NotImplementedError


def close_movement(movement: Movement, reason: str, *, by: Viewer, at: datetime) -> MovementEnd:
    """Ends a movement. Raises NotAllowed; Misfit without a reason where somebody on the manifest is
    not known to have arrived; Refused where it is over.
    """
    raise NotImplementedError

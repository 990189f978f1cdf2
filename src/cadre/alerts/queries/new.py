"""An alert that is to be made: what of, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cadre.alerts.models import Alert, Cause, Lane, Phase, Why
from cadre.core.alerts import Ladder
from cadre.core.releasability import Marking
from cadre.mission.models import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some of those who are told, and why. `accounts` are told only what they may see."""

    why: Why
    people: Sequence[UUID] = ()
    accounts: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """An alert to be made. `cause_key`: the same cause is told once, whoever notices it.

    `content`: codes and values; names are looked up for each recipient. `to`: in this order, each
    is told once, for the first reason. `ladder` None: the mission's, or the shipped one.
    """

    cause: Cause
    cause_key: str
    to: Sequence[Group]
    mission: Mission | None = None
    lane: Lane = Lane.ORDINARY
    phase: Phase = Phase.FIRST
    first: Alert | None = None
    about: str = ""
    content: dict[str, object] = field(default_factory=dict)
    protective_action: str = ""
    exercise: bool = False
    cause_entry: UUID | None = None
    marking: Marking = field(default_factory=Marking)
    ladder: Ladder | None = None
    asks: bool = True  # to be acknowledged

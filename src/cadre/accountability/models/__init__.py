"""Musters, what people report of themselves and others, holds of names, and movements.

All but lists of wardens and settings is only added to.
"""

from cadre.accountability.models.holds import NextOfKinHold, NextOfKinInformed
from cadre.accountability.models.movements import (
    ManifestLine,
    Movement,
    MovementEnd,
    MovementEvent,
    MovementKind,
    MovementReport,
)
from cadre.accountability.models.musters import (
    Exclusion,
    Muster,
    MusterEnd,
    MusterEntry,
    PlaceSource,
)
from cadre.accountability.models.reports import (
    Channel,
    CheckIn,
    FollowUp,
    Mention,
    MentionSettled,
    Sighting,
    StateChoices,
    VoiceChoices,
)
from cadre.accountability.models.rosters import (
    MusterSettings,
    PersonnelStatus,
    StatusKind,
    Warden,
    WardenList,
)

__all__ = [
    "Channel",
    "CheckIn",
    "Exclusion",
    "FollowUp",
    "ManifestLine",
    "Mention",
    "MentionSettled",
    "Movement",
    "MovementEnd",
    "MovementEvent",
    "MovementKind",
    "MovementReport",
    "Muster",
    "MusterEnd",
    "MusterEntry",
    "MusterSettings",
    "NextOfKinHold",
    "NextOfKinInformed",
    "PersonnelStatus",
    "PlaceSource",
    "Sighting",
    "StateChoices",
    "StatusKind",
    "VoiceChoices",
    "Warden",
    "WardenList",
]

"""The kinds of rows that doors hand on: named here, so that no door reaches for a table itself."""

from cadre.access.models import RoleChoices
from cadre.alerts.models import (
    STATES,
    Acknowledging,
    Alert,
    Attempt,
    Cause,
    Channel,
    Contact,
    Deputy,
    Lane,
    OutboxMessage,
    Phase,
    QuietHours,
    Recipient,
    Subscription,
    Why,
)
from cadre.mission.models import Mission, Person, Post

__all__ = [
    "STATES",
    "Acknowledging",
    "Alert",
    "Attempt",
    "Cause",
    "Channel",
    "Contact",
    "Deputy",
    "Lane",
    "Mission",
    "OutboxMessage",
    "Person",
    "Phase",
    "Post",
    "QuietHours",
    "Recipient",
    "RoleChoices",
    "Subscription",
    "Why",
]

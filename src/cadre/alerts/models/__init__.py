"""Who is told what, by which channel, and what became of each attempt."""

from cadre.alerts.models.contacts import (
    Channel,
    Contact,
    Deputy,
    PushSubscription,
    QuietHours,
    Subscription,
)
from cadre.alerts.models.ladders import Acknowledging, Cause, Ladder, Rung
from cadre.alerts.models.queue import Beat, ChannelTest, OutboxMessage, Unheard, Waiting
from cadre.alerts.models.stray import StrayReply, StraySettled
from cadre.alerts.models.telling import (
    STATES,
    Acknowledgement,
    Alert,
    Attempt,
    AttemptEvent,
    Climb,
    Lane,
    Phase,
    Recipient,
    StandIn,
    Why,
)

__all__ = [
    "STATES",
    "Acknowledgement",
    "Acknowledging",
    "Alert",
    "Attempt",
    "AttemptEvent",
    "Beat",
    "Cause",
    "Channel",
    "ChannelTest",
    "Climb",
    "Contact",
    "Deputy",
    "Ladder",
    "Lane",
    "OutboxMessage",
    "Phase",
    "PushSubscription",
    "QuietHours",
    "Recipient",
    "Rung",
    "StandIn",
    "StrayReply",
    "StraySettled",
    "Subscription",
    "Unheard",
    "Waiting",
    "Why",
]

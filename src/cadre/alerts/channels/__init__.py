"""Ways by which a message goes out: one small file for each."""

from cadre.alerts.channels.messages import Adapter, Message, Notice, Outcome

__all__ = ["Adapter", "Message", "Notice", "Outcome"]

"""A channel that this node does not have."""

from cadre.alerts.channels import reasons
from cadre.alerts.channels.answers import failed
from cadre.alerts.channels.messages import Message, Outcome


class Unset:
    """Says so of each message at once, so that the next way is tried without delay."""

    honours_keys = True
    in_database = False

    def send(self, message: Message) -> Outcome:  # noqa: ARG002  the same for every channel
        """Say that there is no such way out."""
        return failed(reasons.NOT_SET_UP)

"""The outbox: keeps what would have gone out, where nothing may leave."""

from collections.abc import Callable

from cadre.alerts.channels.messages import Message, Outcome


class Outbox:
    """Takes the place of every channel. `keep` writes the message down once for each key."""

    honours_keys = True
    in_database = True

    def __init__(self, keep: Callable[[Message], None]) -> None:
        self.keep = keep

    def send(self, message: Message) -> Outcome:
        """Keep the message for the outbox page."""
        self.keep(message)
        return Outcome(sent=True, reference="outbox")

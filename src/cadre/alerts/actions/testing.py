"""Testing the channels when somebody asks for it."""

from datetime import datetime

from cadre.access.permissions import require
from cadre.access.queries import seeing
from cadre.alerts.actions.watching import try_ways
from cadre.alerts.channels import Message
from cadre.alerts.channels.registry import adapters
from cadre.alerts.queries.who import MACHINE
from cadre.core.releasability import Viewer


def test_now(*, by: Viewer, at: datetime) -> int:
    """Sends a test by each channel that is set up and keeps what came of it; says how many.

    Raises NotAllowed for who may not.
    """
    require(by, "alerts.test")
    with seeing(MACHINE):
        return try_ways(adapters(nothing), at=at, every=True)


def nothing(_message: Message) -> None:
    """A test where nothing leaves is kept nowhere."""

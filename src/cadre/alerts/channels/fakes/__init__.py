"""A mail server and a gateway of our own, for tests and rehearsals: they send nothing on."""

from cadre.alerts.channels.fakes.gateway import FakeGateway
from cadre.alerts.channels.fakes.smtp import FakeMailServer

__all__ = ["FakeGateway", "FakeMailServer"]

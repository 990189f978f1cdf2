"""Ways out as a site would set them up, each with its fake on a real socket."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from cadre.alerts.channels.environment import WaysOut, mailers
from cadre.alerts.channels.fakes import FakeGateway, FakeMailServer
from cadre.alerts.channels.fakes.gateway import KEY, SECRET
from cadre.alerts.channels.messages import Message, Notice
from tests.alerts.channels.recorder import Recorder

ATTEMPT = "5f0f2a51-6f5b-4a5e-9a0e-2f6f2c0b8f11"


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    with FakeGateway() as fake:
        yield fake


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[FakeMailServer]:
    """A mail server, which Django's mailer of the settings is led to."""
    with FakeMailServer() as fake:
        settings.MAILERS = mailers({"CADRE_SMTP_URL": fake.url})
        yield fake


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as server:
        yield server


@pytest.fixture
def at_the_gateway(gateway: FakeGateway) -> WaysOut:
    return WaysOut(gateway_url=gateway.url, gateway_key=KEY, gateway_secret=SECRET)


@pytest.fixture
def message() -> Callable[..., Message]:
    def made(**said: object) -> Message:
        usual = {
            "key": ATTEMPT,
            "channel": "sms",
            "address": "+9647701234567",
            "language": "en",
            "subject": "Check in.",
            "text": "Check in.\nhttps://cadre.example.org/check-in/abc/",
        }
        return Message(**{**usual, **said})  # type: ignore[arg-type]  # fields of a test

    return made


@pytest.fixture
def notice() -> Callable[..., Notice]:
    def made(**said: object) -> Notice:
        usual = {
            "cause": "muster",
            "phase": "first",
            "language": "en",
            "subject": "Muster FTM-M-2020-001 at Camp Cedar",
            "text": "Captain Ada Berg reports an incident at Camp Cedar. Order FTM-D-2020-007.",
            "protective_action": "Go to the shelter of Camp Cedar.",
            "link": "https://cadre.example.org/check-in/AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEE/",
            "code": "4711",
        }
        return Notice(**{**usual, **said})  # type: ignore[arg-type]  # fields of a test

    return made

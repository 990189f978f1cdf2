"""Chat services, by way of apprise: one target for one call, and what came of it."""

import re
from typing import Final

import requests
from apprise import Apprise, AppriseAsset, AppriseResult, AppriseResultStatus, NotifyBase

from cadre.alerts.channels import reasons
from cadre.alerts.channels.answers import failed, refusal, silent
from cadre.alerts.channels.chat_rules import Target, allowed
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.messages import Message, Outcome

CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 5.0, 10.0, 25.0
ANSWERED: Final = re.compile(r"error=(?P<number>[1-5][0-9]{2})\b")  # in what apprise notes


class Chat:
    """Sends to the chat services that the settings allow. A service knows no key: see `unclear`."""

    honours_keys = False
    in_database = False

    def __init__(self, ways: WaysOut) -> None:
        self.ways = ways

    def send(self, message: Message) -> Outcome:
        """Hand the message to the one target that its address names."""
        target = allowed(message.address, self.ways.chat_schemes, self.ways.chat_hosts)
        if target is None:
            return failed(reasons.NOT_ALLOWED)
        service = read(message.address, target)
        if service is None:
            return failed(reasons.NO_ADDRESS)
        apprise = Apprise(asset=service.asset)
        apprise.add(service)
        try:
            return outcome(apprise.notify(title=message.subject, body=message.text))
        except (requests.RequestException, OSError, ValueError, TypeError):  # of a service's own
            return silent()


def read(address: str, target: Target) -> NotifyBase | None:
    """The service as apprise reads the address, if it reads it as we do and names one target."""
    service = Apprise.instantiate(address, asset=asset())
    if not isinstance(service, NotifyBase) or len(service) != 1:
        return None
    if target.host and str(service.host).lower() != target.host:
        return None
    service.request_rate_per_sec = 0  # it would sleep; how fast we send is the lane's affair
    service.socket_connect_timeout = CONNECT_SECONDS
    service.socket_read_timeout = READ_SECONDS
    return service


def asset() -> AppriseAsset:
    """How apprise behaves here: nothing kept, no picture from elsewhere, nobody else followed."""
    return AppriseAsset(
        app_id="Cadre",
        app_desc="Cadre",
        app_url="",
        storage_mode="memory",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        interpret_escapes=False,
        http_redirects=False,
        pgp_autogen=False,
        pem_autogen=False,
        allow_templates=False,
        service_timeout=ALL_SECONDS,
    )


def outcome(result: AppriseResult) -> Outcome:
    """What one call came to: the number of the last answer that apprise noted decides."""
    if result:
        return Outcome(sent=True)
    if result.status is AppriseResultStatus.TIMEOUT:
        return silent()
    numbers = [int(found["number"]) for entry in result.logs() for found in answered(entry.message)]
    if numbers:
        return refusal(numbers[-1])
    return silent()


def answered(note: str) -> list[re.Match[str]]:
    return list(ANSWERED.finditer(note))

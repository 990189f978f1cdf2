"""Which ways out this node has."""

import logging
from collections.abc import Callable
from functools import cache
from typing import Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from cadre.alerts.channels.complaints import complaints
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.messages import Adapter, Message
from cadre.alerts.channels.outbox import Outbox
from cadre.alerts.channels.page import Page
from cadre.alerts.channels.push_keys import application_server_key
from cadre.alerts.channels.unset import Unset

# By name, since the libraries of some take half a second to load and most processes send nothing.
MAKERS: Final = {
    "sms": "cadre.alerts.channels.gateway.Gateway",
    "voice": "cadre.alerts.channels.gateway.Gateway",
    "email": "cadre.alerts.channels.email.Email",
    "chat": "cadre.alerts.channels.chat.Chat",
    "push": "cadre.alerts.channels.push.Push",
}
PAGE: Final = "page"
CHANNELS: Final = (*MAKERS, PAGE)
logger = logging.getLogger(__name__)


class Maker(Protocol):
    def __call__(self, ways: WaysOut) -> Adapter: ...


def configured_channels() -> tuple[str, ...]:
    """The channels by which a message can leave this node, or be kept in its outbox."""
    ways: WaysOut = settings.WAYS_OUT
    return tuple(channel for channel in CHANNELS if ways.outbox or is_set(ways, channel))


def browsers_key() -> str:
    """What a page gives to a browser that is to take push messages; "" where there are none."""
    ways: WaysOut = settings.WAYS_OUT
    usable = ways.push_key and "push" in configured_channels()
    return application_server_key(ways.push_key) if usable else ""


def adapters(keep: Callable[[Message], None]) -> dict[str, Adapter]:
    """An adapter for each channel: for one thread, since they keep their lines open.

    Where the node has an outbox all lead there, and `keep` writes a message down. A channel that
    is not set up answers so to each message. What is half set up is said in the log.
    """
    ways: WaysOut = settings.WAYS_OUT
    complain(ways)
    if ways.outbox:
        outbox = Outbox(keep)
        return {channel: Page() if channel == PAGE else outbox for channel in CHANNELS}
    return {channel: adapter(ways, channel) for channel in CHANNELS}


@cache
def complain(ways: WaysOut) -> None:
    """Once in a process, however many threads send."""
    for sentence in complaints(ways):
        logger.warning(sentence)


def adapter(ways: WaysOut, channel: str) -> Adapter:
    if channel == PAGE:
        return Page()
    if not is_set(ways, channel):
        return Unset()
    make: Maker = import_string(MAKERS[channel])
    return make(ways)


def is_set(ways: WaysOut, channel: str) -> bool:
    """Whether all that the channel needs is set."""
    gateway = bool(ways.gateway_url and ways.gateway_key)
    return {
        "sms": gateway,
        "voice": gateway and ways.gateway_calls,
        "email": bool(ways.mail_url and ways.mail_from),
        "chat": ways.chat,
        "push": bool(ways.push_key and ways.mail_from),
        PAGE: True,
    }[channel]

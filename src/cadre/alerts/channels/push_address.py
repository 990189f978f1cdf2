"""A browser's subscription as the address of a message. Loads none of what sending one needs."""

import json
from typing import TypedDict
from urllib.parse import urlsplit

from cadre.alerts.channels.chat_rules import PRINTABLE, is_named


class Keys(TypedDict):
    p256dh: str
    auth: str


class Browser(TypedDict):
    endpoint: str
    keys: Keys


def address_of(endpoint: str, p256dh: str, auth: str) -> str:
    """A subscription as the address of a message."""
    keys = {"p256dh": p256dh, "auth": auth}
    return json.dumps({"endpoint": endpoint, "keys": keys}, separators=(",", ":"))


def read(address: str) -> Browser | None:
    try:
        said = json.loads(address)
        endpoint, p256dh, auth = said["endpoint"], said["keys"]["p256dh"], said["keys"]["auth"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not all(isinstance(each, str) and each.isascii() for each in (endpoint, p256dh, auth)):
        return None
    return {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}


def may_ask(endpoint: str, hosts: tuple[str, ...]) -> bool:
    """Whether the address is one of a push service that is named: over TLS by the name of its host,
    or whole, as http://127.0.0.1:9000 is. No number is a name: what stands inside a network is
    asked only where the site wrote it out.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.username or not parts.hostname or not PRINTABLE.fullmatch(endpoint):
        return False
    if f"{parts.scheme}://{parts.netloc}" in hosts:
        return True
    named = not is_number(parts.hostname) and is_named(parts.hostname, hosts)
    return parts.scheme == "https" and port in {None, 443} and named


def is_number(host: str) -> bool:
    """Whether a host is written as an address of the network, in any form that resolvers read."""
    last = host.rstrip(".").rpartition(".")[2]
    return ":" in host or last.isdigit() or last.startswith("0x")

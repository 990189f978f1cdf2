"""Which addresses of chat services a node sends to. Nothing is loaded or asked for in here.

An address is written by whoever gives it as a contact, and the library behind it can do far more
than chat: read files, ask any server, leave certificates unchecked. So only named services are
let through, with no option that changes more than the target, and a server only if it is named.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

# Their servers are the vendors' own; what stands where a host would is a key.
VENDORS: Final = frozenset({"gchat", "slack", "threema", "webex", "wxteams"})
# Not for any setting: they reach files, programs, mail past its rules, or any server in any form.
NEVER: Final = frozenset(
    {"amqp", "amqps", "apprise", "apprises", "aprs", "blink1", "dapnet", "dbus", "file", "form"}
    | {"forms", "glib", "gnome", "http", "https", "irc", "ircs", "json", "jsons", "kde", "macosx"}
    | {"mailto", "mailtos", "mqtt", "mqtts", "qt", "rsyslog", "smpp", "smpps", "smtp", "smtps"}
    | {"syslog", "vapid", "windows", "xml", "xmls"}
)
OPTIONS: Final = frozenset({"channel", "mode", "to"})
PRINTABLE: Final = re.compile(r"[!-\[\]-~]+")  # ASCII without spaces and without the backslash
SCHEME: Final = re.compile(r"(?P<scheme>[a-z][a-z0-9]*)://(?P<rest>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """A chat address that may be used: its service, and the server it names ("": a vendor's)."""

    scheme: str
    host: str


def allowed(address: str, schemes: Sequence[str], hosts: Sequence[str]) -> Target | None:
    """What the address names, or None where this node does not send to it."""
    found = SCHEME.fullmatch(address) if PRINTABLE.fullmatch(address) else None
    if not found or found["scheme"].lower() not in usable(schemes):
        return None
    scheme = found["scheme"].lower()
    place, _mark, options = found["rest"].partition("?")
    if not {name for name, _value in parse_qsl(options, keep_blank_values=True)} <= OPTIONS:
        return None
    if scheme in VENDORS:
        return Target(scheme, "")
    host = host_of(place)
    return Target(scheme, host) if is_named(host, hosts) else None


def usable(schemes: Sequence[str]) -> frozenset[str]:
    return frozenset(schemes) - NEVER


def host_of(place: str) -> str:
    """The server in what follows `scheme://`, in small letters, without user and port."""
    authority = re.split(r"[/#]", place, maxsplit=1)[0].rpartition("@")[2].lower()
    return authority if "[" in authority else authority.partition(":")[0]


def is_named(host: str, named: Sequence[str]) -> bool:
    """Whether a list has this host, or a domain that it belongs to (written with a dot first)."""
    return bool(host) and any(
        host.endswith(entry) if entry.startswith(".") else host == entry for entry in named
    )

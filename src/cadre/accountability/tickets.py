"""Tickets for the live stream: a board's page hands one out, so only who may open it has one.

A ticket names a muster and is good for a watch; the stream that it opens carries nothing but
numbers. See docs/decisions/0020-live-board.md.
"""

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

SALT: Final = "cadre.accountability.live"
GOOD_FOR: Final = 12 * 3600  # seconds: one watch, as a session


def ticket(muster: UUID) -> str:
    """What opens the stream of a muster. Give it only to who may see the muster's board."""
    return signing.dumps(muster.hex, salt=SALT, compress=False)


def muster_of(text: str) -> UUID | None:
    """The muster of a ticket; None for one that was not made here or is too old."""
    try:
        return UUID(hex=signing.loads(text, salt=SALT, max_age=GOOD_FOR))
    except (signing.BadSignature, ValueError):
        return None


def stream_address(request: HttpRequest, muster: UUID) -> str:
    """Where the page that was asked for finds the stream of a muster; "" where there is none.

    The setting is an address, a path of this host (a proxy leads on) or only “:port” of this host.
    """
    place = str(settings.CADRE_LIVE_URL)
    if not place:
        return ""
    if place.startswith(":"):
        host = urlsplit(f"//{request.get_host()}").hostname or ""
        host = f"[{host}]" if ":" in host else host
        place = f"{request.scheme}://{host}{place}/"
    return f"{place.rstrip('/')}/{ticket(muster)}"

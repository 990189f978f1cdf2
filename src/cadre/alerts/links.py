"""Signed links with which somebody acknowledges an alert without an account.

A link is the row of the recipient and a code made of it and the node's secret key: no table holds
links. Whoever changes a letter has a link that says nothing about anybody.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from uuid import UUID

from django.conf import settings

ROW, CODE = 16, 16  # bytes: of a row's id, and of the code (128 bits of HMAC-SHA-256)
PATH: Final = "/acknowledge/"  # open to strangers: see access.middleware


def told_token(recipient: UUID) -> str:
    """With which a recipient says that he has it."""
    content = recipient.bytes
    return urlsafe_b64encode(content + code("told", content)).decode().rstrip("=")


def recipient_of(text: str) -> UUID | None:
    """The recipient that a link is for; None for a link that this node did not make."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Error, ValueError):
        return None
    if len(raw) != ROW + CODE or not hmac.compare_digest(raw[ROW:], code("told", raw[:ROW])):
        return None
    found = UUID(bytes=raw[:ROW])
    return found if text == told_token(found) else None  # one link, one text


def told_path(recipient: UUID) -> str:
    return f"{PATH}{told_token(recipient)}/"


def whole(path: str) -> str:
    """An address as it goes out in a message."""
    return f"{settings.CADRE_ADDRESS.rstrip('/')}{path}"


def code(purpose: str, content: bytes) -> bytes:
    key = f"cadre.alerts.{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, content, "sha256")[:CODE]

"""Signed links with which somebody checks in, or a warden counts, without an account.

A link is nothing but the row that it is for and a code made of that row, the node's secret key and
a purpose: no table holds links, and none has to be looked up to know that one is genuine. Whoever
changes a letter has a link that says nothing about anybody. It works while its muster is open; what
comes through it later is taken all the same, and shown as late.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

CHECK_IN: Final = "check-in"
WARDEN: Final = "warden"
ROW, CODE = 16, 16  # bytes: of a row's id, and of the code (128 bits of HMAC-SHA-256)


def check_in_token(entry: UUID) -> str:
    """With which the person of an entry of a muster checks in."""
    return token(CHECK_IN, entry)


def warden_token(muster: UUID, warden: UUID) -> str:
    """With which a warden (a row of Warden, which says of which list) counts at a muster."""
    return token(WARDEN, muster, warden)


def entry_of(text: str) -> UUID | None:
    """The entry that a check-in link is for; None for a link that this node did not make."""
    rows = rows_of(CHECK_IN, text, 1)
    return rows[0] if rows else None


def muster_and_warden_of(text: str) -> tuple[UUID, UUID] | None:
    """The muster and the warden that a warden's link is for; None for one not made here."""
    rows = rows_of(WARDEN, text, 2)
    return (rows[0], rows[1]) if rows else None


def check_in_path(entry: UUID) -> str:
    """The path of the page on which the person of an entry checks in."""
    return reverse("check_in", args=[check_in_token(entry)])


def warden_path(muster: UUID, warden: UUID) -> str:
    """The path of the page on which a warden counts."""
    return reverse("warden_list", args=[warden_token(muster, warden)])


def token(purpose: str, *rows: UUID) -> str:
    content = b"".join(row.bytes for row in rows)
    return urlsafe_b64encode(content + code(purpose, content)).decode().rstrip("=")


def rows_of(purpose: str, text: str, count: int) -> tuple[UUID, ...]:
    """The rows that a genuine link names; () for any other text."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Error, ValueError):
        return ()
    content, given = raw[: ROW * count], raw[ROW * count :]
    if len(given) != CODE or not hmac.compare_digest(given, code(purpose, content)):
        return ()
    if text != token(purpose, *(rows := split(content))):
        return ()  # the same bytes in other letters: one link, one text
    return rows


def split(content: bytes) -> tuple[UUID, ...]:
    return tuple(UUID(bytes=content[at : at + ROW]) for at in range(0, len(content), ROW))


def code(purpose: str, content: bytes) -> bytes:
    key = f"cadre.accountability.{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, content, "sha256")[:CODE]

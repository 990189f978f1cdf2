"""What a gateway tells this node: receipts, answers, keys pressed. docs/reference/gateway.md.

Nothing here looks at a clock or a table. The same event may come more than once; `key` and `id`
make that harmless where it is recorded.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

TIMESTAMP: Final = "Cadre-Timestamp"
SIGNATURE: Final = "Cadre-Signature"
VERSION: Final = "v1"
WINDOW: Final = timedelta(minutes=5)
LARGEST: Final = 16 * 1024  # bytes; the longest text message of ten parts has a tenth of that
LONGEST: Final = 200  # characters of an id, a number, a reference
STATES: Final = ("sent", "delivered", "read", "failed")
ANSWERED_BY: Final = ("sms", "email", "chat")
SECONDS: Final = re.compile(r"[0-9]{1,12}")
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
KEYS: Final = {"1": "1", "2": "HELP"}  # what a call asks for, in the words of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event says. `key` is the same for one `id` of the gateway, however often told.

    `at`: when it happened by the gateway's clock, in UTC and never after it was told; where the
    gateway says none that can be read, when it was told.
    """

    id: str
    at: datetime

    @property
    def key(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"cadre:gateway:{self.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Event):
    """What became of a message. `attempt` is the key it was sent under; one of the two is there."""

    reference: str
    attempt: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Event):
    """Somebody wrote back. `sender`: the telephone number or address; `text`: every word."""

    channel: str
    sender: str
    text: str
    attempt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCode(Event):
    """Somebody pressed keys in a call."""

    sender: str
    digits: str
    attempt: str

    @property
    def words(self) -> str:
        """The keys as an answer in words, for whoever reads answers; a 1 was asked for."""
        return KEYS.get(self.digits, self.digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why an event is not taken, in a sentence for the gateway's log, and the number to answer."""

    because: str
    status: HTTPStatus


def sign(body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """The two headers that make a body the gateway's."""
    seconds = str(int(at.timestamp()))
    return {TIMESTAMP: seconds, SIGNATURE: f"{VERSION}={digest(seconds, body, secret)}"}


def digest(seconds: str, body: bytes, secret: str) -> str:
    signed = seconds.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def read_webhook(
    headers: Mapping[str, str], body: bytes, secret: str, at: datetime
) -> Receipt | Reply | VoiceCode | Refused:
    """The event in a body, if the gateway signed it within five minutes of `at`, else why not.

    `headers` are asked without regard to small and large letters. Never raises.
    """
    if problem := forged(headers, body, secret, at):
        return problem
    try:
        return event(json.loads(body), at)
    except (ValueError, RecursionError) as error:
        because = str(error) if isinstance(error, Misread) else "The body is not JSON in UTF-8."
        return Refused(because=because, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def forged(headers: Mapping[str, str], body: bytes, secret: str, at: datetime) -> Refused | None:
    """Why these headers and this body are not the gateway's, or None."""
    if not secret:
        because = "This node takes no events: it has no secret to check them with."
        return Refused(because=because, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if len(body) > LARGEST:
        return Refused(because="The body is too large.", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    found = {name.lower(): value for name, value in headers.items()}
    seconds = found.get(TIMESTAMP.lower(), "")
    if not SECONDS.fullmatch(seconds):
        return unsigned(f"{TIMESTAMP} must hold a moment in seconds since 1970.")
    claimed = found.get(SIGNATURE.lower(), "").encode(errors="replace")
    right = f"{VERSION}={digest(seconds, body, secret)}".encode()
    if not hmac.compare_digest(claimed, right):
        return unsigned(f"{SIGNATURE} does not fit the body.")
    if abs(int(seconds) - at.timestamp()) > WINDOW.total_seconds():
        return unsigned("The signature is older than five minutes, or of the future.")
    return None


def unsigned(because: str) -> Refused:
    return Refused(because=because, status=HTTPStatus.UNAUTHORIZED)


class Misread(ValueError):
    """A body that says nothing we know; the message is the sentence that the gateway gets."""


def event(said: object, at: datetime) -> Receipt | Reply | VoiceCode:
    """The event that a body tells of; raises Misread."""
    if not isinstance(said, dict):
        raise Misread("The body must be one object.")
    kind = said.get("kind")
    happened = moment(said.get("at"), at)
    name = field(said, "id")
    attempt = field(said, "key", wanted=False)
    if kind == "reply":
        return reply(said, name, happened, attempt)
    if kind == "code":
        digits = field(said, "digits", wanted=False)
        return VoiceCode(
            id=name, at=happened, sender=field(said, "from"), digits=digits, attempt=attempt
        )
    if kind != "receipt":
        raise Misread("“kind” must be receipt, reply or code.")
    return receipt(said, name, happened, attempt)


def reply(said: dict[str, object], name: str, happened: datetime, attempt: str) -> Reply:
    channel = field(said, "channel", wanted=False) or "sms"
    if channel not in ANSWERED_BY:
        raise Misread(f"“channel” must be one of {', '.join(ANSWERED_BY)}.")
    sender = field(said, "from")
    return Reply(
        id=name, at=happened, channel=channel, sender=sender, text=text(said), attempt=attempt
    )


def receipt(said: dict[str, object], name: str, happened: datetime, attempt: str) -> Receipt:
    state = said.get("state")
    reference = field(said, "reference", wanted=False)
    if not isinstance(state, str) or state not in STATES:
        raise Misread(f"“state” must be one of {', '.join(STATES)}.")
    if not reference and not attempt:
        raise Misread("A receipt must name the message, by “reference” or “key”.")
    reason = field(said, "reason", wanted=False, cut=True)
    return Receipt(
        id=name, at=happened, reference=reference, attempt=attempt, state=state, reason=reason
    )


def field(said: dict[str, object], name: str, *, wanted: bool = True, cut: bool = False) -> str:
    """A short text of the body. One that is too long is refused, unless it may be cut."""
    value = said.get(name, "")
    if not isinstance(value, str):
        raise Misread(f"“{name}” must be a text.")
    clean = UNSEEN.sub(" ", value).strip()
    if wanted and not clean:
        raise Misread(f"“{name}” is missing.")
    if len(clean) > LONGEST and not cut:
        raise Misread(f"“{name}” is too long.")
    return clean[:LONGEST]


def text(said: dict[str, object]) -> str:
    """Every word of an answer: a word for help may be the last. An empty one is an answer too."""
    value = said.get("text", "")
    if not isinstance(value, str):
        raise Misread("“text” must be a text.")
    return UNSEEN.sub(" ", value)


def moment(value: object, at: datetime) -> datetime:
    """When it happened, in UTC; not after it was told, and then where nothing can be read.

    An answer is not lost for a clock that is wrong.
    """
    if not isinstance(value, str):
        return at
    try:
        found = datetime.fromisoformat(value)
        return min(found.astimezone(UTC), at) if found.tzinfo else at
    except (ValueError, OverflowError):
        return at

"""What an answer over HTTP means for a message: the same for every way out that speaks it."""

from http import HTTPStatus
from typing import Final

import requests
from django.utils.functional import Promise
from urllib3.exceptions import NewConnectionError

from cadre.alerts.channels import reasons
from cadre.alerts.channels.messages import Outcome

SECONDS: Final = (5, 15)  # to connect, and between two pieces of the answer
LONGEST_WAIT: Final = 900  # seconds; a side that asks for more is asked again before
ERROR, SERVER_ERROR = 400, 500
NOT_LET_IN: Final = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN}
)
LATER: Final = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY}
    | {HTTPStatus.TOO_MANY_REQUESTS}
)


def refusal(status: int, retry_after: str = "") -> Outcome:
    """What an answer other than yes comes to, by its number and its Retry-After header."""
    if status < ERROR:
        return failed(reasons.ELSEWHERE, status)
    if status in LATER:
        return failed(reasons.BUSY, status, again=True, wait=seconds(retry_after))
    if status >= SERVER_ERROR:
        return failed(reasons.FAILING, status, again=True, wait=seconds(retry_after))
    if status in NOT_LET_IN:
        return failed(reasons.NOT_LET_IN, status)
    return failed(reasons.REFUSED, status)


def silent() -> Outcome:
    """Nobody can tell whether the message was taken."""
    return Outcome(sent=False, reason=reasons.said(reasons.SILENT), again=True, unclear=True)


def gone(sentence: Promise, status: int | None = None) -> Outcome:
    return Outcome(sent=False, reason=reasons.said(sentence, status), gone=True)


def failed(
    sentence: Promise, status: int | None = None, *, again: bool = False, wait: int = 0
) -> Outcome:
    return Outcome(sent=False, reason=reasons.said(sentence, status), again=again, wait=wait)


def broken(error: requests.RequestException) -> Outcome:
    """What a line comes to that did not hold: before anything was said, or after."""
    if isinstance(error, requests.TooManyRedirects):
        return failed(reasons.ELSEWHERE)
    if isinstance(error, ValueError):  # requests' own, for an address that cannot be read
        return failed(reasons.NO_ADDRESS)
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.SSLError)):
        return failed(reasons.UNREACHED, again=True)
    if isinstance(error, requests.ConnectionError) and refused_at_once(error):
        return failed(reasons.UNREACHED, again=True)
    return silent()


def refused_at_once(error: requests.ConnectionError) -> bool:
    """Whether no connection was made at all, so that nothing can have been handed over."""
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError)


def seconds(retry_after: str) -> int:
    """What a Retry-After asks for, in seconds; 0 where it says none or names a date."""
    text = retry_after.strip()
    return min(int(text), LONGEST_WAIT) if text.isascii() and text.isdigit() else 0

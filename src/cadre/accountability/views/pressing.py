"""The short way for a press on a check-in page: everybody comes there at once, and most press only.

It stands before all other middleware and answers nothing but a plain press that is taken: a button,
for oneself, without a word. Everything else goes the long way, through the form and the page, which
takes a press as well: the same key is the same report, whichever way it came.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cadre.accountability import links
from cadre.accountability.actions import Said, check_in_by_link
from cadre.accountability.forms.linked import LONGEST_AGO, PRESSED
from cadre.accountability.queries.rows import Channel
from cadre.accountability.views.linked import again, lets_in, private
from cadre.core.refused import Refused
from cadre.mission.doors import now

TREE: Final = "/check-in/"
FORM: Final = "application/x-www-form-urlencoded"
LONGEST: Final = 2_000  # bytes of a plain press
STATES: Final = frozenset(state for state, _word in PRESSED)

type Answer = Callable[[HttpRequest], HttpResponseBase]


def short_way(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path_info.startswith(TREE):
            token = request.path_info.removeprefix(TREE).removesuffix("/")
            if goes_short(request) and taken(request, token):
                answer = private(again(request))
                answer["Content-Length"] = "0"  # as the middleware behind it would say
                return answer
        return get_response(request)

    return middleware


def goes_short(request: HttpRequest) -> bool:
    """Whether it may be a plain press, on a line on which one is taken."""
    return (
        request.content_type == FORM
        and int(request.META.get("CONTENT_LENGTH") or 0) <= LONGEST
        and not request.META.get("QUERY_STRING")
        and (request.is_secure() or not settings.SECURE_SSL_REDIRECT)
    )


def taken(request: HttpRequest, token: str) -> bool:
    """Takes a plain press; False for anything else, which has lost nothing by it."""
    at = now()
    said = press(request.body, at)
    if said is None or links.entry_of(token) is None:
        return False
    try:
        if lets_in(request, token, made_here=True):
            check_in_by_link(token, said, at=at)
            return True
    except Refused:
        pass
    except Error:
        connection.close()  # the long way makes a new one
    return False


def press(body: bytes, at: datetime) -> Said | None:
    """What a plain press says; None for a form with a word in it or anything unusual."""
    try:
        sent = dict(parse_qsl(body.decode("ascii")))
        key, age = UUID(sent.pop("key", "")), float(sent.pop("age", "0"))
    except ValueError:
        return None
    state = sent.pop("state", "")
    if sent or state not in STATES or not 0 <= age <= LONGEST_AGO:
        return None
    return Said(
        state=state,
        occurred_at=at - timedelta(seconds=age),
        key=key,
        channel=Channel.LINK.value,
    )

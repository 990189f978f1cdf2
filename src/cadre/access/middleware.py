"""No stranger gets in, and the database always knows who looks."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from cadre.access import actions, looks, queries
from cadre.access.demonstration import may_come_in
from cadre.access.models import Account
from cadre.core.releasability import Viewer

type Answer = Callable[[HttpRequest], HttpResponseBase]

# What a stranger may reach: signing in, choosing a language, the files that these pages need, and
# the health probe. Everything else is closed, including what is added later.
OPEN_TREES = (
    "/accounts/",
    "/static/",
    "/language/",
    "/check-in/",  # the link of a person at a muster is all that it asks for
    "/warden/",  # and that of a warden
    "/acknowledge/",  # for who holds the link of a message: it is told what its recipient may read
    "/stop/",  # for whoever is in charge on the spot: its secret is looked up by the page itself
)
OPEN_PAGES = frozenset({
    "/health", "/health/",
    "/heartbeat/",  # whether messages go out, for a probe: a few words, no data
    "/gateway/receipts/",  # a gateway signs what it tells
    "/messages/worker.js",  # a browser looks for a newer one by itself, whoever is signed in
})  # fmt: skip  # each with its reason
API = "/api/"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def strangers_sign_in(answer: Answer) -> Answer:
    """Lets nobody pass who is not signed in or holds no live key, except to what is open."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        bearer = key_of(request)
        account = signed_in(request) if bearer is None else by_key(request, bearer)
        if account is None and not is_open(request.path_info):
            return turn_away(request)
        if reads_only(request):
            return refused_key()
        request.account = account  # type: ignore[attr-defined]  # Django's requests carry additions
        return answer(request)

    return middleware


def is_open(path: str) -> bool:
    return path in OPEN_PAGES or path.startswith(OPEN_TREES)


def key_of(request: HttpRequest) -> str | None:
    """The key that an API request sends. Keys count for the API only, never for pages."""
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    asks = request.path_info.startswith(API) and kind.lower() == "bearer"
    return key.strip() if asks else None


def by_key(request: HttpRequest, key: str) -> Account | None:
    at = datetime.now(UTC)
    token = queries.live_token(key, at=at)
    if token is None or not may_come_in(token.account):
        return None
    actions.note_use(token, at=at)
    request.token = token  # type: ignore[attr-defined]  # as above
    return token.account


def signed_in(request: HttpRequest) -> Account | None:
    """The session's account. A closed one is nobody from its next request on."""
    return request.user if isinstance(request.user, Account) and may_come_in(request.user) else None


def reads_only(request: HttpRequest) -> bool:
    token = getattr(request, "token", None)
    return token is not None and not token.may_change and request.method not in READING


def refused_key() -> HttpResponse:
    detail = _("This key may only read; make one that may change the record.")
    return JsonResponse({"detail": detail}, status=HTTPStatus.FORBIDDEN)


def turn_away(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(API):
        detail = _("Sign in, or send a live key as a bearer token.")
        answer = JsonResponse({"detail": detail}, status=HTTPStatus.UNAUTHORIZED)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    sign_in = f"{resolve_url('account_login')}?{urlencode({'next': way_back(request)})}"
    if request.headers.get("HX-Request") == "true":
        # Else the sign-in page would land inside a table.
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": sign_in})
    return HttpResponseRedirect(sign_in)


def way_back(request: HttpRequest) -> str:
    """Where to go after signing in: the page that stands, never another host, never a form."""
    page = request.headers.get("HX-Current-URL")
    if page:
        parts = urlsplit(page)
        return parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return request.get_full_path() if request.method in READING else "/"


def the_database_knows_who_looks(answer: Answer) -> Answer:
    """One transaction a request, in which row-level security holds for the viewer."""
    return OneTransaction(answer)


class OneTransaction:
    """Answers inside a transaction that says who looks, and writes down what he was shown.

    What raised, and what answers with a server's error, leaves nothing half-written.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account: Account | None = request.account  # type: ignore[attr-defined]  # set above
        if account is None:
            return self.answer(request)
        viewer = queries.viewer_of(account)
        request.viewer = viewer  # type: ignore[attr-defined]  # as above
        door = f"{request.method} {request.path_info}"
        with queries.seeing(viewer), looks.noted() as shown:
            response = self.answer(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or raised(request):
                transaction.set_rollback(True)
            elif shown and not transaction.get_rollback():
                actions.note_looks(shown, by=viewer, door=door, at=datetime.now(UTC))
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = seen_by(viewer, door, response.streaming_content)
        return kept_private(response)

    def process_exception(self, request: HttpRequest, _error: Exception) -> None:
        """Only remembers: the page that says what went wrong may still ask the database."""
        request.raised = True  # type: ignore[attr-defined]  # as above


def raised(request: HttpRequest) -> bool:
    return getattr(request, "raised", False)


def seen_by(viewer: Viewer, door: str, parts: object) -> Iterator[bytes]:
    """A stream's parts, made while the database knows who looks: they are asked for later on."""
    with queries.seeing(viewer), looks.noted() as shown:
        yield from parts  # type: ignore[misc]  # synchronous, as everything here
        actions.note_looks(shown, by=viewer, door=door, at=datetime.now(UTC))


def kept_private(response: HttpResponseBase) -> HttpResponseBase:
    """No cache between us and the viewer keeps an answer, unless the view said how."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_store=True)
    return response

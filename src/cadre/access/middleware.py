"""No stranger gets in, and the database always knows who looks."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from cadre.access import queries
from cadre.access.models import Account

type Answer = Callable[[HttpRequest], HttpResponse]

# What a stranger may reach: signing in, the files that the sign-in page needs, the health probe.
OPEN = ("/accounts/", "/static/", "/language/", "/health")
API = "/api/"


def strangers_sign_in(answer: Answer) -> Answer:
    """Lets nobody pass who is not signed in or holds no live key, except to the doors in OPEN."""

    def middleware(request: HttpRequest) -> HttpResponse:
        account = who(request)
        if account is None and not request.path.startswith(OPEN):
            return turn_away(request)
        request.account = account  # type: ignore[attr-defined]  # Django's requests carry additions
        return answer(request)

    return middleware


def who(request: HttpRequest) -> Account | None:
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    if request.path.startswith(API) and kind.lower() == "bearer":
        account = queries.account_of_token(key.strip(), at=datetime.now(UTC))
        request.csrf_exempt_by_key = account is not None  # type: ignore[attr-defined]
        return account
    return request.user if isinstance(request.user, Account) and request.user.is_active else None


def turn_away(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        answer = JsonResponse({"detail": _("Sign in, or send a live key as a bearer token.")}, status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    sign_in = f"{resolve_url('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": sign_in})
    return HttpResponseRedirect(sign_in)


def the_database_knows_who_looks(answer: Answer) -> Answer:
    """One transaction a request, in which row-level security holds for the viewer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        account: Account | None = request.account  # type: ignore[attr-defined]  # set above
        if account is None:
            return answer(request)
        viewer = queries.viewer_of(account)
        request.viewer = viewer  # type: ignore[attr-defined]
        with queries.seeing(viewer):
            response = answer(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)  # an answer that broke leaves nothing half-written
            return response

    return middleware

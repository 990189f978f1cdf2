"""Addresses that do what real ones might: for the tests of the middleware."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path
from ninja import NinjaAPI

from cadre.access import actions, queries
from cadre.access.models import Account
from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.api import Key, Session
from cadre.core.releasability import OPERATOR

ERRORS = {
    "broken": RuntimeError("broken"),
    "missing": Http404("missing"),
    "forbidden": PermissionDenied("forbidden"),
}


def write() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    account = Account(email="written@mission.example", name="Written")
    actions.open_account(account, password=None, by=OPERATOR, at=at)


def writes_then_raises(request: HttpRequest, what: str) -> HttpResponse:
    write()
    raise ERRORS[what]


def writes_then_answers(request: HttpRequest, status: int) -> HttpResponse:
    write()
    return HttpResponse(status=status)


def told(request: HttpRequest) -> JsonResponse:
    """What the database was told about who looks."""
    return JsonResponse({"told": as_told(), "atomic": connection.in_atomic_block})


def as_told() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(queries.ASK)
        return list(cursor.fetchone() or ())


def streams(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        yield from as_told()

    return StreamingHttpResponse(parts())


def manages(request: HttpRequest) -> HttpResponse:
    require(viewer_in(request), "access.manage")
    return HttpResponse("managed")


api = NinjaAPI(auth=[Key(), Session()], urls_namespace="test-api")


@api.get("/who")
def who(request: HttpRequest) -> dict[str, str | None]:
    return {"account": viewer_in(request).account}


@api.post("/change")
def change(request: HttpRequest) -> dict[str, str]:
    write()
    return {"changed": "yes"}


urlpatterns = [
    path("raise/<str:what>", writes_then_raises),
    path("answer/<int:status>", writes_then_answers),
    path("told", told),
    path("streams", streams),
    path("manages", manages),
    path("api/test/", api.urls),
    path("", include("cadre.urls")),
]

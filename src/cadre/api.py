"""The API's one object. Each context brings a router; all are as thin as pages."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import APIKeyCookie, HttpBearer

from cadre.access.rows import Account
from cadre.accountability.api import router as accountability
from cadre.alerts.api import router as alerts
from cadre.core.moments import MomentError
from cadre.core.refused import Refused
from cadre.directives.api import router as directives
from cadre.mission.api import router as mission
from cadre.mission.stating import router as stating
from cadre.record.api import router as record
from cadre.record.intake.api import router as intake
from cadre.situation.api import router as situation
from cadre.training.api import router as training
from cadre.web.api import router as board


class Key(HttpBearer):
    """A live key, checked by the middleware that lets strangers no further."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:  # noqa: ARG002
        return request.account  # type: ignore[attr-defined, no-any-return]  # set by middleware


class Session(APIKeyCookie):
    """Somebody signed in with a browser; changes need the CSRF token as pages do."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:  # noqa: ARG002
        return request.account  # type: ignore[attr-defined, no-any-return]  # set by middleware


api = NinjaAPI(
    title="Cadre",
    version="1",
    description=(
        "Every answer carries who said it. Moments are EDTF (ISO 8601-2); a date means its last"
        " moment in UTC. *Not stated* is an answer."
    ),
    auth=[Key(), Session()],
    urls_namespace="api",
)
api.add_router("", board)
api.add_router("", record)
api.add_router("", intake)
api.add_router("", situation)
api.add_router("", accountability)
api.add_router("", alerts)
api.add_router("", training)  # before: the number of an order may hold slashes
api.add_router("", directives)
api.add_router("", mission)
api.add_router("", stating)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What an action refuses is one sentence and 409: nothing was written."""
    return api.create_response(request, {"detail": str(error)}, status=HTTPStatus.CONFLICT)


@api.exception_handler(PermissionDenied)
def not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """What somebody's roles do not allow is one sentence and 403."""
    return api.create_response(request, {"detail": str(error)}, status=HTTPStatus.FORBIDDEN)


@api.exception_handler(MomentError)
def no_moment(request: HttpRequest, error: MomentError) -> HttpResponse:
    """A moment that cannot be read is one sentence and 422."""
    return api.create_response(
        request, {"detail": str(error)}, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that does not fit is one sentence and 422."""
    first = error.errors[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    return api.create_response(
        request, {"detail": f"{place}: {first['msg']}."}, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )

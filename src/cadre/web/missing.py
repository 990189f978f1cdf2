"""What is not there: a page for people, a sentence for programs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.defaults import page_not_found

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404 in the form that the address promises."""
    if request.path_info.startswith(API):
        detail = "There is nothing at this address."
        return JsonResponse({"detail": detail}, status=HTTPStatus.NOT_FOUND)
    return page_not_found(request, exception)

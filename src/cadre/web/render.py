"""The one door from a view to a page: whole, or the part that htmx asked for."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from cadre.web.clock import asked_moments

VARIES_WITH = ("HX-Request", "HX-Request-Type")


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    partial: str | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponseBase:
    """The page `template`, or its `partial` if htmx asks for a part of a page.

    A part carries an ETag, so a poll that finds nothing new costs an empty 304. (A part that holds
    a form never matches: its CSRF token differs each time. Keep forms out of what is polled.)
    A page whose address names a moment that cannot be read answers 400, with the sentence.
    Whole pages are never stored, so that Back shows nothing after signing out.
    """
    if status == HTTPStatus.OK and asked_moments(request).errors:
        status = HTTPStatus.BAD_REQUEST
    wanted = partial if partial and wants_part(request) else None
    name = f"{template}#{wanted}" if wanted else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, VARIES_WITH)
    if wanted is None:
        patch_cache_control(response, private=True, no_store=True)
        return response
    patch_cache_control(response, private=True, no_cache=True)
    return unless_unchanged(request, response)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a part of the page that stands."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Request-Type") != "full"
    )


def unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """`response` with an ETag, or 304 if the browser already holds the same bytes."""
    if response.status_code != HTTPStatus.OK:
        return response
    digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    response.headers["ETag"] = f'"{digest}"'
    return (
        get_conditional_response(request, etag=response.headers["ETag"], response=response)
        or response
    )

"""The shell's own pages: board, timeline, map, search, directory."""

from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cadre.access.permissions import may
from cadre.access.queries import viewer_in
from cadre.mission.doors import may_somewhere
from cadre.record.forms import SearchForm
from cadre.record.queries import vocabulary
from cadre.web import queries
from cadre.web.asked import asked_text, page_asked
from cadre.web.clock import asked_moments
from cadre.web.render import render_page


def board(request: HttpRequest) -> HttpResponseBase:
    moments = asked_moments(request)
    found = queries.board(viewer_in(request), on=moments.on, known_on=moments.known_on)
    return render_page(request, "web/board.html", {"board": found}, partial="rows")


def timeline(request: HttpRequest) -> HttpResponseBase:
    viewer, moments = viewer_in(request), asked_moments(request)
    wish = queries.Wish(asked_text(request, "mission"), asked_text(request, "subject"))
    found = queries.timeline(
        viewer, on=moments.on, known_on=moments.known_on, wish=wish, page=page_asked(request)
    )
    context = {"timeline": found, "wish": wish, "vocabulary": vocabulary(viewer)}
    return render_page(request, "web/timeline.html", context)


def map_of_sites(request: HttpRequest) -> HttpResponseBase:
    moments = asked_moments(request)
    found = queries.map_of_sites(
        viewer_in(request),
        asked_text(request, "mission"),
        asked_text(request, "line"),
        on=moments.on,
        known_on=moments.known_on,
    )
    return render_page(request, "web/map.html", {"map": found})


def search(request: HttpRequest) -> HttpResponseBase:
    form = SearchForm(request.GET if "q" in request.GET else None)
    kind, text = asked_text(request, "kind"), form.cleaned_data["q"] if form.is_valid() else ""
    moments = asked_moments(request)
    found = queries.search(
        viewer_in(request),
        text,
        on=moments.on,
        known_on=moments.known_on,
        kind=kind,
        page=page_asked(request),
    )
    words = queries.words_of(text)
    context = {"form": form, "found": found, "words": words, "kind": kind}
    return render_page(request, "web/search.html", context)


def directory(request: HttpRequest) -> HttpResponseBase:
    """Lists that have no place in the navigation; those that not everybody may open, if he may."""
    viewer = viewer_in(request)
    verbs = {"ledger": "ledger.read", "accounts": "access.manage", "looks": "access.looks"}
    doors = {name for name, verb in verbs.items() if may(viewer, verb)}
    if may_somewhere(viewer, "mission.import"):
        doors.add("imports")
    return render_page(request, "web/directory.html", {"doors": doors})


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a probe asks for nothing
    """For an outside probe: 200 when the database answers, else 503. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001  # whatever is wrong, the probe must hear of it
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse("ok\n", content_type="text/plain")

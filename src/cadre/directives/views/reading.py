"""Pages of posture and of directives."""

import re
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language

from cadre.access.permissions import may
from cadre.access.queries import viewer_in
from cadre.directives import queries
from cadre.directives.forms.posture import PostureForm
from cadre.directives.paper import pdf
from cadre.directives.queries import Question
from cadre.directives.queries.precautions import suggested
from cadre.directives.queries.receipts import addressees
from cadre.directives.queries.rows import Kind
from cadre.directives.queries.stops import confirmation, stop_state
from cadre.directives.wording import LANGUAGES, Order
from cadre.directives.wording import order as order_text
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

VERBS = (
    "conditions",
    "assess",
    "confirm",
    "propose_lift",
    "receive",
    "report",
)  # that the page of a directive leads to


def posture(request: HttpRequest) -> HttpResponseBase:
    """What may go on in one cell, and why."""
    viewer, moments = viewer_in(request), asked_moments(request)
    asked = "mission" in request.GET
    form = PostureForm(request.GET if asked else None)
    found = None
    if asked and form.is_valid():
        question = Question(**form.cleaned_data)
        answered = queries.posture(viewer, question, on=moments.on, known_on=moments.known_on)
        found = queries.shown(viewer, answered)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked and form.errors else HTTPStatus.OK
    suggestions = queries.suggestions(viewer, known_on=moments.known_on)
    context = {"form": form, "found": found, "suggestions": suggestions}
    return render_page(request, "directives/posture.html", context, status=status)


def directives(request: HttpRequest) -> HttpResponseBase:
    listed = queries.directives(viewer_in(request), known_on=asked_moments(request).known_on)
    return render_page(request, "directives/directives.html", {"listed": listed})


def order(request: HttpRequest, number: str) -> HttpResponseBase:
    """The order's text as a page, as plain text fit for a voice call or as a PDF, in one of three
    languages whatever the language of the page.
    """
    moments, language = asked_moments(request), request.GET.get("lang", get_language() or "en")
    if language not in LANGUAGES:
        language = "en"
    found = order_text(
        viewer_in(request), number, language, on=moments.on, known_on=moments.known_on
    )
    if found is None:
        raise Http404
    match request.GET.get("form"):
        case "text":
            return HttpResponse(found.as_text(), content_type="text/plain; charset=utf-8")
        case "pdf":
            return as_file(found)
        case _:
            context = {"order": found, "languages": LANGUAGES}
            return render_page(request, "directives/order.html", context)


def as_file(found: Order) -> HttpResponse:
    answer = HttpResponse(pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slug(found.number)}-{found.language}.pdf"'
    return answer


def slug(number: str) -> str:
    """A number as the name of a file: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", number).strip("-") or "order"


def directive(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer, moments = viewer_in(request), asked_moments(request)
    found = queries.directive(viewer, number, on=moments.on, known_on=moments.known_on)
    if found is None:
        raise Http404
    row, seen = found.row, {"on": moments.on, "known_on": moments.known_on}
    context = {
        "found": found,
        "restart": queries.restart(viewer, row, **seen),
        "reviews": queries.reviews(viewer, row, **seen),
        "addressees": addressees(viewer, row, **seen),
        "confirmation": confirmation(viewer, row),
        "stop_state": stop_state(row, at=moments.on),
        "suggested": suggested(
            viewer, row.mission, kind=Kind(row.kind), reason_code=row.reason_code
        ),
        "competent": queries.who_may_lift(row),
        "may": {verb: may(viewer, f"directives.{verb}", row.mission.code) for verb in VERBS},
    }
    return render_page(request, "directives/directive.html", context)

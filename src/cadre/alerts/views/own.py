"""One's own messages, and the page of a link with which one acknowledges without signing in."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override

from cadre.access.queries import viewer_in
from cadre.accountability.queries import When
from cadre.alerts import actions
from cadre.alerts.queries import lists
from cadre.alerts.queries.climbed import own_message
from cadre.alerts.views.reading import asked_when, tabs
from cadre.core.refused import Refused
from cadre.mission.doors import now
from cadre.mission.views.answering import there
from cadre.web.asked import page_asked
from cadre.web.render import render_page


def own(request: HttpRequest) -> HttpResponseBase:
    """The viewer's own messages, newest first; what waits for an answer can be answered here."""
    viewer, when = viewer_in(request), asked_when(request)
    context = {
        "page": lists.own(viewer, page=page_asked(request), when=when),
        "waiting": lists.to_acknowledge(viewer, on=when.on),
        "tabs": tabs(viewer, "own"),
    }
    return render_page(request, "alerts/own.html", context)


def message(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """One message to the viewer himself; that he has read it is noted."""
    viewer = viewer_in(request)
    found = there(own_message(viewer, row, asked_when(request)))
    if not found.read:
        actions.note_read(found.row, at=now())
    context = {"each": found, "exercise": found.notice.exercise, "tabs": tabs(viewer, "own")}
    return render_page(request, "alerts/message.html", context)


def acknowledge(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """The viewer has it. One press."""
    viewer = viewer_in(request)
    found = there(own_message(viewer, row, When(now(), None, now())))
    if request.method == "POST":
        answer = actions.Answer(how="page", by=viewer.name)
        actions.acknowledge(found.row, answer, by=viewer, at=now())
        messages.success(request, _("Acknowledged."))
    return redirect("alerts:own")


def by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """For who holds a link: what the message says, and one press. Only the press acknowledges:
    mail servers and telephones follow links by themselves. A wrong link says nothing of anybody.
    """
    found, refusal = lists.by_link(token, now=now()), ""
    if found is not None and request.method == "POST":
        try:
            actions.acknowledge_by_link(token, at=now())
        except Refused as problem:
            refusal = str(problem)
        found = lists.by_link(token, now=now())
    with override(found.row.language if found else None):
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        context = {"each": found, "refusal": refusal}
        response = render(request, "alerts/acknowledge.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response

"""Pages of incidents."""

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.mission.queries.parts import references
from cadre.mission.views.answering import handled, known_on, posted, to_correct
from cadre.situation import actions, queries
from cadre.situation.forms import IncidentForm, NarrowForm
from cadre.web.asked import page_asked
from cadre.web.clock import asked_moments
from cadre.web.render import render_page


def incident_list(request: HttpRequest) -> HttpResponseBase:
    """What happened, newest first; the address says what it is narrowed to."""
    viewer, on = viewer_in(request), asked_moments(request).on
    form = NarrowForm(viewer, request.GET)
    context = {"form": form, "may_report": may(viewer, "situation.report"), "measurable": True}
    if form.is_valid():
        around, number = form.around(), page_asked(request)
        context["page"] = queries.incidents(
            viewer, form.wish(), around, page=number, on=on, known_on=known_on(request)
        )
        context["around"] = around
        context["measurable"] = around is None or queries.measurable(around.site)
    return render_page(request, "situation/incidents.html", context, partial="rows")


def report(request: HttpRequest) -> HttpResponseBase:
    """A new report, or one that corrects another."""
    viewer = viewer_in(request)
    require(viewer, "situation.report")
    corrected = to_correct(request, partial(queries.find, viewer))
    shown = IncidentForm.repeating(corrected, references(viewer, corrected)) if corrected else None
    form = IncidentForm(viewer, posted(request), initial=shown)

    def act(at: datetime) -> str:
        actions.report(form.new(), by=viewer, at=at)
        return reverse("situation:incidents")

    page: dict[str, object] = {
        "title": str(corrected) if corrected else _("Report an incident"),
        "up": [{"label": _("Incidents"), "url": reverse("situation:incidents")}],
        "corrected": corrected,
    }
    return handled(request, form, act, page, "situation/report.html")

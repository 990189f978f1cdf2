"""Pages of risks: what is left where, who has to decide, and what was decided."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.core.refused import Refused
from cadre.directives import actions
from cadre.directives.forms.risks import RiskDecisionForm, RiskForm, RiskTableForm
from cadre.directives.queries import World
from cadre.directives.queries.risks import (
    mission_risks,
    risk_assessment,
    to_decide,
)
from cadre.directives.queries.rows import Mission
from cadre.directives.views.levels import way_up
from cadre.mission.doors import now
from cadre.mission.forms.fields import marking_initial
from cadre.mission.queries import missions
from cadre.mission.queries.parts import references
from cadre.mission.views.answering import handled, posted, there, to_correct
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

VERBS = ("assess", "decide", "define")


def url_of(mission: str) -> str:
    return reverse("directives:risks", args=[mission])


def way_here(mission: Mission) -> list[dict[str, str]]:
    return [*way_up(mission), {"label": _("Risks"), "url": url_of(mission.code)}]


def of_mission(request: HttpRequest, mission: str) -> HttpResponseBase:
    """Each line at each site with its risk, all assessments, and who decides about which."""
    viewer, moments = viewer_in(request), asked_moments(request)
    about = there(missions.find(viewer, mission))
    world = World(viewer, known_on=moments.known_on)
    context = {
        "mission": about,
        "found": mission_risks(world, about, on=moments.on),
        "may": {verb: may(viewer, f"risks.{verb}", mission) for verb in VERBS},
        "up": way_up(about),
    }
    return render_page(request, "directives/risks.html", context)


def assess(request: HttpRequest, mission: str) -> HttpResponseBase:
    """A new assessment, or one that corrects another."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "risks.assess", mission)
    corrected = to_correct(request, partial(risk_assessment, viewer, mission=about))
    first: dict[str, object] = {"assessed_by": viewer.name, "assessed": f"{now():%Y-%m-%dT%H:%MZ}"}
    if corrected is not None:
        first = RiskForm.correcting(viewer, corrected, references(viewer, corrected))
    form = RiskForm(viewer, about, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.assess_risk(about, form.new(), by=viewer, at=at)
        return url_of(mission)

    page: dict[str, object] = {
        "title": _("Assess a risk"),
        "up": way_here(about),
        "corrected": corrected,
    }
    return handled(request, form, act, page)


def decide(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    kept = there(risk_assessment(viewer, row))
    mission = kept.mission
    require(viewer, "risks.decide", mission.code)
    about = to_decide(viewer, kept)
    first = marking_initial(kept) | {
        "authority": about.who or viewer.name,
        "decided_at": f"{now():%Y-%m-%dT%H:%MZ}",
    }
    form = RiskDecisionForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.decide_risk(kept, form.new(), by=viewer, at=at)
        return url_of(mission.code)

    page = {"title": _("Decide about a risk"), "up": way_here(mission), "about": about}
    return handled(request, form, act, page, "directives/risk_decision.html")


def table(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The mission's own table of who decides, as one form."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "risks.define", mission)
    form = RiskTableForm(viewer, about, posted(request))

    def act(at: datetime) -> str:
        seen = form.cleaned_data["seen"]
        actions.set_risk_table(about, form.said(), seen=seen, by=viewer, at=at)
        return url_of(mission) + "#table"

    page: dict[str, object] = {"title": _("Who has to decide"), "up": way_here(about)}
    return handled(request, form, act, page, "directives/risk_table.html")


def example(request: HttpRequest, mission: str) -> HttpResponseBase:
    """Takes over the example with one press."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    if request.method == "POST":
        try:
            actions.take_risk_example(about, by=viewer, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("This is on record now."))
    return redirect(url_of(mission) + "#table")

"""Pages of levels: which is in force where, scales, orders and who received them, the threat."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.directives import actions
from cadre.directives.forms.levels import LevelForm, ReportedLevelForm, ScaleForm, ThreatForm
from cadre.directives.queries import World, levels, lookups
from cadre.directives.queries.levelled import level_order_read, mission_levels
from cadre.directives.queries.precautions import suggested
from cadre.directives.queries.receipts import level_addressees
from cadre.directives.queries.rows import Mission
from cadre.directives.views.receiving import receipt_form
from cadre.directives.views.stopping import up_to
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

VERBS = ("define", "order", "order_national", "threat")


def url_of(mission: str) -> str:
    return reverse("directives:levels", args=[mission])


def way_up(mission: Mission) -> list[dict[str, str]]:
    return [*up_to(mission), {"label": _("Levels"), "url": url_of(mission.code)}]


def of_mission(request: HttpRequest, mission: str) -> HttpResponseBase:
    """Every site with its levels, the orders, the threat, and the mission's scales."""
    viewer, moments = viewer_in(request), asked_moments(request)
    about = there(missions.find(viewer, mission))
    world = World(viewer, known_on=moments.known_on)
    found = mission_levels(world, about, on=moments.on)
    allowed = {verb: may(viewer, f"levels.{verb}", mission) for verb in VERBS}
    allowed["report"] = may(viewer, "directives.report", mission)
    context = {"mission": about, "found": found, "may": allowed, "up": up_to(about)}
    return render_page(request, "directives/levels.html", context)


def new_scale(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "levels.define", mission)
    form = ScaleForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.define_scale(about, form.new(), by=viewer, at=at)
        return url_of(mission) + "#scales"

    page: dict[str, object] = {"title": _("A scale of levels"), "up": way_up(about)}
    return handled(request, form, act, page)


def new_level(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    scale = there(lookups.scale(viewer, row))
    require(viewer, "levels.define", scale.mission.code)
    form = LevelForm(viewer, scale, posted(request))

    def act(at: datetime) -> str:
        actions.add_level(scale, form.new(), by=viewer, at=at)
        return url_of(scale.mission.code) + "#scales"

    page: dict[str, object] = {"title": _("A level"), "up": way_up(scale.mission)}
    return handled(request, form, act, page)


def edit_level(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    kept = there(lookups.level(viewer, row))
    mission = kept.scale.mission
    require(viewer, "levels.define", mission.code)
    form = LevelForm(viewer, kept.scale, posted(request), level=levels.level_read(viewer, kept))

    def act(at: datetime) -> str:
        seen = form.cleaned_data["seen"]
        actions.change_level(kept, form.new(), seen=seen, by=viewer, at=at)
        return url_of(mission.code) + "#scales"

    page: dict[str, object] = {"title": kept.name, "up": way_up(mission)}
    return handled(request, form, act, page)


def report(request: HttpRequest, mission: str) -> HttpResponseBase:
    """Records an order about a level that was given elsewhere, as vaguely as it was told."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "directives.report", mission)
    form = ReportedLevelForm(viewer, about, posted(request))

    def act(at: datetime) -> str:
        kept = actions.report_level(about, form.new(), by=viewer, at=at)
        return reverse("directives:level_order", args=[kept.number])

    page: dict[str, object] = {"title": _("A reported order about a level"), "up": way_up(about)}
    return handled(request, form, act, page)


def threat(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "levels.threat", mission)
    form = ThreatForm(viewer, about, posted(request), initial={"assessed_by": viewer.name})

    def act(at: datetime) -> str:
        actions.state_threat(about, form.new(), by=viewer, at=at)
        return url_of(mission) + "#threat"

    page: dict[str, object] = {"title": _("How high the threat is"), "up": way_up(about)}
    return handled(request, form, act, page)


def order(request: HttpRequest, number: str) -> HttpResponseBase:
    """One order about a level: what it says, who received it, on what it rests."""
    viewer, moments = viewer_in(request), asked_moments(request)
    row = there(lookups.level_order(viewer, number))
    found = level_order_read(viewer, row, on=moments.on, known_on=moments.known_on)
    context = {
        "found": there(found),
        "up": way_up(row.mission),
        "suggested": suggested(viewer, row.mission, level=row.level_to),
        "may": {"receive": may(viewer, "directives.receive", row.mission.code)},
    }
    return render_page(request, "directives/level_order.html", context)


def receive(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = there(lookups.level_order(viewer, number))
    require(viewer, "directives.receive", row.mission.code)
    form = receipt_form(request, level_addressees(viewer, row, on=now(), known_on=None))

    def act(at: datetime) -> str:
        actions.receive_level(row, form.new(), by=viewer, at=at)
        return reverse("directives:level_order", args=[number]) + "#received"

    page: dict[str, object] = {"title": _("Received"), "up": way_up(row.mission)}
    return handled(request, form, act, page)

"""Stopping on the spot: signed in, or by the link of a pass without an account."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.access.queries import seeing, viewer_in
from cadre.core.refused import Refused
from cadre.core.releasability import OPERATOR
from cadre.directives import actions
from cadre.directives.forms.stopping import ConfirmationForm, PassForm, StopForm
from cadre.directives.queries import lookups
from cadre.directives.queries.rows import ConfirmationOutcome, Mission
from cadre.directives.queries.stops import pass_shown, passes, stop_pass
from cadre.directives.views.restarting import way_up
from cadre.mission.doors import now
from cadre.mission.queries import missions, offers
from cadre.mission.views.answering import handled, posted, refused_beside, there
from cadre.web.render import render_page


def on_the_spot(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The page of a pass, for a phone on a bad line. Only a press stops; looking never does."""
    refusal = ""
    if request.method == "POST":
        try:
            actions.stop_by_pass(
                secret, request.POST.get("who", ""), request.POST.get("what", ""), at=now()
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect(request.path)
    with seeing(OPERATOR):
        shown = pass_shown(secret, at=now())
    status = HTTPStatus.OK if shown else HTTPStatus.NOT_FOUND
    context = {"shown": shown, "refusal": refusal}
    answer = render(request, "directives/on_the_spot.html", context, status=status)
    patch_cache_control(answer, private=True, no_store=True)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def stop(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "directives.stop", mission)
    asked = request.GET  # where a page leads here from one session
    first: dict[str, object] = {"site": asked.get("site", ""), "lines": asked.getlist("lines")}
    form = StopForm(viewer, about, posted(request), initial=first)

    def act(at: datetime) -> str:
        stopped = actions.stop_now(form.new(), by=viewer, at=at)
        return reverse("directives:directive", args=[stopped.number])

    page: dict[str, object] = {"title": _("Stop now"), "up": up_to(about)}
    return handled(request, form, act, page, "directives/stop.html")


def where(request: HttpRequest) -> HttpResponseBase:
    """The missions in which somebody may stop; straight to the form where there is one."""
    found = offers.missions_in_which(viewer_in(request), "directives.stop")
    if len(found) == 1:
        return redirect("directives:stop", found[0].code)
    return render_page(request, "directives/stopping.html", {"missions": found})


def up_to(mission: Mission) -> list[dict[str, str]]:
    return [{"label": mission.name, "url": reverse("mission:mission", args=[mission.code])}]


def pass_list(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The passes of a mission, and the form that gives out one more; its link is shown once."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "directives.passes", mission)
    form = PassForm(viewer, about, posted(request))
    link = ""
    if form.is_bound and form.is_valid():
        try:
            _row, secret = actions.give_pass(
                form.new(),
                form.cleaned_data["holder"],
                expires_at=form.cleaned_data["expires_at"],
                by=viewer,
                at=now(),
            )
        except Refused as refusal:
            refused_beside(form, refusal)
        else:
            link = request.build_absolute_uri(reverse("directives:on_the_spot", args=[secret]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    context = {
        "mission": about,
        "passes": passes(viewer, mission),
        "form": PassForm(viewer, about) if link else form,
        "link": link,
        "up": up_to(about),
        "now": now(),
    }
    return render_page(request, "directives/passes.html", context, status=status)


def revoke(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    found = there(stop_pass(viewer, row))
    require(viewer, "directives.passes", found.mission.code)
    if request.method == "POST":
        actions.revoke_pass(found, by=viewer, at=now())
        messages.success(request, _("The pass works no longer."))
    return redirect("directives:passes", found.mission.code)


def confirm(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    directive = there(lookups.directive(viewer, number))
    form = ConfirmationForm(viewer, posted(request))

    def act(at: datetime) -> str:
        outcome = ConfirmationOutcome(form.cleaned_data["outcome"])
        actions.confirm(directive, outcome, form.cleaned_data["note"], by=viewer, at=at)
        return reverse("directives:directive", args=[number])

    title = _("Confirm or amend %(number)s") % {"number": number}
    return handled(request, form, act, {"title": title, "up": way_up(directive)})

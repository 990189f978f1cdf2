"""Pages of reviews: what is due, the agenda with the form that holds one, the mission's rhythm."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.directives import actions
from cadre.directives.forms.reviewing import ReviewForm, RhythmForm
from cadre.directives.queries import World, lookups
from cadre.directives.queries.reviews import agenda, reviews, reviews_due, rhythm_row
from cadre.directives.views.restarting import way_up
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web.clock import asked_moments
from cadre.web.render import render_page


def due(request: HttpRequest) -> HttpResponseBase:
    """The reviews of all directives that may be in force: overdue first."""
    viewer, moments = viewer_in(request), asked_moments(request)
    found = reviews_due(World(viewer, known_on=moments.known_on), moments.on)
    return render_page(request, "directives/due.html", {"due": found})


def review(request: HttpRequest, number: str) -> HttpResponseBase:
    """The agenda of the next review, and the form that holds it for who may."""
    viewer, moments = viewer_in(request), asked_moments(request)
    directive = there(lookups.directive(viewer, number))
    before = agenda(viewer, directive, on=moments.on, known_on=moments.known_on)
    held = reviews(viewer, directive, on=moments.on, known_on=moments.known_on)
    allowed = may(viewer, "directives.review", directive.mission.code)
    if request.method == "POST":
        require(viewer, "directives.review", directive.mission.code)
    first: dict[str, object] = {
        "authority": viewer.name,
        "next_at": f"{before.next_by:%Y-%m-%dT%H:%MZ}",
        "next_owner": held.due.owner,
        "last": held.last,
    }
    form = ReviewForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.hold_review(directive, form.new(before), by=viewer, at=at)
        return reverse("directives:directive", args=[number]) + "#reviews"

    page: dict[str, object] = {
        "title": _("Review of %(number)s") % {"number": number},
        "up": way_up(directive),
        "agenda": before,
        "reviews": held,
        "directive": directive,
        "may_hold": allowed,
    }
    return handled(request, form, act, page, "directives/review.html")


def rhythm(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "directives.rhythm", mission)
    first = RhythmForm.shows(rhythm_row(about))
    form = RhythmForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        chosen = {name: form.cleaned_data[name] for name in first if name != "seen"}
        actions.set_rhythm(about, chosen, seen=form.cleaned_data["seen"], by=viewer, at=at)
        return reverse("directives:reviews")

    page: dict[str, object] = {
        "title": _("How often directives are reviewed"),
        "up": [{"label": about.name, "url": reverse("mission:mission", args=[mission])}],
    }
    return handled(request, form, act, page)

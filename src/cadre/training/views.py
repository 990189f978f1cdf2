"""Pages of what is taught, and of what a stop would stop."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase

from cadre.access.permissions import may
from cadre.access.queries import viewer_in
from cadre.core.moments import later
from cadre.directives.forms.composed import before_signing as before
from cadre.directives.queries import World, composing
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.mission.views.answering import there
from cadre.training.forms import ScopeForm
from cadre.training.queries import SessionRead, Span, impact, sessions
from cadre.web.asked import page_asked
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

PAGE = 50
AHEAD = timedelta(days=14)


def before_signing(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """A draft with all that it would stop, and the button that signs it for who may."""
    viewer, at = viewer_in(request), now()
    draft = there(composing.draft(viewer, row))
    seen = before(viewer, draft, at=at)
    found = impact(viewer, seen.new.scope, at=at, known_on=None) if seen.new else None
    may_draft = may(viewer, "directives.draft", draft.mission.code)
    context = {"draft": draft, "before": seen, "impact": found, "may_draft": may_draft}
    return render_page(request, "training/before_signing.html", context)


def what_would_stop(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The same for any scope, without a draft: the address says which."""
    viewer, moments = viewer_in(request), asked_moments(request)
    about = there(missions.find(viewer, mission))
    form = ScopeForm(viewer, about, request.GET)
    found = None
    if form.is_valid():
        found = impact(viewer, form.scope(), at=moments.on, known_on=moments.known_on)
    context = {"mission": about, "form": form, "impact": found}
    return render_page(request, "training/impact.html", context)


def session_list(request: HttpRequest, mission: str) -> HttpResponseBase:
    """Sessions and engagements of the next 14 days, a page at a time, with what may go on."""
    viewer, moments = viewer_in(request), asked_moments(request)
    about = there(missions.find(viewer, mission))
    form = ScopeForm(viewer, about, request.GET)
    pages = Paginator(range(0), PAGE)
    found: tuple[SessionRead, ...] = ()
    number = 1
    if form.is_valid():
        number = page_asked(request)
        span = Span(moments.on, later(moments.on, AHEAD), PAGE, (number - 1) * PAGE)
        world = World(viewer, known_on=moments.known_on)
        found, total = sessions(world, form.scope(), span, at=moments.on)
        pages = Paginator(range(total), PAGE)
    context = {"mission": about, "form": form, "found": found, "page": pages.get_page(number)}
    return render_page(request, "training/sessions.html", context)

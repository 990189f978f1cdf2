"""Pages of what is taught, and of what a stop would stop."""

from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.core.moments import later
from cadre.core.posture import Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions import order_level as order
from cadre.directives.forms.composed import before_signing as before
from cadre.directives.forms.levels import LevelOrderForm
from cadre.directives.queries import World, composing, lookups
from cadre.directives.queries.levels import scope_of
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.training.forms import LevelAsked, ScopeForm
from cadre.training.queries import (
    Forbidden,
    SessionRead,
    Span,
    away,
    forbidden,
    impact,
    sessions,
)
from cadre.web.asked import page_asked
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

PAGE = 50
AHEAD = timedelta(days=14)
DAY = 24  # hours
SEVERAL = ("sites", "nations")  # what the address may name more than once


def before_signing(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """A draft with all that it would stop, and the button that signs it for who may."""
    viewer, at = viewer_in(request), now()
    draft = there(composing.draft(viewer, row))
    seen = before(viewer, draft, at=at)
    found = impact(viewer, seen.new.scope, at=at, known_on=None) if seen.new else None
    may_draft = may(viewer, "directives.draft", draft.mission.code)
    context = {"draft": draft, "before": seen, "impact": found, "may_draft": may_draft}
    if seen.new:
        context |= beside(viewer, seen.new.scope, at=at, known_on=None)
    return render_page(request, "training/before_signing.html", context)


def beside(
    viewer: Viewer, scope: Scope, *, at: datetime, known_on: datetime | None
) -> dict[str, object]:
    """What stands beside the counts: who would be away from base, and the address of the list."""
    names = ("lines", "sites", "nations", "units", "people")
    asked = {name: sorted(getattr(scope, name) or ()) for name in names}
    return {
        "away": away(viewer, scope, at=at, known_on=known_on),
        "listed": urlencode({name: codes for name, codes in asked.items() if codes}, doseq=True),
    }


def what_would_stop(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The same for any scope, without a draft: the address says which."""
    viewer, moments = viewer_in(request), asked_moments(request)
    about = there(missions.find(viewer, mission))
    form = ScopeForm(viewer, about, request.GET)
    found = None
    if form.is_valid():
        found = impact(viewer, form.scope(), at=moments.on, known_on=moments.known_on)
    context = {"mission": about, "form": form, "impact": found}
    if found:
        seen = {"at": moments.on, "known_on": moments.known_on}
        context |= beside(viewer, form.scope(), **seen)
    return render_page(request, "training/impact.html", context)


def order_level(request: HttpRequest, mission: str) -> HttpResponseBase:
    """An order about a level. What it forbids is shown before it is ordered, never only after."""
    viewer, at = viewer_in(request), now()
    about = there(missions.find(viewer, mission))
    if not may(viewer, "levels.order_national", mission):
        require(viewer, "levels.order", mission)
    asked = LevelAsked(viewer, about, request.POST or request.GET)
    found = forbidding(viewer, asked, at=at) if asked.is_valid() else None
    form = LevelOrderForm(viewer, about, posted(request), initial=first_values(request, found, at))

    def act(at: datetime) -> str:
        if found and found.forbidden and request.POST.get("shown") != asked.in_words():
            raise Refused(_("Look at what it forbids, then order it."))
        kept = order(about, form.new(), by=viewer, at=at)
        return reverse("directives:level_order", args=[kept.number])

    page: dict[str, object] = {"title": _("Order a protection level"), "mission": about}
    page |= {"asked": asked, "found": found, "shown": asked.in_words() if found else ""}
    return handled(request, form, act, page, "training/order_level.html")


def forbidding(viewer: Viewer, asked: LevelAsked, *, at: datetime) -> Forbidden:
    return forbidden(viewer, asked.asked_level(), asked.scope(), at=at, known_on=None)


def first_values(request: HttpRequest, found: Forbidden | None, at: datetime) -> dict[str, object]:
    """What a new order shows: what the address asks for, from now on, by its author."""
    viewer = viewer_in(request)
    hours = found.level.row.review_hours if found else None
    return {
        "effective": f"{at:%Y-%m-%dT%H:%MZ}",
        "authority": viewer.name,
        "review_at": f"{later(at, timedelta(hours=hours or DAY)):%Y-%m-%dT%H:%MZ}",
        **{name: request.GET[name] for name in request.GET if name not in SEVERAL},
        **{name: request.GET.getlist(name) for name in SEVERAL},
    }


def what_level_forbids(request: HttpRequest, number: str) -> HttpResponseBase:
    """What an order about a level forbids of what is planned, as of a moment."""
    viewer, moments = viewer_in(request), asked_moments(request)
    row = there(lookups.level_order(viewer, number))
    level = there(row.level_to)
    found = forbidden(viewer, level, scope_of(row), at=moments.on, known_on=moments.known_on)
    context = {"order": row, "mission": row.mission, "found": found}
    return render_page(request, "training/forbids.html", context)


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
    context |= {"stop": mission if may(viewer, "directives.stop", mission) else ""}
    return render_page(request, "training/sessions.html", context)

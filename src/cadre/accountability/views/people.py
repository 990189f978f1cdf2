"""Pages of people: what their stay is, where they were last, and names that are held."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.forms.holds import HoldForm, InformedForm
from cadre.accountability.forms.rosters import StatusForm
from cadre.accountability.queries import lookups
from cadre.accountability.queries.holds import holds
from cadre.accountability.queries.whereabouts import status_called, statuses, whereabouts_of
from cadre.accountability.views.moments import present, when_of
from cadre.core.releasability import Viewer
from cadre.mission.doors import may_somewhere, now, require_somewhere
from cadre.mission.queries import choices, missions, people
from cadre.mission.queries.rows import Person
from cadre.mission.views.answering import handled, posted, there, to_correct
from cadre.web.asked import asked_text
from cadre.web.render import render_page


def url_of(person: str) -> str:
    return reverse("accountability:whereabouts", args=[person])


def way_up(person: Person) -> list[dict[str, str]]:
    return [
        {"label": _("People"), "url": reverse("mission:people")},
        {"label": str(person), "url": url_of(person.code)},
    ]


def whereabouts(request: HttpRequest, person: str) -> HttpResponseBase:
    """Where somebody was last, what their stay is, what was said of them."""
    viewer = viewer_in(request)
    row = there(people.find(viewer, person))
    context = {
        "row": row,
        "found": whereabouts_of(viewer, row, when_of(request)),
        "up": [{"label": str(row), "url": reverse("mission:person", args=[person])}],
        "may": {
            verb: may_somewhere(viewer, f"accountability.{verb}") for verb in ("status", "report")
        }
        | {"holds": may_hold(viewer)},
    }
    return render_page(request, "accountability/whereabouts.html", context)


def of_mission(request: HttpRequest, mission: str) -> HttpResponseBase:
    """Who is on leave, in transit, lent, visiting or at another site."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    context = {
        "mission": about,
        "statuses": statuses(viewer, about, when_of(request)),
        "up": [{"label": about.name, "url": reverse("mission:mission", args=[mission])}],
        "may_state": may(viewer, "accountability.status", mission),
    }
    return render_page(request, "accountability/statuses.html", context)


def state(request: HttpRequest, person: str) -> HttpResponseBase:
    """A new status of a person, or one that corrects another."""
    viewer = viewer_in(request)
    about = there(people.find(viewer, person))
    require_somewhere(viewer, "accountability.status")
    corrected = to_correct(request, partial(status_called, lookups.statuses(viewer, about)))
    first = StatusForm.repeating(corrected) if corrected else new_status(request)
    form = StatusForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        new = form.new(about)
        require(viewer, "accountability.status", new.mission.code)
        actions.set_status(new, by=viewer, at=at)
        return url_of(person)

    page: dict[str, object] = {
        "title": _("What somebody's stay is"),
        "up": way_up(about),
        "corrected": corrected,
    }
    return handled(request, form, act, page)


def new_status(request: HttpRequest) -> dict[str, object]:
    return {"mission": asked_text(request, "mission"), "begins_at": present()}


def may_hold(viewer: Viewer) -> bool:
    """Whether somebody may hold any name; of whom, the action says."""
    return any(
        may_somewhere(viewer, f"accountability.{verb}") for verb in ("holds", "holds_national")
    )


def require_to_hold(viewer: Viewer) -> None:
    if not may_hold(viewer):
        require_somewhere(viewer, "accountability.holds")


def hold_list(request: HttpRequest) -> HttpResponseBase:
    """Whose names are held, as far as the viewer may know."""
    viewer, at = viewer_in(request), now()
    codes = [code for code, _name in choices.missions(viewer)]
    found = holds(viewer, codes, now=at)
    context = {
        "in_force": [each for each in found if each.in_force(at)],
        "ended": [each for each in found if not each.in_force(at)],
        "may_hold": may_hold(viewer),
    }
    return render_page(request, "accountability/holds.html", context)


def hold(request: HttpRequest, person: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(people.find(viewer, person))
    require_to_hold(viewer)
    form = HoldForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.place_hold(about, form.cleaned_data["why"], by=viewer, at=at)
        return reverse("accountability:holds")

    page: dict[str, object] = {"title": _("Hold a name"), "up": way_up(about)}
    return handled(request, form, act, page, "accountability/hold.html")


def informed(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    held = there(lookups.hold(viewer, row))
    require_to_hold(viewer)
    form = InformedForm(viewer, posted(request), initial={"informed_at": present()})

    def act(at: datetime) -> str:
        told = form.cleaned_data
        actions.inform_next_of_kin(held, told["informed_at"], hours=told["hours"], by=viewer, at=at)
        return reverse("accountability:holds")

    url = reverse("accountability:holds")
    page: dict[str, object] = {
        "title": _("Next of kin were told"),
        "up": [{"label": _("Names that are held"), "url": url}],
    }
    return handled(request, form, act, page)

"""Pages of movements: the order, the manifest, what happened, the paper and the end."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.forms.movements import (
    EndForm,
    ManifestForm,
    MoveReportForm,
    OrderForm,
    PersonMovedForm,
)
from cadre.accountability.papers import pdf
from cadre.accountability.papers.manifests import manifest
from cadre.accountability.queries import lookups
from cadre.accountability.queries.counted import chosen_people
from cadre.accountability.queries.lists import lists
from cadre.accountability.queries.movements import movement, movements
from cadre.accountability.queries.rows import Movement
from cadre.accountability.views.moments import present, when_of
from cadre.mission.queries import missions, offers
from cadre.mission.views.answering import handled, posted, there
from cadre.web.asked import asked_text
from cadre.web.render import render_page


def url_of(number: str) -> str:
    return reverse("accountability:movement", args=[number])


def way_up(row: Movement | None = None) -> list[dict[str, str]]:
    up = [{"label": _("Movements"), "url": reverse("accountability:movements")}]
    if row is not None:
        up.append({"label": row.number, "url": url_of(row.number)})
    return up


def listing(request: HttpRequest) -> HttpResponseBase:
    """All movements, those under way first."""
    viewer = viewer_in(request)
    context = {
        "found": movements(viewer, None, when_of(request)),
        "missions": offers.missions_in_which(viewer, "accountability.movements"),
    }
    return render_page(request, "accountability/movements.html", context)


def order(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "accountability.movements", mission)
    form = OrderForm(viewer, posted(request), initial={"because": asked_text(request, "because")})

    def act(at: datetime) -> str:
        return url_of(actions.order_movement(form.new(about), by=viewer, at=at).number)

    page: dict[str, object] = {"title": _("Order a movement"), "up": way_up()}
    return handled(request, form, act, page)


def one(request: HttpRequest, number: str) -> HttpResponseBase:
    """One movement: who is on the list, who is aboard, who arrived; or its paper."""
    viewer, when = viewer_in(request), when_of(request)
    on_paper = asked_text(request, "form") == "pdf"
    found = there(movement(viewer, number, when, live_page=not on_paper))
    if on_paper:
        paper = manifest(found, get_language() or "en", on=when.on)
        return HttpResponse(pdf(paper), content_type="application/pdf")
    code = found.row.mission.code
    context = {
        "found": found,
        "row": found.row,
        "exercise": found.row.exercise,
        "up": way_up(),
        "may": {
            "order": may(viewer, "accountability.movements", code),
            "report": may(viewer, "accountability.report", code),
        },
    }
    return render_page(request, "accountability/movement.html", context)


def add(request: HttpRequest, number: str) -> HttpResponseBase:
    """Puts people on the manifest: by name, or everybody of a site, a nation or a list."""
    viewer = viewer_in(request)
    row = there(lookups.movement(viewer, number))
    require(viewer, "accountability.movements", row.mission.code)
    named = [(each.row.code, each.row.title) for each in lists(viewer, row.mission)]
    form = ManifestForm(viewer, posted(request), lists=named)

    def act(at: datetime) -> str:
        cleaned = form.cleaned_data
        found = chosen_people(viewer, row.mission, cleaned["people"], form.rule(), at=at)
        seats = dict.fromkeys(found, cleaned["seat"])
        actions.add_to_manifest(row, seats, by=viewer, at=at)
        return url_of(number)

    return handled(request, form, act, about(row, _("Put people on the manifest")))


def report(request: HttpRequest, number: str) -> HttpResponseBase:
    """That the whole departed or arrived."""
    viewer = viewer_in(request)
    row = there(lookups.movement(viewer, number))
    require(viewer, "accountability.report", row.mission.code)
    first = said_now(viewer.name) | {"event": asked_text(request, "event")}
    form = MoveReportForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.report_movement(row, form.new(), by=viewer, at=at)
        return url_of(number)

    return handled(request, form, act, about(row, _("Departed or arrived")))


def report_people(request: HttpRequest, number: str) -> HttpResponseBase:
    """That people of the manifest boarded, did not, or arrived: all of it, or nothing."""
    viewer = viewer_in(request)
    row = there(lookups.movement(viewer, number))
    require(viewer, "accountability.report", row.mission.code)
    people = " ".join(request.GET.getlist("people")).replace("\x00", "")
    first = said_now(viewer.name) | {"event": asked_text(request, "event"), "people": people}
    form = PersonMovedForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.report_movements(row, form.news(), by=viewer, at=at)
        return url_of(number)

    return handled(request, form, act, about(row, _("Aboard, or not")))


def close(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = there(lookups.movement(viewer, number))
    require(viewer, "accountability.movements", row.mission.code)
    form = EndForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.close_movement(row, form.cleaned_data["reason"], by=viewer, at=at)
        return url_of(number)

    return handled(request, form, act, about(row, _("Close the movement")))


def said_now(name: str) -> dict[str, object]:
    return {"occurred_at": present(), "said_by": name}


def about(row: Movement, title: str) -> dict[str, object]:
    return {"title": title, "up": way_up(row), "exercise": row.exercise}

"""Pages of wardens' lists: of a mission, one list, one's own; and the link of a warden."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.accountability import actions, links
from cadre.accountability.forms.rosters import ListForm, WardensForm
from cadre.accountability.queries import lookups
from cadre.accountability.queries.counted import counted_by, lists_of, one_list, warden_called
from cadre.accountability.queries.lists import warden_rows, wardens_of
from cadre.accountability.queries.rows import WardenList
from cadre.accountability.views.moments import when_of
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.mission.queries.rows import Mission
from cadre.mission.views.answering import handled, posted, there
from cadre.web.render import render_page


def url_of(row: WardenList) -> str:
    return reverse("accountability:list", args=[row.mission.code, row.code])


def way_up(mission: Mission, row: WardenList | None = None) -> list[dict[str, str]]:
    url = reverse("accountability:lists", args=[mission.code])
    up = [
        {"label": mission.name, "url": reverse("mission:mission", args=[mission.code])},
        {"label": _("Wardens' lists"), "url": url},
    ]
    if row is not None:
        up.append({"label": row.title, "url": url_of(row)})
    return up


def of_mission(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The lists with their wardens, and how many people are on none."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    context = {
        "mission": about,
        "found": lists_of(viewer, about, when_of(request)),
        "up": way_up(about)[:1],
        "may_write": may(viewer, "accountability.lists", mission),
    }
    return render_page(request, "accountability/lists.html", context)


def mine(request: HttpRequest) -> HttpResponseBase:
    """The lists that the viewer counts, with the musters that are open."""
    viewer = viewer_in(request)
    context = {"found": counted_by(viewer, at=now())}
    return render_page(request, "accountability/my_lists.html", context)


def one(request: HttpRequest, mission: str, code: str) -> HttpResponseBase:
    """One list: its wardens, who stands on it now, and how to reach a warden without account."""
    viewer = viewer_in(request)
    row = the_list(request, mission, code)
    context = {
        "row": row,
        "found": one_list(viewer, row, when_of(request)),
        "up": way_up(row.mission),
        "may_write": may(viewer, "accountability.lists", mission),
    }
    return render_page(request, "accountability/list.html", context)


def the_list(request: HttpRequest, mission: str, code: str) -> WardenList:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    return there(lookups.warden_list(viewer, about, code))


def write(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "accountability.lists", mission)
    form = ListForm(viewer, posted(request))

    def act(at: datetime) -> str:
        return url_of(actions.write_list(about, form.new(), by=viewer, at=at))

    page: dict[str, object] = {"title": _("A list of a warden"), "up": way_up(about)}
    return handled(request, form, act, page)


def change(request: HttpRequest, mission: str, code: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = the_list(request, mission, code)
    require(viewer, "accountability.lists", mission)
    form = ListForm(viewer, posted(request), initial=ListForm.shows(row))
    form.fields["code"].disabled = True

    def act(at: datetime) -> str:
        seen = form.cleaned_data["seen"]
        kept = actions.write_list(row.mission, form.new(), seen=seen, by=viewer, at=at)
        return url_of(kept)

    page: dict[str, object] = {"title": row.title, "up": way_up(row.mission, row)}
    return handled(request, form, act, page)


def wardens(request: HttpRequest, mission: str, code: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = the_list(request, mission, code)
    require(viewer, "accountability.lists", mission)
    now_in_place = wardens_of(viewer, [row]).get(row.pk, [])
    first: dict[str, object] = {"people": " ".join(each.person.code for each in now_in_place)}
    form = WardensForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.set_wardens(row, form.cleaned_data["people"], by=viewer, at=at)
        return url_of(row)

    page: dict[str, object] = {"title": _("Warden and alternates"), "up": way_up(row.mission, row)}
    return handled(request, form, act, page)


def link(request: HttpRequest, row: UUID, number: str) -> HttpResponseBase:
    """The link with which a warden without account counts at a muster, to print or to send."""
    viewer = viewer_in(request)
    warden = there(warden_called(viewer, row))
    muster = there(lookups.muster(viewer, number))
    require(viewer, "accountability.lists", warden.list.mission.code)
    path = links.warden_path(muster.pk, warden.pk)
    context = {
        "warden": warden,
        "muster": muster,
        "exercise": muster.exercise,
        "address": request.build_absolute_uri(path),
        "up": way_up(warden.list.mission, warden.list),
    }
    return render_page(request, "accountability/link.html", context)


def count(request: HttpRequest, row: UUID, number: str) -> HttpResponseBase:
    """Leads a signed-in warden to the page on which the own list is counted."""
    viewer = viewer_in(request)
    warden = there(next((each for each in warden_rows(viewer) if each.pk == row), None))
    muster = there(lookups.muster(viewer, number))
    return redirect(links.warden_path(muster.pk, warden.pk))

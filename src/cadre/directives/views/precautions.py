"""Pages of precautions: what is overdue, lists by site, their printed page, and usual lists."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.forms.precautions import (
    CloseForm,
    ItemForm,
    OpenForm,
    ReportForm,
    SheetForm,
    TemplateForm,
)
from cadre.directives.paper import pdf
from cadre.directives.queries import lookups
from cadre.directives.queries.precautions import (
    ChecklistRead,
    checklist,
    checklists,
    templates,
)
from cadre.directives.queries.rows import Mission
from cadre.directives.sheets import sheet
from cadre.directives.views.stopping import up_to
from cadre.mission.doors import now
from cadre.mission.forms.fields import marking_initial
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web.asked import asked_text
from cadre.web.clock import Moments, asked_moments
from cadre.web.render import render_page

VERBS = ("write", "open", "report")


def allowed(viewer: Viewer, mission: str) -> dict[str, bool]:
    return {verb: may(viewer, f"precautions.{verb}", mission) for verb in VERBS}


def way_up(mission: Mission, number: str = "") -> list[dict[str, str]]:
    url = reverse("directives:precautions", args=[mission.code])
    up = [*up_to(mission), {"label": _("Precautions"), "url": url}]
    if number:
        up.append({"label": number, "url": reverse("directives:checklist", args=[number])})
    return up


def of_mission(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The lists of a mission, those that are open first, each rolled up; and the usual ones."""
    viewer, moments = viewer_in(request), asked_moments(request)
    about = there(missions.find(viewer, mission))
    context = {
        "mission": about,
        "lists": checklists(viewer, on=moments.on, known_on=moments.known_on, mission=about),
        "templates": templates(viewer, about, known_on=moments.known_on),
        "may": allowed(viewer, mission),
        "up": up_to(about),
    }
    return render_page(request, "directives/precautions.html", context)


def found_list(viewer: Viewer, number: str, moments: Moments) -> ChecklistRead:
    return there(checklist(viewer, number, on=moments.on, known_on=moments.known_on))


def one_list(request: HttpRequest, number: str) -> HttpResponseBase:
    """A list rolled up by site and contingent, and its items, all or those of one of these: what
    is overdue first, then by when it is due.
    """
    viewer = viewer_in(request)
    found = found_list(viewer, number, asked_moments(request))
    mission = found.row.mission
    site, nation = asked_text(request, "site"), asked_text(request, "nation")
    items = [each for each in found.items if each.of(site, nation)]
    context = {
        "found": found,
        "part": site or nation,
        "waiting": [each for each in items if not each.standing.state.settled],
        "settled": [each for each in items if each.standing.state.settled],
        "may": allowed(viewer, mission.code),
        "up": way_up(mission),
    }
    return render_page(request, "directives/checklist.html", context)


def open_list(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "precautions.open", mission)
    first: dict[str, object] = {
        "template": request.GET.get("template", ""),
        "because": request.GET.get("because", ""),
        "sites": request.GET.getlist("sites"),
    }
    form = OpenForm(viewer, about, posted(request), initial=first)

    def act(at: datetime) -> str:
        kept = actions.open_checklist(about, form.new(), by=viewer, at=at)
        return reverse("directives:checklist", args=[kept.number])

    page: dict[str, object] = {"title": _("Open precautions"), "up": way_up(about)}
    return handled(request, form, act, page)


def report(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    item = there(lookups.precaution(viewer, row))
    number, mission = item.checklist.number, item.checklist.mission
    require(viewer, "precautions.report", mission.code)
    first = {"occurred_at": f"{now():%Y-%m-%dT%H:%MZ}", "done_by": viewer.name}
    form = ReportForm(viewer, posted(request), initial={**first, **marking_initial(item)})

    def act(at: datetime) -> str:
        actions.report_precaution(item, form.new(), by=viewer, at=at)
        return reverse("directives:checklist", args=[number])

    page: dict[str, object] = {"title": item.text, "up": way_up(mission, number)}
    return handled(request, form, act, page)


def on_paper(request: HttpRequest, number: str, site: str) -> HttpResponseBase:
    """The page of one site: to print, and as a PDF with `form=pdf`."""
    found = found_list(viewer_in(request), number, asked_moments(request))
    items = found.at(site)
    if not items:
        raise Http404
    if request.GET.get("form") == "pdf":
        page = sheet(found, items, get_language() or "en")
        return HttpResponse(pdf(page), content_type="application/pdf")
    up = way_up(found.row.mission, number)
    context = {"found": found, "items": items, "site": site, "up": up}
    return render_page(request, "directives/sheet.html", context)


def enter(request: HttpRequest, number: str, site: str) -> HttpResponseBase:
    """What was written on the page of one site, typed in afterwards: both times are kept."""
    viewer = viewer_in(request)
    found = found_list(viewer, number, asked_moments(request))
    mission = found.row.mission
    require(viewer, "precautions.report", mission.code)
    form = SheetForm(viewer, found.at(site), posted(request), initial={"done_by": viewer.name})
    if not form.items:
        raise Http404

    def act(at: datetime) -> str:
        actions.enter_sheet(found.row, form.reports(), by=viewer, at=at)
        return reverse("directives:checklist", args=[number])

    page: dict[str, object] = {
        "title": _("Enter the page of %(site)s") % {"site": form.items[0].site},
        "up": way_up(mission, number),
    }
    return handled(request, form, act, page, "directives/enter.html")


def close(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = there(lookups.checklist(viewer, number))
    require(viewer, "precautions.open", row.mission.code)
    form = CloseForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.close_checklist(row, form.cleaned_data["reason"], by=viewer, at=at)
        return reverse("directives:checklist", args=[number])

    page: dict[str, object] = {"title": _("Close the list"), "up": way_up(row.mission, number)}
    return handled(request, form, act, page)


def new_template(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "precautions.write", mission)
    form = TemplateForm(viewer, about, posted(request))

    def act(at: datetime) -> str:
        actions.write_template(about, form.new(), by=viewer, at=at)
        return reverse("directives:precautions", args=[mission]) + "#usual"

    page: dict[str, object] = {"title": _("Usual precautions"), "up": way_up(about)}
    return handled(request, form, act, page)


def new_item(request: HttpRequest, mission: str, template: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    row = there(lookups.templates_named(viewer, about).get(template))
    require(viewer, "precautions.write", mission)
    form = ItemForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.add_item(row, form.new(), by=viewer, at=at)
        return reverse("directives:precautions", args=[mission]) + "#usual"

    page: dict[str, object] = {"title": _("Something to be done"), "up": way_up(about)}
    return handled(request, form, act, page)


def edit_item(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    item = there(lookups.template_item(viewer, row))
    mission = item.template.mission
    require(viewer, "precautions.write", mission.code)
    form = ItemForm(viewer, posted(request), initial=ItemForm.shows(item))

    def act(at: datetime) -> str:
        seen = form.cleaned_data["seen"]
        actions.change_item(item, form.new(), seen=seen, by=viewer, at=at)
        return reverse("directives:precautions", args=[mission.code]) + "#usual"

    page: dict[str, object] = {"title": _("Something to be done"), "up": way_up(mission)}
    return handled(request, form, act, page)

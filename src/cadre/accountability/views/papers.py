"""PERSTAT as of any minute; rosters and call trees to print, and rosters to type in."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.forms.reports import PaperForm
from cadre.accountability.papers import Paper, csv_of, pdf
from cadre.accountability.papers.perstats import perstat_paper
from cadre.accountability.papers.rosters import call_tree, roster_paper
from cadre.accountability.queries.board import muster_board
from cadre.accountability.queries.pages import Page
from cadre.accountability.queries.perstat import Perstat, from_muster, perstat
from cadre.accountability.queries.rows import WardenList
from cadre.accountability.views.moments import when_of
from cadre.accountability.views.musters import way_up
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web.asked import asked_text, page_asked
from cadre.web.render import render_page

ON_ONE_PAGE = 100  # names
NOBODYS = "-"  # stands in an address for those who are on no warden's list
TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


def sent(request: HttpRequest, paper: Paper) -> HttpResponseBase:
    """A paper as a PDF, or as rows of a file if the address asks for them."""
    if asked_text(request, "form") == "csv":
        response = HttpResponse(csv_of(paper), content_type=TYPES["csv"])
        name = f"{'exercise-' if paper.exercise else ''}{paper.number}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return HttpResponse(pdf(paper), content_type=TYPES["pdf"])


def is_file(request: HttpRequest) -> bool:
    return asked_text(request, "form") in TYPES


def of_mission(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The state of a mission's people on a moment: a page, a PDF or a CSV."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    found = perstat(viewer, about, when_of(request), live_page=not is_file(request))
    url = reverse("mission:mission", args=[mission])
    return shown(request, found, [{"label": about.name, "url": url}])


def of_muster(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same by one muster, also when it is an exercise."""
    viewer = viewer_in(request)
    board = there(muster_board(viewer, number, when_of(request), live_page=not is_file(request)))
    return shown(request, from_muster(board.muster.mission, board), way_up(board.muster))


def shown(request: HttpRequest, found: Perstat, up: list[dict[str, str]]) -> HttpResponseBase:
    if is_file(request):
        return sent(request, perstat_paper(found, get_language() or "en"))
    context = {
        "found": found,
        "page": Paginator(found.names, ON_ONE_PAGE).get_page(page_asked(request)),
        "up": up,
        "exercise": found.muster.exercise if found.muster else False,
    }
    return render_page(request, "accountability/perstat.html", context)


def page_of(request: HttpRequest, number: str) -> Page:
    """A board for paper: no held name is on it, whoever prints it."""
    return Page(there(muster_board(viewer_in(request), number, when_of(request))))


def papers(request: HttpRequest, number: str) -> HttpResponseBase:
    """What can be printed of a muster, and what came back to be typed in."""
    page = page_of(request, number)
    context = {
        "row": page.row,
        "exercise": page.row.exercise,
        "up": way_up(page.row),
        "lists": [(row, page.number_on(row.pk), page.wardens_on(row)) for row in page.lists],
        "nobodys": page.number_on(None),
        "may_report": may(viewer_in(request), "accountability.report", page.row.mission.code),
    }
    return render_page(request, "accountability/papers.html", context)


def tree(request: HttpRequest, number: str) -> HttpResponseBase:
    """The call tree as it stands now."""
    page = page_of(request, number)
    return sent(request, call_tree(page, page.lists, get_language() or "en"))


def roster(request: HttpRequest, number: str, code: str) -> HttpResponseBase:
    """One warden's list to tick."""
    page = page_of(request, number)
    return sent(request, roster_paper(page, the_list(page, code), get_language() or "en"))


def the_list(page: Page, code: str) -> WardenList | None:
    """The list that an address names; None for those who are on none."""
    if code == NOBODYS:
        return None
    return there(next((each for each in page.lists if each.code == code), None))


def enter(request: HttpRequest, number: str, code: str) -> HttpResponseBase:
    """A roster that came back on paper, typed in with the times that are written on it: all of it,
    or nothing.
    """
    viewer, page = viewer_in(request), page_of(request, number)
    row, muster = the_list(page, code), page.row
    require(viewer, "accountability.report", muster.mission.code)
    entries = page.of_list(row.pk if row else None)
    people = [each.person for each in entries]
    form = PaperForm(viewer, people, posted(request), initial=PaperForm.keys(len(people)))

    def act(at: datetime) -> str:
        actions.check_in_many(form.news(muster, at=at), by=viewer, at=at)
        return reverse("accountability:papers", args=[number])

    context: dict[str, object] = {
        "title": _("Enter a roster: %(list)s") % {"list": row.title if row else _("no list")},
        "up": [*way_up(muster), {"label": _("Paper"), "url": papers_url(number)}],
        "exercise": muster.exercise,
    }
    return handled(request, form, act, context, "accountability/enter.html")


def papers_url(number: str) -> str:
    return reverse("accountability:papers", args=[number])

"""Pages of musters: all of them, opening one, the live board, closing, what a mission wants."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.forms.musters import CloseForm, OpenForm, TargetsForm
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import muster_board
from cadre.accountability.queries.figures import Narrowed
from cadre.accountability.queries.listed import musters
from cadre.accountability.queries.pages import Page
from cadre.accountability.queries.preview import Preview, preview
from cadre.accountability.queries.rows import Exclusion, Muster, StateChoices
from cadre.accountability.queries.settings import settings_of
from cadre.accountability.tickets import stream_address
from cadre.accountability.views.moments import when_of
from cadre.core.accountability import State
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.forms.sent import retyped
from cadre.mission.queries import missions, offers, sites
from cadre.mission.queries.rows import Mission
from cadre.mission.views.answering import handled, posted, refused_beside, there
from cadre.situation import queries as situation
from cadre.situation.queries.rows import Incident
from cadre.web import clock
from cadre.web.asked import asked_text, page_asked
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

SEVERAL = ("sites", "nations", "beside", "counted_kinds")
# Fields that stand folded together below the others.
MORE = ("other_sites", "nations", "counted_kinds", "beside", "affected_sites", "counts_from",
        "recheck_minutes")  # fmt: skip  # names only
AROUND_KM = 5  # kilometres around an incident, where nobody has said how many


def url_of(number: str) -> str:
    return reverse("accountability:muster", args=[number])


def way_up(muster: Muster | None = None) -> list[dict[str, str]]:
    up = [{"label": _("Musters"), "url": reverse("accountability:musters")}]
    if muster is not None:
        up.append({"label": muster.number, "url": url_of(muster.number)})
    return up


def listing(request: HttpRequest) -> HttpResponseBase:
    """All musters, those that are open first."""
    viewer = viewer_in(request)
    found = musters(viewer, when_of(request))
    context = {
        "open": [each for each in found if each.end is None],
        "past": [each for each in found if each.end is not None],
        "may_open": bool(openable(viewer)),
        "missions": offers.missions_in_which(viewer, "accountability.report"),
    }
    return render_page(request, "accountability/musters.html", context)


def openable(viewer: Viewer) -> list[Mission]:
    """The missions in which somebody may open a muster, be it of the own nation only."""
    everybody = offers.missions_in_which(viewer, "accountability.open")
    own = offers.missions_in_which(viewer, "accountability.open_national")
    return sorted({each.code: each for each in (*everybody, *own)}.values(), key=by_code)


def by_code(mission: Mission) -> str:
    return mission.code


def opening(request: HttpRequest) -> HttpResponseBase:
    """The form that opens a muster, filled in with what one came from; who would be counted stands
    beside it. The second press opens.
    """
    viewer, at = viewer_in(request), now()
    found = openable(viewer)
    if not found:
        return render_page(request, "accountability/may_not.html", {"up": way_up()})
    about = chosen(request, found)
    first = first_values(request, about)
    form = OpenForm(viewer, about, posted(request), initial=first)
    shown = form if form.is_bound else OpenForm(viewer, about, retyped(form.initial))
    counted = would_count(shown, at=at) if shown.is_valid() else None
    page: dict[str, object] = {
        "title": _("Open a muster"),
        "up": way_up(),
        "mission": about,
        "missions": found,
        "incident": incident_asked(request),
        "more": MORE,
        "preview": counted,
        "reasons": reasons(counted) if counted else [],
    }
    if "show" in request.POST:
        status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        page |= {"form": form}
        return render_page(request, "accountability/open.html", page, status=status)

    def act(at: datetime) -> str:
        opened = actions.open_muster(form.new(), by=viewer, at=at)
        clock.start()
        return url_of(opened.number)

    return handled(request, form, act, page, "accountability/open.html")


def would_count(form: OpenForm, *, at: datetime) -> Preview | None:
    """Who would be counted; None where the form names what a muster cannot be of."""
    try:
        return preview(form.viewer, actions.wish_of(form.new()), on=at, known_on=None)
    except Refused as refusal:
        refused_beside(form, refusal)
        return None


def reasons(found: Preview) -> list[tuple[str, int]]:
    """Why people are not counted, in words, and how many."""
    return [(str(Exclusion(kind).label), number) for kind, number in found.excluded.items()]


def chosen(request: HttpRequest, found: list[Mission]) -> Mission:
    """The mission that the address asks for, or that works where it asks for, or the first."""
    viewer, code = viewer_in(request), asked_text(request, "mission")
    if code:
        return there(next((each for each in found if each.code == code), None))
    incident = incident_asked(request)
    named = [sites.find(viewer, each) for each in several_asked(request, "sites")]
    places = [*named, incident.site if incident else None]
    within = {part for each in places if each is not None for part in each.path}
    return next((each for each in found if within & offered_sites(viewer, each)), found[0])


def offered_sites(viewer: Viewer, mission: Mission) -> set[str]:
    return {code for code, _name in offers.offered(viewer, mission).sites}


def several_asked(request: HttpRequest, name: str) -> list[str]:
    """What the address names several times, without what the database cannot hold."""
    return [text.replace("\x00", "") for text in request.GET.getlist(name)]


def incident_asked(request: HttpRequest) -> Incident | None:
    number = asked_text(request, "incident")
    return situation.called(viewer_in(request), number) if number else None


def first_values(request: HttpRequest, mission: Mission) -> dict[str, object]:
    """What a new muster shows: the places and the incident that the address names; a nation's
    representative starts with the own nation.
    """
    viewer, incident = viewer_in(request), incident_asked(request)
    first: dict[str, object] = {
        name: several_asked(request, name) for name in SEVERAL if name in request.GET
    }
    others = set(several_asked(request, "sites")) - offered_sites(viewer, mission)
    if others:
        first["other_sites"] = " ".join(sorted(others))
    if incident is not None:
        first |= around(incident, offered_sites(viewer, mission))
    if not may(viewer, "accountability.open", mission.code):
        first["nations"] = sorted(viewer.affiliations)
    return first


def around(incident: Incident, offered: set[str]) -> dict[str, object]:
    """An incident with a position has a circle; one without has its site, as far as it has one."""
    found: dict[str, object] = {"incident": incident.pk, "title": str(incident)}
    if incident.position is not None:
        found["radius_km"] = AROUND_KM
    elif incident.site is not None and incident.site.code in offered:
        found["sites"] = [incident.site.code]
    elif incident.site is not None:
        found["other_sites"] = incident.site.code
    if incident.site is not None:
        found["affected_sites"] = incident.site.code
    return found


def board(request: HttpRequest, number: str) -> HttpResponseBase:
    """The live board: how many, and who is outstanding, the riskiest first."""
    viewer = viewer_in(request)
    found = Page(there(muster_board(viewer, number, when_of(request), live_page=True)))
    context = {
        "found": found,
        "row": found.row,
        "exercise": found.row.exercise,
        "up": way_up(),
        "may": allowed(viewer, found.row),
        "live": stream(request, found),
    }
    return render_page(request, "accountability/muster.html", context, partial="live")


def stream(request: HttpRequest, page: Page) -> dict[str, str] | None:
    """Where the board hears of what comes in; None for one that is of the past or is closed."""
    if asked_moments(request).chosen or page.end is not None:
        return None
    return {"address": stream_address(request, page.row.pk)}


def everybody(request: HttpRequest, number: str) -> HttpResponseBase:
    """Everybody whose name the viewer is shown, a page at a time: all, or those of a state, a site
    or a nation.
    """
    viewer = viewer_in(request)
    found = Page(there(muster_board(viewer, number, when_of(request), live_page=True)))
    narrowed = Narrowed(
        *(asked_text(request, name) for name in ("state", "site", "nation")),
    )
    context = {
        "found": found,
        "row": found.row,
        "exercise": found.row.exercise,
        "up": way_up(found.row),
        "may": allowed(viewer, found.row),
        "narrowed": narrowed,
        "states": [*StateChoices.choices[1:], ("unclear", _("unclear")), (NO_WORD, _("no word"))],
        "page": found.everybody(narrowed, page_asked(request)),
    }
    return render_page(request, "accountability/everybody.html", context, partial="rows")


NO_WORD = State.UNACCOUNTED.value
VERBS = ("close", "report", "follow_up", "lists", "open")


def allowed(viewer: Viewer, muster: Muster) -> dict[str, bool]:
    code = muster.mission.code
    found = {verb: may(viewer, f"accountability.{verb}", code) for verb in VERBS}
    return found | {"close": found["close"] or may(viewer, "accountability.open_national", code)}


def close(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = there(lookups.muster(viewer, number))
    if not may(viewer, "accountability.open_national", row.mission.code):
        require(viewer, "accountability.close", row.mission.code)
    form = CloseForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.close_muster(row, form.cleaned_data["reason"], by=viewer, at=at)
        return url_of(number)

    page: dict[str, object] = {
        "title": _("Close the muster"),
        "up": way_up(row),
        "exercise": row.exercise,
    }
    return handled(request, form, act, page, "accountability/close.html")


def targets(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "accountability.settings", mission)
    kept = settings_of(viewer, about)
    form = TargetsForm(viewer, posted(request), initial=TargetsForm.shows(kept))

    def act(at: datetime) -> str:
        seen = form.cleaned_data["seen"]
        actions.set_targets(about, form.new(), seen=seen, by=viewer, at=at)
        return reverse("accountability:musters")

    page: dict[str, object] = {"title": _("Targets and times"), "up": way_up()}
    return handled(request, form, act, page)

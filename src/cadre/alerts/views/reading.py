"""What was sent: alerts, whom each reached and whom it did not, and what each channel carried."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.accountability.queries import When
from cadre.alerts.queries import health, lists, previews, shown, strays
from cadre.alerts.queries.climbed import climbed
from cadre.alerts.queries.offers import missions_in_which
from cadre.alerts.queries.rows import Alert, Cause, Lane, Phase
from cadre.core.alerts import Outcome
from cadre.core.releasability import Viewer
from cadre.mission.doors import may_somewhere, now, require_somewhere
from cadre.mission.views.answering import there
from cadre.web.asked import asked_text, page_asked
from cadre.web.clock import asked_moments
from cadre.web.render import render_page


def tabs(viewer: Viewer, current: str) -> list[dict[str, object]]:
    """The pages about messages that this viewer may open."""
    found = [
        ("own", _("Your messages"), True),
        ("alerts", _("What was sent"), may_somewhere(viewer, "alerts.read")),
        ("strays", _("Answers to look at"), strays.may_look(viewer)),
        ("how", _("How you are reached"), True),
        ("channels", _("Channels"), True),
    ]
    return [
        {"label": label, "url": reverse(f"alerts:{name}"), "current": name == current, "count": ""}
        for name, label, open_to in found
        if open_to
    ]


def asked_when(request: HttpRequest) -> When:
    """The moments of the page, asked at the present."""
    moments = asked_moments(request)
    return When(moments.on, moments.known_on, now())


def wanted(request: HttpRequest) -> lists.Wanted:
    lane = asked_text(request, "lane")
    return lists.Wanted(
        mission=asked_text(request, "mission")[:60],
        cause=asked_text(request, "cause")[:12],
        lane=int(lane) if lane in {"0", "1"} else None,
    )


def alerts(request: HttpRequest) -> HttpResponseBase:
    """What was sent, by mission, cause and lane; life-safety messages that reached nobody first."""
    viewer, when = viewer_in(request), asked_when(request)
    on = when.on
    require_somewhere(viewer, "alerts.read")
    narrowed = wanted(request)
    context = {
        "page": lists.alerts(viewer, narrowed, page=page_asked(request), when=when),
        "nobody": lists.nobody_reached(viewer, on=on, now=when.now),
        "narrowed": narrowed,
        "causes": Cause.choices,
        "lanes": [(str(value), label) for value, label in Lane.choices],
        "missions": missions_in_which(viewer, "alerts.read"),
        "may_send": missions_in_which(viewer, "alerts.send"),
        "late": not health.heartbeat(at=on).ok,
        "strays": strays.waiting(viewer, on=on),
        "tabs": tabs(viewer, "alerts"),
    }
    return render_page(request, "alerts/alerts.html", context, partial="rows")


def the_alert(viewer: Viewer, row: UUID, verb: str = "alerts.read") -> Alert:
    """The alert, for who may see how it stands."""
    alert = there(shown.find(viewer, row))
    if alert.mission is None:
        require_somewhere(viewer, verb)
    else:
        require(viewer, verb, alert.mission.code)
    return alert


ORDER = (
    Outcome.NOT_REACHED,
    Outcome.SILENT,
    Outcome.WAITING,
    Outcome.SENT,
    Outcome.REACHED,
    Outcome.ANSWERED,
)


def alert(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """One alert: per person reached or not, each attempt, the chain, the words by channel."""
    viewer, when = viewer_in(request), asked_when(request)
    about, on = the_alert(viewer, row), when.on
    number = page_asked(request)
    found = there(shown.alert_shown(viewer, row, page=number, when=when, live_page=True))
    mission = about.mission.code if about.mission else ""
    first = about.phase == Phase.FIRST
    over = any(each.phase in {Phase.CANCEL, Phase.ALL_CLEAR} for each in found.chain)
    languages = previews.languages_of(about) or (get_language() or "en",)
    context = {
        "found": found,
        "counts": [(each.value, found.counts.get(each, 0)) for each in ORDER],
        "unnamed": [(each.value, found.unnamed[each]) for each in ORDER if found.unnamed.get(each)],
        "recipients": climbed(viewer, found, on=on),
        "texts": [
            (each, previews.carried(viewer, about, each, now=when.now)) for each in languages
        ],
        "steps": previews.steps_kept(about),
        "may_follow": first and not over and may(viewer, "alerts.send", mission),
        "may_again": found.not_reached and not over and may(viewer, "alerts.send", mission),
        "exercise": about.exercise,
        "up": [{"label": _("What was sent"), "url": reverse("alerts:alerts")}],
    }
    return render_page(request, "alerts/alert.html", context, partial="rows")

"""How a mission tells its people of what: its ladders."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.alerts import actions
from cadre.alerts.forms.ladders import LadderForm
from cadre.alerts.queries import offers
from cadre.alerts.queries.ladders import ladder_for
from cadre.alerts.queries.rows import Cause, Lane
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web.asked import asked_text
from cadre.web.render import render_page


def ladders(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    context = {
        "mission": about,
        "ladders": offers.ladders(viewer, about),
        "causes": Cause.choices,
        "may_change": may(viewer, "alerts.ladders", mission),
        "up": [{"label": about.name, "url": reverse("mission:mission", args=[mission])}],
    }
    return render_page(request, "alerts/ladders.html", context)


def ladder(request: HttpRequest, mission: str) -> HttpResponseBase:
    """The ladder of one cause (`cause`; none: of each that has none of its own)."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "alerts.ladders", mission)
    cause = asked_text(request, "cause")
    label = there({"": _("every other cause"), **dict(Cause.choices)}.get(cause))
    kept = ladder_for(about, cause or Cause.MESSAGE.value, Lane.LIFE_SAFETY.value)
    form = LadderForm(viewer, posted(request), initial=LadderForm.shows(kept))
    home = reverse("alerts:ladders", args=[mission])

    def act(at: datetime) -> str:
        actions.set_ladder(about, cause, form.ladder(), by=viewer, at=at)
        return home

    title = _("How people are told: %(cause)s") % {"cause": label}
    up = [{"label": _("How people are told"), "url": home}]
    return handled(request, form, act, {"title": title, "up": up})

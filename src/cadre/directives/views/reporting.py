"""Pages on which what was ordered elsewhere is put on record, as vaguely as it was told."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.directives import actions
from cadre.directives.forms.reporting import ReportedDirectiveForm, ReportedLiftForm
from cadre.directives.queries import lookups
from cadre.directives.views.restarting import way_up
from cadre.directives.views.stopping import up_to
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there


def directive(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "directives.report", mission)
    form = ReportedDirectiveForm(viewer, about, posted(request))

    def act(at: datetime) -> str:
        kept = actions.report_order(form.new(), form.clocks(), by=viewer, at=at)
        return reverse("directives:directive", args=[kept.number])

    page: dict[str, object] = {"title": _("Record a reported directive"), "up": up_to(about)}
    return handled(request, form, act, page)


def lift(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    ended = there(lookups.directive(viewer, number))
    require(viewer, "directives.report", ended.mission.code)
    form = ReportedLiftForm(viewer, ended, posted(request))

    def act(at: datetime) -> str:
        actions.report_end(form.new(), by=viewer, at=at)
        return reverse("directives:directive", args=[number])

    page: dict[str, object] = {"title": _("Record a reported lift"), "up": way_up(ended)}
    return handled(request, form, act, page)

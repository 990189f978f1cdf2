"""Pages of missions."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.forms.additions import ADDITIONS
from cadre.mission.forms.basis import MissionForm, WithdrawalForm
from cadre.mission.forms.fields import StatedForm
from cadre.mission.queries import basis, missions, parts
from cadre.mission.queries.rows import Stated
from cadre.mission.views.answering import handled, known_on, posted, to_correct
from cadre.web.clock import asked_moments
from cadre.web.render import render_page


def listing(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_in(request)
    found = missions.missions(viewer, on=asked_moments(request).on, known_on=known_on(request))
    context = {"missions": found, "may_found": may(viewer, "mission.change")}
    return render_page(request, "mission/missions.html", context)


def detail(request: HttpRequest, code: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    found = missions.mission(viewer, code, on=asked_moments(request).on, known_on=known_on(request))
    if found is None:
        raise Http404
    context = {
        "found": found,
        "mission": found.mission,
        "fictional": found.mission.pack.startswith("fictional"),
        "may_change": may(viewer, "mission.change", code),
        "may_withdraw": may(viewer, "mission.withdraw_request", code),
    }
    return render_page(request, "mission/mission.html", context)


def found(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_in(request)
    require(viewer, "mission.change")
    form = MissionForm(viewer, posted(request))
    return handled(
        request,
        form,
        lambda at: mission_url(actions.found_mission(form.new(), by=viewer, at=at).code),
        {
            "title": _("A new mission"),
            "up": [{"label": _("Missions"), "url": reverse("mission:missions")}],
        },
    )


def mission_url(code: str) -> str:
    return reverse("mission:mission", args=[code])


def way_up(code: str) -> list[dict[str, str]]:
    return [
        {"label": _("Missions"), "url": reverse("mission:missions")},
        {"label": code, "url": mission_url(code)},
    ]


def add(request: HttpRequest, code: str, what: str) -> HttpResponseBase:
    """The form that adds one thing of the table to a mission."""
    viewer = viewer_in(request)
    mission, addition = missions.find(viewer, code), ADDITIONS.get(what)
    if mission is None or addition is None:
        raise Http404
    require(viewer, "mission.change", code)
    corrected = to_correct(request, partial(parts.part, viewer, mission, what))
    form = addition.form(
        viewer, posted(request), initial=correcting(viewer, addition.form, corrected)
    )
    form.about(mission)

    def act(at: datetime) -> str:
        addition.act(form, viewer, at)
        return mission_url(code)

    page: dict[str, object] = {
        "title": str(addition.title),
        "up": way_up(code),
        "corrected": corrected,
    }
    return handled(request, form, act, page)


def correcting(
    viewer: Viewer, form: type[StatedForm], row: Stated | None
) -> dict[str, object] | None:
    """What a form shows for the row that it is to correct; None where it adds one."""
    return form.repeating(row, parts.references(viewer, row)) if row else None


def withdraw(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """What loses its basis is shown before the withdrawal is recorded."""
    viewer = viewer_in(request)
    asked = basis.find_request(viewer, row)
    if asked is None:
        raise Http404
    code = asked.mission.code
    require(viewer, "mission.withdraw_request", code)
    corrected = to_correct(request, partial(parts.withdrawal, viewer, asked))
    form = WithdrawalForm(
        viewer, posted(request), initial=correcting(viewer, WithdrawalForm, corrected)
    )

    def act(at: datetime) -> str:
        lost = actions.withdraw_host_request(
            asked,
            form.cleaned_data["wording"],
            effective=form.cleaned_data["effective"],
            grounds=form.grounds(),
            by=viewer,
            at=at,
        )
        tell_lost(request, lost.lines)
        return mission_url(code)

    page: dict[str, object] = {
        "title": _("The host nation withdraws its request"),
        "up": way_up(code),
        "asked": asked,
        "losing": basis.losing(viewer, asked),
        "corrected": corrected,
    }
    return handled(request, form, act, page, "mission/withdraw.html")


def tell_lost(request: HttpRequest, lines: tuple[str, ...]) -> None:
    """What the withdrawal has taken away stays on the screen when it is on record."""
    if lines:
        messages.warning(
            request,
            _("Nothing opens these activity lines any more: %(lines)s.")
            % {"lines": ", ".join(lines)},
        )

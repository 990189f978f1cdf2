"""Writing a message, what follows it, and telling those once more whom nothing reached."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.alerts import actions
from cadre.alerts.forms.messages import FollowForm, MessageForm
from cadre.alerts.queries.offers import missions_in_which
from cadre.alerts.queries.previews import looked
from cadre.alerts.queries.rows import Phase
from cadre.alerts.views.reading import the_alert
from cadre.core.refused import Refused
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web import clock
from cadre.web.render import render_page

COMPOSE = "alerts/compose.html"


def where(request: HttpRequest) -> HttpResponseBase:
    """The missions in which somebody may write; straight to the form where there is one."""
    found = missions_in_which(viewer_in(request), "alerts.send")
    if len(found) == 1:
        return redirect("alerts:compose", found[0].code)
    return render_page(request, "alerts/where.html", {"missions": found})


def compose(request: HttpRequest, mission: str) -> HttpResponseBase:
    """A message to people of a mission: looked at first, with whom it reaches and by what."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "alerts.send", mission)
    form = MessageForm(viewer, about, posted(request), initial=asked(request))
    page: dict[str, object] = {
        "mission": about,
        "up": [{"label": _("What was sent"), "url": reverse("alerts:alerts")}],
        "exercise": form.is_bound and form.is_valid() and form.cleaned_data["exercise"],
    }
    if "look" in request.POST:
        return look(request, form, page)

    def act(at: datetime) -> str:
        made = actions.send(form.new(), by=viewer, at=at)
        clock.start()
        return reverse("alerts:alert", args=[made.pk])

    return handled(request, form, act, page, COMPOSE)


def asked(request: HttpRequest) -> dict[str, object]:
    """What the address proposes: the sites, the nations and the lane."""
    names = ("sites", "nations")
    found: dict[str, object] = {
        name: request.GET.getlist(name) for name in names if name in request.GET
    }
    return found | ({"lane": request.GET["lane"]} if "lane" in request.GET else {})


def look(request: HttpRequest, form: MessageForm, page: dict[str, object]) -> HttpResponseBase:
    """The message as it would go out. Nothing is sent."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        page = page | {"looked": looked(form.viewer, form.draft(), at=now())}
        status = HTTPStatus.OK
    return render_page(request, COMPOSE, page | {"form": form}, status=status)


TITLES = {
    Phase.UPDATE: gettext_lazy("Update the message"),
    Phase.CANCEL: gettext_lazy("Call the message off"),
    Phase.ALL_CLEAR: gettext_lazy("Give the all-clear"),
}
PHASES = {"update": Phase.UPDATE, "cancel": Phase.CANCEL, "all-clear": Phase.ALL_CLEAR}


def follow(request: HttpRequest, row: UUID, phase: str) -> HttpResponseBase:
    """An update, a cancellation or an all-clear to everybody who was told."""
    viewer = viewer_in(request)
    first = the_alert(viewer, row, "alerts.send")
    wanted = there(PHASES.get(phase))
    form = FollowForm(viewer, posted(request), initial={"key": uuid4()})

    def act(at: datetime) -> str:
        made = actions.follow(first, wanted, form.texts(), key=form.written_key(), by=viewer, at=at)
        return reverse("alerts:alert", args=[made.pk])

    page: dict[str, object] = {
        "title": TITLES[wanted],
        "up": [{"label": first.number, "url": reverse("alerts:alert", args=[first.pk])}],
        "exercise": first.exercise,
    }
    return handled(request, form, act, page)


def again(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """Tells everybody whom nothing reached once more."""
    viewer = viewer_in(request)
    found = the_alert(viewer, row, "alerts.send")
    if request.method == "POST":
        try:
            number = actions.send_again(found, by=viewer, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            sentence = ngettext(
                "One person is told once more.", "%(number)d people are told once more.", number
            )
            messages.success(request, sentence % {"number": number})
    return redirect("alerts:alert", row)

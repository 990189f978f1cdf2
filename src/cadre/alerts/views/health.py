"""Whether messages go out: channels and their tests, the heartbeat, the outbox, gateways."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.alerts import actions
from cadre.alerts.channels.reasons import shown
from cadre.alerts.channels.webhooks import LARGEST, Receipt, Refused, read_webhook
from cadre.alerts.forms.strays import StrayForm
from cadre.alerts.queries import health, lists, strays
from cadre.alerts.queries.rows import Channel
from cadre.alerts.views.reading import asked_when, tabs
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.views.answering import handled, posted, there
from cadre.web.asked import asked_text, page_asked
from cadre.web.render import render_page


def channels(request: HttpRequest) -> HttpResponseBase:
    """Which channels this node has, what their last tests came to, and whether workers live."""
    viewer = viewer_in(request)
    context = {
        "channels": [
            (each, shown(each.test.reason) if each.test else "") for each in health.channels()
        ],
        "heartbeat": health.heartbeat(at=now()),
        "hours": settings.CADRE_TEST_HOURS,
        "outbox": settings.WAYS_OUT.outbox,
        "may_test": may(viewer, "alerts.test"),
        "may_outbox": may_see_outbox(viewer),
        "tabs": tabs(viewer, "channels"),
    }
    return render_page(request, "alerts/channels.html", context)


def test(request: HttpRequest) -> HttpResponseBase:
    """Tests every channel now."""
    viewer = viewer_in(request)
    require(viewer, "alerts.test")
    if request.method == "POST":
        number = actions.test_now(by=viewer, at=now())
        messages.success(request, _("Channels tested: %(number)d.") % {"number": number})
    return redirect("alerts:channels")


def heartbeat(_request: HttpRequest) -> HttpResponse:
    """For an outside probe: 200 while messages go out, else 503, and a few words. No data."""
    try:
        found = health.heartbeat(at=now())
    except Error:
        return words("no database", HTTPStatus.SERVICE_UNAVAILABLE)
    if found.ok:
        return words("ok", HTTPStatus.OK)
    late = "messages wait" if found.alive else "no worker"
    return words(late, HTTPStatus.SERVICE_UNAVAILABLE)


def words(text: str, status: int) -> HttpResponse:
    answer = HttpResponse(f"{text}\n", content_type="text/plain", status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@csrf_exempt  # a gateway has no session; its signature over the body says who it is
@require_POST
def receipts(request: HttpRequest) -> HttpResponse:
    """What a gateway tells: docs/reference/gateway.md. The moment is the machine's own: a gateway's
    signature is of that time, whatever the node's clock shows.
    """
    body = request.read(LARGEST + 1)
    said = read_webhook(
        dict(request.headers), body, settings.WAYS_OUT.gateway_secret, datetime.now(UTC)
    )
    if isinstance(said, Refused):
        return JsonResponse({"detail": said.because}, status=said.status)
    if isinstance(said, Receipt):
        known = actions.hear_receipt(said, at=now())
        return JsonResponse({"taken": "receipt" if known else "unknown message"})
    return JsonResponse({"taken": actions.hear_answer(said, at=now())})


def may_see_outbox(viewer: Viewer) -> bool:
    """In a demonstration everybody, since nothing in it is real; else who may test channels: the
    links in it are keys.
    """
    return bool(settings.CADRE_DEMO) or may(viewer, "alerts.test")


def outbox(request: HttpRequest) -> HttpResponseBase:
    """What would have gone out where nothing leaves, newest first."""
    viewer = viewer_in(request)
    if not may_see_outbox(viewer):
        require(viewer, "alerts.test")
    channel, to = asked_text(request, "channel")[:10], asked_text(request, "to")[:300]
    context = {
        "page": lists.outbox(
            viewer, lists.Sought(channel, to), page=page_asked(request), now=now()
        ),
        "channel": channel,
        "to": to,
        "channels": [each for each in Channel.choices if each[0] != Channel.PAGE],
        "outbox": settings.WAYS_OUT.outbox,
        "here": settings.CADRE_ADDRESS,
        "up": [{"label": _("Channels"), "url": reverse("alerts:channels")}],
    }
    return render_page(request, "alerts/outbox.html", context)


def stray_list(request: HttpRequest) -> HttpResponseBase:
    """Answers for which nobody could be found, or that are not clear: for a person to look at."""
    viewer = viewer_in(request)
    strays.require_to_look(viewer)
    found = strays.strays(viewer, asked_when(request), live_page=True)
    context = {"strays": found, "tabs": tabs(viewer, "strays")}
    return render_page(request, "alerts/strays.html", context)


def settle(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """Whose an answer is, or why nothing is to be done."""
    viewer = viewer_in(request)
    strays.require_to_look(viewer)
    found = there(strays.stray(viewer, row))
    form = StrayForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.settle_stray(found, form.person(), form.cleaned_data["note"], by=viewer, at=at)
        return reverse("alerts:strays")

    page: dict[str, object] = {
        "title": _("Whose answer is this?"),
        "stray": found,
        "up": [{"label": _("Answers to look at"), "url": reverse("alerts:strays")}],
    }
    return handled(request, form, act, page, "alerts/settle.html")

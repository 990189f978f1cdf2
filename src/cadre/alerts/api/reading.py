"""What was sent and whom it reached, one's own messages, channels."""

from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.accountability.queries import When
from cadre.alerts.api.found import the_alert, there
from cadre.alerts.outgoing import (
    AlertLineOut,
    AlertOut,
    ChannelOut,
    HeartbeatOut,
    OutboxOut,
    OwnMessageOut,
    alert_out,
    channel_out,
    heartbeat_out,
    line_out,
    outbox_out,
    own_out,
)
from cadre.alerts.queries import health, lists, shown
from cadre.mission.doors import now, require_somewhere
from cadre.web.programs import Listed, Paged, Problem, Words

router = Router()


class AlertsAsked(Listed):
    """What a list is narrowed to; `lane`: 0 life safety, 1 ordinary."""

    mission: Words = ""
    cause: Annotated[str, Field(pattern=r"^[a-z_]*$", max_length=12)] = ""
    lane: Annotated[int, Field(ge=0, le=1)] | None = None


def when(asked: Listed) -> When:
    """The moments that were asked about, at the present."""
    return When(asked.true_on(), asked.known(), now())


@router.get("/alerts", response={200: list[AlertLineOut], 403: Problem, 422: Problem})
def alerts(request: HttpRequest, asked: Query[AlertsAsked]) -> list[AlertLineOut]:
    """What was sent, newest first; how many nothing reached stands beside how many answered."""
    viewer = viewer_in(request)
    require_somewhere(viewer, "alerts.read")
    wanted = lists.Wanted(asked.mission, asked.cause, asked.lane)
    found = lists.alerts(viewer, wanted, page=asked.page, when=when(asked))
    return [line_out(each) for each in found.object_list]


@router.get("/alerts/{row}", response={200: AlertOut, 403: Problem, 404: Problem, 422: Problem})
def alert(request: HttpRequest, row: UUID, asked: Query[Listed]) -> AlertOut:
    """Whom an alert reached and whom it did not, problems first, a hundred recipients a page."""
    viewer = viewer_in(request)
    the_alert(viewer, row, "alerts.read")
    found = shown.alert_shown(viewer, row, page=asked.page, when=when(asked), live_page=False)
    return alert_out(there(found, "alert"))


@router.get("/messages", response={200: list[OwnMessageOut], 422: Problem})
def own(request: HttpRequest, asked: Query[Listed]) -> list[OwnMessageOut]:
    """One's own messages, newest first."""
    found = lists.own(viewer_in(request), page=asked.page, when=when(asked))
    return [own_out(each) for each in found.object_list]


@router.get("/channels", response=list[ChannelOut])
def channels(request: HttpRequest) -> list[ChannelOut]:  # noqa: ARG001  it says nothing of the world
    """Which channels this node has, and what their last tests came to."""
    return [channel_out(each) for each in health.channels()]


@router.get("/heartbeat", response=HeartbeatOut)
def heartbeat(request: HttpRequest) -> HeartbeatOut:  # noqa: ARG001  as above
    """Whether messages go out, and which workers live. The probe is /heartbeat/, without a key."""
    return heartbeat_out(health.heartbeat(at=now()))


class OutboxAsked(Paged):
    """Of one channel, or of all; `to`: a part of the address."""

    channel: Annotated[str, Field(pattern=r"^[a-z]*$", max_length=10)] = ""
    to: Words = ""


@router.get("/outbox", response={200: list[OutboxOut], 403: Problem, 422: Problem})
def outbox(request: HttpRequest, asked: Query[OutboxAsked]) -> list[OutboxOut]:
    """What would have gone out where nothing leaves, newest first."""
    viewer = viewer_in(request)
    if not settings.CADRE_DEMO:
        require(viewer, "alerts.test")
    found = lists.outbox(viewer, lists.Sought(asked.channel, asked.to), page=asked.page, now=now())
    return [outbox_out(each) for each in found.object_list]

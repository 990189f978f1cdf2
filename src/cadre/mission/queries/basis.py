"""On what a mission's activity lines rest, and what a withdrawal takes away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.core.releasability import Viewer
from cadre.mission.models import ActivityLine, Authorisation, HostRequest, HostRequestWithdrawal
from cadre.mission.queries.versions import live


@dataclass(frozen=True, slots=True)
class Losing:
    """What loses its basis when one host request is withdrawn."""

    authorisations: tuple[Authorisation, ...]
    lines: tuple[str, ...]


def withdrawals(
    viewer: Viewer,
    requests: Iterable[HostRequest],
    *,
    known_on: datetime | None,
    began: datetime | None,
) -> list[HostRequestWithdrawal]:
    """The withdrawals of these requests, in the order in which they were recorded."""
    rows = HostRequestWithdrawal.objects.visible_to(viewer).filter(request__in=list(requests))
    return list(live(rows, known_on=known_on, began=began).order_by("recorded_at"))


def losing(viewer: Viewer, request: HostRequest) -> Losing:
    """The authorisations that rest on a request, and the lines that nothing else opens."""
    rows = Authorisation.objects.visible_to(viewer).filter(mission=request.mission_id)
    standing = list(live(rows, known_on=None, began=None).select_related("host_request"))
    gone = {
        each.request_id
        for each in withdrawals(
            viewer, {each.host_request for each in standing}, known_on=None, began=None
        )
    }
    lost = tuple(each for each in standing if each.host_request_id == request.pk)
    others = [
        each
        for each in standing
        if each.host_request_id != request.pk and each.host_request_id not in gone
    ]
    lines = [
        code
        for code in line_codes(viewer, request)
        if opens(lost, code) and not opens(others, code)
    ]
    return Losing(lost, tuple(lines))


def line_codes(viewer: Viewer, request: HostRequest) -> list[str]:
    rows = ActivityLine.objects.visible_to(viewer).filter(mission=request.mission_id)
    return list(rows.order_by("code").values_list("code", flat=True))


def opens(authorisations: Sequence[Authorisation], line: str) -> bool:
    return any(each.lines is None or line in each.lines for each in authorisations)


def find_request(viewer: Viewer, row: UUID) -> HostRequest | None:
    """A host nation's request; None when the viewer may know of none with this id."""
    rows = HostRequest.objects.visible_to(viewer).select_related("mission", "host")
    return rows.filter(pk=row).first()

"""Puts a generated record into the database, row by row as actions do."""

from collections.abc import Sequence
from datetime import datetime

from cadre.access.actions import acting
from cadre.core.releasability import Classification, Viewer
from cadre.directives.actions.checks import scope_values
from cadre.directives.models import Directive, Lift, Timing
from cadre.mission.models import (
    Authorisation,
    HostRequest,
    HostRequestWithdrawal,
    Mandate,
    Mission,
    Organisation,
    OrganisationKind,
    Site,
    SiteKind,
)
from cadre.record.fields import moment_values
from tests.directives.written_worlds import FIRST_DAY, MISSIONS, PATHS, Written, WrittenWorld

type Values = dict[str, object]


def put_on_record(world: WrittenWorld, *, by: Viewer) -> None:
    with acting("directives.report", by=by, at=world.began):
        missions, requests, mandates = ground(world)
        for number, row in enumerate(world.orders):
            order = row.value
            Directive.objects.create(
                **stated(row, world.orders),
                number=f"D{number}",
                mission=missions[order.surely.mission],
                effect=order.effect.value,
                authority="the commander",
                **scope_values("sure_", order.surely) | scope_values("perhaps_", order.perhaps),
            )
        for row in world.timings:
            Timing.objects.create(
                **stated(row, world.timings),
                directive_id=world.orders[row.value.of].row,
                clock=row.value.clock,
                **moment_values("moment", row.value.moment),
            )
        for number, row in enumerate(world.lifts):
            scope = row.value.scope
            Lift.objects.create(
                **stated(row, world.lifts),
                number=f"L{number}",
                directive_id=world.orders[row.value.of].row,
                authority="the commander",
                **scope_values("", scope),
                **moment_values("effective", row.value.moment),
            )
        for row in world.openings:
            Authorisation.objects.create(
                **stated(row, world.openings),
                mission=missions[row.value.mission],
                lines=listed(row.value.lines),
                host_request=requests[row.value.request],
                mandate=mandates[row.value.mission],
                **moment_values("begins", row.value.begins),
            )
        for row in world.withdrawals:
            HostRequestWithdrawal.objects.create(
                **stated(row, world.withdrawals),
                request=requests[row.value.of],
                wording="The host takes it back.",
                **moment_values("effective", row.value.moment),
            )


def ground(
    world: WrittenWorld,
) -> tuple[dict[str, Mission], list[HostRequest], dict[str, Mandate]]:
    """What every such record has: two missions, a host with two requests, a tree of places."""
    host = Organisation.objects.create(code="IQ", name="Iraq", kind=OrganisationKind.NATION)
    missions = {
        code: Mission.objects.create(code=code, name=code, **known(FIRST_DAY)) for code in MISSIONS
    }
    mandates = {
        code: Mandate.objects.create(mission=mission, wording="To train.", **known(FIRST_DAY))
        for code, mission in missions.items()
    }
    requests = [
        HostRequest.objects.create(mission=mission, host=host, wording="Come.", **known(FIRST_DAY))
        for mission in missions.values()
    ]
    sites: dict[str, Site] = {}
    for name in world.tree:
        path = list(PATHS[name])
        parent = sites[path[-2]] if path[:-1] else None
        sites[name] = Site.objects.create(
            code=name, name=name, kind=SiteKind.AREA, parent=parent, path=path
        )
    return missions, requests, mandates


def known(moment: datetime) -> Values:
    return {"recorded_at": moment, "recorded_by": "a clerk", "known_from": moment}


def stated[Value](row: Written[Value], rows: Sequence[Written[Value]]) -> Values:
    return {
        "id": row.row,
        "recorded_at": row.recorded_at,
        "recorded_by": "a clerk",
        "known_from": row.known_from,
        "classification": (
            Classification.SECRET if row.secret else Classification.RESTRICTED
        ).value,
        "corrects_id": None if row.corrects is None else rows[row.corrects].row,
    }


def listed(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)

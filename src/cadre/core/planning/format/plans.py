"""A plan as JSON, read and written (docs/reference/planning-format.md)."""

import json
from typing import Final

from cadre.core.planning.format.names import unknown_in_plan
from cadre.core.planning.format.records import Faults, Record, opened
from cadre.core.planning.plan import Placement, Plan
from cadre.core.planning.problem import DAY, Horizon, Problem

FORMAT: Final = "cadre-plan-1"


def read_plan(text: str, problem: Problem) -> Plan:
    """The plan of a JSON text for a problem; raises Faults with a sentence for each fault.

    It names only what the problem has; whether it is legal is for `violations` to say.
    """
    record = opened(text)
    if record.values.get("format") != FORMAT:
        raise Faults([f'"format" has to be "{FORMAT}".'])
    record.only("format", "placements")
    plan = Plan(placements(record, "placements", problem.horizon))
    faults = record.faults or list(unknown_in_plan(plan, problem, "placements"))
    if faults:
        raise Faults(faults)
    return plan


def placements(record: Record, name: str, grid: Horizon) -> dict[str, Placement]:
    """A list of placements by the key of the session, each of which stands once."""
    found: dict[str, Placement] = {}
    for key, placement in record.each(name, lambda each: placed(each, grid)):
        if key in found:
            record.fault(name, f"has session {key} twice")
        found[key] = placement
    return found


def placed(record: Record, grid: Horizon) -> tuple[str, Placement]:
    record.only("session", "day", "start", "room", "trainers")
    start = record.number("start", most=DAY - 1)
    if start % grid.step:
        record.fault("start", f"has to be a multiple of the grid's {grid.step} minutes")
    return record.text("session"), Placement(
        day=record.number("day", most=grid.days - 1),
        start=start,
        room=record.text("room"),
        trainers=frozenset(record.texts("trainers")),
    )


def placements_as_json(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "session": key,
            "day": at.day,
            "start": at.start,
            "room": at.room,
            "trainers": sorted(at.trainers),
        }
        for key, at in sorted(plan.placements.items())
    ]


def plan_as_json(plan: Plan) -> str:
    """A text that `read_plan` reads as the same plan."""
    values = {"format": FORMAT, "placements": placements_as_json(plan)}
    return json.dumps(values, ensure_ascii=False, indent=1)

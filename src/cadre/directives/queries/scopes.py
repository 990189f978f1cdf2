"""What a row of an order is about, in the words of `core`."""

from cadre.core.posture import Scope
from cadre.directives.models import Condition, Directive, Lift, LiftProposal, StopPass, as_scope


def surely(row: Directive) -> Scope:
    """All that a directive surely covers."""
    return as_scope(
        row.mission.code,
        *(row.sure_lines, row.sure_sites, row.sure_nations),
        *(row.units, row.people, row.hours),
    )


def widest(row: Directive) -> Scope:
    """All that a directive may cover."""
    return as_scope(
        row.mission.code,
        *(row.perhaps_lines, row.perhaps_sites, row.perhaps_nations),
        *(row.units, row.people, row.hours),
    )


def part_of(row: Condition | Lift | LiftProposal, mission: str) -> Scope:
    """The part of a directive of this mission that a row is about."""
    beside = () if isinstance(row, Condition) else (row.units, row.people, row.hours)
    return as_scope(mission, row.lines, row.sites, row.nations, *beside)


def place_of(row: StopPass) -> Scope:
    """What the holder of a pass stops with it."""
    return as_scope(row.mission.code, row.lines, [row.site], None)

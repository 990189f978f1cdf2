"""Changes around the counting of people. Each verb is one transaction, and one sentence if it is
refused.
"""

from cadre.accountability.actions.holds import inform_next_of_kin, place_hold
from cadre.accountability.actions.movements import (
    NewMovement,
    NewMovementReport,
    add_to_manifest,
    close_movement,
    order_movement,
    report_movement,
)
from cadre.accountability.actions.musters import COUNTED, NewMuster, close_muster, open_muster
from cadre.accountability.actions.reports import (
    NewCheckIn,
    NewSighting,
    Said,
    Taken,
    check_in,
    check_in_by_link,
    check_in_by_warden_link,
    check_in_many,
    follow_up,
    reply,
    sight,
)
from cadre.accountability.actions.rosters import (
    NewList,
    NewStatus,
    Targets,
    set_status,
    set_targets,
    set_wardens,
    write_list,
)

__all__ = [
    "COUNTED",
    "NewCheckIn",
    "NewList",
    "NewMovement",
    "NewMovementReport",
    "NewMuster",
    "NewSighting",
    "NewStatus",
    "Said",
    "Taken",
    "Targets",
    "add_to_manifest",
    "check_in",
    "check_in_by_link",
    "check_in_by_warden_link",
    "check_in_many",
    "close_movement",
    "close_muster",
    "follow_up",
    "inform_next_of_kin",
    "open_muster",
    "order_movement",
    "place_hold",
    "reply",
    "report_movement",
    "set_status",
    "set_targets",
    "set_wardens",
    "sight",
    "write_list",
]

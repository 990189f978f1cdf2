"""Changes around the counting of people. Each verb is one transaction, and one sentence if it is
refused.
"""

from cadre.accountability.actions.checking_in import (
    NewCheckIn,
    Said,
    Taken,
    check_in,
    check_in_by_link,
    check_in_by_warden_link,
    check_in_many,
    reply,
)
from cadre.accountability.actions.holds import inform_next_of_kin, place_hold
from cadre.accountability.actions.mentions import mention_by_link, settle_mention
from cadre.accountability.actions.movements import (
    NewMovement,
    NewMovementReport,
    add_everybody,
    add_to_manifest,
    close_movement,
    order_movement,
    report_movement,
    report_movements,
)
from cadre.accountability.actions.musters import (
    COUNTED,
    NewMuster,
    close_muster,
    open_muster,
    wish_of,
)
from cadre.accountability.actions.reports import NewSighting, follow_up, sight
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
    "add_everybody",
    "add_to_manifest",
    "check_in",
    "check_in_by_link",
    "check_in_by_warden_link",
    "check_in_many",
    "close_movement",
    "close_muster",
    "follow_up",
    "inform_next_of_kin",
    "mention_by_link",
    "open_muster",
    "order_movement",
    "place_hold",
    "reply",
    "report_movement",
    "report_movements",
    "set_status",
    "set_targets",
    "set_wardens",
    "settle_mention",
    "sight",
    "wish_of",
    "write_list",
]

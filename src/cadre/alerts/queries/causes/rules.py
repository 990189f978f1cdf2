"""Which tables people are told of, and by which rule. `sql/unheard.sql` listens to the same."""

from collections.abc import Callable
from typing import Final

from cadre.alerts.queries.causes.entries import Heard
from cadre.alerts.queries.causes.incidents import of_incident
from cadre.alerts.queries.causes.orders import (
    of_confirmation,
    of_directive,
    of_level,
    of_lift,
)
from cadre.alerts.queries.causes.people import (
    of_hold,
    of_movement,
    of_movement_end,
    of_muster,
    of_muster_end,
    of_session,
)
from cadre.alerts.queries.new import NewAlert

RULES: Final[dict[str, Callable[[Heard], list[NewAlert]]]] = {
    "accountability_movement": of_movement,
    "accountability_movementend": of_movement_end,
    "accountability_muster": of_muster,
    "accountability_musterend": of_muster_end,
    "accountability_nextofkinhold": of_hold,
    "directives_confirmation": of_confirmation,
    "directives_directive": of_directive,
    "directives_levelorder": of_level,
    "directives_lift": of_lift,
    "situation_incident": of_incident,
    "training_session": of_session,
}


def heard(entry: Heard) -> list[NewAlert]:
    """What people are told of an entry; nothing for what concerns nobody any more."""
    return RULES[entry.entry.table](entry)

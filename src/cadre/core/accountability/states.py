"""The states of a person in a muster, and which of them call for somebody."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """How a person is. The last two nobody says: they follow from what was said, or was not."""

    SAFE = "safe"
    SHELTERING = "sheltering"
    AWAY = "away"
    NEED_HELP = "need help"
    INJURED = "injured"
    WHEREABOUTS_UNKNOWN = "whereabouts unknown"
    MISSING = "missing"
    DECEASED = "deceased"
    NOT_REQUIRED = "not required"
    UNCLEAR = "unclear"  # a person has to look
    UNACCOUNTED = "unaccounted"  # nobody has said anything, and no reply is not safe

    @property
    def accounted(self) -> bool:
        """The state is known, by direct contact or from a named source."""
        return self in ACCOUNTED

    @property
    def resolved(self) -> bool:
        """Accounted for, or formally placed in another state."""
        return self in RESOLVED

    @property
    def needs_somebody(self) -> bool:
        """Somebody has to do something about this person."""
        return self in NEEDS_SOMEBODY

    @property
    def safe_like(self) -> bool:
        """Nobody would go and look after somebody of whom this is said."""
        return self in SAFE_LIKE

    @property
    def held(self) -> bool:
        """It stands until somebody in charge says otherwise of a later moment."""
        return self in HELD

    @property
    def gravity(self) -> int:
        """Its place among all states. Of what was said of one moment, the graver counts."""
        return GRAVITY.index(self)


SAFE_LIKE: Final = frozenset({State.NOT_REQUIRED, State.AWAY, State.SAFE, State.SHELTERING})
HELD: Final = frozenset({State.NEED_HELP, State.INJURED, State.MISSING, State.DECEASED})
CASUALTIES: Final = frozenset({State.INJURED, State.DECEASED})
HURT: Final = CASUALTIES | {State.NEED_HELP}
ONLY_IN_CHARGE: Final = frozenset(
    {State.WHEREABOUTS_UNKNOWN, State.MISSING, State.DECEASED, State.NOT_REQUIRED}
)
ACCOUNTED: Final = frozenset(
    {
        State.SAFE,
        State.SHELTERING,
        State.AWAY,
        State.NEED_HELP,
        State.INJURED,
        State.DECEASED,
    }
)
RESOLVED: Final = ACCOUNTED | ONLY_IN_CHARGE
NEEDS_SOMEBODY: Final = frozenset(
    {
        State.NEED_HELP,
        State.INJURED,
        State.WHEREABOUTS_UNKNOWN,
        State.MISSING,
        State.UNCLEAR,
        State.UNACCOUNTED,
    }
)
# The least grave first: by how soon somebody has to act if it is true. So a call for help outranks
# the word that its sender is dead, and whoever may have to be searched for outranks who has not.
GRAVITY: Final = (
    State.NOT_REQUIRED,
    State.AWAY,
    State.SAFE,
    State.SHELTERING,
    State.UNACCOUNTED,
    State.UNCLEAR,
    State.WHEREABOUTS_UNKNOWN,
    State.DECEASED,
    State.MISSING,
    State.NEED_HELP,
    State.INJURED,
)

"""When something that did not go out is tried again."""

from datetime import timedelta
from typing import Final

MOST_TRIES: Final = 5
FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(minutes=2)


def wait_before(tries: int) -> timedelta | None:
    """How long to wait after so many tries (1 or more); None: it is given up.

    Doubles from five seconds, so that the fifth and last try comes within a minute and a quarter:
    the next step of the ladder is worth more than a sixth.
    """
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_WAIT * (1 << (tries - 1)), LONGEST)

"""The moments of a question about people."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class When:
    """True on a moment, known on another (None: by now), asked at the present (`now`; all aware).

    The present matters apart from the two: a name that is held now is not shown in the list of
    yesterday either.
    """

    on: datetime
    known_on: datetime | None
    now: datetime

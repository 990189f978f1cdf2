"""Ladders: whom to tell next while nobody answers, and whether there is time for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise


class Acknowledging(StrEnum):
    """Whose acknowledgement is enough."""

    EVERYONE = "everyone"
    FIRST = "first"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Rung:
    """A step: so long after the first message, to `self`, `deputy`, `warden` or a role."""

    after: timedelta
    to: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps in order, and how long the whole of it may take. `wanted`: how many are enough."""

    acknowledging: Acknowledging
    window: timedelta
    rungs: tuple[Rung, ...]
    wanted: int | None = None

    def enough(self, answered: int, told: int) -> bool:
        """Whether so many answers of so many who were told first end it for everybody.

        Of more wanted than were told, all have to answer.
        """
        match self.acknowledging:
            case Acknowledging.EVERYONE:
                return answered >= told
            case Acknowledging.FIRST:
                return answered > 0
            case Acknowledging.SOME:
                return answered >= min(self.wanted or told, told)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a ladder cannot be climbed; the figures are for the sentence that says so."""

    why: str
    figures: dict[str, int]


def misfits(ladder: Ladder) -> Iterator[Misfit]:
    """What keeps a ladder from being climbed to its end; nothing where it fits.

    The last step has to come before the window ends: else those on it could not answer in time.
    """
    waits = [rung.after for rung in ladder.rungs]
    if not waits:
        yield Misfit("empty", {})
        return
    if waits[0]:
        yield Misfit("late", {"minutes": minutes(waits[0])})
    if any(later <= earlier for earlier, later in pairwise(waits)):
        yield Misfit("order", {})
    if waits[-1] >= ladder.window:
        yield Misfit("window", {"last": minutes(waits[-1]), "window": minutes(ladder.window)})
    if ladder.acknowledging is Acknowledging.SOME and not ladder.wanted:
        yield Misfit("wanted", {})


def minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)

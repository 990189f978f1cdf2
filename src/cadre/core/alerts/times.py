"""How fast people answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final

HALF: Final = 0.5
NEARLY_ALL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Times:
    """When the first answered, by when half and 95 % of those who were asked had, and when the last
    one did so far; None where that has not come.
    """

    first: datetime | None
    half: datetime | None
    nearly_all: datetime | None
    last: datetime | None


def times(answers: Iterable[datetime], asked: int) -> Times:
    """From the moments (aware) of the answers, one of each who answered, and how many were asked.

    Of three, half are two: who was asked counts, not who answered.
    """
    found = sorted(answers)

    def by(share: float) -> datetime | None:
        needed = max(1, ceil(asked * share))
        return found[needed - 1] if len(found) >= needed else None

    return Times(
        first=found[0] if found else None,
        half=by(HALF),
        nearly_all=by(NEARLY_ALL),
        last=found[-1] if found else None,
    )

"""A plan: where each session stands. What does not stand in it is unplaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Placement:
    """`day` of the horizon, `start` in minutes from midnight, both local to the place."""

    day: int
    start: int
    room: str
    trainers: frozenset[str]

    @property
    def moment(self) -> tuple[int, int]:
        return self.day, self.start


@dataclass(frozen=True, slots=True)
class Plan:
    """Placements by the key of their session."""

    placements: Mapping[str, Placement]

    def get(self, session: str) -> Placement | None:
        return self.placements.get(session)

    def __contains__(self, session: str) -> bool:
        return session in self.placements


NOTHING_PLACED: Final = Plan({})

"""Values that change at moments: built from spans, looked up by bisection, combined by sweeping."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
LEVELS: Final = 3  # running, restricted, suspended

type Span = tuple[datetime, datetime | None, int]  # half-open, None is no end; with a level
type Steps = list[tuple[datetime, int]]  # a level from each moment on; it is 0 before the first


@dataclass(frozen=True, slots=True)
class Timeline[Value]:
    """A value at every moment: `values[i]` from `points[i]` on; the first point is `ALWAYS`."""

    points: list[datetime]
    values: list[Value]

    def at(self, moment: datetime) -> Value:
        return self.values[bisect_right(self.points, moment) - 1]


def highest(spans: Iterable[Span]) -> Steps:
    """The highest level of the spans that hold at each moment."""
    changes: list[tuple[datetime, int, int]] = []
    for start, end, level in spans:
        changes.append((start, level, 1))
        if end is not None:
            changes.append((end, level, -1))
    counts = [0] * LEVELS
    return swept(changes, counts, lambda: top(counts))


def lowest_of(steps: Sequence[Steps]) -> Steps:
    return combined(steps, bottom)


def highest_of(steps: Sequence[Steps]) -> Steps:
    return combined(steps, top)


def combined(steps: Sequence[Steps], pick: Callable[[list[int]], int]) -> Steps:
    """One level out of those that several step functions have at each moment."""
    if len(steps) == 1:
        return steps[0]
    changes: list[tuple[datetime, int, int]] = []
    for each in steps:
        level = 0
        for point, following in each:
            changes += [(point, level, -1), (point, following, 1)]
            level = following
    counts = [len(steps), *([0] * (LEVELS - 1))]
    return swept(changes, counts, lambda: pick(counts))


def swept(
    changes: list[tuple[datetime, int, int]], counts: list[int], level: Callable[[], int]
) -> Steps:
    """The steps of a level that depends on how many there are of each, as those numbers change."""
    changes.sort()
    steps: Steps = []
    before = 0
    for place, (point, which, by) in enumerate(changes):
        counts[which] += by
        last_of_its_moment = place + 1 == len(changes) or changes[place + 1][0] != point
        if last_of_its_moment and level() != before:
            before = level()
            steps.append((point, before))
    return steps


def top(counts: list[int]) -> int:
    return 2 if counts[2] else 1 if counts[1] else 0


def bottom(counts: list[int]) -> int:
    return 0 if counts[0] else 1 if counts[1] else 2

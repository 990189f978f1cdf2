"""The horizon as the bits of one number, so that what is free at once is one `&`.

A day has a bit for each step between the first opening and the last closing of any room, and one
more that is never free, so that nothing runs on into the next day.
"""

from collections.abc import Iterator

from cadre.core.planning import LocalTime, Problem
from cadre.core.planning.problem import WEEK


class Grid:
    def __init__(self, problem: Problem) -> None:
        horizon = problem.horizon
        self.step = horizon.step
        self.days = horizon.days
        self.opens = min((each.opens for each in problem.rooms), default=0)
        self.closes = max((each.closes for each in problem.rooms), default=0)
        self.width = (self.closes - self.opens) // self.step + 1
        self.one_day = (1 << self.width - 1) - 1
        self.bits = self.days * self.width

    def bit(self, day: int, minute: int) -> int:
        """The bit of the step that begins then; -1 where no room is ever open."""
        if not self.opens <= minute < self.closes or not 0 <= day < self.days:
            return -1
        return day * self.width + (minute - self.opens) // self.step

    def moment(self, bit: int) -> tuple[int, int]:
        """The day and the minute at which a step begins."""
        day, steps = divmod(bit, self.width)
        return day, self.opens + steps * self.step

    def day(self, bit: int) -> int:
        return bit // self.width

    def week(self, bit: int) -> int:
        return bit // (self.width * WEEK)

    def of_day(self, day: int) -> int:
        """All steps of a day."""
        return self.one_day << day * self.width

    def of_week(self, week: int) -> int:
        return ((1 << self.width * WEEK) - 1) << week * self.width * WEEK

    def within_day(self, day: int, begins: int, ends: int) -> int:
        """The steps of a day that have some time in a span of minutes."""
        first = max(0, begins - self.opens) // self.step
        end = min(self.width - 1, -(-(ends - self.opens) // self.step))
        return (1 << end - first) - 1 << first + day * self.width if first < end else 0

    def between(self, begins: LocalTime, ends: LocalTime | None) -> int:
        """The steps that have some time in a span of the horizon."""
        last = LocalTime(self.days) if ends is None else min(ends, LocalTime(self.days))
        if last <= begins:
            return 0
        first_bit = self.ceiling(begins.day, begins.minute // self.step * self.step)
        end_bit = self.ceiling(last.day, last.minute)
        return (1 << end_bit) - (1 << first_bit) if first_bit < end_bit else 0

    def ceiling(self, day: int, minute: int) -> int:
        """The first bit whose step begins then or later."""
        steps = -(-(minute - self.opens) // self.step)
        return min(self.bits, day * self.width + max(0, min(self.width, steps)))


def starts(free: int, steps: int) -> int:
    """The bits from which on so many bits in a row are set."""
    have = 1
    while have * 2 <= steps:
        free &= free >> have
        have *= 2
    return free & free >> steps - have if have < steps else free


def at_least(masks: list[int], count: int) -> int:
    """The bits that are set in so many of the masks or more."""
    if count == 0:
        return -1
    found = [0] * count
    for mask in masks:
        for level in range(count - 1, 0, -1):
            found[level] |= found[level - 1] & mask
        found[0] |= mask
    return found[-1]


def lowest(mask: int) -> int:
    """The place of the lowest set bit."""
    return (mask & -mask).bit_length() - 1


def set_bits(mask: int) -> Iterator[int]:
    """The places of the set bits, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit

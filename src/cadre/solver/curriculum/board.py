"""A legal timetable that a search changes step by step, with its price always at hand.

A step exchanges lectures between two periods along a Kempe chain: a lecture moves, whatever is in
its way moves back, whatever is in the way of that moves along, and so on. So every step leads from
one legal timetable to another. What it would cost is told before it is done.
"""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

from cadre.core.planning.curriculum import ROOM
from cadre.solver.curriculum.figures import EMPTY, Figures, isolation, members

ROOMS_ONLY: Final = 0.3  # of the proposals stay within a period
IMPOSSIBLE: Final = 1 << 62  # dearer than any limit
ROOMS_MAY_GAIN: Final = 6  # a longer chain that is dearer by more is not given rooms at all

type Move = tuple[int, int, int]  # a course leaves one place for another
type Exchange = tuple[int, int]  # which courses go to the other period, and which come back


class Board:
    """A legal timetable. `at`: the course in each place, or EMPTY; `cost`: its price."""

    def __init__(self, figures: Figures, at: Sequence[int]) -> None:
        self.figures = figures
        self.at = list(at)
        rooms = figures.rooms
        self.period_of = [place // rooms for place in range(len(at))]
        self.room_of = [place % rooms for place in range(len(at))]
        self.taken = [place for place, course in enumerate(at) if course != EMPTY]
        self.rank_of = {place: rank for rank, place in enumerate(self.taken)}
        self.here = [0 for _ in figures.periods]
        self.place_of = [[EMPTY for _ in figures.periods] for _ in figures.courses]
        self.on_day = [[0] * figures.days for _ in figures.courses]
        self.in_room = [[0] * rooms for _ in figures.courses]
        self.weeks = 0
        for place in self.taken:
            self.enter(place)
        self.days_of = [figures.days - each.count(0) for each in self.on_day]
        self.isolation = isolation(self.weeks)
        self.cost = self.price()
        self.sizes = [sum(each) for each in figures.unseated]

    def enter(self, place: int) -> None:
        """Notes the lecture that stands in a place."""
        course, period = self.at[place], self.period_of[place]
        self.here[period] |= 1 << course
        self.place_of[course][period] = place
        self.on_day[course][self.figures.day_of[period]] += 1
        self.in_room[course][self.room_of[place]] += 1
        self.weeks |= self.figures.weeks[course] << self.figures.shifts[period]

    def price(self) -> int:
        """The whole price, from what is noted."""
        unseated, too_few = self.figures.unseated, self.figures.too_few
        seats = sum(unseated[self.at[place]][self.room_of[place]] for place in self.taken)
        days = sum(too_few[course][number] for course, number in enumerate(self.days_of))
        further = sum(max(0, len(each) - each.count(0) - 1) for each in self.in_room)
        return seats + days + self.isolation + ROOM * further

    def proposal(self, random: Random) -> tuple[int, int]:
        """Which lecture to move, by its place, and where to."""
        start = self.taken[int(random.random() * len(self.taken))]
        end = int(random.random() * len(self.at))
        if random.random() < ROOMS_ONLY:
            end += (self.period_of[start] - self.period_of[end]) * self.figures.rooms
        return start, end

    def attempt(self, start: int, end: int, limit: float) -> bool:
        """Moves a lecture, with whatever that entails, if the price rises by no more than a limit;
        says whether it did.
        """
        course = self.at[start]
        period, target = self.period_of[start], self.period_of[end]
        if period == target:
            return start != end and self.attempt_rooms(start, end, limit)
        exchange = self.exchange(course, self.at[end], period, target)
        if exchange is None:
            return False
        change, weeks = self.change_of_time(exchange, period, target)
        if change > limit + ROOMS_MAY_GAIN:
            return False
        moves = self.housed(exchange, start, end)
        change += self.change_of_rooms(moves)
        if change > limit or not self.permits(moves):
            return False
        self.carry_out(moves)
        self.note_days(moves)
        self.cost += change
        self.weeks, self.isolation = weeks, isolation(weeks)
        return True

    def attempt_rooms(self, start: int, end: int, limit: float) -> bool:
        """Exchanges what two rooms hold in one period, if the price allows it."""
        moves = self.swap(start, end)
        change = self.change_of_rooms(moves)
        if change > limit or not self.permits(moves):
            return False
        self.carry_out(moves)
        self.cost += change
        return True

    def swap(self, start: int, end: int) -> list[Move]:
        """The moves that exchange what two places hold, the second of which may be empty."""
        moves = [(self.at[start], start, end)]
        if self.at[end] != EMPTY:
            moves.append((self.at[end], end, start))
        return moves

    def gather(self, course: int, room: int, limit: float) -> bool:
        """Brings all lectures of a course into one room, if the price rises by no more than a
        limit; says whether it did. What is there goes where they come from.
        """
        change = 0
        done: list[list[Move]] = []
        for start in self.place_of[course]:
            if start == EMPTY or self.room_of[start] == room:
                continue
            moves = self.swap(start, start - self.room_of[start] + room)
            if not self.permits(moves):
                change = IMPOSSIBLE
                break
            change += self.change_of_rooms(moves)
            self.carry_out(moves)
            done.append(moves)
        if change > limit:
            for moves in reversed(done):
                self.carry_out([(course, end, start) for course, start, end in moves])
            return False
        self.cost += change
        return True

    def permits(self, moves: Sequence[Move]) -> bool:
        """Whether moves that keep the hard rules may be made; there may be further rules."""
        return bool(moves)

    def exchange(self, course: int, other: int, period: int, target: int) -> Exchange | None:
        """What has to change periods for a course to get to another one, and another back from it.

        None if some of that may not be taught there, or is taught in both already.
        """
        going, coming = 1 << course, 0
        here, there = self.here[period], self.here[target]
        may_here, may_there = self.figures.open[period], self.figures.open[target]
        if there & going or not may_there & going:
            return None
        displaced = self.figures.apart[course]
        if other != EMPTY:
            displaced |= 1 << other
        while new := displaced & there & ~coming:
            if new & ~may_here or new & here:
                return None
            coming |= new
            new = self.apart(new) & here & ~going
            if new & ~may_there or new & there:
                return None
            going |= new
            displaced = self.apart(new)
        return going, coming

    def apart(self, courses: int) -> int:
        """All courses that cannot share a period with one of these."""
        apart = self.figures.apart
        found = 0
        for course in members(courses):
            found |= apart[course]
        return found

    def change_of_time(self, exchange: Exchange, period: int, target: int) -> tuple[int, int]:
        """By how much the price of days and of compactness changes, and the weeks afterwards."""
        figures = self.figures
        change = marks = 0
        day, other_day = figures.day_of[period], figures.day_of[target]
        going, coming = exchange
        for course in members(going):
            marks ^= figures.weeks[course]
            if day != other_day:
                change += self.change_of_days(course, day, other_day)
        for course in members(coming):
            marks ^= figures.weeks[course]
            if day != other_day:
                change += self.change_of_days(course, other_day, day)
        weeks = self.weeks ^ marks << figures.shifts[period] ^ marks << figures.shifts[target]
        return change + isolation(weeks) - self.isolation, weeks

    def change_of_days(self, course: int, day: int, other_day: int) -> int:
        """By how much the price of working days changes if a lecture goes to another day."""
        on_day, days = self.on_day[course], self.days_of[course]
        afterwards = days - (on_day[day] == 1) + (on_day[other_day] == 0)
        price = self.figures.too_few[course]
        return price[afterwards] - price[days]

    def change_of_rooms(self, moves: Iterable[Move]) -> int:
        """By how much the price of seats and of further rooms changes."""
        change = 0
        for course, start, end in moves:
            room, other = self.room_of[start], self.room_of[end]
            if room != other:
                unseated, in_room = self.figures.unseated[course], self.in_room[course]
                change += unseated[other] - unseated[room]
                change += ROOM * ((in_room[other] == 0) - (in_room[room] == 1))
        return change

    def housed(self, exchange: Exchange, start: int, end: int) -> list[Move]:
        """An exchange with its rooms: a lecture or two as asked for, more as suits them best.

        No moves if there are not rooms enough.
        """
        going, coming = exchange
        course, period, target = self.at[start], self.period_of[start], self.period_of[end]
        if going & (going - 1) or coming & (coming - 1):
            there = self.moved(members(going), members(coming), period, target)
            back = self.moved(members(coming), members(going), target, period)
            return there + back if there and back else []
        moves = [(course, start, end)]
        if coming:
            other = coming.bit_length() - 1
            moves.append((other, self.place_of[other][target], start))
        return moves

    def moved(
        self, courses: Iterable[int], leaving: Iterable[int], period: int, target: int
    ) -> list[Move]:
        """Courses in the other period, the one with the least choice of rooms first.

        No moves if there are not rooms enough.
        """
        rooms = self.figures.rooms
        free = [
            place
            for place in range(target * rooms, (target + 1) * rooms)
            if self.at[place] == EMPTY
        ]
        free += [self.place_of[each][target] for each in leaving]
        moves: list[Move] = []
        for course in sorted(courses, key=self.sizes.__getitem__, reverse=True):
            if not free:
                return []
            unseated, in_room = self.figures.unseated[course], self.in_room[course]
            end = min(
                free, key=lambda each: unseated[each % rooms] + ROOM * (in_room[each % rooms] == 0)
            )
            free.remove(end)
            moves.append((course, self.place_of[course][period], end))
        return moves

    def carry_out(self, moves: Sequence[Move]) -> None:
        """Makes the moves; what is noted of days and weeks is left as it was."""
        ranks = [self.rank_of.pop(start) for _course, start, _end in moves]
        for course, start, _end in moves:
            self.at[start] = EMPTY
            self.place_of[course][self.period_of[start]] = EMPTY
        for (course, start, end), rank in zip(moves, ranks, strict=True):
            self.at[end] = course
            self.taken[rank] = end
            self.rank_of[end] = rank
            self.place_of[course][self.period_of[end]] = end
            self.in_room[course][self.room_of[start]] -= 1
            self.in_room[course][self.room_of[end]] += 1

    def note_days(self, moves: Iterable[Move]) -> None:
        """Notes in which periods and on which days the moved lectures are now."""
        for course, start, end in moves:
            bit = 1 << course
            period, target = self.period_of[start], self.period_of[end]
            self.here[period] ^= bit
            self.here[target] ^= bit
            on_day = self.on_day[course]
            on_day[self.figures.day_of[period]] -= 1
            on_day[self.figures.day_of[target]] += 1
            self.days_of[course] = self.figures.days - on_day.count(0)

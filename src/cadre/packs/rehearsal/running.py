"""A rehearsal from the first report to the close: every count held against the crowd."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from cadre.accountability.actions import close_muster, follow_up
from cadre.accountability.queries import Asked, settings_of
from cadre.accountability.queries.board import Numbers, numbers
from cadre.core.accountability import State
from cadre.core.lifecycles import Event
from cadre.packs.rehearsal.crowd import MINUTE
from cadre.packs.rehearsal.hands import Hands, Sent
from cadre.packs.rehearsal.stories import Act, Kind, Known, Story, Way

QUARTER: Final = 15 * MINUTE
SETTLED: Final = 5 * MINUTE  # after the last of them was found the muster is closed
AFTERWARDS: Final = 20 * MINUTE  # within which what was kept on phones comes in after the close

type Passing = Callable[[timedelta], datetime]
type Seeing = Callable[[], AbstractContextManager[object]]
type Doing = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Somebody who is counted otherwise than the crowd knows."""

    person: str
    minutes: int
    kind: Kind
    should: Known
    state: State
    contradicted: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """How a count stood after so many minutes of the story: asked then, and asked afterwards as of
    then (`again`: the same numbers).
    """

    minutes: int
    at: datetime
    states: Mapping[State, int]
    contradicted: int
    again: bool = True


@dataclass(slots=True)
class Course:
    """What came of it."""

    quarters: list[Quarter] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    closed_at: datetime | None = None
    left_open: int = 0


class Rehearsal:
    """Lets a crowd answer a muster.

    `passing`: lets time pass until so long after the beginning of the story, and gives the moment
    (aware) at which the node then stands; `moment`: at which it will stand then; `seeing`: what
    each step is done within.
    """

    def __init__(
        self,
        hands: Hands,
        stories: Sequence[Story],
        *,
        passing: Passing,
        moment: Passing,
        seeing: Seeing = nullcontext,
    ) -> None:
        self.hands, self.stories = hands, stories
        self.passing, self.moment, self.seeing = passing, moment, seeing
        self.muster, self.by = hands.muster, hands.by
        self.by_entry = {each.member.entry: each for each in stories}
        self.course = Course()

    @property
    def end(self) -> timedelta:
        """When the muster is closed: soon after the last change of anybody."""
        last = max((each.since for story in self.stories for each in story.known), default=QUARTER)
        return last + SETTLED

    @property
    def after(self) -> timedelta:
        """When also what was kept on phones has come in."""
        return self.end + AFTERWARDS

    @property
    def hastened(self) -> bool:
        """The story passes faster than the node's clock. Then a safe word some while after a help
        word can fall within the minutes in which the two contradict each other: those are not
        shortened.
        """
        return self.moment(MINUTE) - self.moment(timedelta()) < MINUTE

    def run(self) -> Course:
        """Plays everything in its order, and asks at the end for all past quarters again."""
        with self.seeing():
            programme = sorted(self.programme(), key=lambda each: each[0])
        for time, do in programme:
            at = self.passing(time)  # outside: nothing is held open while time passes
            with self.seeing():
                do(at)
        with self.seeing():
            self.course.quarters = [self.asked_again(each) for each in self.course.quarters]
        return self.course

    def programme(self) -> Iterator[tuple[timedelta, Doing]]:
        yield from self.reports()
        yield from self.searches()
        for number in range(self.end // QUARTER + 1):
            yield number * QUARTER, self.look(number * QUARTER)
        yield self.end, self.close
        yield self.after, self.look(self.after)

    def reports(self) -> Iterator[tuple[timedelta, Doing]]:
        """Reports of one way that come in at one time are handed in together."""
        acts = [(self.arrival(act), act) for story in self.stories for act in story.acts]
        acts.sort(key=lambda each: (each[0], each[1].way, str(each[1].key)))
        for (time, way), batch in groupby(acts, key=lambda each: (each[0], each[1].way)):
            yield time, self.handing_in(way, [act for _time, act in batch])

    def arrival(self, act: Act) -> timedelta:
        if not act.said.after_close:
            return act.arrives
        return self.end + MINUTE + act.arrives % (AFTERWARDS - 2 * MINUTE)

    def handing_in(self, way: Way, acts: Sequence[Act]) -> Doing:
        def do(at: datetime) -> None:
            sent = [Sent(act, min(self.moment(act.occurred), at)) for act in acts]
            self.hands.hand_in(way, sent, at=at)

        return do

    def searches(self) -> Iterator[tuple[timedelta, Doing]]:
        """The ladder for those who are silent: called, the warden asked, searched for."""
        settings = settings_of(self.by, self.muster.mission)
        steps = (
            (settings.call_minutes, Event.CALL, _("No answer")),
            (settings.warden_minutes, Event.ASK_WARDEN, _("Not seen")),
            (settings.search_minutes, Event.SEARCH, _("Search begun at the last known place")),
        )
        for story in self.stories:
            if story.kind is Kind.SILENT:
                for minutes, step, outcome in steps:
                    yield minutes * MINUTE, self.following_up(story, step, outcome)

    def following_up(self, story: Story, step: Event, outcome: str) -> Doing:
        entry = self.hands.listing.entries[story.member.entry]

        def do(at: datetime) -> None:
            follow_up(entry, step.value, outcome, done_at=at, by=self.by, at=at)

        return do

    def close(self, at: datetime) -> None:
        row = close_muster(self.muster, _("The rehearsal is over."), by=self.by, at=at)
        self.course.closed_at, self.course.left_open = at, row.open_count

    def look(self, time: timedelta) -> Doing:
        """Holds the count against what the crowd knows, person by person."""

        def do(at: datetime) -> None:
            found = numbers(self.by, Asked(self.muster, at))
            self.course.wrong += self.wrong(found, time)
            self.course.quarters.append(quarter(found, time, at))

        return do

    def wrong(self, found: Numbers, time: timedelta) -> Iterator[Wrong]:
        for each in found.everybody:
            story = self.by_entry.get(each.entry)
            if story is None:
                continue  # who had answered before the rehearsal
            should, standing = story.at(time), each.stood.standing
            contradicted = should.contradicted or (
                standing.contradicted and self.hastened and story.hurt_by(time)
            )
            if (standing.state, standing.contradicted) != (should.state, contradicted):
                yield Wrong(
                    story.member.person, time // MINUTE, story.kind, should, standing.state,
                    standing.contradicted,
                )  # fmt: skip  # a row

    def asked_again(self, then: Quarter) -> Quarter:
        """The same quarter as of then, as known then, asked now."""
        found = numbers(self.by, Asked(self.muster, then.at, then.at))
        same = quarter(found, then.minutes * MINUTE, then.at) == then
        return Quarter(then.minutes, then.at, then.states, then.contradicted, again=same)


def quarter(found: Numbers, time: timedelta, at: datetime) -> Quarter:
    return Quarter(time // MINUTE, at, found.count.everybody.states, found.contradicted)


def expected(stories: Sequence[Story], time: timedelta) -> dict[State, int]:
    """How many are in which state after so long, as the crowd knows."""
    found: dict[State, int] = {}
    for story in stories:
        state = story.at(time).state
        found[state] = found.get(state, 0) + 1
    return found

"""An independent answer to how a person stands: play what was said in the order of occurrence.

A book is kept of what holds of the person, page by page. It knows nothing of how the rules under
test are written: they ask of each report whether a later one ends it; here time moves on and each
moment changes the book.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from cadre.core.accountability import Report, State, Voice

HELD = {State.NEED_HELP, State.INJURED, State.MISSING, State.DECEASED}
FORMAL = {State.MISSING, State.DECEASED, State.WHEREABOUTS_UNKNOWN, State.NOT_REQUIRED}
LEAST_GRAVE_FIRST = [
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
]


@dataclass(frozen=True)
class Line:
    """What was said: what it says by itself, and the gravest that any report of its key says."""

    at: datetime
    voice: Voice
    own: State
    state: State


@dataclass
class Book:
    """What holds by now: the states that are held, whether the person's whereabouts are declared
    unknown, and what was said last.
    """

    held: set[State] = field(default_factory=set)
    lost: bool = False
    last: State = State.UNACCOUNTED

    def page(self, said: list[Line]) -> None:
        """All that was said of one moment."""
        for each in said:
            if each.voice is Voice.IN_CHARGE and each.own is not State.UNCLEAR:
                self.held &= {each.state}
            if each.voice is not Voice.OTHER and each.state is not State.WHEREABOUTS_UNKNOWN:
                self.lost = False
        for each in said:
            if each.state in HELD:
                self.held.add(each.state)
            if each.state is State.WHEREABOUTS_UNKNOWN:
                self.lost = True
        self.last = gravest(each.state for each in said)

    def answer(self) -> State:
        lost = {State.WHEREABOUTS_UNKNOWN} if self.lost else set[State]()
        return gravest(self.held | lost) if self.held or lost else self.last


def gravest(states: Iterable[State]) -> State:
    return max(states, key=LEAST_GRAVE_FIRST.index)


def replayed(reports: Iterable[Report], at: datetime, known_on: datetime | None = None) -> State:
    told: dict[str, set[tuple[datetime, Voice, State]]] = defaultdict(set)
    for each in reports:
        if each.occurred_at <= at and (known_on is None or each.entered_at <= known_on):
            told[each.key].add((each.occurred_at, each.voice, meant(each)))
    lines = [
        Line(moment, voice, own, gravest(state for _moment, _voice, state in versions))
        for versions in told.values()
        for moment, voice, own in versions
    ]
    book = Book()
    for _moment, page in groupby(sorted(lines, key=lambda each: each.at), lambda each: each.at):
        book.page(list(page))
    return book.answer()


def meant(report: Report) -> State:
    if report.state is None:
        return State.UNCLEAR
    if report.state in FORMAL and report.voice is not Voice.IN_CHARGE:
        return State.UNCLEAR
    return report.state

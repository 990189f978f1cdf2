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


@dataclass
class Book:
    """What holds by now: the states that are held, whether the person's whereabouts are declared
    unknown, and what was said last.
    """

    held: set[State] = field(default_factory=set)
    lost: bool = False
    last: State = State.UNACCOUNTED

    def page(self, said: list[tuple[Voice, State]]) -> None:
        """All that was said of one moment."""
        orders = {state for voice, state in said if voice is Voice.IN_CHARGE} - {State.UNCLEAR}
        for order in orders:
            self.held &= {order}
        for voice, state in said:
            if voice is not Voice.OTHER and state is not State.WHEREABOUTS_UNKNOWN:
                self.lost = False
        for _voice, state in said:
            if state in HELD:
                self.held.add(state)
            if state is State.WHEREABOUTS_UNKNOWN:
                self.lost = True
        self.last = gravest(state for _voice, state in said)

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
    pages = [
        (moment, voice, gravest(state for _moment, _voice, state in versions))
        for versions in told.values()
        for moment, voice, _state in versions
    ]
    book = Book()
    for _moment, page in groupby(sorted(pages), key=lambda each: each[0]):
        book.page([(voice, state) for _at, voice, state in page])
    return book.answer()


def meant(report: Report) -> State:
    if report.state is None:
        return State.UNCLEAR
    if report.state in FORMAL and report.voice is not Voice.IN_CHARGE:
        return State.UNCLEAR
    return report.state

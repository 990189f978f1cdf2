"""What is done about somebody who does not answer, as tables: a muster, and the search for one.

Time only makes overdue: it never finds anybody, never closes a muster, never ends a search.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cadre.core.accountability.reports import Standing
from cadre.core.lifecycles import NOBODY, Event, Machine, Step


class Muster(StrEnum):
    """Whether people are being counted."""

    OPEN = "open"
    CLOSED = "closed"


class Search(StrEnum):
    """How far the search for one person of a muster has gone."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    CALLED = "called"
    WARDEN_ASKED = "warden asked"
    SEARCHED_FOR = "searched for"
    FOUND = "found"
    DECLARED = "declared"  # placed in another state: resolved without being found


STAFF: Final = "who runs the muster, or the ladder of its settings"
RUNGS: Final = {
    Event.CALL: Search.CALLED,
    Event.ASK_WARDEN: Search.WARDEN_ASKED,
    Event.SEARCH: Search.SEARCHED_FOR,
}
LADDER: Final = (Search.WAITING, Search.OVERDUE, *RUNGS.values())
OPEN: Final = LADDER[1:]  # an answer was due, and nobody knows

MUSTER: Final = Machine(
    "muster",
    Muster.OPEN,
    (
        Step(Muster.OPEN, Event.TIME, Muster.OPEN, "nobody: it is closed by a person only"),
        *(
            Step(state, Event.REPORT, state, "anybody who reports; also late, with both times")
            for state in Muster
        ),
        Step(
            Muster.OPEN,
            Event.CLOSE,
            Muster.CLOSED,
            "who runs the muster, naming those who are left outstanding",
        ),
    ),
)

SEARCH: Final = Machine(
    "search for a person",
    Search.WAITING,
    (
        Step(Search.WAITING, Event.TIME, Search.OVERDUE, "no answer by when one was due"),
        Step(Search.FOUND, Event.TIME, Search.OVERDUE, "a re-check comes due"),
        *(Step(state, Event.TIME, state, NOBODY) for state in (*OPEN, Search.DECLARED)),
        *(
            Step(state, event, max(state, rung, key=LADDER.index), STAFF)
            for event, rung in RUNGS.items()
            for state in LADDER
        ),
        *(Step(Search.DECLARED, event, Search.DECLARED, STAFF) for event in RUNGS),
        *(
            Step(state, event, after, by)
            for event, after, by in (
                (Event.FIND, Search.FOUND, "a report by which the person is accounted for"),
                (
                    Event.DECLARE,
                    Search.DECLARED,
                    "somebody in charge, who says: missing, whereabouts unknown, not required",
                ),
                (Event.UNSETTLE, Search.OVERDUE, "a report that is unclear or contradicts others"),
            )
            for state in Search
        ),
    ),
)

MACHINES: Final = (MUSTER, SEARCH)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done to find somebody: a call, a word to the warden, a search; when
    (aware).
    """

    event: Event
    occurred_at: datetime


def search(standing: Standing, acts: Iterable[Act], at: datetime, *, due_at: datetime) -> Search:
    """How far the search for a person has gone at a moment (all moments are aware).

    `standing`: as of that moment. `due_at`: by when an answer was due. Of what was done, the
    highest rung counts, in whatever order it is told; what was done before the last word about the
    person was done about something else.
    """
    state = standing.state
    if state.resolved and not standing.contradicted and not standing.recheck_due:
        return Search.FOUND if state.accounted else Search.DECLARED
    words = [each.occurred_at for each in (*standing.because, *standing.against)]
    begun = Search.OVERDUE if words or at >= due_at else Search.WAITING
    rungs = (
        RUNGS[each.event]
        for each in acts
        if each.event in RUNGS
        and each.occurred_at <= at
        and all(word < each.occurred_at for word in words)
    )
    return max((begun, *rungs), key=LADDER.index)

"""What the live stream asks: whether anything came in at a muster, and how many are in which state.

Both are numbers over everybody on the list. Whoever holds a ticket could open the board, and a
board shows the whole numbers to everybody; names and places are never asked for here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from cadre.accountability.models import Muster, MusterEnd
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import UNACCOUNTED, Asked, Told, Words, judged
from cadre.core.accountability import Standing, State, Tally

# How many stand alike of whom SQL settles how they stand, and each of the others as it was said.
COUNTED: Final = """
    WITH words AS MATERIALIZED (
        SELECT w.state, w.since, w.told
        FROM cadre_muster_words(%s, %s, %s, %s, NULL) AS w
            JOIN accountability_musterentry AS e ON e.id = w.entry
        WHERE e.excluded = ''
    )
    SELECT state, coalesce(since + make_interval(secs => %s) <= %s, false), count(*), NULL
    FROM words WHERE told IS NULL GROUP BY 1, 2
    UNION ALL SELECT state, false, 1, told FROM words WHERE told IS NOT NULL
"""


def marks(musters: Sequence[UUID]) -> Mapping[UUID, str]:
    """For each of these musters a text that is another one once anything came in that its board
    shows: rows are only ever added, so how many there are tells it, in whatever order they commit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT muster, mark FROM cadre_live_marks(%s)", [list(musters)])
        return dict(cursor.fetchall())


def numbers(muster: UUID, *, at: datetime) -> Mapping[str, int]:
    """The whole numbers of a muster at a moment (aware), by now; {} where there is none.

    `open` is 1 or 0; `percent` is of those accounted for, in full percent rounded down. The numbers
    are those of the board, without what else the board reads.
    """
    with counting():
        row = Muster.objects.select_related("mission").filter(pk=muster).first()
        if row is None:
            return {}
        over = MusterEnd.objects.filter(muster=row, at__lte=at).exists()
        found = standings(Asked(row, at))
    tally = Tally(states_of(found))

    def of(*states: State) -> int:
        return sum(tally.states.get(state, 0) for state in states)

    return {
        "total": tally.total,
        "accounted": tally.accounted,
        "resolved": tally.resolved,
        "percent": tally.accounted_percent or 0,
        "outstanding": sum(many for each, many in found if each.outstanding),
        "unclear": of(State.UNCLEAR),
        "help": of(State.NEED_HELP, State.INJURED),
        "missing": of(State.MISSING, State.WHEREABOUTS_UNKNOWN),
        "unaccounted": of(State.UNACCOUNTED),
        "open": 0 if over else 1,
    }


def standings(asked: Asked) -> list[tuple[Standing, int]]:
    """How people stand, and how many stand so."""
    recheck = asked.recheck
    seconds = None if recheck is None else recheck.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [*asked.parameters, seconds, asked.on])  # type: ignore[list-item]  # values
        return [
            (standing(asked, state, due=due, told=told), many)
            for state, due, many, told in cursor.fetchall()
        ]


def standing(asked: Asked, state: str | None, *, due: bool, told: str | Told | None) -> Standing:
    if told is not None:
        return judged(asked, Words(state, None, None, late=False, told=told)).standing
    return UNACCOUNTED if state is None else Standing(State(state), recheck_due=due)


def states_of(found: Sequence[tuple[Standing, int]]) -> Counter[State]:
    states: Counter[State] = Counter()
    for each, many in found:
        states[each.state] += many
    return states

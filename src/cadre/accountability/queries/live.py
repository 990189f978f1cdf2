"""What the live stream asks: whether anything came in at a muster, and how many are in which state.

Both are numbers over everybody on the list. Whoever holds a ticket could open the board, and a
board shows the whole numbers to everybody; names and places are never asked for here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from cadre.accountability.models import Muster, MusterEnd
from cadre.accountability.queries.board import numbers as numbers_of
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import Asked
from cadre.core.accountability import State
from cadre.core.releasability import OPERATOR


def marks(musters: Sequence[UUID]) -> Mapping[UUID, str]:
    """For each of these musters a text that is another one once anything came in that its board
    shows: rows are only ever added, so how many there are tells it, in whatever order they commit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT muster, mark FROM cadre_live_marks(%s)", [list(musters)])
        return dict(cursor.fetchall())


def numbers(muster: UUID, *, at: datetime) -> Mapping[str, int]:
    """The whole numbers of a muster at a moment (aware), by now; {} where there is none.

    `open` is 1 or 0; `percent` is of those accounted for, in full percent rounded down.
    """
    with counting():
        row = Muster.objects.select_related("mission").filter(pk=muster).first()
        if row is None:
            return {}
        over = MusterEnd.objects.filter(muster=row, at__lte=at).exists()
        found = numbers_of(OPERATOR, Asked(row, at))
    tally = found.count.everybody

    def of(*states: State) -> int:
        return sum(tally.states.get(state, 0) for state in states)

    return {
        "total": tally.total,
        "accounted": tally.accounted,
        "resolved": tally.resolved,
        "percent": tally.accounted_percent or 0,
        "outstanding": len(found.outstanding),
        "unclear": found.unclear,
        "help": of(State.NEED_HELP, State.INJURED),
        "missing": of(State.MISSING, State.WHEREABOUTS_UNKNOWN),
        "unaccounted": of(State.UNACCOUNTED),
        "open": 0 if over else 1,
    }

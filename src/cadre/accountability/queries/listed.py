"""All musters as a list, each with what it comes to."""

from dataclasses import dataclass
from datetime import datetime

from cadre.accountability.models import Muster, MusterEnd
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import numbers
from cadre.accountability.queries.figures import Figures
from cadre.accountability.queries.standings import Asked
from cadre.accountability.queries.when import When
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission

CLOSED_SHOWN = 20  # closed musters on the list, the latest


@dataclass(frozen=True, slots=True)
class MusterLine:
    """A muster, and how many stand how while it is open."""

    row: Muster
    end: MusterEnd | None
    figures: Figures | None  # None: it is closed, and its end says how many were not resolved


def musters(
    viewer: Viewer, when: When, *, mission: Mission | None = None
) -> tuple[MusterLine, ...]:
    """The musters that were opened by a moment and known then: those that are open first, the
    latest first; of closed ones the latest only.
    """
    rows = [
        row
        for row in lookups.musters(viewer, mission, on=when.on)
        if when.known_on is None or row.recorded_at <= when.known_on
    ]
    ends = {row.pk: ended(row, when.on) for row in rows}
    opened = [row for row in rows if ends[row.pk] is None]
    closed = [row for row in rows if ends[row.pk] is not None][:CLOSED_SHOWN]
    return tuple(line(viewer, row, ends[row.pk], when) for row in (*opened, *closed))


def ended(row: Muster, on: datetime) -> MusterEnd | None:
    end: MusterEnd | None = getattr(row, "end", None)
    return end if end is not None and end.at <= on else None


def line(viewer: Viewer, row: Muster, end: MusterEnd | None, when: When) -> MusterLine:
    if end is not None:
        return MusterLine(row, end, None)
    found = numbers(viewer, Asked(row, when.on, when.known_on))
    return MusterLine(row, None, Figures(found.count.everybody, len(found.outstanding)))

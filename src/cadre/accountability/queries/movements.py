"""Movements of people: who stands on the manifest, who is aboard, who arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cadre.accountability.models import (
    ManifestLine,
    Movement,
    MovementEnd,
    MovementEvent,
    MovementReport,
)
from cadre.accountability.queries import lookups
from cadre.accountability.queries.holds import hidden_people
from cadre.accountability.queries.places import arrival, latest_of_each, occurred
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.when import When
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.models import Mission
from cadre.mission.queries.reading import Reading

ABOARD = frozenset({MovementEvent.BOARDED, MovementEvent.DEPARTED, MovementEvent.ARRIVED})


@dataclass(frozen=True, slots=True)
class Passenger:
    """Somebody on a manifest. `report`: the last that was said of the person; None: nothing.

    `arrived`: known to have arrived, also as one of a whole whose head count was right.
    """

    line: ManifestLine
    report: MovementReport | None
    arrived: bool

    @property
    def aboard(self) -> bool | None:
        """Whether the person boarded; None: nobody said."""
        return None if self.report is None else self.report.event in ABOARD


@dataclass(frozen=True, slots=True)
class MovementRead:
    """A movement at a moment. The numbers are of all; `people` those whose names the viewer is
    shown. `reports`: of the movement as a whole, the latest first.
    """

    row: Movement
    end: MovementEnd | None
    people: tuple[Passenger, ...]
    reports: tuple[MovementReport, ...]
    listed: int
    aboard: int
    left_behind: int
    arrived: int

    @property
    def hidden(self) -> int:
        return self.listed - len(self.people)

    @property
    def all_aboard(self) -> bool:
        """Everybody on the manifest is known to have boarded."""
        return 0 < self.listed == self.aboard

    @property
    def all_arrived(self) -> bool:
        return 0 < self.listed == self.arrived

    @property
    def departed(self) -> MovementReport | None:
        return self.last(MovementEvent.DEPARTED)

    @property
    def arrival(self) -> MovementReport | None:
        return self.last(MovementEvent.ARRIVED)

    def last(self, event: str) -> MovementReport | None:
        return next((each for each in self.reports if each.event == event), None)

    @property
    def head_count_differs(self) -> bool:
        """Not as many departed as were to be aboard, or not as many arrived: somebody has to look.
        Heads are counted at every arrival; a departure may be reported without a count.
        """
        to_be_aboard = self.listed - self.left_behind
        departed, arrived = self.departed, self.arrival
        return (arrived is not None and arrived.head_count != to_be_aboard) or (
            departed is not None and departed.head_count not in {None, to_be_aboard}
        )


def movements(viewer: Viewer, mission: Mission | None, when: When) -> list[Movement]:
    """The movements ordered by a moment, the latest first; of one mission, or of all."""
    rows = Movement.objects.filter(ordered_at__lte=when.on)
    if mission is not None:
        rows = rows.filter(mission=mission)
    known = Reading(viewer, on=when.on, known_on=when.known_on).stated(rows)
    found = known.select_related("mission", "from_site", "to_site", "end")
    return list(found.order_by("-ordered_at", "number"))


def movement(
    viewer: Viewer, number: str, when: When, *, live_page: bool = False
) -> MovementRead | None:
    """One movement; None when the viewer may know of none. `live_page` as in `muster_board`."""
    row = lookups.movement(viewer, number)
    if row is None:
        return None
    whole = passengers(OPERATOR, row, when)
    held = hidden_people(viewer, [row.mission.code], now=when.now, live_page=live_page)
    seen = seen_lines(viewer, row, when)
    reading = Reading(viewer, on=when.on, known_on=when.known_on)
    reports = reading.stated(
        MovementReport.objects.filter(movement=row, person=None, occurred_at__lte=when.on)
    )
    said = reading.stated(
        MovementReport.objects.filter(movement=row, person__isnull=False, occurred_at__lte=when.on)
    )
    told = {each.pk: each for each in said}
    end = MovementEnd.objects.visible_to(viewer).filter(movement=row).first()
    return MovementRead(
        row,
        end,
        tuple(
            Passenger(
                seen[each.line.pk],
                told.get(each.report.pk) if each.report else None,
                each.arrived,
            )
            for each in whole
            if each.line.pk in seen and each.line.person_id not in held
        ),
        tuple(reports.order_by("-occurred_at", "-recorded_at")),
        listed=len(whole),
        aboard=sum(each.aboard is True for each in whole),
        left_behind=sum(each.aboard is False for each in whole),
        arrived=sum(each.arrived for each in whole),
    )


def seen_lines(viewer: Viewer, row: Movement, when: When) -> dict[UUID, ManifestLine]:
    """The lines of a manifest that the viewer may see; each counts as a look."""
    reading = Reading(viewer, on=when.on, known_on=when.known_on)
    lines = reading.stated(ManifestLine.objects.filter(movement=row))
    return {each.pk: each for each in lines.select_related("person__nation")}


def passengers(viewer: Viewer, row: Movement, when: When) -> Sequence[Passenger]:
    """Everybody on a manifest, by name, with what was said: for numbers."""
    with counting():
        reading = Reading(viewer, on=when.on, known_on=when.known_on)
        said = MovementReport.objects.filter(movement=row, occurred_at__lte=when.on)
        reports = list(reading.stated(said))
        own = latest_of_each(reports)
        lines = list(
            reading.stated(ManifestLine.objects.filter(movement=row))
            .select_related("person")
            .order_by("person__name", "person__code")
        )
        absent = sum(each.event == MovementEvent.NOT_ABOARD for each in own.values())
        whole = next(
            (
                each
                for each in sorted(reports, key=occurred, reverse=True)
                if each.person_id is None
                and each.event == MovementEvent.ARRIVED
                and each.head_count == len(lines) - absent
            ),
            None,
        )
        return [
            Passenger(
                line,
                report := own.get((row.pk, line.person_id)),
                arrival(report, whole) is not None,
            )
            for line in lines
        ]

"""Movements of people: ordered, with a manifest, departed, arrived, everybody aboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.permissions import require
from cadre.accountability.actions.checks import number_in, one_by_one
from cadre.accountability.models import (
    ManifestLine,
    Movement,
    MovementEnd,
    MovementEvent,
    MovementKind,
    MovementReport,
)
from cadre.accountability.queries.movements import movement as read
from cadre.accountability.queries.roster import Wish, roster
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.stays import WITHOUT_POST
from cadre.accountability.queries.when import When
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.checks import Misfit, refuse_lacking, stated, stated_values
from cadre.mission.models import Mission, Person, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMovement:
    """A movement to be ordered: see `Movement`."""

    mission: Mission
    kind: str
    title: str
    from_site: Site
    to_site: Site | None = None
    to_place: str = ""
    because: str = ""
    exercise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMovementReport:
    """What happened, when (aware), who says so; of one person, or of the whole (None)."""

    event: str
    occurred_at: datetime
    said_by: str
    person: Person | None = None
    head_count: int | None = None
    note: str = ""


def order_movement(new: NewMovement, *, by: Viewer, at: datetime) -> Movement:
    """Orders a movement. Raises NotAllowed; Misfit for one that leads nowhere; Refused for the same
    again.
    """
    require(by, "accountability.movements", new.mission.code)
    stays = new.kind == MovementKind.HIBERNATE
    nowhere = not stays and new.to_site is None and not new.to_place.strip()
    refuse_lacking(
        (
            ("kind", new.kind not in MovementKind.values, _("There is no such kind of movement.")),
            ("title", not new.title.strip(), _("Name the movement.")),
            ("to_site", nowhere, _("Say where to: a site, or a place in words.")),
            ("to_site", not stays and new.to_site == new.from_site,
             _("A movement leads somewhere else.")),
        )
    )  # fmt: skip  # a table reads best as one
    with transaction.atomic():
        one_by_one(new.mission.code)
        row = Movement(
            mission=new.mission,
            number=number_in(f"{new.mission.code}-MV-{at.year}-"),
            kind=new.kind,
            title=new.title.strip(),
            from_site=new.from_site,
            to_site=new.to_site,
            to_place=new.to_place.strip(),
            because=new.because.strip(),
            ordered_at=at,
            ordered_by=by.name,
            exercise=new.exercise,
        )
        return stated(row, OUR_OWN, "accountability.order_movement", by=by, at=at)


def add_to_manifest(
    movement: Movement, seats: Mapping[Person, str], *, by: Viewer, at: datetime
) -> list[ManifestLine]:
    """Puts people on the manifest, each with a seat ("" is not stated); who stands there stays.

    Raises NotAllowed; Refused for a movement that is over.
    """
    require(by, "accountability.movements", movement.mission.code)
    with transaction.atomic():
        one_by_one(movement.mission.code)
        require_under_way(movement)
        return put_on_manifest(movement, seats, by=by, at=at)


def add_everybody(
    movement: Movement, nations: frozenset[str] | None = None, *, by: Viewer, at: datetime
) -> int:
    """Puts everybody on the manifest who is or may be at the site from which it leads, of these
    nations or of all; also people whose names `by` may not see, so it tells only how many.

    Raises as `add_to_manifest`.
    """
    require(by, "accountability.movements", movement.mission.code)
    wish = Wish(
        missions=(movement.mission,),
        sites=frozenset({movement.from_site.code}),
        nations=nations,
        counted_kinds=WITHOUT_POST,
        exercise=movement.exercise,
    )
    with transaction.atomic():
        one_by_one(movement.mission.code)
        require_under_way(movement)
        people = [each.person for each in roster(wish, on=at) if each.counted]
        return len(put_on_manifest(movement, dict.fromkeys(people, ""), by=by, at=at))


def put_on_manifest(
    movement: Movement, seats: Mapping[Person, str], *, by: Viewer, at: datetime
) -> list[ManifestLine]:
    values = stated_values(OUR_OWN, by=by, at=at)
    with counting(), acting("accountability.manifest", by=by, at=at):
        lines = ManifestLine.objects.filter(movement=movement)
        there = set(lines.values_list("person", flat=True))
        rows = [
            ManifestLine(
                movement=movement,
                person=person,
                seat=seat.strip()[:60],
                **{**values, **marking_values(person.marking)},
            )
            for person, seat in seats.items()
            if person.pk not in there
        ]
        return ManifestLine.objects.bulk_create(rows)


def require_under_way(movement: Movement) -> None:
    if MovementEnd.objects.filter(movement=movement).exists():
        raise Refused(_("This movement is over."))


def report_movement(
    movement: Movement, new: NewMovementReport, *, by: Viewer, at: datetime
) -> MovementReport:
    """Puts one report on record: as `report_movements`."""
    return report_movements(movement, [new], by=by, at=at)[0]


def report_movements(
    movement: Movement, news: Sequence[NewMovementReport], *, by: Viewer, at: datetime
) -> list[MovementReport]:
    """Puts on record that somebody boarded or not, or that the whole departed or arrived; all of
    these reports or none.

    Raises NotAllowed; Misfit for somebody who is not on the manifest, a moment to come or before
    the order, nobody who says so, and a whole that arrives without a head count; Refused for the
    same again.
    """
    require(by, "accountability.report", movement.mission.code)
    people = [each.person for each in news if each.person is not None]
    with counting():
        lines = ManifestLine.objects.filter(movement=movement, person__in=people)
        listed = set(lines.values_list("person", flat=True))
    for new in news:
        require_report(movement, new, at=at)
        if new.person is not None and new.person.pk not in listed:
            raise Misfit("person", _("This person is not on the manifest."))
    with transaction.atomic():
        return [stated_report(movement, new, by=by, at=at) for new in news]


def require_report(movement: Movement, new: NewMovementReport, *, at: datetime) -> None:
    ordered = movement.ordered_at.replace(second=0, microsecond=0)  # people write minutes
    whole = new.person is None
    one_only = new.event in {MovementEvent.BOARDED, MovementEvent.NOT_ABOARD}
    uncounted = whole and new.event == MovementEvent.ARRIVED and new.head_count is None
    refuse_lacking(
        (
            ("event", new.event not in MovementEvent.values, _("There is no such event.")),
            ("event", whole and one_only, _("Say who boarded, or did not.")),
            ("occurred_at", not ordered <= new.occurred_at <= at,
             _("It happened after the movement was ordered, and by now.")),
            ("said_by", not new.said_by.strip(), _("Say who says so.")),
            ("head_count", uncounted, _("Count heads on arrival.")),
            ("head_count", not whole and new.head_count is not None,
             _("A head count is of the whole.")),
        )
    )  # fmt: skip  # a table reads best as one


def stated_report(
    movement: Movement, new: NewMovementReport, *, by: Viewer, at: datetime
) -> MovementReport:
    row = MovementReport(
        movement=movement,
        person=new.person,
        event=new.event,
        occurred_at=new.occurred_at,
        said_by=new.said_by.strip(),
        head_count=new.head_count,
        note=new.note.strip(),
    )
    marking = new.person.marking if new.person else Marking()
    return stated(row, Grounds(marking=marking), "accountability.report_movement", by=by, at=at)


def close_movement(movement: Movement, reason: str, *, by: Viewer, at: datetime) -> MovementEnd:
    """Ends a movement. Raises NotAllowed; Misfit without a reason where somebody on the manifest is
    not known to have arrived; Refused where it is over.
    """
    require(by, "accountability.movements", movement.mission.code)
    with transaction.atomic():
        one_by_one(movement.mission.code)
        require_under_way(movement)
        found = read(by, movement.number, When(at, None, at))
        stays = movement.kind == MovementKind.HIBERNATE
        missing = found is None or (not stays and found.arrived < found.listed)
        if missing and not reason.strip():
            raise Misfit(
                "reason", _("Say why it is over though not all are known to have arrived.")
            )
        row = MovementEnd(movement=movement, at=at, ended_by=by.name, reason=reason.strip())
        return stated(row, OUR_OWN, "accountability.close_movement", by=by, at=at)

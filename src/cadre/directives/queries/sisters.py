"""Sister missions: their orders beside ours, and what changed there since somebody looked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cadre.core.posture import Ruling
from cadre.core.releasability import Viewer
from cadre.directives.models import Directive, Lift, Notice, Timing
from cadre.directives.queries.posture import Question, World
from cadre.directives.queries.reviews import around
from cadre.mission.models import Mission
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True)
class Beside:
    """One line at one mission; `differs`: it stands otherwise than the same line elsewhere here."""

    mission: str
    ruling: Ruling
    differs: bool


@dataclass(frozen=True, slots=True)
class LineBeside:
    """A line, at every mission that has it, ours first."""

    code: str
    name: str
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something of a sister mission's orders that was put on record since somebody looked."""

    number: str
    mission: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sisters:
    """A mission beside its sisters, and what nobody of it has noted yet."""

    missions: tuple[Mission, ...]
    lines: tuple[LineBeside, ...]
    unseen: tuple[Recorded, ...]
    last: Notice | None


def sisters(
    viewer: Viewer, mission: Mission, *, on: datetime, known_on: datetime | None
) -> Sisters:
    reading = Reading(viewer, on=on, known_on=known_on)
    keys = around(reading, mission)
    rows = list(reading.stated(Mission.objects.filter(pk__in=keys)))
    rows.sort(key=lambda each: (each.pk != mission.pk, each.code))
    last = reading.stated(Notice.objects.filter(mission=mission)).order_by("-seen_at").first()
    since = last.seen_at if last else None
    found = sorted(recorded(reading, rows[1:], since), key=lambda each: each.at, reverse=True)
    world = World(viewer, known_on=known_on)
    return Sisters(tuple(rows), tuple(lines(world, rows, on)), tuple(found), last)


def lines(world: World, rows: Sequence[Mission], on: datetime) -> Iterator[LineBeside]:
    order = {row.code: place for place, row in enumerate(rows)}
    ours = sorted(
        (each for each in world.missions if each.code in order), key=lambda each: order[each.code]
    )
    names = {line.code: line.name for each in ours for line in each.lines}
    for code, name in sorted(names.items()):
        rulings = [
            (each.code, world.rule(Question(each.code, code), on))
            for each in ours
            if code in {line.code for line in each.lines}
        ]
        bounds = {(ruling.lower, ruling.upper) for _mission, ruling in rulings}
        yield LineBeside(
            code,
            name,
            tuple(Beside(mission, ruling, len(bounds) > 1) for mission, ruling in rulings),
        )


def recorded(
    reading: Reading, others: Sequence[Mission], since: datetime | None
) -> Iterator[Recorded]:
    later = {"recorded_at__gt": since} if since else {}
    directives = reading.stated(Directive.objects.filter(mission__in=others, **later))
    for row in directives.select_related("mission"):
        yield Recorded(row.number, row.mission.code, _("directive"), row.recorded_at)
    for lift in reading.stated(
        Lift.objects.filter(directive__mission__in=others, **later)
    ).select_related("directive__mission"):
        yield Recorded(
            lift.directive.number, lift.directive.mission.code, _("lift"), lift.recorded_at
        )
    for timing in reading.stated(
        Timing.objects.filter(directive__mission__in=others, **later)
    ).select_related("directive__mission"):
        yield Recorded(
            timing.directive.number,
            timing.directive.mission.code,
            _("what was said of its times"),
            timing.recorded_at,
        )

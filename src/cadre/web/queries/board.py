"""The first screen: what is stopped, what nobody stated, what is overdue, what to do next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.posture import Directive, Posture, Ruling
from cadre.core.releasability import Viewer
from cadre.directives.queries import Question, World
from cadre.mission.models import ActivityLine, Mission, Organisation, Presence
from cadre.record.models import Pack
from cadre.web.wording import known_name


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a mission, as a whole or at one site or for one nation."""

    line: str
    url: str
    posture: Ruling
    where: str
    since: Moment | None
    by: str
    why: str
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """One mission with its lines."""

    name: str
    url: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next, and where."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the first screen."""

    groups: tuple[Group, ...]
    counts: dict[str, int]  # lines by the word of their posture
    unreviewed: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where each mission works, and the names of nations, by code."""

    sites: dict[str, list[tuple[str, str]]]  # mission -> (code, name)
    nations: dict[str, str]


def board(viewer: Viewer, *, on: datetime, known_on: datetime) -> Board:
    """The board at a moment, as known at another. The number of queries does not depend on how
    many missions, sites or directives there are.
    """
    world = World(viewer, known_on=known_on)
    labels = {pack.key: pack for pack in Pack.objects.visible_to(viewer)}
    made_up = {key for key, pack in labels.items() if pack.fictional}
    missions = sorted(
        world.known(Mission.objects.all()),
        key=lambda mission: (mission.pack in made_up, mission.code),
    )
    lines = lines_of(world, missions)
    places = places_of(viewer, world)
    groups = tuple(
        Group(
            name=mission.name,
            url=reverse("mission:mission", args=[mission.code]),
            note=labels[mission.pack].label if mission.pack in labels else "",
            rows=mission_rows(world, mission.code, lines[mission.code], on, places),
        )
        for mission in missions
    )
    live = live_directives(world, on)
    return Board(
        groups=groups,
        counts=count(row for group in groups for row in group.rows if not row.where),
        unreviewed=len(live),
        steps=steps(groups, live),
    )


def of_mission(viewer: Viewer, code: str, *, on: datetime, known_on: datetime) -> tuple[Row, ...]:
    """The board's rows of one mission; none when no line of it is on record for this viewer."""
    world = World(viewer, known_on=known_on)
    missions = list(world.known(Mission.objects.filter(code=code)))
    lines = lines_of(world, missions)
    return mission_rows(world, code, lines[code], on, places_of(viewer, world))


def lines_of(world: World, missions: Sequence[Mission]) -> dict[str, list[ActivityLine]]:
    gathered: dict[str, list[ActivityLine]] = defaultdict(list)
    codes = {mission.pk: mission.code for mission in missions}
    for line in world.known(ActivityLine.objects.filter(mission__in=missions)).order_by("code"):
        gathered[codes[line.mission_id]].append(line)
    return gathered


def places_of(viewer: Viewer, world: World) -> Places:
    sites: dict[str, list[tuple[str, str]]] = defaultdict(list)
    present = world.known(Presence.objects.select_related("mission", "site"))
    for each in present.order_by("site__name"):
        sites[each.mission.code].append((each.site.code, each.site.name))
    nations = Organisation.objects.visible_to(viewer).values_list("code", "name")
    return Places(dict(sites), dict(nations))


def mission_rows(
    world: World, mission: str, lines: Iterable[ActivityLine], on: datetime, places: Places
) -> tuple[Row, ...]:
    """A mission's lines, the strictest first, each followed by the parts where it differs."""
    by_line = [tuple(rows_of(world, mission, line, on, places)) for line in lines]
    by_line.sort(key=lambda rows: (-rows[0].posture.lower, -rows[0].posture.upper, rows[0].line))
    return tuple(row for rows in by_line for row in rows)


def rows_of(
    world: World, mission: str, line: ActivityLine, on: datetime, places: Places
) -> Iterable[Row]:
    """The line as a whole and, where a directive reaches only a part, that part on its own."""
    whole = Question(mission, line.code)
    ruling = world.rule(whole, on)
    yield row_of(whole, line.name, ruling, "")
    parts = [reason for reason in ruling.because if reason.partly]
    if not parts:
        return
    asked = [
        (Question(mission, line.code, site=code), name)
        for code, name in places.sites.get(mission, [])
    ] + [
        (Question(mission, line.code, nation=code), places.nations.get(code, code))
        for code in nations_named(reason.directive for reason in parts)
    ]
    for question, where in asked:
        part = world.rule(question, on)
        if (part.lower, part.upper) != (ruling.lower, ruling.upper):
            yield row_of(question, line.name, part, where)


def nations_named(directives: Iterable[Directive]) -> list[str]:
    return sorted({nation for each in directives for nation in each.surely.nations or ()})


def row_of(question: Question, line: str, ruling: Ruling, where: str) -> Row:
    asked = {
        "mission": question.mission,
        "line": question.line,
        "site": question.site,
        "nation": question.nation,
    }
    address = urlencode({name: value for name, value in asked.items() if value})
    since, by, why = said_of(ruling)
    return Row(
        line=line,
        url=f"{reverse('directives:posture')}?{address}",
        posture=ruling,
        where=where,
        since=since,
        by=by,
        why=why,
        more=max(0, len(ruling.because) - 1),
    )


def said_of(ruling: Ruling) -> tuple[Moment | None, str, str]:
    """Since when, by whom and why: of the strictest directive, else of what opens the line."""
    if ruling.because:
        directive = ruling.because[0].directive
        return directive.effective, directive.authority, directive.reason
    if ruling.basis:
        return ruling.basis[0].begins, _("the mission"), _("the host nation's request, a mandate")
    return None, "", ""


def live_directives(world: World, on: datetime) -> list[Directive]:
    """What may be in force: it may have begun, and no lift has surely ended all of it."""
    ended = {
        lift.directive
        for lift in world.lifts
        for each in world.directives
        if each.key == lift.directive
        and each.perhaps.within(lift.scope)
        and lift.effective.surely_by(on)
    }
    return [
        each for each in world.directives if each.effective.perhaps_by(on) and each.key not in ended
    ]


def count(rows: Iterable[Row]) -> dict[str, int]:
    counted = {"suspended": 0, "in part": 0, "restricted": 0, "running": 0, "not stated": 0}
    for row in rows:
        posture: Posture | None = row.posture.posture
        unclear = "in part" if row.posture.in_part else "not stated"
        counted[unclear if posture is None else posture.word] += 1
    return counted


def steps(groups: Iterable[Group], live: Iterable[Directive]) -> tuple[Step, ...]:
    """What is missing and who could say it; the most urgent first."""
    reviews = [
        Step(
            title=_("Name an owner and a date for the review of %(number)s: none is stated.")
            % {"number": each.key},
            url=reverse("directives:directive", args=[each.key]),
        )
        for each in live
    ]
    unclear = [
        Step(
            title=_("Find out whether %(line)s of %(mission)s runs: nobody has stated it.")
            % {"line": known_name(row.line), "mission": group.name},
            url=row.url,
        )
        for group in groups
        for row in group.rows
        if row.posture.posture is None and not row.where and not row.posture.in_part
    ]
    return (*reviews, *unclear)

"""The first screen: what is stopped, what nobody stated, what is overdue, what to do next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.posture import Directive, Ruling
from cadre.core.releasability import Viewer
from cadre.directives.queries import Question, World
from cadre.mission.models import ActivityLine, Mission, Organisation, Presence
from cadre.record.queries import packs
from cadre.web.queries.summary import Group, Row, Step, Tile, steps, tiles


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the first screen."""

    groups: tuple[Group, ...]
    tiles: tuple[Tile, ...]
    unreviewed: int  # directives in force of which no review has a date
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
    made_up = {key for key, pack in packs(viewer).items() if pack.fictional}
    missions = sorted(
        world.known(Mission.objects.all()),
        key=lambda mission: (mission.pack in made_up, mission.code),
    )
    lines = lines_of(world, missions)
    places = places_of(viewer, world)
    groups = tuple(
        group_of(world, mission, lines[mission.code], on, places) for mission in missions
    )
    live = live_directives(world, on)
    return Board(
        groups=groups,
        tiles=tiles(groups),
        unreviewed=len(live),
        steps=steps(groups, live),
    )


def of_mission(viewer: Viewer, code: str, *, on: datetime, known_on: datetime) -> tuple[Group, ...]:
    """The board's group of one mission; none when no line of it is on record for this viewer."""
    world = World(viewer, known_on=known_on)
    missions = list(world.known(Mission.objects.filter(code=code)))
    lines = lines_of(world, missions)
    places = places_of(viewer, world)
    return tuple(
        group_of(world, mission, lines[code], on, places) for mission in missions if lines[code]
    )


def group_of(
    world: World, mission: Mission, lines: Iterable[ActivityLine], on: datetime, places: Places
) -> Group:
    return Group(
        code=mission.code,
        name=mission.name,
        url=reverse("mission:mission", args=[mission.code]),
        pack=mission.pack,
        rows=mission_rows(world, mission.code, lines, on, places),
    )


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
    yield row_of(world, whole, ruling, line.name, on)
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
            yield row_of(world, question, part, line.name, on, where)


def nations_named(directives: Iterable[Directive]) -> list[str]:
    return sorted({nation for each in directives for nation in each.surely.nations or ()})


def row_of(
    world: World, question: Question, ruling: Ruling, line: str, on: datetime, where: str = ""
) -> Row:
    since, by, why = said_of(ruling)
    return Row(
        line=line,
        url=address_of(question),
        posture=ruling,
        part="site" if question.site else "nation" if question.nation else "",
        where=where,
        packs=world.packs(question, ruling, on),
        since=since,
        by=by,
        why=why,
        more=max(0, len(ruling.because) - 1),
        perhaps=bool(ruling.because) and ruling.because[0].certainty == "perhaps",
    )


def address_of(question: Question) -> str:
    asked = {
        "mission": question.mission,
        "line": question.line,
        "site": question.site,
        "nation": question.nation,
    }
    named = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('directives:posture')}?{named}"


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

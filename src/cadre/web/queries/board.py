"""The first screen: what is stopped, what nobody stated, what is overdue, what to do next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.posture import Directive, Ruling
from cadre.core.releasability import Viewer
from cadre.directives.queries import Line, MissionLines, Question, World, bounds_in_sql
from cadre.directives.queries.levels import Levels, at_sites
from cadre.directives.queries.precautions import overdue_lists
from cadre.directives.queries.reviews import reviews_due
from cadre.directives.queries.watching import contradictions, level_reviews
from cadre.mission.models import Organisation
from cadre.record.queries import packs
from cadre.web.queries.doing import Protection, Step, steps
from cadre.web.queries.people import People, people, step_of_exercises, steps_about
from cadre.web.queries.summary import Group, ReviewTile, Row, Tile, tiles
from cadre.web.queries.told import steps_told

FEW = 6  # parts of a line that the board shows; the mission's own page has them all


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the first screen."""

    groups: tuple[Group, ...]
    tiles: tuple[Tile, ...]
    reviews: ReviewTile
    people: People
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """One line of a mission as a whole."""

    mission: str
    line: Line
    ruling: Ruling

    @property
    def question(self) -> Question:
        return Question(self.mission, self.line.code)


@dataclass(frozen=True, slots=True)
class Part:
    """What is ruled on: a line at one site or for one nation, by name; no name: as a whole."""

    question: Question
    name: str
    ruling: Ruling


def board(viewer: Viewer, *, on: datetime, known_on: datetime) -> Board:
    """The board at a moment, as known at another. The number of queries does not depend on how
    many missions, sites or directives there are, and of a line it shows a few parts only.
    """
    world = World(viewer, known_on=known_on)
    made_up = {key for key, pack in packs(viewer).items() if pack.fictional}
    missions = sorted(world.missions, key=lambda mission: (mission.pack in made_up, mission.code))
    groups = groups_of(world, missions, on, most=FEW)
    due = reviews_due(world, on)
    levels = Levels(viewer, on=on, known_on=known_on)
    sites = [site for code in levels.orders for site in at_sites(levels, world, code)]
    protection = Protection(
        beyond=[each for each in sites if each.beyond],
        contradictions=contradictions(world, sites, on),
        reviews=[each for each in level_reviews(levels, on) if each.overdue],
        lists=overdue_lists(viewer, on=on, known_on=known_on),
    )
    codes = [mission.code for mission in missions]
    about = people(viewer, codes, on=on, known_on=known_on)
    urgent = [step for step in steps_about(about, on) if step.links]
    return Board(
        groups=groups,
        tiles=tiles(groups),
        reviews=ReviewTile.of(due),
        people=about,
        steps=(
            *urgent,
            *steps_told(viewer, on),
            *steps(groups, world.provisional(on), due, protection, on),
            *(step for step in [step_of_exercises(about)] if step.links),
        ),
    )


def of_mission(viewer: Viewer, code: str, *, on: datetime, known_on: datetime) -> tuple[Group, ...]:
    """The board's group of one mission with every part of its lines; none when no line of it is on
    record for this viewer.
    """
    world = World(viewer, known_on=known_on)
    missions = [mission for mission in world.missions if mission.code == code]
    groups = groups_of(world, missions, on, most=None)
    return tuple(group for group in groups if group.rows)


def groups_of(
    world: World, missions: Sequence[MissionLines], on: datetime, *, most: int | None
) -> tuple[Group, ...]:
    wholes = [
        Whole(mission.code, line, world.rule(Question(mission.code, line.code), on))
        for mission in missions
        for line in mission.lines
    ]
    wholes.sort(key=lambda each: (-each.ruling.lower, -each.ruling.upper, each.line.name))
    parts = otherwise(world, wholes, on)
    nations = names_of_nations(world.viewer, (shown[:most] for shown in parts.values()))
    rows: dict[str, list[Row]] = defaultdict(list)
    for whole in wholes:
        rows[whole.mission] += rows_of(world, whole, parts[whole.question], nations, on, most)
    return tuple(
        Group(
            code=mission.code,
            name=mission.name,
            url=reverse("mission:mission", args=[mission.code]),
            pack=mission.pack,
            rows=tuple(rows[mission.code]),
        )
        for mission in missions
    )


def otherwise(
    world: World, wholes: Sequence[Whole], on: datetime
) -> dict[Question, list[Question]]:
    """For each line the parts of it, where a directive reaches only a part, that stand otherwise
    than the line as a whole: the strictest first.
    """
    asked = {whole.question: parts_of(world, whole) for whole in wholes}
    every = [part for parts in asked.values() for part in parts]
    found = bounds_in_sql(world.viewer, every, on=on, known_on=world.known_on) if every else []
    stands = {each.question: (each.lower, each.upper) for each in found}
    differing = {
        whole.question: [
            part
            for part in asked[whole.question]
            if stands[part] != (whole.ruling.lower, whole.ruling.upper)
        ]
        for whole in wholes
    }
    for parts in differing.values():
        parts.sort(key=lambda part: tuple(-bound for bound in stands[part]))
    return differing


def parts_of(world: World, whole: Whole) -> list[Question]:
    """A line at each of its sites and for each nation, where a directive reaches only a part."""
    reaching = [reason.directive for reason in whole.ruling.because if reason.partly]
    if not reaching:
        return []
    mission, line = whole.mission, whole.line.code
    return [
        *(Question(mission, line, site=site) for site in world.present[mission]),
        *(Question(mission, line, nation=nation) for nation in nations_named(reaching)),
    ]


def names_of_nations(viewer: Viewer, shown: Iterable[Sequence[Question]]) -> dict[str, str]:
    codes = {part.nation for parts in shown for part in parts if part.nation}
    if not codes:
        return {}
    rows = Organisation.objects.visible_to(viewer).filter(code__in=codes).only("code", "name")
    return {each.code: each.name for each in rows}


def rows_of(
    world: World,
    whole: Whole,
    parts: Sequence[Question],
    nations: Mapping[str, str],
    on: datetime,
    most: int | None,
) -> Iterable[Row]:
    """The line as a whole, and some or all of the parts that stand otherwise."""
    shown = parts[:most]
    line = row_of(world, whole.line.name, Part(whole.question, "", whole.ruling), on)
    yield replace(line, parts=len(parts), unshown=len(parts) - len(shown))
    for part in shown:
        name = world.names[part.site] if part.site else nations.get(part.nation, part.nation)
        yield row_of(world, whole.line.name, Part(part, name, world.rule(part, on)), on)


def nations_named(directives: Iterable[Directive]) -> list[str]:
    return sorted({nation for each in directives for nation in each.surely.nations or ()})


def row_of(world: World, line: str, part: Part, on: datetime) -> Row:
    question, ruling = part.question, part.ruling
    since, by, why = said_of(ruling)
    return Row(
        line=line,
        url=address_of(question),
        posture=ruling,
        part="site" if question.site else "nation" if question.nation else "",
        where=part.name,
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

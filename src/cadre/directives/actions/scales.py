"""Scales of a mission's levels: defined by the mission, described, changed as it learns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.levels import MOVEMENT, Allowance
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.issuing import one_by_one
from cadre.directives.models import Level, LevelRule, Scale, Track
from cadre.directives.queries.examples import EVERY_LINE, SCALES, ExampleLevel
from cadre.directives.queries.levels import level_read
from cadre.mission.actions.checks import Misfit, Stale, add, change, code_of
from cadre.mission.models import ActivityLine, Mission

type Rules = Mapping[
    str, tuple[str, str]
]  # by activity: what is allowed ("": nothing said), limits


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScale:
    """A scale to be defined; `example`: a key of SCALES that it starts from, "" for none."""

    code: str
    name: str
    track: Track
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLevel:
    """A step of a scale as it is to be. `rules` by activity line, and for movement."""

    code: str
    name: str
    rank: int
    means: str = ""
    longest_hours: int | None = None
    without_limit: bool = False
    review_hours: int | None = None
    rules: Rules = field(default_factory=dict)

    @property
    def values(self) -> dict[str, object]:
        names = ("name", "rank", "means", "longest_hours", "without_limit", "review_hours")
        return {name: getattr(self, name) for name in names}


def define_scale(mission: Mission, new: NewScale, *, by: Viewer, at: datetime) -> Scale:
    """Adds a scale, with the levels of an example if it names one. Nothing about it is official.

    Raises NotAllowed for who may not, Misfit for a code that is none or is taken.
    """
    require(by, "levels.define", mission.code)
    example = SCALES.get(new.example)
    if new.example and (example is None or example.track != new.track):
        raise Misfit("example", _("There is no such example for this track."))
    with transaction.atomic():
        one_by_one(mission.code)
        code = code_of(new.code)
        if Scale.objects.filter(mission=mission, code=code).exists():
            raise Misfit("code", _("There is one with this code already."))
        row = Scale(mission=mission, code=code, name=new.name.strip(), track=new.track)
        add(row, "levels.define", by=by, at=at)
        lines = list(ActivityLine.objects.filter(mission=mission).values_list("code", flat=True))
        for rank, step in enumerate(example.levels if example else ()):
            add_level(row, level_of(step, rank, lines), by=by, at=at)
    return row


def level_of(step: ExampleLevel, rank: int, lines: Sequence[str]) -> NewLevel:
    """A level in the words that the example has in the language of the moment."""
    rules = {
        activity: (allows.value, str(note))
        for named, allows, note in step.rules
        for activity in (sorted(set(lines)) if named == EVERY_LINE else [named])
    }
    return NewLevel(
        code=step.code,
        name=str(step.name),
        rank=rank,
        means=str(step.means),
        longest_hours=step.longest_hours or None,
        without_limit=step.longest_hours == 0,
        review_hours=step.review_hours,
        rules=rules,
    )


def add_level(scale: Scale, new: NewLevel, *, by: Viewer, at: datetime) -> Level:
    """Adds a step. Raises Misfit for a code or rank that is taken; see `require_rules`."""
    require(by, "levels.define", scale.mission.code)
    require_rules(scale, new)
    with transaction.atomic():
        one_by_one(scale.mission.code)
        code = code_of(new.code)
        others = Level.objects.filter(scale=scale)
        if others.filter(code=code).exists():
            raise Misfit("code", _("There is one with this code already."))
        refuse_rank(scale, new.rank, but=None)
        row = Level(scale=scale, code=code, **new.values)
        add(row, "levels.define", by=by, at=at)
        set_rules(row, new.rules, by=by, at=at)
    return row


def change_level(level: Level, new: NewLevel, *, seen: str, by: Viewer, at: datetime) -> Level:
    """Describes a step anew; its code stays. Raises Stale where somebody changed it since `seen`.

    Orders name the level, not its rank: what they come to follows from how it stands now.
    """
    require(by, "levels.define", level.scale.mission.code)
    require_rules(level.scale, new)
    with transaction.atomic():
        one_by_one(level.scale.mission.code)
        stands = level_read(by, Level.objects.get(pk=level.pk))
        if seen and seen != stands.version:
            raise Stale(stands.row)
        refuse_rank(level.scale, new.rank, but=level)
        kept = change(level, new.values, "levels.define", seen="", by=by, at=at)
        set_rules(kept, new.rules, by=by, at=at)
    return kept


def refuse_rank(scale: Scale, rank: int, *, but: Level | None) -> None:
    others = Level.objects.filter(scale=scale, rank=rank)
    other = (others if but is None else others.exclude(pk=but.pk)).first()
    if other is not None:
        raise Misfit(
            "rank", _("The level “%(level)s” has this rank already.") % {"level": other.name}
        )


def require_rules(scale: Scale, new: NewLevel) -> None:
    """Raises Misfit for a limit beside "without limit", for rules on a scale of threats, which
    forbid nothing, and for an activity that is no line of the mission.
    """
    if new.without_limit and new.longest_hours is not None:
        raise Misfit("longest_hours", _("A level is held for so long, or without limit."))
    said = {activity for activity, (allows, _note) in new.rules.items() if allows}
    if said and scale.track == Track.THREAT:
        raise Misfit("rank", _("A threat level forbids nothing: protection levels do."))
    lines = set(ActivityLine.objects.filter(mission=scale.mission).values_list("code", flat=True))
    for activity in sorted(said - lines - {MOVEMENT}):
        raise Refused(
            _("Mission %(mission)s has no activity line “%(line)s”.")
            % {"mission": scale.mission.code, "line": activity}
        )
    for allows, _note in new.rules.values():
        if allows and allows not in set(Allowance):
            raise Refused(_("A level allows, limits or forbids an activity."))


def set_rules(level: Level, rules: Rules, *, by: Viewer, at: datetime) -> None:
    kept = {row.activity: row for row in LevelRule.objects.filter(level=level)}
    for activity, (allows, note) in sorted(rules.items()):
        values = {"allows": allows, "note": note.strip()}
        if (row := kept.get(activity)) is not None:
            change(row, values, "levels.define", seen="", by=by, at=at)
        elif allows:
            row = LevelRule(level=level, activity=activity, **values)
            add(row, "levels.define", by=by, at=at)

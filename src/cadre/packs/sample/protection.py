"""Levels and precautions of the fictional mission: its scales, orders, usual lists, one opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import override

from cadre.core.moments import Moment
from cadre.core.precautions import Outcome
from cadre.directives.actions.precautions import precaution_rows
from cadre.directives.actions.scales import level_of
from cadre.directives.actions.templates import item_of
from cadre.directives.models import (
    Checklist,
    Direction,
    Level,
    LevelOrder,
    LevelRule,
    Precaution,
    PrecautionReport,
    Scale,
    Template,
    TemplateItem,
    ThreatStatement,
    Trigger,
)
from cadre.directives.queries.examples import (
    PROTECTION,
    RAISED,
    SHOCK,
    THREAT,
    ExampleScale,
    ExampleTemplate,
)
from cadre.mission.models import Mission
from cadre.packs.sample.names import FICTIONAL, LINES
from cadre.packs.sample.plan import Plan
from cadre.record.fields import moment_values

COMMANDER = f"Commander, mission FTM {FICTIONAL}"
PARENT = f"Parent headquarters {FICTIONAL}"
ROUTINE, RAISED_LEVEL, HIGH, HIGHEST = range(4)  # ranks of the example
REPORTED = 3  # of five items so many are reported
OF = 5


@dataclass(frozen=True, slots=True)
class Stating:
    """What every row has: the pack, who makes it and when, and the first day of the mission."""

    mission: Mission
    pack: str
    start: datetime
    common: Mapping[str, object]

    def on(self, day: int, hour: int = 6) -> datetime:
        return self.start + timedelta(days=day, hours=hour)

    def stated(self, known_from: datetime) -> dict[str, object]:
        return {**self.common, "known_from": known_from}


def make_protection(plan: Plan, mission: Mission, common: Mapping[str, object]) -> int:
    """Inserts all of it and says how many orders there are. `common`: of every stated row."""
    start = common["known_from"]
    assert isinstance(start, datetime)  # noqa: S101  # as `Making.stated` makes it
    stating = Stating(mission, str(common["pack"]), start, common)
    with override("en"):
        levels = make_scale(stating, PROTECTION, "protection")
        threats = make_scale(stating, THREAT, "threat")
        templates = [
            make_template(stating, SHOCK, "after-a-shock", None),
            make_template(stating, RAISED, "level-raised", levels[HIGH]),
        ]
    orders = make_orders(plan, stating, levels)
    make_threats(stating, threats)
    make_list(plan, stating, templates[1])
    return orders


def make_scale(stating: Stating, example: ExampleScale, code: str) -> list[Level]:
    """One of the examples as this mission's own scale; the lowest level first."""
    scale = Scale.objects.create(
        mission=stating.mission,
        code=code,
        name=f"{example.name} {FICTIONAL}",
        track=example.track,
        pack=stating.pack,
    )
    levels, rules = [], []
    for rank, step in enumerate(example.levels):
        new = level_of(step, rank, [line for line, _name in LINES])
        level = Level(scale=scale, code=new.code, pack=stating.pack, **new.values)
        levels.append(level)
        rules += [
            LevelRule(level=level, activity=name, allows=allows, note=note, pack=stating.pack)
            for name, (allows, note) in sorted(new.rules.items())
        ]
    Level.objects.bulk_create(levels)
    LevelRule.objects.bulk_create(rules)
    return levels


def make_template(
    stating: Stating, example: ExampleTemplate, code: str, level: Level | None
) -> Template:
    template = Template.objects.create(
        mission=stating.mission,
        code=code,
        title=f"{example.title} {FICTIONAL}",
        trigger=Trigger.LEVEL if level else Trigger.STOP,
        level=level,
        pack=stating.pack,
    )
    TemplateItem.objects.bulk_create(
        TemplateItem(template=template, position=place, pack=stating.pack, **item_of(item).values)
        for place, item in enumerate(example.items, 1)
    )
    return template


def make_orders(plan: Plan, stating: Stating, levels: list[Level]) -> int:
    """A routine level, a floor from above, a high level held too long, and the highest anew."""
    sites = [site.code for site in plan.training_sites()]
    said: tuple[tuple[int, int, str, list[str] | None, bool, str], ...] = (
        (0, ROUTINE, COMMANDER, None, False, f"The mission begins {FICTIONAL}"),
        (49, RAISED_LEVEL, PARENT, None, True, f"Tension in the region {FICTIONAL}"),
        (52, HIGH, COMMANDER, sites[1:3], False, f"Warning of an attack {FICTIONAL}"),
        (61, HIGHEST, COMMANDER, sites[3:4], False, f"Rockets near the base {FICTIONAL}"),
    )
    rows = [
        LevelOrder(
            number=f"FTM-L-FIC-{place:03}",
            mission=stating.mission,
            scale=levels[rank].scale,
            level_to=levels[rank],
            direction=Direction.RAISE if place > 1 else Direction.SET,
            sites=where,
            authority=authority,
            reason=reason,
            reported=reported,
            review_at=stating.on(day) + timedelta(hours=levels[rank].review_hours or 0),
            review_owner=f"Force protection officer {FICTIONAL}",
            **moment_values("effective", Moment.at(stating.on(day))),
            **stating.stated(stating.on(day)),
        )
        for place, (day, rank, authority, where, reported, reason) in enumerate(said, 1)
    ]
    return len(LevelOrder.objects.bulk_create(rows))


def make_threats(stating: Stating, levels: list[Level]) -> None:
    rows = [
        ThreatStatement(
            mission=stating.mission,
            level=levels[rank],
            assessed_by=f"Intelligence officer {FICTIONAL}",
            reason=f"Reports of the region {FICTIONAL}",
            **moment_values("assessed", Moment.at(stating.on(day))),
            **stating.stated(stating.on(day)),
        )
        for day, rank in ((0, 1), (60, 3))
    ]
    ThreatStatement.objects.bulk_create(rows)


def make_list(plan: Plan, stating: Stating, template: Template) -> None:
    """The usual list of a raised level, opened at three sites; some of it is reported."""
    opened = stating.on(61, 7)
    checklist = Checklist.objects.create(
        number="FTM-P-FIC-001",
        mission=stating.mission,
        template=template,
        title=template.title,
        because="FTM-L-FIC-004",
        sites=[site.code for site in plan.training_sites()][1:4],
        opened_at=opened,
        opened_by=f"Duty officer {FICTIONAL}",
        **stating.stated(opened),
    )
    rows = list(
        precaution_rows(
            checklist,
            list(TemplateItem.objects.filter(template=template).order_by("position")),
            stating.stated(opened),
        )
    )
    Precaution.objects.bulk_create(rows)
    PrecautionReport.objects.bulk_create(
        PrecautionReport(
            precaution=row,
            outcome=Outcome.DONE.value,
            occurred_at=opened + timedelta(minutes=20 + number % 50),
            done_by=f"{row.owner} {FICTIONAL}",
            **stating.stated(opened + timedelta(hours=2)),
        )
        for number, row in enumerate(rows)
        if number % OF < REPORTED
    )

"""Examples that a mission may start from: scales, and usual precautions. None is official.

They are copied into the mission's own words when they are taken, and changed from then on.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cadre.core.levels import MOVEMENT, Allowance
from cadre.directives.models import Each, Track

ALLOWED, LIMITED, FORBIDDEN = Allowance.ALLOWED, Allowance.LIMITED, Allowance.FORBIDDEN
EVERY_LINE = "*"  # in an example: each activity line that the mission has
HOURS_OF_A_DAY: Final = 24

type Words = str | Promise
type Rule = tuple[Allowance, Words]


@dataclass(frozen=True, slots=True)
class ExampleLevel:
    """A step, the lowest first. `longest_hours` 0: without limit."""

    code: str
    name: Words
    means: Words
    longest_hours: int | None = None
    review_hours: int | None = None
    rules: tuple[tuple[str, Allowance, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleScale:
    key: str
    name: Words
    track: Track
    levels: tuple[ExampleLevel, ...]


PROTECTION = ExampleScale(
    "protection-four",
    _("Four protection levels (an example)"),
    Track.PROTECTION,
    (
        ExampleLevel(
            "P1", _("Routine"), _("Usual guard and usual checks."), 0, 30 * HOURS_OF_A_DAY,
            ((EVERY_LINE, ALLOWED, ""), (MOVEMENT, ALLOWED, "")),
        ),
        ExampleLevel(
            "P2", _("Raised"), _("More checks at the gate; people say where they go."),
            60 * HOURS_OF_A_DAY, 7 * HOURS_OF_A_DAY,
            ((EVERY_LINE, ALLOWED, ""), (MOVEMENT, LIMITED, _("Two vehicles at least."))),
        ),
        ExampleLevel(
            "P3", _("High"), _("Guards are doubled; nobody leaves without an escort."),
            10 * HOURS_OF_A_DAY, HOURS_OF_A_DAY,
            (
                (EVERY_LINE, LIMITED, _("Inside the base only.")),
                (MOVEMENT, LIMITED, _("Armed escort; by day only.")),
            ),
        ),
        ExampleLevel(
            "P4", _("Highest"), _("Everybody under cover; all forces protect the base."),
            3 * HOURS_OF_A_DAY, HOURS_OF_A_DAY // 2,
            (
                (EVERY_LINE, FORBIDDEN, ""),
                (MOVEMENT, FORBIDDEN, _("Save medical evacuation.")),
            ),
        ),
    ),
)  # fmt: skip  # a table reads best as one

THREAT = ExampleScale(
    "threat-five",
    _("Five threat levels (an example)"),
    Track.THREAT,
    (
        ExampleLevel("T1", _("Low"), _("An attack is unlikely.")),
        ExampleLevel("T2", _("Moderate"), _("An attack is possible.")),
        ExampleLevel("T3", _("Substantial"), _("An attack is likely.")),
        ExampleLevel("T4", _("High"), _("An attack is very likely.")),
        ExampleLevel("T5", _("Extreme"), _("An attack is expected at any time.")),
    ),
)
SCALES: Final = {each.key: each for each in (PROTECTION, THREAT)}


@dataclass(frozen=True, slots=True)
class ExampleItem:
    """Something to do: by whom, within how many minutes, and to whom it passes if it is overdue."""

    text: Words
    owner: Words
    due_minutes: int
    escalates_to: Words
    escalates_minutes: int
    wanted: Words = ""
    each: Each = Each.SITE


@dataclass(frozen=True, slots=True)
class ExampleTemplate:
    key: str
    title: Words
    items: tuple[ExampleItem, ...]


SHOCK = ExampleTemplate(
    "after-a-shock",
    _("The first hour after a security shock (an example)"),
    (
        ExampleItem(
            _("Everybody under cover; guards at their posts."),
            _("Site commander"), 10, _("Duty officer"), 10, _("Time at which it was reported."),
        ),
        ExampleItem(
            _("All who are outside are called back or told where to stay."),
            _("Duty officer"), 20, _("Commander"), 15, _("List of who was reached."),
        ),
        ExampleItem(
            _("People are counted and the count is reported."),
            _("Warden"), 30, _("Senior national representative"), 30, _("The count."),
            Each.CONTINGENT,
        ),
        ExampleItem(
            _("Water, food, medical kit and radios are checked at the shelter."),
            _("Site commander"), 60, _("Duty officer"), 30,
        ),
        ExampleItem(
            _("The host's guard commander is told what stops and is asked for protection."),
            _("Host-nation liaison"), 60, _("Commander"), 30, _("Who was told, and when."),
        ),
        ExampleItem(
            _("Families' officers have the agreed line."),
            _("Senior national representative"), 120, _("Commander"), 60, "", Each.CONTINGENT,
        ),
    ),
)  # fmt: skip  # a table reads best as one
RAISED = ExampleTemplate(
    "level-raised",
    _("When the protection level is raised (an example)"),
    (
        ExampleItem(
            _("Gate checks and guard posts are as the level demands."),
            _("Site commander"), 60, _("Force protection officer"), 30,
            _("Guard plan with its time."),
        ),
        ExampleItem(
            _("Movements outside are stopped or approved again one by one."),
            _("Duty officer"), 60, _("Force protection officer"), 30, _("List of movements."),
        ),
        ExampleItem(
            _("Everybody knows the level and what it forbids."),
            _("Warden"), 120, _("Senior national representative"), 60, "", Each.CONTINGENT,
        ),
        ExampleItem(
            _("The shelter and the way to it are walked."),
            _("Site commander"), 240, _("Force protection officer"), 120,
        ),
    ),
)  # fmt: skip  # a table reads best as one
TEMPLATES: Final = {each.key: each for each in (SHOCK, RAISED)}

"""Levels: scales that a mission defines, orders about its protection, statements about the threat.

Protection is ordered, threat is found to be so: two tracks, and neither follows from the other.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.core.levels import Allowance
from cadre.core.moments import Moment
from cadre.directives.models.issuing import Received
from cadre.mission.models import Mission
from cadre.mission.models.scopes import codes, never_empty
from cadre.record.fields import MomentField
from cadre.record.models import Described, Stated


class Track(models.TextChoices):
    PROTECTION = "protection", _("protection level")
    THREAT = "threat", _("threat level")


class Scale(Described):
    """A mission's own names for how much it protects, or for how dangerous a place is."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    track = models.CharField(_("track"), max_length=12, choices=Track)

    class Meta:
        constraints = [
            models.UniqueConstraint("mission", "code", name="a_scale_has_one_code_in_its_mission"),
        ]

    def __str__(self) -> str:
        return self.name


class Level(Described):
    """A step of a scale; the higher its rank, the more is protected, or the more dangerous it is.

    `longest_hours` null: how long it can be held is not stated, unless it is `without_limit`.
    """

    scale = models.ForeignKey(Scale, models.PROTECT, related_name="levels")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    rank = models.PositiveSmallIntegerField(pgettext_lazy("of a level", "rank"))
    means = models.TextField(_("what it means"), blank=True)
    longest_hours = models.PositiveIntegerField(_("can be held for hours"), null=True, blank=True)
    without_limit = models.BooleanField(_("can be held without limit"), default=False)
    review_hours = models.PositiveIntegerField(
        _("looked at again every so many hours"), null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("scale", "code", name="a_level_has_one_code_in_its_scale"),
            models.UniqueConstraint("scale", "rank", name="a_scale_has_one_level_of_a_rank"),
            models.CheckConstraint(
                condition=models.Q(without_limit=False) | models.Q(longest_hours__isnull=True),
                name="a_level_has_a_limit_or_none",
            ),
            models.CheckConstraint(
                condition=~models.Q(longest_hours=0) & ~models.Q(review_hours=0),
                name="a_level_is_held_for_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


ALLOWANCES = (
    (Allowance.ALLOWED.value, _("allowed")),
    (Allowance.LIMITED.value, _("allowed with limits")),
    (Allowance.FORBIDDEN.value, _("forbidden")),
)


class LevelRule(Described):
    """What a level says of an activity: a line of the mission by code, or movement."""

    level = models.ForeignKey(Level, models.PROTECT, related_name="rules")
    activity = models.CharField(_("activity"), max_length=40)
    allows = models.CharField(  # "": what was said of it was taken back
        _("allows"), max_length=10, choices=ALLOWANCES, blank=True
    )
    note = models.CharField(_("limits"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "level", "activity", name="a_level_says_one_thing_of_an_activity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.allows}"


class Direction(models.TextChoices):
    """How a reported order was told. What an order does follows from the level that it names."""

    RAISE = "raise", _("raise")
    LOWER = "lower", _("lower")
    SET = "set", _("set")
    NOT_STATED = "not_stated", _("not stated")


class LevelOrder(Stated):
    """An order that a level holds for a scope. A later order of the same authority takes its place.

    Of a reported one scale, levels and moment may be blank: nobody stated them. `nation`: whose
    representative ordered it for that nation's own people.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    scale = models.ForeignKey(Scale, models.PROTECT, null=True, blank=True, related_name="+")
    level_from = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    level_to = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField(
        _("direction"), max_length=12, choices=Direction, default=Direction.NOT_STATED
    )
    sites, nations = codes(), codes()
    authority = models.CharField(_("authority"), max_length=200)
    post = models.CharField(_("post"), max_length=60, blank=True)
    nation = models.CharField(_("nation"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    effective = MomentField(_("effective"), default=Moment.unknown)
    effective_earliest = models.DateTimeField(null=True, editable=False)
    effective_latest = models.DateTimeField(null=True, editable=False)
    review_at = models.DateTimeField(_("looked at again at"), null=True, blank=True)
    review_owner = models.CharField(_("owner of the review"), max_length=120, blank=True)
    subjects = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    reported = models.BooleanField(_("as reported, not ordered here"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("sites", "nations"), name="a_level_is_ordered_for_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(level_to__isnull=True, level_from__isnull=True)
                | models.Q(scale__isnull=False),
                name="a_level_is_of_a_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(reported=True)
                | models.Q(
                    level_to__isnull=False,
                    effective_earliest__isnull=False,
                    review_at__isnull=False,
                )
                & ~models.Q(review_owner=""),
                name="a_level_ordered_here_says_which_from_when_and_who_looks_again",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LevelReceipt(Received):
    """An order about a level was received."""

    order = models.ForeignKey(LevelOrder, models.PROTECT, related_name="receipts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "order", "addressee", "code",
                condition=models.Q(corrects__isnull=True),
                name="a_level_order_is_received_once",
            ),
        ]  # fmt: skip  # the three columns are one thing

    def __str__(self) -> str:
        return f"{self.order_id} {self.addressee} {self.code}"


class ThreatStatement(Stated):
    """How dangerous somebody found a place to be, on a scale of threats. It orders nothing."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    sites = codes()
    assessed_by = models.CharField(_("assessed by"), max_length=200)
    assessed = MomentField(_("as of"), default=Moment.unknown)
    assessed_earliest = models.DateTimeField(null=True, editable=False)
    assessed_latest = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(_("on what grounds"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("sites"), name="a_threat_is_stated_of_some_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level_id} {self.assessed_by}"

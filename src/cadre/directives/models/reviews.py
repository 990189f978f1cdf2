"""Close review: when a directive is looked at again, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.directives.models.orders import Directive
from cadre.mission.models import Mission
from cadre.record.models import Described, Stated


class Rhythm(Described):
    """How often a mission reviews its directives: the first after so many hours, then every so
    many for some days, then every so many. Without a row: 24, 24 for 7 days, 168.
    """

    mission = models.OneToOneField(Mission, models.PROTECT, related_name="+")
    first_hours = models.PositiveSmallIntegerField(_("first review after hours"), default=24)
    then_hours = models.PositiveSmallIntegerField(_("then every hours"), default=24)
    then_days = models.PositiveSmallIntegerField(_("for days"), default=7)
    later_hours = models.PositiveSmallIntegerField(_("later every hours"), default=168)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_hours__gt=0, then_hours__gt=0, later_hours__gt=0),
                name="a_rhythm_goes_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id}"


class Outcome(models.TextChoices):
    KEEP = "keep", _("keep")
    NARROW = "narrow", _("narrow")
    WIDEN = "widen", _("widen")
    LIFT = "lift", _("lift")
    END = "end", _("end the activity")


class Review(Stated):
    """A dated look at a directive in force. The outcome orders nothing by itself: narrowing and
    lifting are lifts, widening is another directive. `seen`: the agenda as it stood then.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="reviews")
    held_at = models.DateTimeField(_("held at"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reason"))
    authority = models.CharField(_("authority"), max_length=200)
    post = models.CharField(_("post"), max_length=60, blank=True)
    present = ArrayField(
        models.CharField(max_length=120), verbose_name=_("present"), default=list, blank=True
    )
    seen = models.JSONField(_("agenda as it stood"), default=dict, blank=True)
    next_at = models.DateTimeField(_("next review due at"))
    next_owner = models.CharField(_("owner of the next review"), max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_at__gt=models.F("held_at")) & ~models.Q(next_owner=""),
                name="a_review_names_the_next_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.outcome}"


class Dissent(Stated):
    """A nation does not agree with the outcome of a review, in its own words."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="dissents")
    nation = models.CharField(_("nation"), max_length=40)
    text = models.TextField(_("dissent"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "review", "nation",
                condition=models.Q(corrects__isnull=True),
                name="a_nation_dissents_once",
            ),
        ]  # fmt: skip  # the two columns are one thing

    def __str__(self) -> str:
        return f"{self.review_id} {self.nation}"

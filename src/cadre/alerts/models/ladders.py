"""What causes alerts, and the ladder that one climbs while nobody answers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.core.alerts import Acknowledging as CoreAcknowledging
from cadre.mission.models import Mission
from cadre.record.models import Described


class Cause(models.TextChoices):
    """What somebody is told of."""

    DIRECTIVE = "directive", pgettext_lazy("cause of an alert", "directive")
    LIFT = "lift", pgettext_lazy("cause of an alert", "lift")
    STOP = "stop", pgettext_lazy("cause of an alert", "stop now")
    MUSTER = "muster", pgettext_lazy("cause of an alert", "muster")
    RECHECK = "recheck", pgettext_lazy("cause of an alert", "re-check")
    REVIEW = "review", pgettext_lazy("cause of an alert", "overdue review")
    PRECAUTION = "precaution", pgettext_lazy("cause of an alert", "overdue precaution")
    INCIDENT = "incident", pgettext_lazy("cause of an alert", "incident")
    SESSION = "session", pgettext_lazy("cause of an alert", "change to a session")
    LEVEL = "level", pgettext_lazy("cause of an alert", "protection level")
    HOLD = "hold", pgettext_lazy("cause of an alert", "next-of-kin hold")
    MOVEMENT = "movement", pgettext_lazy("cause of an alert", "movement")
    MESSAGE = "message", pgettext_lazy("cause of an alert", "message")
    TEST = "test", pgettext_lazy("cause of an alert", "test")
    DIGEST = "digest", pgettext_lazy("cause of an alert", "digest")


class Acknowledging(models.TextChoices):
    """Whose acknowledgement is enough."""

    EVERYONE = CoreAcknowledging.EVERYONE.value, _("everyone acknowledges")
    FIRST = CoreAcknowledging.FIRST.value, _("the first one is enough")
    SOME = CoreAcknowledging.SOME.value, _("so many are enough")


class Ladder(Described):
    """How a mission tells of a cause ("": of every one that has no ladder of its own)."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    cause = models.CharField(_("cause"), max_length=12, choices=Cause, blank=True)
    acknowledging = models.CharField(
        _("acknowledging"), max_length=10, choices=Acknowledging, default=Acknowledging.EVERYONE
    )
    wanted = models.PositiveSmallIntegerField(_("how many are enough"), null=True, blank=True)
    window_minutes = models.PositiveIntegerField(_("within minutes"))

    class Meta:
        constraints = [
            models.UniqueConstraint("mission", "cause", name="a_cause_has_one_ladder"),
            models.CheckConstraint(
                condition=models.Q(acknowledging=Acknowledging.SOME, wanted__gt=0)
                | ~models.Q(acknowledging=Acknowledging.SOME) & models.Q(wanted__isnull=True),
                name="how_many_are_enough_is_said_where_some_are",
            ),
            models.CheckConstraint(
                condition=models.Q(window_minutes__gt=0), name="a_ladder_has_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} {self.cause}"


class Rung(Described):
    """A step of a ladder: after so many minutes without an answer, to whom, by which channels.

    `to`: self, deputy, warden, or the code of a role in the mission.
    """

    ladder = models.ForeignKey(Ladder, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "position"))
    after_minutes = models.PositiveIntegerField(_("after minutes"))
    to = models.CharField(pgettext_lazy("of a message", "to"), max_length=40, default="self")
    channels = ArrayField(models.CharField(max_length=10), verbose_name=_("channels"))
    dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("ladder", "position", name="a_rung_has_its_place"),
            models.CheckConstraint(
                condition=~models.Q(channels=[]), name="a_rung_goes_by_some_channel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.to}"

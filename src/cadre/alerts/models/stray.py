"""Answers that nobody could be found for: they go to a person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.alerts.models.contacts import Channel
from cadre.mission.models import Person
from cadre.record.models import Logged, Stated


class StrayReply(Logged):
    """Somebody wrote back, and it is not known who, or what is meant by it.

    `missions`: those that were asking people then; none: nobody in particular was. `nations`: of
    the people who are reached by the sender's address; none: nobody knows whose it is.
    """

    key = models.UUIDField(unique=True)  # of the gateway's event: told twice it is kept once
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    sender = models.CharField(_("sender"), max_length=300)
    words = models.TextField(_("words"), blank=True)
    occurred_at = models.DateTimeField(_("when it was written"))
    heard_at = models.DateTimeField(_("when it was heard"), db_index=True)
    missions = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    nations = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.channel} {self.sender}"


class StraySettled(Stated):
    """Somebody found out who it was, or that nothing is to be done."""

    reply = models.OneToOneField(StrayReply, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=500)
    settled_at = models.DateTimeField(_("at"))
    settled_by = models.CharField(_("by"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="who_settles_says_how"),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id}"

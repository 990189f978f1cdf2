"""What workers work on: rows that come and go, and that say nothing of the world."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.alerts.models.contacts import Channel
from cadre.alerts.models.telling import Attempt, Lane
from cadre.record.models import Logged


class Unheard(models.Model):
    """An entry of the ledger that nobody has been told of yet. Written with the entry itself."""

    ledger = "queue"

    number = models.BigAutoField(primary_key=True)
    entry = models.UUIDField(unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)  # of the machine's clock
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.entry)


class Waiting(models.Model):
    """An attempt that is yet to be made. Whoever holds its lease makes it; a lease runs out.

    `due_at` is of the node's clock, `leased_until` of the machine's: a lease is about processes.
    """

    ledger = "queue"

    attempt = models.OneToOneField(  # attempts are never deleted: there is nothing to guard
        Attempt, models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )
    lane = models.PositiveSmallIntegerField(choices=Lane)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index("lane", "due_at", name="waiting_due")]

    def __str__(self) -> str:
        return str(self.attempt_id)


class Beat(models.Model):
    """That a worker lives: when it last went round, by the machine's clock."""

    ledger = "queue"

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()
    every_seconds = models.PositiveSmallIntegerField()  # late after three of these
    ended_at = models.DateTimeField(null=True)  # it was told to end, so it is not missed

    def __str__(self) -> str:
        return self.worker


class ChannelTest(models.Model):
    """What the daily test of a channel through its real adapter came to."""

    ledger = "log"

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    at = models.DateTimeField(_("at"), db_index=True)
    ok = models.BooleanField(_("it works"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.channel} {self.ok}"


class OutboxMessage(Logged):
    """What would have gone out: kept where messages go nowhere, as in the demonstration."""

    personal = "attempt__recipient__person__nation__code"

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.CharField(_("address"), max_length=1000)
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("at"), db_index=True)

    def __str__(self) -> str:
        return f"{self.channel} {self.address}"

"""An alert, who is told, each attempt to tell him, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.access.models import Account
from cadre.alerts.models.contacts import Channel
from cadre.alerts.models.ladders import Acknowledging, Cause
from cadre.core.alerts import State
from cadre.mission.models import Mission, Person
from cadre.record.models import Logged, Stated


class Lane(models.IntegerChoices):
    """The life-safety lane has a budget of its own, which no quiet hour and no throttle touches."""

    LIFE_SAFETY = 0, _("life safety")
    ORDINARY = 1, _("ordinary")


class Phase(models.TextChoices):
    FIRST = "first", pgettext_lazy("of an alert", "first message")
    UPDATE = "update", pgettext_lazy("of an alert", "update")
    CANCEL = "cancel", pgettext_lazy("of an alert", "cancelled")
    ALL_CLEAR = "all_clear", pgettext_lazy("of an alert", "all clear")


class Why(models.TextChoices):
    """Why somebody is told."""

    COUNTED = "counted", _("is counted")
    THERE = "there", _("is there")
    TEACHES = "teaches", _("teaches what it is about")
    REPRESENTS = "represents", _("represents the contingent")
    WARDEN = "warden", _("is warden there")
    COMMANDS = "commands", _("commands the mission")
    ON_DUTY = "on_duty", _("is the duty officer")
    PROTECTS = "protects", _("is the force protection officer")
    OWNS = "owns", _("it is this person's to do")
    ESCALATED = "escalated", _("it has passed to this person")
    WRITTEN_TO = "written_to", _("was written to")
    SUBSCRIBED = "subscribed", _("wants to be told")
    STANDS_IN = "stands_in", _("stands in for who did not answer")


class Alert(Stated):
    """Something that people are told of. `first`: the message that this one updates or ends.

    `content` holds codes and values, never names: what each recipient reads is put together for
    him, from what he may see. `cause_key` makes each cause be told once, also one that time brings.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, blank=True, related_name="+")
    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    lane = models.PositiveSmallIntegerField(_("lane"), choices=Lane)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.FIRST)
    first = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    cause_key = models.CharField(max_length=200, unique=True)
    cause_entry = models.UUIDField(null=True, blank=True)  # of the ledger
    about = models.CharField(_("page"), max_length=300, blank=True)  # path on this node
    content = models.JSONField(_("content"), default=dict, blank=True)
    protective_action = models.TextField(_("protective action"), blank=True)
    acknowledging = models.CharField(
        _("acknowledging"), max_length=10, choices=Acknowledging, blank=True
    )  # "": nobody is asked to
    wanted = models.PositiveSmallIntegerField(_("how many are enough"), null=True, blank=True)
    window_minutes = models.PositiveIntegerField(_("within minutes"), null=True, blank=True)
    rungs = models.JSONField(_("ladder as it was"), default=list, blank=True)
    exercise = models.BooleanField(_("exercise"), default=False)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(lane=Lane.LIFE_SAFETY, phase=Phase.FIRST)
                | ~models.Q(protective_action=""),
                name="a_life_safety_alert_says_what_to_do",
            ),
            models.CheckConstraint(
                condition=models.Q(phase=Phase.FIRST, first__isnull=True)
                | ~models.Q(phase=Phase.FIRST) & models.Q(first__isnull=False),
                name="what_follows_names_the_first_message",
            ),
            models.CheckConstraint(
                condition=models.Q(lane__in=Lane.values), name="an_alert_has_a_lane"
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledging="") | models.Q(window_minutes__isnull=False),
                name="what_is_to_be_acknowledged_has_a_window",
            ),
        ]
        indexes = [models.Index("made_at", name="alert_made")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_cause_display()}"


class Recipient(Logged):
    """Somebody who is told: a person, an account, or a person with his account.

    `rung`: the step of the ladder that brought him in; 0 is from the start.
    """

    personal = "person__nation__code"

    # Ten thousand rows come at once: an index is there once, and only where something is in it. The
    # statement that writes them reads alert and person, and neither can ever be deleted.
    alert = models.ForeignKey(
        Alert, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", db_index=False
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    why = models.CharField(_("why"), max_length=12, choices=Why)
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)
    added_at = models.DateTimeField(_("told from then on"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "alert", "rung", "person", name="a_person_is_told_once_at_a_rung"
            ),
            models.UniqueConstraint(
                fields=["alert", "rung", "account"],
                condition=models.Q(account__isnull=False),
                name="an_account_is_told_once_at_a_rung",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(account__isnull=False),
                name="a_recipient_is_somebody",
            ),
        ]
        indexes = [
            models.Index(
                "account", name="recipient_account", condition=models.Q(account__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.person_id or self.account_id}"


class Climb(Logged):
    """The ladder went one step further for a recipient: once for each step, whoever notices."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="+")
    rung = models.PositiveSmallIntegerField(_("rung"))
    at = models.DateTimeField(_("at"))
    because = models.CharField(
        _("because"),
        max_length=10,
        choices=[
            ("silent", pgettext_lazy("of a recipient", "silent")),
            ("failed", pgettext_lazy("of a recipient", "could not be reached")),
        ],
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("recipient", "rung", name="a_rung_is_climbed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.rung}"


class StandIn(Logged):
    """A recipient was brought in for another one who did not answer."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="+")
    silent = models.ForeignKey(Recipient, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        constraints = [
            models.UniqueConstraint("recipient", "silent", name="somebody_stands_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} for {self.silent_id}"


class Attempt(Logged):
    """One message to one address. Its id is the key by which a gateway knows it again.

    An attempt without an event is queued. `verified`: whether the address was known to be right.
    """

    personal = "recipient__person__nation__code"

    recipient = models.ForeignKey(  # the first column of the constraint below is its index
        Recipient, models.PROTECT, related_name="+", db_index=False
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.CharField(_("address"), max_length=1000)  # of a push message: its endpoint
    verified = models.BooleanField(_("verified"), default=False)
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)
    number = models.PositiveSmallIntegerField(_("number"), default=1)  # of the channel's addresses
    due_at = models.DateTimeField(_("due at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "recipient", "rung", "channel", "number", name="an_attempt_is_queued_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.channel}"


STATES = (
    (State.QUEUED.value, pgettext_lazy("attempt", "queued")),
    (State.SENDING.value, pgettext_lazy("attempt", "being sent")),
    (State.DEFERRED.value, pgettext_lazy("attempt", "did not go out; tried again")),
    (State.SENT.value, pgettext_lazy("attempt", "sent")),
    (State.FAILED.value, pgettext_lazy("attempt", "failed")),
    (State.DELIVERED.value, pgettext_lazy("attempt", "delivered")),
    (State.READ.value, pgettext_lazy("attempt", "read")),
    (State.ACKNOWLEDGED.value, pgettext_lazy("attempt", "acknowledged")),
)


class AttemptEvent(Logged):
    """What became of an attempt. `possible_double`: an earlier try may have arrived as well."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("state"), max_length=12, choices=STATES)
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    gateway_reference = models.CharField(_("reference"), max_length=200, blank=True)
    possible_double = models.BooleanField(_("may have arrived twice"), default=False)

    class Meta:
        indexes = [
            models.Index("attempt", name="event_attempt"),
            models.Index(
                "gateway_reference",
                name="event_reference",
                condition=~models.Q(gateway_reference=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.state}"


class Acknowledgement(Stated):
    """Somebody says that he has it; for others too, where he stood in for them by then."""

    personal = "recipient__person__nation__code"

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    how = models.CharField(_("how"), max_length=12)  # page, link, api, a channel, check-in
    by = models.CharField(_("by"), max_length=254)

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.at}"

"""How somebody is reached, who stands in for him, and what he wants to be told besides."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.access.models import Account
from cadre.mission.models import Mission, Person, Post
from cadre.record.models import Described


class Channel(models.TextChoices):
    """A way by which somebody is told."""

    SMS = "sms", pgettext_lazy("channel", "text message")
    VOICE = "voice", pgettext_lazy("channel", "voice call")
    EMAIL = "email", pgettext_lazy("channel", "email")
    CHAT = "chat", pgettext_lazy("channel", "chat")
    PUSH = "push", pgettext_lazy("channel", "push message")
    PAGE = "page", pgettext_lazy("channel", "page")


class Contact(Described):
    """An address of a person on one channel; the lowest position is tried first.

    A person whose channel has no row is reached by the email or phone of the directory, unverified.
    """

    personal = "person__nation__code"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.CharField(_("address"), max_length=300)
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "position"), default=1)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_how = models.CharField(_("how it was verified"), max_length=200, blank=True)
    dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", "channel", "address", name="an_address_is_noted_once_for_a_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(address=""), name="a_contact_has_an_address"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True) | ~models.Q(verified_how=""),
                name="a_verified_contact_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.address}"


class Deputy(Described):
    """The holder of one post stands in for the holder of another who does not answer."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "position"), default=1)
    dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("post", "deputy", name="a_deputy_is_named_once_for_a_post"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.deputy_id}"


class Subscription(Described):
    """What an account wants to be told of besides what it must: kinds of causes of a mission.

    `digest`: once a day in one message, else at once. Without a mission: of all that it may see.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, blank=True, related_name="+")
    causes = ArrayField(models.CharField(max_length=12), verbose_name=_("of what"))
    digest = models.BooleanField(_("once a day"), default=True)
    dropped = models.BooleanField(_("no longer wanted"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "account", "mission", "digest",
                name="an_account_subscribes_to_a_mission_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~models.Q(causes=[]) | models.Q(dropped=True),
                name="a_subscription_is_of_something",
            ),
        ]  # fmt: skip  # the three columns are one thing

    def __str__(self) -> str:
        return f"{self.account_id} {self.causes}"


class PushSubscription(Described):
    """A browser that takes push messages for an account. Its keys are secrets of that browser.

    `dropped_because`: why the node stopped by itself; "" where its owner stopped it.
    """

    ledger_leaves_out = ("auth", "p256dh")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    endpoint = models.CharField(_("endpoint"), max_length=1000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    label = models.CharField(_("label"), max_length=120, blank=True)
    dropped = models.BooleanField(_("no longer used"), default=False)
    dropped_because = models.CharField(_("why it is no longer used"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dropped=True) | models.Q(dropped_because=""),
                name="a_browser_that_is_told_was_not_dropped",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.endpoint


class QuietHours(Described):
    """When a person or an account wants no ordinary message. Life-safety ones ask for no hour."""

    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="+")
    account = models.OneToOneField(Account, models.PROTECT, null=True, blank=True, related_name="+")
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")  # IANA name
    dropped = models.BooleanField(_("no longer wanted"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(account__isnull=True),
                name="quiet_hours_are_somebodys",
            ),
            models.CheckConstraint(
                condition=~models.Q(begins=models.F("ends")), name="quiet_hours_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins}-{self.ends}"

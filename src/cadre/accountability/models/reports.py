"""What people say of themselves and of others, and what is done about the silent."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.accountability.models.musters import Muster, MusterEntry
from cadre.mission.models import Person, Site
from cadre.record.models import Stated


class StateChoices(models.TextChoices):
    """The words of `core.accountability.State` that somebody can say; "" is unclear."""

    UNCLEAR = "", pgettext_lazy("state of a person", "unclear: somebody has to look")
    SAFE = "safe", pgettext_lazy("state of a person", "safe")
    SHELTERING = "sheltering", pgettext_lazy("state of a person", "sheltering")
    AWAY = "away", pgettext_lazy("state of a person", "away")
    NEED_HELP = "need help", pgettext_lazy("state of a person", "needs help")
    INJURED = "injured", pgettext_lazy("state of a person", "injured")
    WHEREABOUTS_UNKNOWN = (
        "whereabouts unknown",
        pgettext_lazy("state of a person", "whereabouts unknown"),
    )
    MISSING = "missing", pgettext_lazy("state of a person", "missing")
    DECEASED = "deceased", pgettext_lazy("state of a person", "deceased")
    NOT_REQUIRED = "not required", pgettext_lazy("state of a person", "not required")


class Channel(models.TextChoices):
    LINK = "link", pgettext_lazy("way of a report", "link")
    PAGE = "page", pgettext_lazy("way of a report", "page")
    SMS = "sms", pgettext_lazy("way of a report", "text message")
    MAIL = "mail", pgettext_lazy("way of a report", "mail")
    VOICE = "voice", pgettext_lazy("way of a report", "voice")
    WARDEN = "warden", pgettext_lazy("way of a report", "warden's list")
    PAPER = "paper", pgettext_lazy("way of a report", "paper")
    API = "api", pgettext_lazy("way of a report", "program")
    COMMAND = "command", pgettext_lazy("way of a report", "command")


class VoiceChoices(models.TextChoices):
    """Who speaks: the words of `core.accountability.Voice`."""

    SELF = "self", pgettext_lazy("who reports", "the person")
    OTHER = "other", pgettext_lazy("who reports", "somebody else")
    IN_CHARGE = "in charge", pgettext_lazy("who reports", "warden or staff")


class CheckIn(Stated):
    """What somebody says of a person. It counts in every muster in whose list the person stands
    and whose `counts_from` is not after it occurred.

    `key` is made by whoever sends it: the same key is the same report. `words` as they came.
    `muster`: through which it came, if through one. It carries the person's marking.
    """

    personal: ClassVar[str] = "person__nation__code"

    key = models.UUIDField(_("key"), unique=True)
    person = models.ForeignKey(  # found by the index below
        Person, models.PROTECT, related_name="+", db_index=False
    )
    muster = models.ForeignKey(  # those of one are found by its people
        Muster, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField(_("state"), max_length=20, choices=StateChoices, blank=True)
    words = models.TextField(_("in these words"), blank=True)
    occurred_at = models.DateTimeField(_("when it happened"))
    channel = models.CharField(_("way"), max_length=10, choices=Channel)
    voice = models.CharField(_("who reports"), max_length=10, choices=VoiceChoices)
    said_by = models.CharField(_("said by"), max_length=200, blank=True)
    how = models.CharField(_("how they know"), max_length=300, blank=True)
    site = models.CharField(_("site"), max_length=40, blank=True)
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voice=VoiceChoices.SELF)
                | ~models.Q(said_by="") & ~models.Q(how=""),
                name="who_reports_of_another_says_who_and_how_they_know",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=StateChoices.values),
                name="a_report_says_a_state_or_is_unclear",
            ),
            models.CheckConstraint(
                condition=models.Q(voice__in=VoiceChoices.values), name="a_report_has_a_voice"
            ),
        ]
        indexes = [models.Index("person", "occurred_at", name="checkin_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.state}"


class Mention(Stated):
    """What somebody says of another person by name as typed: somebody has to find out who is meant.

    It counts for nobody until it is settled. `through`: the entry whose check-in link was used;
    null is another door. It carries the marking of the person of that entry.
    """

    personal: ClassVar[str] = "through__person__nation__code"

    key = models.UUIDField(_("key"), unique=True)
    muster = models.ForeignKey(Muster, models.PROTECT, related_name="+")
    through = models.ForeignKey(
        MusterEntry, models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.CharField(_("about whom"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=StateChoices, blank=True)
    words = models.TextField(_("in these words"), blank=True)
    occurred_at = models.DateTimeField(_("when it happened"))
    channel = models.CharField(_("way"), max_length=10, choices=Channel)
    said_by = models.CharField(_("said by"), max_length=200)
    how = models.CharField(_("how they know"), max_length=300)
    place = models.CharField(_("place in words"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(about="") & ~models.Q(said_by="") & ~models.Q(how=""),
                name="a_mention_says_of_whom_by_whom_and_how",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=StateChoices.values),
                name="a_mention_says_a_state_or_is_unclear",
            ),
        ]
        indexes = [models.Index("muster", name="mention_muster")]

    def __str__(self) -> str:
        return self.about


class MentionSettled(Stated):
    """Somebody found out who was meant by a mention: a person, of whom it was then reported, or
    (null) nobody on the list. It carries the mention's marking.
    """

    personal: ClassVar[str] = "mention__through__person__nation__code"

    mention = models.OneToOneField(Mention, models.PROTECT, related_name="settled")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    check_in = models.UUIDField(_("key of the report"), null=True, blank=True)
    settled_at = models.DateTimeField(_("at"))
    settled_by = models.CharField(_("by"), max_length=200)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True, check_in__isnull=True) & ~models.Q(note="")
                | models.Q(person__isnull=False, check_in__isnull=False),
                name="a_mention_becomes_a_report_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id}"


class Sighting(Stated):
    """Somebody was seen at a place. It carries the person's marking."""

    personal: ClassVar[str] = "person__nation__code"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)  # WGS 84, degrees
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen at"))
    source = models.CharField(_("who says so"), max_length=200)
    how = models.CharField(_("how they know"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(site__isnull=False)
                | models.Q(latitude__isnull=False)
                | ~models.Q(place=""),
                name="a_sighting_has_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="a_sightings_position_is_whole_and_on_earth",
            ),
        ]
        indexes = [models.Index("person", "seen_at", name="sighting_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.seen_at:%Y-%m-%d %H:%M}"


class FollowUp(Stated):
    """What was done about somebody who has not answered. `step`: an event of
    `core.accountability.escalation`. It carries the person's marking.
    """

    personal: ClassVar[str] = "entry__person__nation__code"

    entry = models.ForeignKey(MusterEntry, models.PROTECT, related_name="+")
    step = models.CharField(_("step"), max_length=40)
    at = models.DateTimeField(_("at"))
    done_by = models.CharField(_("by"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(step="") & ~models.Q(done_by=""),
                name="a_step_was_done_by_somebody",
            ),
        ]
        indexes = [models.Index("entry", name="followup_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.step}"

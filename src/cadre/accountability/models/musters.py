"""A muster and its list, frozen when it is opened."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.accountability.models.rosters import StatusKind, WardenList
from cadre.mission.models import Mission, Person
from cadre.mission.models.scopes import codes, never_empty
from cadre.record.models import Stated
from cadre.situation.models import Incident


class Muster(Stated):
    """One count of people. Its list (MusterEntry) is frozen when it is opened.

    `beside`: codes of other missions whose people are counted too, each person once.
    `counted_kinds`: kinds of status whose people are counted; others are excluded and say why.
    Reports count that occurred at `counts_from` or later. `code` is for text messages and voice;
    it is no secret. With an incident, everybody is meant who is or may be within `radius_km` of
    the position (WGS 84, degrees), which is that of the incident then.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    beside = ArrayField(
        models.CharField(max_length=40), verbose_name=_("other missions"), default=list, blank=True
    )
    sites, nations = codes(), codes()
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")
    radius_km = models.FloatField(_("radius in kilometres"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    affected_sites = ArrayField(
        models.CharField(max_length=40), verbose_name=_("affected sites"), default=list, blank=True
    )
    exercise = models.BooleanField(_("exercise"), default=False)
    counted_kinds = ArrayField(
        models.CharField(max_length=12, choices=StatusKind),
        verbose_name=_("are counted as well"),
        default=list,
        blank=True,
    )
    protective_action = models.TextField(_("protective action"), blank=True)
    code = models.CharField(_("code"), max_length=4)
    recheck_minutes = models.PositiveIntegerField(
        _("minutes after which somebody is asked again"), null=True, blank=True
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.CharField(_("opened by"), max_length=200)
    counts_from = models.DateTimeField(_("reports count from"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("sites", "nations"), name="a_muster_is_of_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(counts_from__lte=models.F("opened_at")),
                name="reports_count_from_the_opening_at_the_latest",
            ),
            models.CheckConstraint(
                condition=models.Q(radius_km__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_radius_is_around_a_position_on_earth",
            ),
        ]
        indexes = [models.Index("mission", "opened_at", name="muster_mission")]

    def __str__(self) -> str:
        return self.number


class PlaceSource(models.TextChoices):
    """Where a last known place comes from."""

    POST = "post", pgettext_lazy("source of a place", "the post")
    STATUS = "status", pgettext_lazy("source of a place", "a status")
    SIGHTING = "sighting", pgettext_lazy("source of a place", "a sighting")
    ARRIVAL = "arrival", pgettext_lazy("source of a place", "an arrival")
    NOBODY = "", pgettext_lazy("source of a place", "not stated")


class Exclusion(models.TextChoices):
    """Why somebody on the list is not counted; "" is counted."""

    COUNTED = "", _("counted")
    LEAVE = "leave", pgettext_lazy("status of a person", "on leave")
    TRANSIT = "transit", pgettext_lazy("status of a person", "in transit")
    LENT = "lent", pgettext_lazy("status of a person", "lent to somebody else")
    VISITOR = "visitor", pgettext_lazy("status of a person", "visitor")
    LOCAL_STAFF = "local_staff", pgettext_lazy("status of a person", "local staff")
    INTERPRETER = "interpreter", pgettext_lazy("status of a person", "interpreter")
    ELSEWHERE = "elsewhere", _("known to be elsewhere")


class MusterEntry(Stated):
    """A person on the list of a muster, as it was frozen, counted or with the reason why not.

    `role`: the title of the post then; `nation`, `mission` and `site`: codes. The site is the last
    known place, else that of the post; "" is not stated. `list`: whose warden counts the person;
    null is nobody's. It carries the person's marking.
    """

    personal: ClassVar[str] = "person__nation__code"

    muster = models.ForeignKey(Muster, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=200, blank=True)
    nation = models.CharField(_("nation"), max_length=40)
    mission = models.CharField(_("mission"), max_length=40)
    site = models.CharField(_("site"), max_length=40, blank=True)
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    place_source = models.CharField(
        _("source of the place"), max_length=10, choices=PlaceSource, blank=True
    )
    place_seen_at = models.DateTimeField(_("seen there at"), null=True, blank=True)
    list = models.ForeignKey(WardenList, models.PROTECT, null=True, blank=True, related_name="+")
    excluded = models.CharField(_("not counted"), max_length=12, choices=Exclusion, blank=True)
    excluded_because = models.CharField(_("why"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("muster", "person", name="a_person_is_counted_once"),
            models.CheckConstraint(
                condition=models.Q(excluded="") | ~models.Q(excluded_because=""),
                name="who_is_not_counted_is_so_for_a_reason",
            ),
        ]
        indexes = [models.Index("person", name="entry_person")]

    def __str__(self) -> str:
        return f"{self.muster_id} {self.person_id}"


class MusterEnd(Stated):
    """A muster was closed. `open_count`: how many were not resolved then; with any, why anyway."""

    muster = models.OneToOneField(Muster, models.PROTECT, related_name="end")
    at = models.DateTimeField(_("at"))
    ended_by = models.CharField(_("by"), max_length=200)
    reason = models.TextField(_("reason"), blank=True)
    open_count = models.PositiveIntegerField(_("not resolved"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(open_count=0) | ~models.Q(reason=""),
                name="closing_with_somebody_open_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.muster_id}"

"""Who is to be counted where: what somebody's stay is, lists of wardens, targets of a mission."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.mission.models import Mission, Organisation, Person, Site
from cadre.record.models import Described, Stated


class StatusKind(models.TextChoices):
    """Why somebody is not simply at the site of the post, or is there without a post."""

    LEAVE = "leave", pgettext_lazy("status of a person", "on leave")
    TRANSIT = "transit", pgettext_lazy("status of a person", "in transit")
    LENT = "lent", pgettext_lazy("status of a person", "lent to somebody else")
    VISITOR = "visitor", pgettext_lazy("status of a person", "visitor")
    LOCAL_STAFF = "local_staff", pgettext_lazy("status of a person", "local staff")
    INTERPRETER = "interpreter", pgettext_lazy("status of a person", "interpreter")
    PRESENT = "present", pgettext_lazy("status of a person", "at another site")


class PersonnelStatus(Stated):
    """What a person's stay with a mission is over a time (half-open; `ends_at` null: no end).

    A later row corrects it. It carries the person's marking.
    """

    personal: ClassVar[str] = "person__nation__code"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    kind = models.CharField(_("status"), max_length=12, choices=StatusKind)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("begins_at")),
                name="a_status_holds_from_one_moment_to_a_later_one",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=StatusKind.values), name="a_status_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=StatusKind.PRESENT) | models.Q(site__isnull=False),
                name="who_is_at_another_site_is_at_one",
            ),
            models.UniqueConstraint("corrects", name="a_status_is_corrected_once"),
        ]
        indexes = [models.Index("person", "begins_at", name="status_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class WardenList(Described):
    """Whom a warden counts: named people, and who is at a place and of a nation.

    Being named beats the rule. Without a place, a nation and names it is everybody of the mission;
    with names only, it is these people.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    nation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    people = ArrayField(
        models.CharField(max_length=60), verbose_name=_("people"), default=list, blank=True
    )
    dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("mission", "code", name="a_list_has_one_code_in_its_mission"),
        ]

    def __str__(self) -> str:
        return self.title


class Warden(Described):
    """Who counts a list: position 0 is the warden, 1 and more are alternates in this order.

    One that was replaced is dropped; its row stays. It carries the person's marking.
    """

    personal: ClassVar[str] = "person__nation__code"

    list = models.ForeignKey(WardenList, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "position"))
    dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "list",
                "position",
                condition=models.Q(dropped=False),
                name="a_list_has_one_warden_at_each_position",
            ),
            models.UniqueConstraint(
                "list",
                "person",
                condition=models.Q(dropped=False),
                name="nobody_is_warden_of_a_list_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.position}"


class MusterSettings(Described):
    """A mission's targets and times. Where it has no row these defaults hold.

    Shares in per cent of those counted; `recheck_minutes` null: no re-checks.
    """

    mission = models.OneToOneField(Mission, models.PROTECT, related_name="+")
    first_share = models.PositiveSmallIntegerField(_("first target (per cent)"), default=80)
    first_minutes = models.PositiveIntegerField(_("within minutes"), default=15)
    second_share = models.PositiveSmallIntegerField(_("second target (per cent)"), default=95)
    second_minutes = models.PositiveIntegerField(_("within minutes"), default=60)
    affected_hours = models.PositiveIntegerField(
        _("hours until all are resolved at affected sites"), default=4
    )
    mission_hours = models.PositiveIntegerField(
        _("hours until all are resolved in the mission"), default=12
    )
    call_minutes = models.PositiveIntegerField(
        _("minutes without an answer until somebody is called"), default=10
    )
    warden_minutes = models.PositiveIntegerField(
        _("minutes without an answer until the warden is asked"), default=15
    )
    search_minutes = models.PositiveIntegerField(
        _("minutes without an answer until a search begins"), default=45
    )
    recheck_minutes = models.PositiveIntegerField(
        _("minutes after which somebody is asked again"), null=True, blank=True
    )
    nok_hours = models.PositiveIntegerField(
        _("hours that names are held after next of kin were told"), default=24
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_share__range=(1, 100), second_share__range=(1, 100)),
                name="a_share_is_between_1_and_100_per_cent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id}: {self.first_share} % / {self.first_minutes} min"

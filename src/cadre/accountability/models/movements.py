"""Staying put, moving within the country, moving out: who is on the list, and who arrived."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.mission.models import Mission, Person, Site
from cadre.record.models import Stated


class MovementKind(models.TextChoices):
    HIBERNATE = "hibernate", pgettext_lazy("kind of movement", "hibernate")
    RELOCATE = "relocate", pgettext_lazy("kind of movement", "relocate")
    EVACUATE = "evacuate", pgettext_lazy("kind of movement", "evacuate")


class Movement(Stated):
    """A movement of people that was ordered. To hibernate is to stay where one is."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=MovementKind)
    title = models.CharField(_("title"), max_length=200)
    from_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    to_site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    to_place = models.CharField(_("to"), max_length=200, blank=True)
    because = models.CharField(_("because of"), max_length=300, blank=True)
    ordered_at = models.DateTimeField(_("ordered at"))
    ordered_by = models.CharField(_("ordered by"), max_length=200)
    exercise = models.BooleanField(_("exercise"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=MovementKind.HIBERNATE)
                | models.Q(to_site__isnull=False)
                | ~models.Q(to_place=""),
                name="who_moves_moves_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ManifestLine(Stated):
    """A person on the list of a movement, with a seat (vehicle or seat; "" is not stated).

    It carries the person's marking.
    """

    personal: ClassVar[str] = "person__nation__code"

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seat = models.CharField(_("vehicle or seat"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "movement", "person", name="a_person_stands_on_a_manifest_once"
            ),
        ]
        indexes = [models.Index("person", name="manifest_person")]

    def __str__(self) -> str:
        return f"{self.movement_id} {self.person_id}"


class MovementEvent(models.TextChoices):
    BOARDED = "boarded", pgettext_lazy("event of a movement", "boarded")
    NOT_ABOARD = "not_aboard", pgettext_lazy("event of a movement", "not aboard")
    DEPARTED = "departed", pgettext_lazy("event of a movement", "departed")
    ARRIVED = "arrived", pgettext_lazy("event of a movement", "arrived")


class MovementReport(Stated):
    """What happened to one person of a movement, or to the whole of it (`person` null).

    `head_count`: as it was counted then. With a person it carries the person's marking.
    """

    personal: ClassVar[str] = "person__nation__code"

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    event = models.CharField(_("event"), max_length=12, choices=MovementEvent)
    occurred_at = models.DateTimeField(_("when it happened"))
    said_by = models.CharField(_("said by"), max_length=200)
    head_count = models.PositiveIntegerField(_("head count"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(head_count__isnull=True),
                name="a_head_count_is_of_the_whole",
            ),
        ]
        indexes = [models.Index("movement", "occurred_at", name="movement_reports")]

    def __str__(self) -> str:
        return f"{self.movement_id} {self.event}"


class MovementEnd(Stated):
    """A movement is over."""

    movement = models.OneToOneField(Movement, models.PROTECT, related_name="end")
    at = models.DateTimeField(_("at"))
    ended_by = models.CharField(_("by"), max_length=200)
    reason = models.TextField(_("reason"), blank=True)

    def __str__(self) -> str:
        return f"{self.movement_id}"

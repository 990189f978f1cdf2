"""Names that nobody is told before the next of kin are."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.mission.models import Person
from cadre.record.models import Stated


class NextOfKinHold(Stated):
    """While it is in force the person's name leaves by no way out: until next of kin were told and
    the hours after that have passed; without that, for ever. It carries the person's marking.
    """

    personal: ClassVar[str] = "person__nation__code"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=300)
    placed_at = models.DateTimeField(_("placed at"))
    placed_by = models.CharField(_("placed by"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(why=""), name="a_hold_says_why"),
        ]
        indexes = [models.Index("person", name="hold_person")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class NextOfKinInformed(Stated):
    """Next of kin were told; the name stays held for so many hours more."""

    personal: ClassVar[str] = "hold__person__nation__code"

    hold = models.OneToOneField(NextOfKinHold, models.PROTECT, related_name="informed")
    informed_at = models.DateTimeField(_("told at"))
    informed_by = models.CharField(_("told by"), max_length=200)
    hours = models.PositiveIntegerField(_("hours that the name is held after that"))

    def __str__(self) -> str:
        return f"{self.hold_id}"

"""What happened around a mission, as it was reported, and how far each report can be trusted."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.core.moments import Moment
from cadre.mission.coordinates import Position
from cadre.mission.models import Site
from cadre.record.fields import MomentField
from cadre.record.models import Stated


class IncidentKind(models.TextChoices):
    ATTACK = "attack", _("attack")
    INDIRECT_FIRE = "indirect_fire", _("indirect fire")
    EXPLOSIVE_DEVICE = "explosive_device", _("improvised explosive device")
    INSIDER_ATTACK = "insider_attack", _("insider attack")
    DEMONSTRATION = "demonstration", _("demonstration")
    KIDNAPPING = "kidnapping", _("kidnapping")
    ACCIDENT = "accident", _("accident")
    CRIME = "crime", _("crime")
    CYBER = "cyber", _("cyber incident")
    HEALTH = "health", _("health incident")
    NATURAL_HAZARD = "natural_hazard", _("natural hazard")
    OTHER = "other", pgettext_lazy("kind of incident", "other")


class Severity(models.IntegerChoices):
    MINOR = 1, pgettext_lazy("severity", "minor")
    MODERATE = 2, pgettext_lazy("severity", "moderate")
    SERIOUS = 3, pgettext_lazy("severity", "serious")
    SEVERE = 4, pgettext_lazy("severity", "severe")
    CRITICAL = 5, pgettext_lazy("severity", "critical")


class Reliability(models.TextChoices):
    """How far a source is trusted: the letter of the Admiralty code. "" is not stated."""

    A = "A", _("A: completely reliable")
    B = "B", _("B: usually reliable")
    C = "C", _("C: fairly reliable")
    D = "D", _("D: not usually reliable")
    E = "E", _("E: unreliable")
    F = "F", _("F: reliability cannot be judged")


class Credibility(models.TextChoices):
    """How likely what it says is true: the digit of the Admiralty code. "" is not stated."""

    CONFIRMED = "1", _("1: confirmed by other sources")
    PROBABLE = "2", _("2: probably true")
    POSSIBLE = "3", _("3: possibly true")
    DOUBTFUL = "4", _("4: doubtful")
    IMPROBABLE = "5", _("5: improbable")
    UNKNOWN = "6", _("6: truth cannot be judged")


class Incident(Stated):
    """Something that happened. `number` names the incident, so a correction keeps it.

    `severity` null: not stated. It is at a site, at a position, or at a place that has words only.
    """

    given_here: ClassVar[frozenset[str]] = frozenset({"number"})

    number = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=IncidentKind)
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity, null=True, blank=True
    )
    what = models.TextField(_("what happened"))
    occurred = MomentField(_("occurred"), default=Moment.unknown)
    occurred_earliest = models.DateTimeField(null=True, editable=False)
    occurred_latest = models.DateTimeField(null=True, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)  # WGS 84, degrees
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_reliability = models.CharField(
        _("source reliability"), max_length=1, choices=Reliability, blank=True
    )
    info_credibility = models.CharField(
        _("information credibility"), max_length=1, choices=Credibility, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "number",
                condition=models.Q(corrects__isnull=True),
                name="an_incident_has_one_number",
            ),
            models.UniqueConstraint("corrects", name="an_incident_is_corrected_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=IncidentKind.values),
                name="an_incident_is_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(severity__isnull=True) | models.Q(severity__range=(1, 5)),
                name="a_severity_lies_between_1_and_5",
            ),
            models.CheckConstraint(
                condition=~models.Q(what=""), name="an_incident_says_what_happened"
            ),
            models.CheckConstraint(
                condition=models.Q(site__isnull=False)
                | models.Q(latitude__isnull=False)
                | ~models.Q(place=""),
                name="an_incident_has_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="an_incidents_position_is_whole_and_on_earth",
            ),
            models.CheckConstraint(
                condition=models.Q(source_reliability__in=["", *Reliability.values]),
                name="a_reliability_is_a_letter_from_a_to_f",
            ),
            models.CheckConstraint(
                condition=models.Q(info_credibility__in=["", *Credibility.values]),
                name="a_credibility_is_a_digit_from_1_to_6",
            ),
        ]
        indexes = [models.Index("occurred_latest", name="incident_occurred")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_kind_display()}"

    @property
    def position(self) -> Position | None:
        """Where exactly it was; None where nobody said."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

"""Residual risks of activities: assessments, who has to decide about which, what was decided.

An assessment orders nothing and stops nothing; neither does a decision about it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.core.moments import Moment
from cadre.core.risks import Criticality, Risk
from cadre.mission.models import Mission
from cadre.mission.models.scopes import codes, never_empty
from cadre.record.fields import MomentField
from cadre.record.models import Described, Stated

CRITICALITIES = (
    (Criticality.LIFESAVING.value, pgettext_lazy("criticality", "lifesaving")),
    (Criticality.ESSENTIAL.value, pgettext_lazy("criticality", "essential")),
    (Criticality.IMPORTANT.value, pgettext_lazy("criticality", "important")),
    (Criticality.DESIRABLE.value, pgettext_lazy("criticality", "desirable")),
)
RISKS = (
    (Risk.LOW.value, pgettext_lazy("risk", "low")),
    (Risk.MEDIUM.value, pgettext_lazy("risk", "medium")),
    (Risk.HIGH.value, pgettext_lazy("risk", "high")),
    (Risk.VERY_HIGH.value, pgettext_lazy("risk", "very high")),
    (Risk.UNACCEPTABLE.value, pgettext_lazy("risk", "unacceptable")),
)


def criticality_column() -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(_("criticality"), choices=CRITICALITIES)


def risk_column() -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(_("residual risk"), choices=RISKS)


def on_the_scales() -> models.Q:
    return models.Q(
        criticality__range=(min(Criticality), max(Criticality)), risk__range=(min(Risk), max(Risk))
    )


class RiskAuthority(Described):
    """Who has to decide in a mission whether a risk is accepted for an activity so critical.

    `authority` "": nobody can, it is not allowed. A cell without a row, and one that was `dropped`,
    is not stated.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    criticality, risk = criticality_column(), risk_column()
    authority = models.CharField(_("who decides"), max_length=120, blank=True)
    dropped = models.BooleanField(_("what was said was taken back"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "mission", "criticality", "risk", name="a_risk_has_one_authority_in_its_mission"
            ),
            models.CheckConstraint(
                condition=on_the_scales(), name="an_authority_is_for_a_criticality_and_a_risk"
            ),
            models.CheckConstraint(
                condition=~models.Q(risk=Risk.UNACCEPTABLE) | models.Q(authority=""),
                name="nobody_accepts_what_is_unacceptable",
            ),
            models.CheckConstraint(
                condition=models.Q(dropped=False) | models.Q(authority=""),
                name="what_was_taken_back_names_no_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criticality}/{self.risk}: {self.authority}"


class RiskAssessment(Stated):
    """How critical somebody found a line at some sites (null: all), and what risk is left there."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    line = models.CharField(_("activity line"), max_length=40)
    sites = codes()
    criticality, risk = criticality_column(), risk_column()
    measures = models.TextField(_("measures"), blank=True)
    reason = models.TextField(_("on what grounds"))
    assessed_by = models.CharField(_("assessed by"), max_length=200)
    assessed = MomentField(_("as of"), default=Moment.unknown)
    assessed_earliest = models.DateTimeField(null=True, editable=False)
    assessed_latest = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("sites"), name="a_risk_is_assessed_for_some_place"
            ),
            models.CheckConstraint(
                condition=on_the_scales(), name="a_risk_and_its_criticality_are_on_their_scales"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="a_risk_is_assessed_on_some_grounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.criticality}/{self.risk}"


class RiskVerdict(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("of a risk", "accepted")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("of a risk", "not accepted")


class RiskDecision(Stated):
    """Somebody accepted an assessed risk until a moment, or did not. Past its end it is open again.

    A later decision about the same assessment takes its place.
    """

    assessment = models.ForeignKey(RiskAssessment, models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=12, choices=RiskVerdict)
    authority = models.CharField(_("authority"), max_length=200)
    decided_at = models.DateTimeField(_("decided at"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision=RiskVerdict.ACCEPTED, until__isnull=False)
                | models.Q(decision=RiskVerdict.NOT_ACCEPTED, until__isnull=True),
                name="what_is_accepted_has_an_end_and_nothing_else",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("decided_at")),
                name="a_risk_is_accepted_for_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.decision}"

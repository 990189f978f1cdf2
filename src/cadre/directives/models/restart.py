"""Restart by condition: conditions, evidence, decisions about them, proposals to lift."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.core.lifecycles import Proposal
from cadre.core.moments import Moment
from cadre.directives.models.orders import Directive, hours_that_are_some
from cadre.mission.models.scopes import codes, never_empty
from cadre.record.fields import MomentField
from cadre.record.models import Stated


class Condition(Stated):
    """Something that has to be true, or waived by name, before a part of a directive is lifted.

    Its scope says for which part (null: all). `library`: the key of a usual one, "" for free text.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="conditions")
    library = models.CharField(_("from the library"), max_length=60, blank=True)
    text = models.TextField(_("text"))
    lines, sites, nations = codes(), codes(), codes()
    owner = models.CharField(_("owner"), max_length=120)
    wanted = models.TextField(_("evidence wanted"))
    shelf_life = models.DurationField(_("shelf life of evidence"), null=True, blank=True)
    indicator = models.CharField(_("indicator"), max_length=40, blank=True)
    parameters = models.JSONField(_("parameters of the indicator"), default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("lines", "sites", "nations"),
                name="a_condition_is_about_something",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Evidence(Stated):
    """What somebody brought for or against a condition, from where, and of which moment."""

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="evidence")
    supports = models.BooleanField(_("speaks for it"))
    text = models.TextField(_("what it says"))
    source = models.CharField(_("source"), max_length=200)
    occurred = MomentField(_("of the moment"), default=Moment.unknown)
    occurred_earliest = models.DateTimeField(null=True, editable=False)
    occurred_latest = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.text


class Verdict(models.TextChoices):
    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    WAIVED = "waived", _("waived")
    NOT_ASSESSED = "not_assessed", _("not assessed")


class Assessment(Stated):
    """A person decides about a condition: on which evidence, or why it is waived and until when."""

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="assessments")
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    at = models.DateTimeField(_("at"))
    authority = models.CharField(_("authority"), max_length=200)
    post = models.CharField(_("post"), max_length=60, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    until = models.DateTimeField(_("waived until"), null=True, blank=True)
    evidence = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(verdict=Verdict.WAIVED)
                | models.Q(until__isnull=False) & ~models.Q(reason=""),
                name="a_waiver_says_why_and_until_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict=Verdict.MET) | ~models.Q(evidence=[]),
                name="a_condition_is_met_on_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.verdict}"


class Position(models.TextChoices):
    AGREES = "agrees", _("agrees")
    RESERVES = "reserves", _("agrees with a reservation")
    OBJECTS = "objects", _("objects")


class Consultation(Stated):
    """What a nation answers to whether a directive may be lifted, in its own words. The latest
    answer counts; silence is not consent.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="consultations")
    nation = models.CharField(_("nation"), max_length=40)
    position = models.CharField(_("position"), max_length=10, choices=Position)
    text = models.TextField(_("in its own words"), blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.CharField(_("answered by"), max_length=200)
    note = models.TextField(_("how the mission knows"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(position=Position.AGREES) | ~models.Q(text=""),
                name="a_reservation_says_what_it_is",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nation} {self.position}"


class LiftProposal(Stated):
    """One person asks to lift a directive for all or a part; another, competent for it, does."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="proposals")
    number = models.CharField(_("number"), max_length=60, unique=True)
    lines, sites, nations = codes(), codes(), codes()
    units, people, hours = codes(), codes(), codes()
    effective = MomentField(_("effective"), default=Moment.unknown)
    effective_earliest = models.DateTimeField(null=True, editable=False)
    effective_latest = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.CharField(_("proposed by"), max_length=200)
    post = models.CharField(_("post"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("lines", "sites", "nations", "units", "people", "hours"),
                name="a_proposal_lifts_something",
            ),
            models.CheckConstraint(
                condition=hours_that_are_some(), name="hours_of_a_proposal_are_of_the_week"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> Proposal:
        """Asks the database, unless its lift and its end were selected with it."""
        if hasattr(self, "lift"):
            return Proposal.LIFTED
        if hasattr(self, "end"):
            return Proposal.TURNED_DOWN if self.end.turned_down else Proposal.TAKEN_BACK
        return Proposal.OPEN


class ProposalEnd(Stated):
    """A proposal to lift was taken back or turned down; nothing was lifted."""

    proposal = models.OneToOneField(LiftProposal, models.PROTECT, related_name="end")
    turned_down = models.BooleanField(_("turned down"))  # else taken back by who proposed it
    at = models.DateTimeField(_("at"))
    ended_by = models.CharField(_("by"), max_length=200)
    reason = models.TextField(_("reason"))

    def __str__(self) -> str:
        return f"{self.proposal_id}"

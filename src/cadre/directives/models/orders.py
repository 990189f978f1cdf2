"""Directives and lifts: rows that are only ever added."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.core.moments import Moment
from cadre.core.posture import HOURS_OF_THE_WEEK, Posture, Scope
from cadre.mission.models import Mission
from cadre.mission.models.scopes import codes, never_empty
from cadre.record.fields import MomentField
from cadre.record.models import Stated


class Effect(models.IntegerChoices):
    RESTRICT = Posture.RESTRICTED.value, _("restrict")
    SUSPEND = Posture.SUSPENDED.value, _("suspend")


class ReasonCode(models.TextChoices):
    """Why something was stopped (row C12 of the feature table)."""

    THREAT_WARNING = "threat_warning", _("threat warning")
    INCIDENT = "incident", _("incident")
    FORCE_PROTECTION = "force_protection_capacity", _("force-protection capacity")
    INSIDER = "insider_or_vetting", _("insider or vetting")
    MANDATE = "mandate", _("mandate")
    PARTNER_CONDUCT = "partner_conduct", _("partner conduct")
    HEALTH = "health", _("health")
    HOST_REQUEST = "host_request", _("host request")
    NATIONAL = "national", _("national")
    OTHER = "other", _("other")
    NOT_STATED = "not_stated", _("not stated")


class Kind(models.TextChoices):
    """What sort of directive it is, which says who may issue it and who may lift it."""

    ORDER = "order", _("order")
    STOP = "stop", _("stop now")
    CAVEAT = "caveat", _("caveat")
    WITHDRAWAL = "withdrawal", _("withdrawal of people")


type Codes = list[str] | None


def as_scope(mission: str, lines: Codes, sites: Codes, nations: Codes, *others: Codes) -> Scope:
    """`others`: host units, people and hours, in this order; what is left out means all."""
    names = (None if each is None else frozenset(each) for each in (lines, sites, nations, *others))
    return Scope(mission, *names)


def hours_that_are_some() -> models.Q:
    """Hours of the week have their form: anything else would cover nothing."""
    return models.Q(hours__isnull=True) | models.Q(hours__contained_by=sorted(HOURS_OF_THE_WEEK))


class Directive(Stated):
    """Restricts or suspends what its scope covers. It has no end: only a lift ends it.

    `sure_*` is what it surely covers, `perhaps_*` what it may cover as well. `subjects` are the
    names under which the record speaks of it.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="directives")
    effect = models.PositiveSmallIntegerField(_("effect"), choices=Effect)
    authority = models.CharField(_("authority"), max_length=200)
    sure_lines, sure_sites, sure_nations = codes(), codes(), codes()
    perhaps_lines, perhaps_sites, perhaps_nations = codes(), codes(), codes()
    temporary = models.BooleanField(_("temporary"), null=True, blank=True)  # null: not stated
    reason_code = models.CharField(
        _("reason code"), max_length=40, choices=ReasonCode, default=ReasonCode.NOT_STATED
    )
    reason = models.TextField(_("reason"), blank=True)
    permits = models.TextField(_("what stays allowed"), blank=True)
    subjects = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    reported = models.BooleanField(_("as reported, not issued here"), default=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ORDER)
    # The rest of its scope, as sure as it is possible. Host units and people by code; hours of the
    # week in UTC, as "mon-08" for Monday from 08:00 to 09:00. Null: all.
    units, people, hours = codes(), codes(), codes()
    post = models.CharField(_("post"), max_length=60, blank=True)  # through which it was issued
    nation = models.CharField(_("nation"), max_length=40, blank=True)  # whose caveat it is
    cause = models.TextField(_("cause"), blank=True)
    cause_area = models.CharField(_("area of the cause"), max_length=200, blank=True)
    protective_action = models.TextField(_("protective action"), blank=True)
    references = ArrayField(
        models.CharField(max_length=200), verbose_name=_("references"), default=list, blank=True
    )
    first_review_at = models.DateTimeField(_("first review due at"), null=True, blank=True)
    review_owner = models.CharField(_("owner of the review"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reported=True)
                | models.Q(first_review_at__isnull=False) & ~models.Q(review_owner=""),
                name="an_issued_directive_has_a_review_and_its_owner",
            ),
            models.CheckConstraint(
                condition=never_empty("units", "people", "hours"),
                name="a_directive_covers_somebody",
            ),
            models.CheckConstraint(
                condition=hours_that_are_some(), name="hours_of_a_directive_are_of_the_week"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[Kind.ORDER, Kind.STOP]) | ~models.Q(nation=""),
                name="a_caveat_says_whose_it_is",
            ),
            models.CheckConstraint(
                condition=never_empty(
                    "sure_lines",
                    "sure_sites",
                    "sure_nations",
                    "perhaps_lines",
                    "perhaps_sites",
                    "perhaps_nations",
                ),
                name="a_directive_covers_something",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"perhaps_{name}__isnull": True})
                    | models.Q(
                        **{
                            f"sure_{name}__isnull": False,
                            f"sure_{name}__contained_by": models.F(f"perhaps_{name}"),
                        }
                    ),
                    name=f"what_is_sure_of_{name}_is_possible",
                )
                for name in ("lines", "sites", "nations")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Clock(models.TextChoices):
    DECIDED = "decided", _("decided")
    EFFECTIVE = "effective", _("effective")
    ANNOUNCED = "announced", _("announced")


class Timing(Stated):
    """What somebody said of one of a directive's clocks. Several rows narrow each other."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="timings")
    clock = models.CharField(_("clock"), max_length=10, choices=Clock)
    moment = MomentField(_("moment"), default=Moment.unknown)
    moment_earliest = models.DateTimeField(null=True, editable=False)
    moment_latest = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.clock}: {self.moment}"


class Lift(Stated):
    """Ends one directive for all or a part of its scope, from a moment on."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="lifts")
    number = models.CharField(_("number"), max_length=60, unique=True)
    authority = models.CharField(_("authority"), max_length=200)
    lines, sites, nations = codes(), codes(), codes()
    units, people, hours = codes(), codes(), codes()
    effective = MomentField(_("effective"), default=Moment.unknown)
    effective_earliest = models.DateTimeField(null=True, editable=False)
    effective_latest = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    reported = models.BooleanField(_("as reported, not issued here"), default=True)
    post = models.CharField(_("post"), max_length=60, blank=True)
    proposal = models.OneToOneField(
        "directives.LiftProposal", models.PROTECT, null=True, blank=True, related_name="lift"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("lines", "sites", "nations", "units", "people", "hours"),
                name="a_lift_ends_something",
            ),
            models.CheckConstraint(
                condition=hours_that_are_some(), name="hours_of_a_lift_are_of_the_week"
            ),
            models.CheckConstraint(
                condition=models.Q(reported=True) | models.Q(proposal__isnull=False),
                name="a_lift_was_proposed_unless_reported",
            ),
        ]

    def __str__(self) -> str:
        return self.number

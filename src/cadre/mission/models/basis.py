"""What a mission is and rests on. All of it was said by somebody, so all of it is append-only."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.core.moments import Moment
from cadre.record.fields import MomentField
from cadre.record.models import Stated


class Mission(Stated):
    """A mission. `subjects` are the names under which the record speaks of it."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    combat = models.BooleanField(_("has combat tasks"), null=True, blank=True)  # null: not stated
    nature = models.CharField(_("nature"), max_length=200, blank=True)
    area = models.CharField(_("area"), max_length=200, blank=True)
    established = MomentField(_("established"), default=Moment.unknown)
    established_earliest = models.DateTimeField(null=True, editable=False)
    established_latest = models.DateTimeField(null=True, editable=False)
    subjects = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    def __str__(self) -> str:
        return self.name


class Mandate(Stated):
    """One version of what a mission is for. The latest one that has begun is in force."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="mandates")
    wording = models.TextField(_("wording"))
    since = MomentField(_("since"), default=Moment.unknown)
    since_earliest = models.DateTimeField(null=True, editable=False)
    since_latest = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.wording


class ActivityLine(Stated):
    """A kind of work that a mission does. A non-combat mission refuses a combat one."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="lines")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    combat = models.BooleanField(_("is combat"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint("mission", "code", name="a_line_is_defined_once")]

    def __str__(self) -> str:
        return self.name


class RelationKind(models.TextChoices):
    CONTRIBUTES_TO = "contributes_to", _("contributes to")
    SISTER_OF = "sister_of", _("sister of")
    PART_OF = "part_of", _("part of")


class Relation(Stated):
    """How two missions, or a mission and a coalition, stand to each other. None: not stated."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="relations")
    kind = models.CharField(_("kind"), max_length=20, choices=RelationKind)
    other = models.CharField(_("of"), max_length=120)
    other_mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = MomentField(_("since"), default=Moment.unknown)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(other_mission__isnull=True)
                | ~models.Q(other_mission=models.F("mission")),
                name="a_mission_has_no_relation_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} {self.kind} {self.other}"


class Appointment(Stated):
    """Who holds an office of a mission (its commander, say), as far as somebody said so."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="appointments")
    office = models.CharField(_("office"), max_length=120)
    holder = models.CharField(_("holder"), max_length=200)
    since = MomentField(_("since"), default=Moment.unknown)
    since_earliest = models.DateTimeField(null=True, editable=False)
    since_latest = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.office}: {self.holder}"


class Contribution(Stated):
    """What one nation or organisation lends to one mission; the quantity may be vague."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey("mission.Organisation", models.PROTECT, related_name="+")
    quantity = models.CharField(_("how many"), max_length=120, blank=True)
    roles = models.CharField(_("as what"), max_length=200, blank=True)
    when = MomentField(_("when"), default=Moment.unknown)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.quantity}"


class ContributorList(Stated):
    """A list of contributors as it was given; an open one may have more than it names."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="contributor_lists")
    wording = models.CharField(_("wording"), max_length=200)
    organisations = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    open = models.BooleanField(_("may have more than it names"))

    def __str__(self) -> str:
        return self.wording


class HostRequest(Stated):
    """The host nation's request on which activity lines rest."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="host_requests")
    host = models.ForeignKey("mission.Organisation", models.PROTECT, related_name="+")
    lines = ArrayField(models.CharField(max_length=40), null=True, blank=True)
    wording = models.TextField(_("wording"))
    form = models.CharField(_("form"), max_length=120, blank=True)
    made = MomentField(_("made"), default=Moment.unknown)

    def __str__(self) -> str:
        return self.wording


class HostRequestWithdrawal(Stated):
    """The host nation takes its request back: what rested on it has lost its basis."""

    request = models.ForeignKey(HostRequest, models.PROTECT, related_name="withdrawals")
    wording = models.TextField(_("wording"))
    effective = MomentField(_("effective"), default=Moment.unknown)
    effective_earliest = models.DateTimeField(null=True, editable=False)
    effective_latest = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.wording


class Authorisation(Stated):
    """Opens lines of a mission on a host nation's request and a mandate. `lines` null: all."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="authorisations")
    lines = ArrayField(models.CharField(max_length=40), null=True, blank=True)
    host_request = models.ForeignKey(HostRequest, models.PROTECT, related_name="authorisations")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    begins = MomentField(_("begins"), default=Moment.unknown)
    begins_earliest = models.DateTimeField(null=True, editable=False)
    begins_latest = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(lines=[]), name="an_authorisation_opens_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id}: {self.lines}"

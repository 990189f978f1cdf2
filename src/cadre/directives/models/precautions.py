"""Precautions: what a mission usually does when something happens, and what it does about it now.

Templates are described and may change; what was opened from one is stated and does not.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.core.precautions import Outcome
from cadre.directives.models.levels import Level
from cadre.directives.models.orders import ReasonCode
from cadre.mission.models import Mission
from cadre.mission.models.scopes import codes, never_empty
from cadre.record.models import Described, Stated


class Trigger(models.TextChoices):
    """What a list of precautions is suggested by. Nothing is ever opened by itself."""

    LEVEL = "level", _("a protection level of at least this one")
    THREAT = "threat", _("a threat level of at least this one")
    DIRECTIVE = "directive", _("a directive with this kind of reason")
    STOP = "stop", _("a stop pressed on the spot")
    BY_HAND = "by_hand", _("nothing: somebody opens it")


class Each(models.TextChoices):
    SITE = "site", _("each site")
    CONTINGENT = "contingent", _("each contingent at each site")


class Template(Described):
    """A usual list of precautions, and what it is suggested by."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    trigger = models.CharField(_("suggested by"), max_length=12, choices=Trigger)
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    reason_code = models.CharField(
        _("kind of reason"), max_length=40, choices=ReasonCode, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "mission", "code", name="a_template_has_one_code_in_its_mission"
            ),
            models.CheckConstraint(
                condition=models.Q(trigger__in=[Trigger.LEVEL, Trigger.THREAT], level__isnull=False)
                | models.Q(level__isnull=True)
                & ~models.Q(trigger__in=[Trigger.LEVEL, Trigger.THREAT]),
                name="a_template_names_the_level_that_suggests_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TemplateItem(Described):
    """One thing to do: who does it within how many minutes, and whose business it is after that."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "position"))
    text = models.TextField(_("what is to be done"))
    owner = models.CharField(_("owner"), max_length=120)
    due_minutes = models.PositiveIntegerField(_("due after minutes"))
    escalates_to = models.CharField(_("if overdue, passes to"), max_length=120)
    escalates_minutes = models.PositiveIntegerField(_("so many minutes after it was due"))
    wanted = models.CharField(_("evidence wanted"), max_length=300, blank=True)
    each = models.CharField(_("for"), max_length=12, choices=Each, default=Each.SITE)
    dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "template", "position", name="an_item_has_its_place_in_its_template"
            ),
            models.CheckConstraint(
                condition=~models.Q(owner="") & ~models.Q(escalates_to=""),
                name="a_precaution_has_an_owner_and_somebody_after_him",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Checklist(Stated):
    """Precautions that somebody opened: from which template, because of what, for which sites."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=60, unique=True)
    template = models.ForeignKey(Template, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    because = models.CharField(_("because of"), max_length=200, blank=True)
    sites = codes()
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.CharField(_("opened by"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=never_empty("sites"), name="precautions_are_taken_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Precaution(Stated):
    """One thing to do at one site, by one contingent if it says so, as its list was opened."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "position"))
    text = models.TextField(_("what is to be done"))
    site = models.CharField(_("site"), max_length=40)
    nation = models.CharField(_("contingent"), max_length=40, blank=True)
    owner = models.CharField(_("owner"), max_length=120)
    due_at = models.DateTimeField(_("due at"))
    escalates_to = models.CharField(_("if overdue, passes to"), max_length=120)
    escalates_at = models.DateTimeField(_("from then on"))
    wanted = models.CharField(_("evidence wanted"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "checklist", "position", "site", "nation", name="a_precaution_is_asked_for_once"
            ),
            models.CheckConstraint(
                condition=models.Q(escalates_at__gte=models.F("due_at")),
                name="a_precaution_is_overdue_before_it_escalates",
            ),
        ]

    def __str__(self) -> str:
        return self.text


OUTCOMES = (
    (Outcome.DONE.value, _("done")),
    (Outcome.NOT_NEEDED.value, _("not needed")),
    (Outcome.CANNOT.value, _("cannot be done")),
)


class PrecautionReport(Stated):
    """What somebody says of a precaution: when it happened, beside when it was entered."""

    precaution = models.ForeignKey(Precaution, models.PROTECT, related_name="reports")
    outcome = models.CharField(_("outcome"), max_length=12, choices=OUTCOMES)
    occurred_at = models.DateTimeField(_("when it happened"))
    done_by = models.CharField(_("by"), max_length=200)
    evidence = models.TextField(_("evidence"), blank=True)
    note = models.TextField(_("why"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.DONE.value) | ~models.Q(note=""),
                name="what_is_not_done_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.precaution_id} {self.outcome}"


class ChecklistEnd(Stated):
    """A list of precautions was closed; what was open then stays open in the record."""

    checklist = models.OneToOneField(Checklist, models.PROTECT, related_name="end")
    at = models.DateTimeField(_("at"))
    ended_by = models.CharField(_("by"), max_length=200)
    reason = models.TextField(_("reason"))

    def __str__(self) -> str:
        return f"{self.checklist_id}"

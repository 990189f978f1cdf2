"""Who may come in, as what, and the marking that every row about the world carries."""

import uuid
from collections.abc import Iterable
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre.access.conditions import MaySee
from cadre.access.sensitive import Sensitive, SensitiveQuerySet
from cadre.core.releasability import Classification, Marking, Viewer


class ClassificationChoices(models.IntegerChoices):
    UNCLASSIFIED = (
        Classification.UNCLASSIFIED.value,
        pgettext_lazy("classification", "Unclassified"),
    )
    RESTRICTED = Classification.RESTRICTED.value, pgettext_lazy("classification", "Restricted")
    CONFIDENTIAL = (
        Classification.CONFIDENTIAL.value,
        pgettext_lazy("classification", "Confidential"),
    )
    SECRET = Classification.SECRET.value, pgettext_lazy("classification", "Secret")


class MarkedQuerySet[M: models.Model](SensitiveQuerySet[M]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The rows that `core.releasability.may_see` allows; the database's policies agree."""
        return self if viewer.sees_all else self.filter(MaySee(viewer))


class Marked(Sensitive):
    """A row that says who may see it. Rule: `core.releasability.may_see`."""

    classification = models.PositiveSmallIntegerField(
        _("classification"),
        choices=ClassificationChoices,
        default=ClassificationChoices.UNCLASSIFIED,
    )
    releasable_to = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("releasable to"),
        null=True,
        blank=True,
        help_text=_("Codes of nations and organisations. Nothing means no limit."),
    )
    communities = ArrayField(
        models.CharField(max_length=40), verbose_name=_("communities"), default=list, blank=True
    )
    originator = models.CharField(_("originator"), max_length=40, blank=True)

    objects = MarkedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def marking(self) -> Marking:
        return Marking(
            classification=Classification(self.classification),
            releasable_to=None if self.releasable_to is None else frozenset(self.releasable_to),
            communities=frozenset(self.communities),
            originator=self.originator,
        )


def marking_values(marking: Marking) -> dict[str, object]:
    """A marking as column values for a new row."""
    return {
        "classification": marking.classification.value,
        "releasable_to": None if marking.releasable_to is None else sorted(marking.releasable_to),
        "communities": sorted(marking.communities),
        "originator": marking.originator,
    }


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who can sign in."""

    ledger = "described"
    ledger_leaves_out = ("password", "last_login")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("may sign in"), default=True)
    # The ledger leaves out secrets; with this it keeps that they were changed, and by whom.
    sign_in_changed_at = models.DateTimeField(_("signing in was changed at"), null=True, blank=True)
    clearance = models.PositiveSmallIntegerField(
        _("clearance"),
        choices=ClassificationChoices,
        default=ClassificationChoices.UNCLASSIFIED,
    )
    affiliations = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("nation and organisations"),
        default=list,
        blank=True,
    )
    communities = ArrayField(
        models.CharField(max_length=40), verbose_name=_("communities"), default=list, blank=True
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def as_viewer(self, roles: Iterable["Role"]) -> Viewer:
        return Viewer(
            name=self.name,
            clearance=Classification(self.clearance),
            affiliations=frozenset(self.affiliations),
            communities=frozenset(self.communities),
            roles=frozenset((role.role, role.mission) for role in roles),
            account=self.email,
        )


class RoleChoices(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    COMMANDER = "commander", _("Commander")
    DUTY_OFFICER = "duty_officer", _("Duty officer")
    FORCE_PROTECTION = "force_protection_officer", _("Force protection officer")
    PLANNER = "training_planner", _("Training planner")
    REPRESENTATIVE = "senior_national_representative", _("Senior national representative")
    WARDEN = "warden", _("Warden")
    ADVISER = "adviser", _("Adviser")
    PRESS = "press_officer", _("Press officer")
    COUNCIL = "council_member", _("Council member")
    RECORDS = "record_keeper", _("Record keeper")
    READER = "reader", _("Reader")


class Role(models.Model):
    """What an account may do, in which mission ("" is every mission), through which post."""

    ledger = "described"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=40, choices=RoleChoices)
    mission = models.CharField(_("mission"), max_length=40, blank=True)
    post = models.CharField(_("post"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "account",
                "role",
                "mission",
                "post",
                condition=models.Q(ended_at__isnull=True),
                name="a_role_is_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.role} · {self.mission}"


class Token(models.Model):
    """A key to the API. Only its digest is kept; it always expires, and reads or changes too."""

    ledger = "described"
    ledger_leaves_out = ("digest", "last_used_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    label = models.CharField(_("label"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    may_change = models.BooleanField(_("may change the record"), default=False)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class Look(models.Model):
    """Somebody was shown sensitive rows (K5). Written in the transaction that showed them.

    One row per request, table and nation whose people or papers they are ("" is nobody's own).
    """

    ledger = "none: a look changes nothing in the world, and the table is append-only itself"

    # Made here: what the database makes is read back, and the writer may not read looks.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=254)
    door = models.CharField(max_length=200)
    table = models.CharField(max_length=63)
    nation = models.CharField(max_length=40, blank=True)
    rows = ArrayField(models.UUIDField())

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.account} {self.door}"

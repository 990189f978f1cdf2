"""What comes before and after a directive: drafts, passes to stop, confirmations, receipts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre.core import lifecycles
from cadre.directives.models.orders import Directive
from cadre.mission.models import Mission
from cadre.mission.models.scopes import codes
from cadre.record.models import Described, Stated


class Draft(Described):
    """A directive that somebody composes; it stops nothing. `content`: the form as it was typed."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True)
    content = models.JSONField(_("content"), default=dict)
    written_by = models.CharField(_("written by"), max_length=254)
    written_at = models.DateTimeField(_("written at"))
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    signed_as = models.OneToOneField(
        Directive, models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.title or str(self.id)

    @property
    def state(self) -> lifecycles.Draft:
        if self.signed_as_id is not None:
            return lifecycles.Draft.SIGNED
        return lifecycles.Draft.OPEN if self.dropped_at is None else lifecycles.Draft.DROPPED


class StopPass(Described):
    """A signed link with which whoever is in charge of a site or session stops it, without an
    account. Only the digest of its secret is kept.
    """

    ledger_leaves_out = ("digest",)

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    holder = models.CharField(_("holder"), max_length=200)
    site = models.CharField(_("site"), max_length=40)
    lines = codes()  # null: all
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(_("made by"), max_length=254)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.holder} · {self.site}"


class ConfirmationOutcome(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    AMENDED = "amended", _("amended")


class Confirmation(Stated):
    """A competent authority takes a provisional stop over; `amended`: with another directive
    beside it or a lift of a part. Until then, and without it, the stop stands as it is.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="confirmations")
    outcome = models.CharField(_("outcome"), max_length=20, choices=ConfirmationOutcome)
    authority = models.CharField(_("authority"), max_length=200)
    post = models.CharField(_("post"), max_length=60, blank=True)
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"), blank=True)

    def __str__(self) -> str:
        return f"{self.directive_id} {self.outcome}"


class AddresseeKind(models.TextChoices):
    NATION = "nation", _("contingent")
    SITE = "site", _("site")


class Received(Stated):
    """An addressee of an order says that it was received, when and by whom."""

    addressee = models.CharField(_("addressee"), max_length=10, choices=AddresseeKind)
    code = models.CharField(_("code"), max_length=40)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.CharField(_("received by"), max_length=200)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True


class Receipt(Received):
    """A directive was received."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="receipts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "directive", "addressee", "code",
                condition=models.Q(corrects__isnull=True),
                name="a_directive_is_received_once",
            ),
        ]  # fmt: skip  # the three columns are one thing

    def __str__(self) -> str:
        return f"{self.directive_id} {self.addressee} {self.code}"


class Notice(Stated):
    """Somebody of a mission has seen that a sister mission's order changed. It changes nothing."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    about = models.CharField(_("about"), max_length=60)  # number of the directive or lift
    seen_at = models.DateTimeField(_("seen at"))
    seen_by = models.CharField(_("seen by"), max_length=200)
    note = models.TextField(_("note"), blank=True)

    def __str__(self) -> str:
        return f"{self.mission_id} {self.about}"

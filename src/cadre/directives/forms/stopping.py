"""Stopping on the spot, the passes for it, and taking a provisional stop over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre.core.releasability import Viewer
from cadre.directives.actions import Stop
from cadre.directives.forms.fields import ALL
from cadre.directives.queries.rows import ConfirmationOutcome, Mission, ReasonCode
from cadre.mission.forms.fields import ViewerForm
from cadre.mission.forms.inputs import InstantField, several, words
from cadre.mission.queries import offers

WHY = [
    (each.value, each.label)
    for each in (
        ReasonCode.INCIDENT,
        ReasonCode.THREAT_WARNING,
        ReasonCode.INSIDER,
        ReasonCode.HEALTH,
    )
]


class PlaceForm(ViewerForm):
    """A site of a mission, and lines of it."""

    site = forms.ChoiceField(label=_("Site"))
    lines = several(_("Activity lines"), help_text=ALL)

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.mission = mission
        offered = offers.offered(viewer, mission)
        for name, choices in (("site", offered.sites), ("lines", offered.lines)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def chosen(self) -> frozenset[str] | None:
        return frozenset(self.cleaned_data["lines"]) or None


class PassForm(PlaceForm):
    holder = forms.CharField(label=_("Holder"), max_length=200)
    expires_at = InstantField(
        label=_("Works until"), max_length=40, help_text=_("As 2020-02-06T18:00Z.")
    )
    field_order = ("holder", "site", "lines", "expires_at")

    def new(self) -> Stop:
        """What its holder stops with it."""
        return Stop(mission=self.mission, site=self.cleaned_data["site"], lines=self.chosen())


class StopForm(PlaceForm):
    what = words(_("What happened, if there is time to say"))
    reason_code = forms.ChoiceField(label=_("Kind of reason"), choices=WHY, required=False)
    field_order = ("site", "lines", "what", "reason_code")

    def new(self) -> Stop:
        cleaned = self.cleaned_data
        return Stop(
            mission=self.mission,
            site=cleaned["site"],
            lines=self.chosen(),
            what=cleaned["what"],
            reason_code=cleaned["reason_code"] or ReasonCode.INCIDENT.value,
        )


class ConfirmationForm(ViewerForm):
    outcome = forms.ChoiceField(label=_("Decision"), choices=ConfirmationOutcome)
    note = words(_("Note"))

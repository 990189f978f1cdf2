"""Holding a name until next of kin were told, and that they were."""

from django import forms
from django.utils.translation import gettext_lazy

from cadre.mission.forms.fields import ViewerForm
from cadre.mission.forms.inputs import InstantField, words


class HoldForm(ViewerForm):
    why = words(gettext_lazy("Why the name is held"), 2, required=True)


class InformedForm(ViewerForm):
    """When next of kin were told; the name stays held for some hours more."""

    informed_at = InstantField(label=gettext_lazy("Next of kin were told at"), max_length=40)
    hours = forms.IntegerField(
        label=gettext_lazy("Hours that the name is held after that"),
        min_value=0,
        max_value=1_000,
        required=False,
        help_text=gettext_lazy("Empty: as the mission has set it."),
    )

"""What may be asked of posture."""

from django import forms
from django.utils.translation import gettext_lazy as _


def suggested(names: str) -> forms.TextInput:
    """A field whose page suggests what is on record, in a list of that name."""
    return forms.TextInput({"list": names, "autocomplete": "off"})


class PostureForm(forms.Form):
    """A cell, by codes or names; what is left empty means all of it."""

    mission = forms.CharField(label=_("Mission"), max_length=200)
    line = forms.CharField(label=_("Activity line"), max_length=200)
    site = forms.CharField(
        label=_("Site"), max_length=200, required=False, help_text=_("Empty: the whole mission.")
    )
    nation = forms.CharField(
        label=_("Nation"), max_length=200, required=False, help_text=_("Empty: all nations.")
    )

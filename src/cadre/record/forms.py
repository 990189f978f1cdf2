"""What may be asked of the record."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"),
        max_length=120,
        help_text=_("A mission, a person, an event: NMI, OIR, Stoltenberg …"),
        widget=forms.TextInput({"list": "subjects", "autocomplete": "off"}),
    )
    attribute = forms.CharField(
        label=_("Attribute"),
        max_length=120,
        help_text=_("What you want to know of it: commander, size, status …"),
        widget=forms.TextInput({"list": "attributes", "autocomplete": "off"}),
    )


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=200, strip=True)

"""A browser that is to take push messages, as its own `PushSubscription` says."""

from typing import Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from cadre.alerts.actions import Browser
from cadre.mission.forms.fields import ViewerForm

KEY: Final = RegexValidator(r"^[A-Za-z0-9_=-]+$")  # base64url
ADDRESS: Final = RegexValidator(r"^https?://[!-~]+$")


def secret(longest: int, form: RegexValidator) -> forms.CharField:
    """What script fills in and nobody reads."""
    return forms.CharField(max_length=longest, validators=[form], widget=forms.HiddenInput)


class BrowserForm(ViewerForm):
    """What script knows of the browser, and what its owner calls it."""

    label = forms.CharField(
        label=gettext_lazy("What you call this device"), max_length=120, required=False
    )
    endpoint = secret(1000, ADDRESS)
    p256dh = secret(200, KEY)
    auth = secret(100, KEY)

    def browser(self) -> Browser:
        return Browser(**{name: self.cleaned_data[name] for name in self.fields})

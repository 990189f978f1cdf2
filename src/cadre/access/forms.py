"""What somebody typed about accounts, roles and keys, as clean values."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre.access.models import ClassificationChoices, RoleChoices
from cadre.core.releasability import Classification


class Codes(forms.CharField):
    """Codes in one line, between commas or spaces."""

    def clean(self, value: str) -> list[str]:
        text = super().clean(value) or ""
        return list(dict.fromkeys(text.replace("،", " ").replace(",", " ").split()))

    def prepare_value(self, value: object) -> object:
        return ", ".join(value) if isinstance(value, list) else value


class CapitalCodes(Codes):
    """Codes of nations and organisations, in whatever letters they are typed."""

    def clean(self, value: str) -> list[str]:
        return super().clean((value or "").upper())


class AccountDescription(forms.Form):
    """Who somebody is and what he is cleared for."""

    name = forms.CharField(label=_("Name"), max_length=120)
    clearance = forms.TypedChoiceField(
        label=_("Clearance"),
        choices=ClassificationChoices.choices,
        coerce=lambda value: Classification(int(value)),
    )
    affiliations = CapitalCodes(
        label=_("Nation and organisations"),
        required=False,
        help_text=_("Codes, for example: DE, NATO"),
    )
    communities = Codes(label=_("Communities"), required=False)


class NewAccount(AccountDescription):
    """A new account; its person sets the password through a link."""

    email = forms.EmailField(label=_("Email"), max_length=254)
    field_order = ("email", "name")


class NewRole(forms.Form):
    """A role to be given."""

    # Nothing is chosen beforehand: the first role is the one that may do most.
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("choose …")), *RoleChoices.choices])
    mission = forms.CharField(
        label=_("Mission"),
        required=False,
        max_length=40,
        help_text=_("The mission's code. Nothing means every mission."),
    )
    post = forms.CharField(
        label=_("Post"),
        required=False,
        max_length=60,
        help_text=_("The code of the post that brings the role, if one does."),
    )


class NewKey(forms.Form):
    """A key to the API to be made."""

    label = forms.CharField(label=_("What it is for"), max_length=80)
    days = forms.IntegerField(label=_("Days that it lasts"), min_value=1, max_value=366, initial=90)
    may_change = forms.BooleanField(label=_("It may change the record"), required=False)

    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])

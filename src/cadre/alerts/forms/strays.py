"""Whose an answer is that came from nobody known."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from cadre.alerts.queries import offers
from cadre.alerts.queries.rows import Person
from cadre.mission.forms.fields import ViewerForm
from cadre.mission.forms.inputs import words


class StrayForm(ViewerForm):
    """The person, or nobody, and how somebody knows."""

    who = forms.CharField(
        label=gettext_lazy("Person, by code"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Empty: nobody is meant, or nothing is to be done."),
    )
    note = words(gettext_lazy("How you know, or why nothing is to be done"), 2, required=True)

    def clean_who(self) -> str:
        code = str(self.cleaned_data["who"])
        if code and code not in offers.people_called(self.viewer, (code,)):
            raise ValidationError(offers.no_such(code))
        return code

    def person(self) -> Person | None:
        code = self.cleaned_data["who"]
        return offers.people_called(self.viewer, (code,)).get(code) if code else None

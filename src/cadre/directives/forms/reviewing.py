"""What came of a review, and how often a mission reviews."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.directives.actions import NewReview
from cadre.directives.queries.reviews import Agenda
from cadre.directives.queries.rows import Outcome, Rhythm
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import StatedForm, ViewerForm
from cadre.mission.forms.inputs import InstantField, words
from cadre.mission.queries.versions import fingerprint


class ReviewForm(StatedForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=Outcome,
        help_text=gettext_lazy(
            "It orders nothing by itself: to narrow or lift, propose a lift; to widen, compose"
            " another directive."
        ),
    )
    reason = words(gettext_lazy("Reason"), 3, required=True)
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    present = words(gettext_lazy("Present, one on each line"))
    dissents = words(gettext_lazy("Dissent, one nation on each line: DE: what it says"))
    next_at = InstantField(label=gettext_lazy("Next review due at"), max_length=40)
    next_owner = forms.CharField(label=gettext_lazy("Owner of the next review"), max_length=120)
    last = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_present(self) -> tuple[str, ...]:
        lines = self.cleaned_data["present"].splitlines()
        return tuple(line.strip()[:120] for line in lines if line.strip())

    def clean_dissents(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["dissents"].splitlines(), 1):
            nation, colon, text = (part.strip() for part in line.partition(":"))
            if line.strip() and not (nation and colon and text):
                raise ValidationError(
                    _("Line %(number)s: write the code of the nation, a colon and what it says.")
                    % {"number": number}
                )
            if nation:
                found[nation] = text
        return found

    def new(self, agenda: Agenda) -> NewReview:
        cleaned = self.cleaned_data
        plain = ("reason", "authority", "present", "dissents", "next_at", "next_owner", "last")
        return NewReview(
            outcome=Outcome(cleaned["outcome"]),
            seen=agenda.as_kept(),
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )


def hours(label: object, help_text: object = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]  # translated when it is shown
        min_value=1,
        max_value=8_760,
        help_text=help_text,  # type: ignore[arg-type]
    )


class RhythmForm(VersionedForm, ViewerForm):
    first_hours = hours(gettext_lazy("First review after hours"))
    then_hours = hours(gettext_lazy("Then every so many hours"))
    then_days = forms.IntegerField(
        label=gettext_lazy("For so many days"), min_value=0, max_value=365
    )
    later_hours = hours(gettext_lazy("Later every so many hours"))

    @staticmethod
    def shows(row: Rhythm) -> dict[str, object]:
        """What the form shows for a mission's rhythm."""
        names = ("first_hours", "then_hours", "then_days", "later_hours")
        return {name: getattr(row, name) for name in names} | {"seen": fingerprint(row)}

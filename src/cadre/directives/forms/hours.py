"""Hours of the week: the days, from which hour and until which, over midnight too."""

from collections.abc import Sequence

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.posture import DAYS_OF_THE_WEEK

DAY = 24
HOURS = [("", "—"), *((str(hour), f"{hour:02}:00") for hour in range(DAY))]
DAYS = [(code, WEEKDAYS[number]) for number, code in enumerate(DAYS_OF_THE_WEEK)]


class HourFields(forms.Form):
    """Three fields that clean to the hours of the week that they name."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days of the week"),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every day."),
    )
    from_hour = forms.ChoiceField(label=gettext_lazy("From (UTC)"), choices=HOURS, required=False)
    until_hour = forms.ChoiceField(
        label=gettext_lazy("Until (UTC)"),
        choices=HOURS,
        required=False,
        help_text=gettext_lazy("Over midnight too: 18:00 to 06:00. Empty: at all hours."),
    )

    def clean_until_hour(self) -> str:
        until = str(self.cleaned_data["until_hour"])
        if bool(until) != bool(self.cleaned_data.get("from_hour")):
            raise forms.ValidationError(_("Name both hours, or neither."))
        return until

    def hours(self) -> frozenset[str] | None:
        """The hours as a scope names them; None for all of the week."""
        days: Sequence[str] = self.cleaned_data["days"]
        begin, until = self.cleaned_data["from_hour"], self.cleaned_data["until_hour"]
        if not days and not begin:
            return None
        first = int(begin or 0)
        length = (int(until) - first) % DAY or DAY if until else DAY
        return frozenset(
            hour_of(DAYS_OF_THE_WEEK.index(day) * DAY + first + number)
            for day in days or DAYS_OF_THE_WEEK
            for number in range(length)
        )


def hour_of(number: int) -> str:
    """The hour of the week, counted from Monday 00:00 and over its end."""
    day, hour = divmod(number % (DAY * len(DAYS_OF_THE_WEEK)), DAY)
    return f"{DAYS_OF_THE_WEEK[day]}-{hour:02}"

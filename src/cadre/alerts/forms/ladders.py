"""The ladder of a mission, a line for each step."""

from collections.abc import Iterator
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.alerts.queries.rows import Acknowledging
from cadre.core import alerts as core
from cadre.mission.forms.fields import ViewerForm
from cadre.mission.forms.inputs import words

PARTS = 3


class LadderForm(ViewerForm):
    """Who has to answer, within what time, and whom to tell next until then."""

    acknowledging = forms.ChoiceField(
        label=gettext_lazy("Who has to acknowledge"), choices=Acknowledging
    )
    wanted = forms.IntegerField(
        label=gettext_lazy("How many are enough"), required=False, min_value=1, max_value=100_000
    )
    window_minutes = forms.IntegerField(
        label=gettext_lazy("Within minutes"), min_value=1, max_value=100_000
    )
    steps = words(
        gettext_lazy("Steps, one in each line"),
        6,
        required=True,
    )
    steps.help_text = gettext_lazy(
        "After how many minutes, to whom, by which channels: 0 self sms page email. To whom: self,"
        " deputy, warden, or the code of a role such as duty_officer. Channels: sms, voice, email,"
        " chat, push, page."
    )

    @staticmethod
    def shows(ladder: core.Ladder) -> dict[str, object]:
        """What the form shows for a ladder."""
        lines = [
            " ".join((str(core.minutes(each.after)), each.to, *each.channels))
            for each in ladder.rungs
        ]
        return {
            "acknowledging": ladder.acknowledging.value,
            "wanted": ladder.wanted or "",
            "window_minutes": core.minutes(ladder.window),
            "steps": "\n".join(lines),
        }

    def clean_steps(self) -> tuple[core.Rung, ...]:
        return tuple(rungs(self.cleaned_data["steps"]))

    def ladder(self) -> core.Ladder:
        cleaned = self.cleaned_data
        some = cleaned["acknowledging"] == Acknowledging.SOME
        return core.Ladder(
            core.Acknowledging(cleaned["acknowledging"]),
            timedelta(minutes=cleaned["window_minutes"]),
            cleaned["steps"],
            cleaned["wanted"] if some else None,
        )


def rungs(text: str) -> Iterator[core.Rung]:
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = line.replace(",", " ").split()
        if len(parts) < PARTS or not parts[0].isascii() or not parts[0].isdigit():
            raise ValidationError(
                _("“%(line)s” is no step: write minutes, to whom, and channels.") % {"line": line}
            )
        if len(parts[0]) > len("100000"):
            raise ValidationError(_("“%(line)s” comes too late.") % {"line": line})
        yield core.Rung(timedelta(minutes=int(parts[0])), parts[1], tuple(parts[2:]))

"""What a phone reports through a link: by a plain form, or later from its queue."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from cadre.accountability.actions import Said
from cadre.accountability.link_words import HOWS, PRESSES
from cadre.accountability.queries.rows import Channel, VoiceChoices

LONGEST_AGO: Final = 366 * 24 * 3600.0  # seconds; a phone that says more has a broken clock
PRESSED: Final = [(each.state, each.word) for each in PRESSES]
OTHER, HOLDER = "other", "holder"


class WordsField(forms.CharField):
    """Words as typed on a phone: cut to what is kept, so that no report is lost for a letter."""

    def __init__(self, most: int) -> None:
        super().__init__(required=False)
        self.most = most

    def to_python(self, value: object) -> str:
        text = str(value or "").replace("\0", " ").encode("utf-8", "replace").decode()
        return text.strip()[: self.most]


class ReportForm(forms.Form):
    """What every report says. `age`: how many seconds ago it was pressed, by the phone's clock;
    how long ago is told and not when, since the clock itself may be wrong.
    """

    key = forms.UUIDField()
    state = forms.ChoiceField(choices=PRESSED, required=False)
    age = forms.FloatField(required=False)

    def clean_age(self) -> float:
        return min(max(self.cleaned_data["age"] or 0.0, 0.0), LONGEST_AGO)

    def demand(self, name: str, why: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, why)

    @property
    def sent_as(self) -> str:
        """The key as it was sent, by which the phone knows the report."""
        return str(self.data.get("key", ""))

    def why_not(self) -> str:
        """The first thing that is wrong, as one sentence."""
        return next(str(each[0]) for each in self.errors.values())

    def occurred(self, at: datetime) -> datetime:
        return at - timedelta(seconds=self.cleaned_data["age"])


class OwnForm(ReportForm):
    """From the page of a check-in link: of oneself, or of somebody else."""

    voice = forms.ChoiceField(choices=[("", ""), (OTHER, OTHER)], required=False)
    whom = forms.ChoiceField(choices=[("", ""), (OTHER, OTHER), (HOLDER, HOLDER)], required=False)
    about = WordsField(200)
    said_by = WordsField(200)
    how = WordsField(300)
    place = WordsField(200)
    words = WordsField(500)

    def clean(self) -> dict[str, object]:
        if not self.cleaned_data.get("voice"):
            self.demand("state", _("Press one of the buttons."))
            return self.cleaned_data
        if self.cleaned_data.get("whom") != HOLDER:
            self.demand("about", _("Say of whom you speak."))
        self.demand("said_by", _("Say who you are."))
        self.demand("how", _("Say how you know."))
        return self.cleaned_data

    @property
    def somebody_else(self) -> str:
        """The name of somebody else, as typed; "" where the report is of the link's person."""
        others = self.cleaned_data["voice"] and self.cleaned_data["whom"] != HOLDER
        return str(self.cleaned_data["about"]) if others else ""

    def said(self, at: datetime) -> Said:
        cleaned = self.cleaned_data
        others = bool(cleaned["voice"])
        return Said(
            state=cleaned["state"],
            occurred_at=self.occurred(at),
            key=cleaned["key"],
            channel=Channel.LINK.value,
            voice=VoiceChoices.OTHER.value if others else VoiceChoices.SELF.value,
            said_by=cleaned["said_by"] if others else "",
            how=cleaned["how"] if others else "",
            place=cleaned["place"],
            words=cleaned["words"],
        )


class RowForm(ReportForm):
    """From a warden's list: of one person on it."""

    entry = forms.UUIDField()
    how = forms.ChoiceField(choices=HOWS)
    told = WordsField(200)

    def clean(self) -> dict[str, object]:
        self.demand("state", _("Press one of the buttons."))
        if self.cleaned_data.get("how") == "told":
            self.demand("told", _("Say who told you."))
        return self.cleaned_data

    def said(self, at: datetime) -> tuple[UUID, Said]:
        """The entry, and what is said of its person; how the warden knows, in words."""
        cleaned = self.cleaned_data
        how = str(dict(HOWS)[cleaned["how"]])
        if cleaned["how"] == "told":
            how = _("told by %(who)s") % {"who": cleaned["told"]}
        said = Said(
            state=cleaned["state"],
            occurred_at=self.occurred(at),
            key=cleaned["key"],
            channel=Channel.WARDEN.value,
            voice=VoiceChoices.IN_CHARGE.value,
            how=how,
        )
        return cleaned["entry"], said

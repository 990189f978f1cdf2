"""A message that somebody writes, and what follows it."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.alerts.actions import NewMessage, Text
from cadre.alerts.queries import offers
from cadre.alerts.queries.ladders import ladder_for
from cadre.alerts.queries.previews import Draft
from cadre.alerts.queries.reach import Audience
from cadre.alerts.queries.rows import Acknowledging, Cause, Lane, Mission, RoleChoices
from cadre.core import alerts as core
from cadre.core.releasability import Viewer
from cadre.mission.forms.fields import CodesField, MarkedForm, ViewerForm
from cadre.mission.forms.inputs import several, words

WRITTEN: Final = ("en", "fr", "ar")
EVERYBODY, NAMED, ROLES = "everybody", "named", "roles"


def subject(label: object) -> forms.CharField:
    return forms.CharField(label=label, max_length=160, required=False)  # type: ignore[arg-type]  # translated when it is shown


class TextsForm(ViewerForm):
    """A subject and a text in one language or more."""

    subject_en = subject(gettext_lazy("Subject in English"))
    text_en = words(gettext_lazy("Text in English"), 3)
    subject_fr = subject(gettext_lazy("Subject in French"))
    text_fr = words(gettext_lazy("Text in French"), 3)
    subject_ar = subject(gettext_lazy("Subject in Arabic"))
    text_ar = words(gettext_lazy("Text in Arabic"), 3)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def texts(self) -> dict[str, Text]:
        """By language; a language in which nothing was written is left out."""
        cleaned = self.cleaned_data
        return {
            language: Text(
                subject=cleaned[f"subject_{language}"].strip(),
                text=cleaned[f"text_{language}"].strip(),
            )
            for language in WRITTEN
            if cleaned[f"subject_{language}"].strip() or cleaned[f"text_{language}"].strip()
        }

    def written_key(self) -> UUID:
        """Of the form as it was opened: pressed twice, it sends once."""
        found: UUID | None = self.cleaned_data["key"]
        return found or uuid4()

    def require_written(self) -> None:
        texts = self.texts()
        if not texts or any(not each.subject or not each.text for each in texts.values()):
            raise ValidationError(_("A message has a subject and a text in each of its languages."))


class FollowForm(TextsForm):
    """An update, a cancellation or an all-clear."""

    def clean(self) -> None:
        super().clean()
        self.require_written()


class MessageForm(TextsForm, MarkedForm):
    """Whom it is for, what it says, what they are to do, and who has to answer by when."""

    lane = forms.TypedChoiceField(label=gettext_lazy("Lane"), choices=Lane, coerce=int)
    protective_action = words(gettext_lazy("What people are to do"), 2)
    to = forms.ChoiceField(
        label=gettext_lazy("For"),
        choices=[
            (EVERYBODY, gettext_lazy("everybody with a post at these sites and of these nations")),
            (NAMED, gettext_lazy("the people named below")),
            (ROLES, gettext_lazy("those with the roles below alone")),
        ],
    )
    sites = several(gettext_lazy("Sites"), help_text=gettext_lazy("None ticked: all."))
    nations = several(gettext_lazy("Nations"), help_text=gettext_lazy("None ticked: all."))
    people = CodesField(label=gettext_lazy("People, by code"), required=False, max_length=4_000)
    roles = several(gettext_lazy("Roles"), help_text=gettext_lazy("They are told on top."))
    asks = forms.ChoiceField(
        label=gettext_lazy("Who has to acknowledge"),
        required=False,
        choices=[
            ("", gettext_lazy("as the mission tells its people")),
            *Acknowledging.choices,
            ("nobody", gettext_lazy("nobody")),
        ],
    )
    wanted = forms.IntegerField(
        label=gettext_lazy("How many are enough"), required=False, min_value=1, max_value=100_000
    )
    window_minutes = forms.IntegerField(
        label=gettext_lazy("Within minutes"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Empty: as the mission tells its people."),
    )
    exercise = forms.BooleanField(label=gettext_lazy("This is an exercise"), required=False)
    field_order = (
        "lane", "protective_action", "to", "sites", "nations", "people", "roles",
        "subject_en", "text_en", "subject_fr", "text_fr", "subject_ar", "text_ar",
        "asks", "wanted", "window_minutes", "exercise",
    )  # fmt: skip  # names only

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        first: dict[str, object] = {"lane": Lane.ORDINARY.value, "key": uuid4()}
        super().__init__(viewer, data, initial=first | (initial or {}))
        self.order_fields(self.field_order)
        self.mission = mission
        found = offers.meant(viewer, mission)
        choices = {
            "sites": found.sites,
            "nations": found.nations,
            "roles": [(each.value, str(each.label)) for each in RoleChoices],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = offered

    def clean_people(self) -> tuple[str, ...]:
        codes: tuple[str, ...] = self.cleaned_data["people"]
        known = offers.people_called(self.viewer, codes)
        for code in codes:
            if code not in known:
                raise ValidationError(_("There is none with the code “%(code)s”.") % {"code": code})
        return codes

    def clean(self) -> None:
        super().clean()
        self.require_written()
        lane, action = self.cleaned_data.get("lane"), self.cleaned_data.get("protective_action", "")
        if lane == Lane.LIFE_SAFETY and not action.strip():
            self.add_error("protective_action", _("Say what people are to do."))
        asks, wanted = self.cleaned_data.get("asks"), self.cleaned_data.get("wanted")
        if asks == Acknowledging.SOME and not wanted:
            self.add_error("wanted", _("Say how many have to answer."))

    def audience(self) -> Audience:
        cleaned = self.cleaned_data
        everybody = cleaned["to"] == EVERYBODY
        return Audience(
            mission=self.mission,
            sites=frozenset(cleaned["sites"]) or None if everybody else None,
            nations=frozenset(cleaned["nations"]) or None if everybody else None,
            people=frozenset(cleaned["people"]) if cleaned["to"] == NAMED else None,
            roles=frozenset(cleaned["roles"]),
            only_roles=cleaned["to"] == ROLES,
        )

    def ladder(self) -> core.Ladder:
        """The mission's, with what was chosen otherwise here."""
        cleaned = self.cleaned_data
        found = ladder_for(self.mission, Cause.MESSAGE.value, cleaned["lane"])
        if cleaned["asks"] in Acknowledging.values:
            some = cleaned["asks"] == Acknowledging.SOME
            found = replace(
                found,
                acknowledging=core.Acknowledging(cleaned["asks"]),
                wanted=cleaned["wanted"] if some else None,
            )
        if cleaned["window_minutes"]:
            found = replace(found, window=timedelta(minutes=cleaned["window_minutes"]))
        return found

    def new(self) -> NewMessage:
        cleaned = self.cleaned_data
        return NewMessage(
            to=self.audience(),
            texts=self.texts(),
            lane=Lane(cleaned["lane"]),
            protective_action=cleaned["protective_action"],
            ladder=self.ladder(),
            exercise=cleaned["exercise"],
            asks=cleaned["asks"] != "nobody",
            marking=self.marking(),
            key=self.written_key(),
        )

    def draft(self) -> Draft:
        """The same, to be looked at before it is sent."""
        cleaned = self.cleaned_data
        return Draft(
            to=self.audience(),
            texts={
                language: {"subject": each.subject, "text": each.text}
                for language, each in self.texts().items()
            },
            lane=Lane(cleaned["lane"]),
            protective_action=cleaned["protective_action"],
            ladder=self.ladder(),
            exercise=cleaned["exercise"],
            asks=cleaned["asks"] != "nobody",
            marking=self.marking(),
        )

"""What somebody says of another, what was done about silence, and papers that are typed in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.accountability.actions import NewCheckIn, NewSighting, Said
from cadre.accountability.queries.rows import Channel, Muster, StateChoices, VoiceChoices
from cadre.core.accountability import State
from cadre.core.lifecycles import Event
from cadre.core.releasability import Viewer
from cadre.mission.forms.fields import PositionField, RowField, ViewerForm
from cadre.mission.forms.inputs import InstantField
from cadre.mission.queries import choices, people, sites
from cadre.mission.queries.rows import Person

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
LEAST = timedelta(microseconds=1)
STATES = [(each.value, each.label) for each in StateChoices if each is not StateChoices.UNCLEAR]
VOICES = (
    (VoiceChoices.OTHER.value, gettext_lazy("somebody who saw or heard it")),
    (VoiceChoices.IN_CHARGE.value, gettext_lazy("a warden or the staff, who decides")),
)
STEPS = (
    (Event.CALL.value, gettext_lazy("called")),
    (Event.ASK_WARDEN.value, gettext_lazy("warden asked")),
    (Event.SEARCH.value, gettext_lazy("search begun")),
)


class CheckInForm(ViewerForm):
    """How somebody is, who says so and how they know. The same form sent twice is one report."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(label=gettext_lazy("How the person is"), choices=[("", "—"), *STATES])
    said_by = forms.CharField(label=gettext_lazy("Said by"), max_length=200)
    how = forms.CharField(
        label=gettext_lazy("How they know"),
        max_length=300,
        help_text=gettext_lazy("Such as: seen, on the telephone, the guard of the gate."),
    )
    voice = forms.ChoiceField(label=gettext_lazy("Who says so"), choices=VOICES)
    occurred_at = InstantField(
        label=gettext_lazy("When it was so"),
        max_length=40,
        help_text=gettext_lazy("Not when it is entered: that is kept by itself."),
    )
    site = RowField(sites.find, gettext_lazy("Site"), choices=choices.sites, required=False)
    place = forms.CharField(label=gettext_lazy("Place in words"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    @staticmethod
    def first(by: Viewer, at: datetime) -> dict[str, object]:
        """What the form shows at first: now, by who fills it in."""
        return {"key": uuid4(), "said_by": by.name, "occurred_at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}

    def new(
        self, person: Person, muster: Muster | None, channel: Channel = Channel.PAGE, *,
        at: datetime,
    ) -> NewCheckIn:  # fmt: skip  # reads as one sentence
        cleaned = self.cleaned_data
        said = Said(
            key=cleaned["key"] or uuid4(),
            occurred_at=moment_meant(cleaned["occurred_at"], cleaned["state"], at),
            site=cleaned["site"].code if cleaned["site"] else "",
            channel=channel,
            **{name: cleaned[name] for name in SAID},
        )
        return NewCheckIn(person=person, said=said, muster=muster)


SAID = ("state", "said_by", "how", "voice", "place", "note")


def moment_meant(typed: datetime, state: str, at: datetime) -> datetime:
    """Which moment a typed one is, entered at another (aware): the last of its second, and of its
    minute where only that was typed; of a safe word the first of its minute. So nobody is taken to
    have been safe any later than was said, and no call for help is taken to be older.
    """
    whole_minute = not typed.second and not typed.microsecond
    if whole_minute and State(state).safe_like:
        return typed
    rest = MINUTE if whole_minute else SECOND
    return typed if typed.microsecond else max(typed, min(typed + rest - LEAST, at))


class FollowUpForm(ViewerForm):
    """What was done about somebody who has not answered."""

    step = forms.ChoiceField(label=gettext_lazy("What was done"), choices=STEPS)
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("That somebody was found is a report of its own."),
    )
    done_at = InstantField(label=gettext_lazy("When it was done"), max_length=40)


class SettleForm(ViewerForm):
    """Who is meant by a name as typed; or why nobody on the list is."""

    person = RowField(
        people.find,
        gettext_lazy("Who is meant, by code"),
        required=False,
        help_text=gettext_lazy("What was said becomes a report of that person, by who said it."),
    )
    note = forms.CharField(
        label=gettext_lazy("Why nobody on the list is meant"), max_length=500, required=False
    )


class SightingForm(ViewerForm):
    """Where somebody was seen, when, and who says so."""

    seen_at = InstantField(label=gettext_lazy("Seen at"), max_length=40)
    site = RowField(sites.find, gettext_lazy("Site"), choices=choices.sites, required=False)
    position = PositionField(
        label=gettext_lazy("Position"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("33.3152, 44.3661 or 33°18'N 44°22'E or 38S MB 41028 86304."),
    )
    place = forms.CharField(label=gettext_lazy("Place in words"), max_length=200, required=False)
    source = forms.CharField(label=gettext_lazy("Who says so"), max_length=200)
    how = forms.CharField(label=gettext_lazy("How they know"), max_length=300, required=False)

    def new(self, person: Person) -> NewSighting:
        names = ("seen_at", "site", "position", "place", "source", "how")
        return NewSighting(person=person, **{name: self.cleaned_data[name] for name in names})


class PaperForm(ViewerForm):
    """A printed list that comes back: a line for each person, who filled it in, how they knew.

    Lines left empty are not reported. All of it is put on record, or nothing.
    """

    said_by = forms.CharField(label=gettext_lazy("Filled in by"), max_length=200)
    how = forms.CharField(
        label=gettext_lazy("How they know"),
        max_length=300,
        help_text=gettext_lazy("For every line that says nothing of its own."),
    )
    voice = forms.ChoiceField(
        label=gettext_lazy("Who says so"), choices=VOICES, initial=VoiceChoices.IN_CHARGE.value
    )

    def __init__(
        self, viewer: Viewer, people: Sequence[Person], data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.people = people
        for number in range(len(people)):
            for name, field in line_of_paper():
                self.fields[f"{name}_{number}"] = field

    @staticmethod
    def keys(number_of_people: int) -> dict[str, object]:
        """A key for each line, so that a page sent twice is one report of each person."""
        return {f"key_{number}": uuid4() for number in range(number_of_people)}

    def lines(self) -> list[tuple[Person, list[forms.BoundField]]]:
        """Each person with the fields of their line."""
        return [
            (person, [self[f"{name}_{number}"] for name, _field in line_of_paper()])
            for number, person in enumerate(self.people)
        ]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(len(self.people)):
            when = f"occurred_at_{number}"
            if cleaned.get(f"state_{number}") and when in cleaned and not cleaned[when]:
                self.add_error(when, ValidationError(_("Say when.")))
        return cleaned

    def news(self, muster: Muster, *, at: datetime) -> list[NewCheckIn]:
        cleaned = self.cleaned_data
        return [
            NewCheckIn(person=person, said=self.said(number, cleaned, at), muster=muster)
            for number, person in enumerate(self.people)
            if cleaned[f"state_{number}"]
        ]

    def said(self, number: int, cleaned: Mapping[str, object], at: datetime) -> Said:
        key, typed = cleaned[f"key_{number}"], cleaned[f"occurred_at_{number}"]
        state = str(cleaned[f"state_{number}"])
        assert isinstance(typed, datetime)  # noqa: S101  clean() asks for it
        return Said(
            key=key if isinstance(key, UUID) else uuid4(),
            state=state,
            occurred_at=moment_meant(typed, state, at),
            channel=Channel.PAPER,
            voice=str(cleaned["voice"]),
            said_by=str(cleaned["said_by"]),
            how=str(cleaned[f"how_{number}"] or cleaned["how"]),
        )


def line_of_paper() -> list[tuple[str, forms.Field]]:
    return [
        ("key", forms.UUIDField(widget=forms.HiddenInput, required=False)),
        (
            "state",
            forms.ChoiceField(
                label=_("How the person is"), choices=[("", "—"), *STATES], required=False
            ),
        ),
        (
            "occurred_at",
            InstantField(label=_("When it was so"), max_length=40, required=False),
        ),
        ("how", forms.CharField(label=_("How they know"), max_length=300, required=False)),
    ]

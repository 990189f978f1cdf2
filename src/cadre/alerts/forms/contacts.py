"""How somebody is reached and wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy

from cadre.alerts.actions import NewContact, NewDeputy, Quiet, Wish
from cadre.alerts.queries import offers
from cadre.alerts.queries.rows import Cause, Channel, Mission, Person
from cadre.core.releasability import Viewer
from cadre.mission.forms.fields import RowField, ViewerForm
from cadre.mission.forms.inputs import several
from cadre.mission.queries import missions

DAILY = "daily"
TYPED = (Channel.SMS, Channel.VOICE, Channel.EMAIL, Channel.CHAT)


class ContactForm(ViewerForm):
    """An address on one channel."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"), choices=[(each.value, each.label) for each in TYPED]
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=300,
        help_text=gettext_lazy(
            "A telephone number begins with + and the country; an email is written out."
        ),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Tried as number"), min_value=1, max_value=20, initial=1, required=False
    )

    def new(self, person: Person) -> NewContact:
        cleaned = self.cleaned_data
        return NewContact(
            person=person,
            channel=cleaned["channel"],
            address=cleaned["address"],
            position=cleaned["position"] or 1,
        )


class VerifyForm(ViewerForm):
    """How somebody knows that an address is right."""

    how = forms.CharField(label=gettext_lazy("How you know that it is right"), max_length=200)


class QuietForm(ViewerForm):
    """Quiet hours; both empty is none."""

    begins = forms.TimeField(
        label=gettext_lazy("From"), required=False, help_text=gettext_lazy("For example 22:00.")
    )
    ends = forms.TimeField(label=gettext_lazy("Until"), required=False)
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=60,
        initial="UTC",
        required=False,
        help_text=gettext_lazy("For example Asia/Baghdad."),
    )

    def quiet(self) -> Quiet | None:
        cleaned = self.cleaned_data
        if cleaned["begins"] is None or cleaned["ends"] is None:
            return None
        zone = cleaned["zone"] or "UTC"
        return Quiet(begins=cleaned["begins"], ends=cleaned["ends"], zone=zone)


class SubscriptionForm(ViewerForm):
    """What somebody wants to be told of besides."""

    mission = RowField(
        missions.find,
        gettext_lazy("Mission"),
        choices=lambda viewer: [(each.code, each.name) for each in offers.missions_seen(viewer)],
        required=False,
        help_text=gettext_lazy("None chosen: all that you may see."),
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[
            (DAILY, gettext_lazy("once a day in one message")),
            ("at_once", gettext_lazy("at once")),
        ],
    )
    causes = several(
        gettext_lazy("Of what"), help_text=gettext_lazy("None ticked: nothing any more.")
    )

    def __init__(
        self, viewer: Viewer, data: object = None, *, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(viewer, data, initial=initial)
        field = self.fields["causes"]
        if isinstance(field, forms.MultipleChoiceField):
            told = set(Cause) - {Cause.TEST, Cause.DIGEST}
            field.choices = [(each.value, each.label) for each in Cause if each in told]

    def wish(self) -> Wish:
        cleaned = self.cleaned_data
        return Wish(
            mission=cleaned["mission"],
            causes=frozenset(cleaned["causes"]),
            digest=cleaned["when"] == DAILY,
        )


class DeputyForm(ViewerForm):
    """Which post stands in for which."""

    post = forms.CharField(label=gettext_lazy("Post, by code"), max_length=60)
    deputy = forms.CharField(label=gettext_lazy("Its deputy, by code"), max_length=60)
    position = forms.IntegerField(
        label=gettext_lazy("Asked as number"), min_value=1, max_value=20, initial=1, required=False
    )
    dropped = forms.BooleanField(label=gettext_lazy("No longer its deputy"), required=False)

    def __init__(self, viewer: Viewer, mission: Mission, data: object = None) -> None:
        super().__init__(viewer, data)
        self.mission = mission

    def clean(self) -> None:
        super().clean()
        codes = (self.cleaned_data.get("post", ""), self.cleaned_data.get("deputy", ""))
        self.named = offers.posts_called(self.viewer, self.mission, codes)
        for name, code in zip(("post", "deputy"), codes, strict=True):
            if code and code not in self.named:
                self.add_error(name, offers.no_such(code))

    def new(self) -> NewDeputy:
        cleaned = self.cleaned_data
        return NewDeputy(
            post=self.named[cleaned["post"]],
            deputy=self.named[cleaned["deputy"]],
            position=cleaned["position"] or 1,
            dropped=cleaned["dropped"],
        )

"""Movements of people: the order, the manifest, what is reported, the end."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.accountability.actions import NewMovement, NewMovementReport
from cadre.accountability.forms.rosters import the_person
from cadre.accountability.queries.rows import MovementEvent, MovementKind
from cadre.core.releasability import Viewer
from cadre.mission.forms.fields import CodesField, RowField, ViewerForm
from cadre.mission.forms.inputs import InstantField, words
from cadre.mission.queries import choices, sites
from cadre.mission.queries.rows import Mission, Person

WHOLE = (MovementEvent.DEPARTED, MovementEvent.ARRIVED)
ONE = (MovementEvent.BOARDED, MovementEvent.NOT_ABOARD, MovementEvent.ARRIVED)


class OrderForm(ViewerForm):
    """To stay put, to move within the country, or to move out."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MovementKind)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    from_site = RowField(sites.find, gettext_lazy("From"), choices=choices.sites)
    to_site = RowField(sites.find, gettext_lazy("To"), choices=choices.sites, required=False)
    to_place = forms.CharField(
        label=gettext_lazy("To, in words"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For a place that is not on record. To hibernate leads nowhere."),
    )
    because = forms.CharField(label=gettext_lazy("Because of"), max_length=300, required=False)
    exercise = forms.BooleanField(label=gettext_lazy("This is an exercise"), required=False)

    def new(self, mission: Mission) -> NewMovement:
        return NewMovement(mission=mission, **{name: self.cleaned_data[name] for name in MOVES})


MOVES = tuple(name for name in OrderForm.base_fields)


class ManifestForm(ViewerForm):
    """Who is put on the list of a movement: people by code, or all of a site, nation or list."""

    people = CodesField(label=gettext_lazy("People, by code"), required=False, max_length=20_000)
    site = RowField(
        sites.find, gettext_lazy("Everybody at the site"), choices=choices.sites, required=False
    )
    nation = forms.ChoiceField(label=gettext_lazy("Of the nation"), required=False)
    warden_list = forms.ChoiceField(label=gettext_lazy("Of the warden's list"), required=False)
    seat = forms.CharField(
        label=gettext_lazy("Vehicle or seat"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For everybody who is added now. Empty: not stated."),
    )

    def __init__(
        self, viewer: Viewer, data: object = None, *, lists: list[tuple[str, str]]
    ) -> None:
        super().__init__(viewer, data)
        nation, warden_list = self.fields["nation"], self.fields["warden_list"]
        if isinstance(nation, forms.ChoiceField) and isinstance(warden_list, forms.ChoiceField):
            nation.choices = [("", "—"), *choices.nations(viewer)]
            warden_list.choices = [("", "—"), *lists]

    def clean_people(self) -> tuple[Person, ...]:
        return tuple(the_person(self.viewer, code) for code in self.cleaned_data["people"])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned[name] for name in WHOM):
            raise ValidationError(_("Name people, a site, a nation or a list."))
        return cleaned

    def rule(self) -> dict[str, str]:
        """Codes of the site, the nation and the list of whose people all are meant; "" is none."""
        cleaned = self.cleaned_data
        return {
            "site": cleaned["site"].code if cleaned["site"] else "",
            "nation": cleaned["nation"],
            "warden_list": cleaned["warden_list"],
        }


WHOM = ("people", "site", "nation", "warden_list")


class MoveReportForm(ViewerForm):
    """That the whole departed or arrived, with how many were counted."""

    event = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=[(each.value, each.label) for each in WHOLE]
    )
    occurred_at = InstantField(label=gettext_lazy("When it happened"), max_length=40)
    head_count = forms.IntegerField(
        label=gettext_lazy("Head count"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("As it was counted, not as the list says. Empty: not counted."),
    )
    said_by = forms.CharField(label=gettext_lazy("Said by"), max_length=200)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    def new(self) -> NewMovementReport:
        return NewMovementReport(**self.cleaned_data)


class PersonMovedForm(ViewerForm):
    """That one or more people of the manifest boarded, did not, or arrived."""

    event = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=[(each.value, each.label) for each in ONE]
    )
    people = CodesField(label=gettext_lazy("People, by code"), max_length=20_000)
    occurred_at = InstantField(label=gettext_lazy("When it happened"), max_length=40)
    said_by = forms.CharField(label=gettext_lazy("Said by"), max_length=200)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    def clean_people(self) -> tuple[Person, ...]:
        return tuple(the_person(self.viewer, code) for code in self.cleaned_data["people"])

    def news(self) -> list[NewMovementReport]:
        cleaned = self.cleaned_data
        names = ("event", "occurred_at", "said_by", "note")
        return [
            NewMovementReport(person=person, **{name: cleaned[name] for name in names})
            for person in cleaned["people"]
        ]


class EndForm(ViewerForm):
    """Why, where somebody on the manifest is not known to have arrived."""

    reason = words(gettext_lazy("Reason"))

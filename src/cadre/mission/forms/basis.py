"""What can be put on record about a mission."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre.mission import actions
from cadre.mission.forms.fields import CodesField, MomentField, QuantityField, RowField, StatedForm
from cadre.mission.queries import choices, missions, organisations, posts, sites
from cadre.mission.queries.rows import Mission, RelationKind

COMBAT = (("", _("not stated")), ("no", _("none: a non-combat mission")), ("yes", _("yes")))
ANSWERS: dict[str, bool | None] = {"": None, "no": False, "yes": True}


class MissionForm(StatedForm):
    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=200)
    combat = forms.ChoiceField(label=_("Combat tasks"), choices=COMBAT, required=False)
    nature = forms.CharField(label=_("Nature"), max_length=200, required=False)
    area = forms.CharField(label=_("Area"), max_length=200, required=False)
    established = MomentField(_("Established"))
    subjects = CodesField(
        label=_("Names under which the record speaks of it"),
        max_length=500,
        required=False,
        help_text=_("Subjects of claims, with commas between them. Empty: its code."),
    )

    def new(self) -> actions.NewMission:
        cleaned = self.cleaned_data
        return actions.NewMission(
            code=cleaned["code"],
            name=cleaned["name"],
            combat=ANSWERS[cleaned["combat"]],
            nature=cleaned["nature"],
            area=cleaned["area"],
            established=cleaned["established"],
            subjects=cleaned["subjects"],
            grounds=self.grounds(),
        )


class MissionPartForm(StatedForm):
    """Something about one mission, which the view names before it shows or reads the form."""

    def about(self, mission: Mission) -> None:
        self.mission = mission

    def new(self) -> object:
        """What is to be added, as its action takes it."""
        raise NotImplementedError


class MandateForm(MissionPartForm):
    wording = forms.CharField(label=_("Mandate"), widget=forms.Textarea({"rows": 4}))
    since = MomentField(_("Since"))


class LineForm(MissionPartForm):
    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    combat = forms.BooleanField(label=_("This is a combat activity"), required=False)

    def new(self) -> actions.NewLine:
        cleaned = self.cleaned_data
        return actions.NewLine(
            code=cleaned["code"],
            name=cleaned["name"],
            combat=cleaned["combat"],
            grounds=self.grounds(),
        )


class RelationForm(MissionPartForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=RelationKind)
    other_mission = RowField(
        missions.find, _("Other mission"), choices=choices.missions, required=False
    )
    other = forms.CharField(
        label=_("Or something that is no mission on record"), max_length=120, required=False
    )
    since = MomentField(_("Since"))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("other") and not cleaned.get("other_mission"):
            self.add_error("other_mission", str(_("Name the other mission, or what it is.")))
        return cleaned

    def new(self) -> actions.NewRelation:
        cleaned = self.cleaned_data
        return actions.NewRelation(
            kind=cleaned["kind"],
            other=cleaned["other"],
            other_mission=cleaned["other_mission"],
            since=cleaned["since"],
            grounds=self.grounds(),
        )


class AppointmentForm(MissionPartForm):
    office = forms.CharField(label=_("Office"), max_length=120, initial="commander")
    holder = forms.CharField(label=_("Holder"), max_length=200)
    since = MomentField(_("Since"))

    def new(self) -> actions.NewAppointment:
        cleaned = self.cleaned_data
        return actions.NewAppointment(
            office=cleaned["office"],
            holder=cleaned["holder"],
            since=cleaned["since"],
            grounds=self.grounds(),
        )


class ContributionForm(MissionPartForm):
    organisation = RowField(
        organisations.find, _("Nation or organisation"), choices=choices.organisations
    )
    quantity = QuantityField(
        label=_("How many"),
        max_length=120,
        required=False,
        help_text=_("As it was said: around 120 troops, up to 40. Empty: not stated."),
    )
    roles = forms.CharField(label=_("As what"), max_length=200, required=False)
    when = MomentField(_("When"))

    def new(self) -> actions.NewContribution:
        cleaned = self.cleaned_data
        return actions.NewContribution(
            organisation=cleaned["organisation"],
            quantity=cleaned["quantity"],
            roles=cleaned["roles"],
            when=cleaned["when"],
            grounds=self.grounds(),
        )


class ContributorListForm(MissionPartForm):
    wording = forms.CharField(label=_("Wording of the list"), max_length=200)
    organisations = CodesField(
        label=_("Codes of those that it names"), max_length=500, required=False
    )
    open = forms.BooleanField(label=_("There may be more than it names"), required=False)

    def new(self) -> actions.NewContributorList:
        cleaned = self.cleaned_data
        return actions.NewContributorList(
            wording=cleaned["wording"],
            organisations=cleaned["organisations"],
            open=cleaned["open"],
            grounds=self.grounds(),
        )


class PresenceForm(MissionPartForm):
    site = RowField(sites.find, _("Site"), choices=choices.sites)
    since = MomentField(_("Since"))


class LinesForm(MissionPartForm):
    """Something about some activity lines of the mission, or about all of them."""

    lines = forms.MultipleChoiceField(
        label=_("Activity lines"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: all of them."),
    )

    def about(self, mission: Mission) -> None:
        super().about(mission)
        self.choose("lines", choices.lines(self.viewer, mission))

    def choose(self, name: str, offered: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(offered)

    def chosen_lines(self) -> tuple[str, ...] | None:
        return tuple(self.cleaned_data["lines"]) or None


class HostRequestForm(LinesForm):
    host = RowField(organisations.find, _("Host nation"), choices=choices.organisations)
    wording = forms.CharField(label=_("What was requested"), widget=forms.Textarea({"rows": 3}))
    form = forms.CharField(
        label=_("In which form"),
        max_length=120,
        required=False,
        help_text=_("A letter, a note verbale, a decision. Empty: not stated."),
    )
    made = MomentField(_("Made"))

    def new(self) -> actions.NewHostRequest:
        cleaned = self.cleaned_data
        return actions.NewHostRequest(
            host=cleaned["host"],
            wording=cleaned["wording"],
            lines=self.chosen_lines(),
            form=cleaned["form"],
            made=cleaned["made"],
            grounds=self.grounds(),
        )


class AuthorisationForm(LinesForm):
    host_request = forms.ChoiceField(label=_("On the host's request"))
    mandate = forms.ChoiceField(label=_("Under the mandate"))
    begins = MomentField(_("Begins"))

    def about(self, mission: Mission) -> None:
        super().about(mission)
        self.requests = {str(row.pk): row for row in choices.requests(self.viewer, mission)}
        self.mandates = {str(row.pk): row for row in choices.mandates(self.viewer, mission)}
        self.choose("host_request", ((key, str(row)) for key, row in self.requests.items()))
        self.choose("mandate", ((key, str(row)) for key, row in self.mandates.items()))

    def new(self) -> actions.NewAuthorisation:
        cleaned = self.cleaned_data
        return actions.NewAuthorisation(
            host_request=self.requests[cleaned["host_request"]],
            mandate=self.mandates[cleaned["mandate"]],
            lines=self.chosen_lines(),
            begins=cleaned["begins"],
            grounds=self.grounds(),
        )


class WithdrawalForm(StatedForm):
    wording = forms.CharField(
        label=_("What the host nation said"), widget=forms.Textarea({"rows": 3})
    )
    effective = MomentField(_("Effective"))


class TaskForm(MissionPartForm):
    line = forms.ChoiceField(label=_("Activity line"))
    title = forms.CharField(label=_("Task"), max_length=200)
    combat = forms.BooleanField(label=_("This is a combat task"), required=False)
    post = RowField(
        posts.find, _("Code of the post that does it"), required=False,
        help_text=_("Empty: the mission as a whole."),
    )  # fmt: skip

    def about(self, mission: Mission) -> None:
        super().about(mission)
        field = self.fields["line"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices.lines(self.viewer, mission)

    def new(self) -> actions.NewTask:
        cleaned = self.cleaned_data
        return actions.NewTask(
            line=cleaned["line"],
            title=cleaned["title"],
            combat=cleaned["combat"],
            post=cleaned["post"],
            marking=self.marking(),
        )

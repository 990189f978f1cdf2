"""What was ordered elsewhere, as somebody reports it: as vaguely as it was told."""

from django import forms
from django.utils.translation import gettext_lazy

from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.releasability import Viewer
from cadre.directives.actions import ReportedDirective, ReportedLift
from cadre.directives.forms.fields import PartFields
from cadre.directives.forms.issuing import ANSWERS, EFFECTS, TEMPORARY
from cadre.directives.forms.restarting import PartForm
from cadre.directives.queries.rows import Clock, Mission, ReasonCode
from cadre.mission.forms.fields import CodesField, MomentField, StatedForm
from cadre.mission.forms.inputs import words
from cadre.mission.queries import offers

OTHERS = ("lines", "sites", "nations")


def perhaps_all(label: object) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)  # type: ignore[arg-type]  # translated when it is shown


class ReportedDirectiveForm(PartFields, StatedForm):
    """A directive of another mission or authority. What nobody stated stays blank."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    effect = forms.TypedChoiceField(label=gettext_lazy("Effect"), choices=EFFECTS, coerce=int)
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    perhaps_all_lines = perhaps_all(gettext_lazy("It may cover all lines"))
    perhaps_all_sites = perhaps_all(gettext_lazy("It may cover all sites"))
    perhaps_all_nations = perhaps_all(gettext_lazy("It may cover all nations"))
    temporary = forms.ChoiceField(
        label=gettext_lazy("Temporary"), choices=TEMPORARY, required=False
    )
    reason_code = forms.ChoiceField(
        label=gettext_lazy("Kind of reason"), choices=ReasonCode, initial="not_stated"
    )
    reason = words(gettext_lazy("Reason"))
    permits = words(gettext_lazy("What stays allowed"))
    decided = MomentField(gettext_lazy("Decided"))
    effective = MomentField(gettext_lazy("Effective"))
    announced = MomentField(gettext_lazy("Announced"))
    subjects = CodesField(
        label=gettext_lazy("Subjects"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Names under which the record speaks of it."),
    )
    field_order = (
        *("number", "effect", "authority", "lines", "perhaps_all_lines", "sites", "other_sites"),
        *("perhaps_all_sites", "nations", "perhaps_all_nations"),
    )

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.mission = mission
        self.offer(offers.offered(viewer, mission))

    def new(self) -> ReportedDirective:
        cleaned, surely = self.cleaned_data, self.scope_in(self.mission.code)
        plain = ("number", "authority", "reason_code", "reason", "permits", "subjects")
        return ReportedDirective(
            effect=Posture(cleaned["effect"]),
            surely=surely,
            perhaps=self.perhaps(surely),
            temporary=ANSWERS[cleaned["temporary"]],
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )

    def perhaps(self, surely: Scope) -> Scope:
        said = {
            name: None if self.cleaned_data[f"perhaps_all_{name}"] else getattr(surely, name)
            for name in OTHERS
        }
        return Scope(surely.mission, **said)

    def clocks(self) -> dict[Clock, Moment]:
        return {clock: self.cleaned_data[clock.value] for clock in Clock}


class ReportedLiftForm(PartForm):
    """The end of a reported directive, for all or a part of what it covers."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    effective = MomentField(gettext_lazy("From when on"))
    reason = words(gettext_lazy("Reason"))
    field_order = ("number", "authority", "lines", "sites", "other_sites", "nations")

    def new(self) -> ReportedLift:
        cleaned = self.cleaned_data
        plain = ("number", "authority", "effective", "reason")
        return ReportedLift(
            directive=self.directive.number,
            scope=self.part(),
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )

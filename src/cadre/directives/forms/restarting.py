"""Conditions, evidence, decisions and proposals as somebody writes them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.actions import (
    NewAnswer,
    NewAssessment,
    NewCondition,
    NewEvidence,
    NewProposal,
)
from cadre.directives.forms.fields import PartFields, ScopeFields
from cadre.directives.forms.issuing import usual_condition
from cadre.directives.queries.library import LIBRARY, NO_INCIDENT
from cadre.directives.queries.rows import Directive, Position, Verdict
from cadre.mission.forms.fields import MomentField, StatedForm
from cadre.mission.forms.inputs import InstantField, words
from cadre.mission.queries import offers

SIDES = (("yes", gettext_lazy("speaks for it")), ("no", gettext_lazy("speaks against it")))


class PartForm(PartFields, StatedForm):
    """Something about a part of a directive."""

    def __init__(
        self, viewer: Viewer, directive: Directive, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.directive = directive
        limits = {
            "lines": directive.perhaps_lines,
            "nations": directive.perhaps_nations,
            "units": directive.units,
        }
        self.offer(offers.offered(viewer, directive.mission), limits)

    def part(self) -> Scope:
        return self.scope_in(self.directive.mission.code)


class ConditionForm(PartForm):
    library = forms.ChoiceField(label=gettext_lazy("One of the usual ones"), required=False)
    text = words(gettext_lazy("Or in own words"))
    owner = forms.CharField(label=gettext_lazy("Owner"), max_length=120, required=False)
    wanted = words(gettext_lazy("Evidence wanted"))
    shelf_life = forms.IntegerField(
        label=gettext_lazy("Shelf life of evidence, in hours"),
        required=False,
        min_value=1,
        max_value=20_000,
        help_text=gettext_lazy("Empty: as long as nothing speaks against it."),
    )
    severity = forms.IntegerField(
        label=gettext_lazy("No incident of at least this severity (1 to 5)"),
        required=False,
        min_value=1,
        max_value=5,
        help_text=gettext_lazy("These three only where the condition is about incidents."),
    )
    km = forms.IntegerField(
        label=gettext_lazy("within so many kilometres"),
        required=False,
        min_value=0,
        max_value=20_000,
    )
    days = forms.IntegerField(
        label=gettext_lazy("for so many days"), required=False, min_value=1, max_value=3_650
    )
    field_order = ("library", "text", "owner", "wanted", "shelf_life", "severity", "km", "days")

    def __init__(
        self, viewer: Viewer, directive: Directive, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, directive, data, initial=initial)
        library = self.fields["library"]
        if isinstance(library, forms.ChoiceField):
            library.choices = [("", "—"), *((each.key, each.text) for each in LIBRARY)]

    def new(self) -> NewCondition:
        """The usual one with what was changed of it, or the one in own words."""
        cleaned = self.cleaned_data
        key, hours = cleaned["library"], cleaned["shelf_life"]
        usual = (
            usual_condition(key) if key else NewCondition(text=cleaned["text"], owner="", wanted="")
        )
        return replace(
            usual,
            owner=cleaned["owner"] or usual.owner,
            wanted=cleaned["wanted"] or usual.wanted,
            shelf_life=timedelta(hours=hours) if hours else usual.shelf_life,
            part=self.part(),
            parameters={**usual.parameters, **self.limits()} if usual.parameters else {},
        )

    def limits(self) -> dict[str, object]:
        """What was said of incidents; what was left empty stays as usual."""
        said = {name: self.cleaned_data[name] for name in NO_INCIDENT}
        return {name: value for name, value in said.items() if value is not None}


class EvidenceForm(StatedForm):
    supports = forms.ChoiceField(label=gettext_lazy("What it shows"), choices=SIDES)
    text = words(gettext_lazy("What it says"), 3, required=True)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200)
    occurred = MomentField(gettext_lazy("Of the moment"))

    def new(self) -> NewEvidence:
        cleaned = self.cleaned_data
        return NewEvidence(
            supports=cleaned["supports"] == "yes",
            text=cleaned["text"],
            source=cleaned["source"],
            occurred=cleaned["occurred"],
            grounds=self.grounds(),
        )


class AssessmentForm(StatedForm):
    verdict = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Verdict)
    evidence = forms.MultipleChoiceField(
        label=gettext_lazy("On the evidence"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = words(gettext_lazy("Reason"))
    until = InstantField(
        label=gettext_lazy("Waived until"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Only for a waiver; as 2020-01-07T18:00Z."),
    )
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)

    def offer(self, evidence: list[tuple[str, str]]) -> None:
        field = self.fields["evidence"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = evidence

    def new(self) -> NewAssessment:
        cleaned = self.cleaned_data
        return NewAssessment(
            verdict=Verdict(cleaned["verdict"]),
            authority=cleaned["authority"],
            reason=cleaned["reason"],
            until=cleaned["until"],
            evidence=tuple(map(UUID, cleaned["evidence"])),
            grounds=self.grounds(),
        )


class ProposalForm(ScopeFields, PartForm):
    effective = MomentField(gettext_lazy("To run again from"))
    reason = words(gettext_lazy("Reason"), required=True)

    def clean(self) -> dict[str, object]:
        """What a directive names, a part of it has to name too, where nothing is ticked."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("lines", "sites", "nations", "units", "people"):
            limits = getattr(
                self.directive, name if name in {"units", "people"} else f"perhaps_{name}"
            )
            if limits and not cleaned.get(name):
                cleaned[name] = limits
        return cleaned

    def new(self) -> NewProposal:
        part, hours = self.part(), self.directive.hours
        return NewProposal(
            part=part if part.hours or not hours else replace(part, hours=frozenset(hours)),
            reason=self.cleaned_data["reason"],
            effective=self.cleaned_data["effective"],
            grounds=self.grounds(),
        )


class AnswerForm(StatedForm):
    """A nation's answer to whether the directive may be lifted."""

    nation = forms.ChoiceField(label=gettext_lazy("Contingent"))
    position = forms.ChoiceField(label=gettext_lazy("Answer"), choices=Position)
    text = words(gettext_lazy("In its own words"))
    answered_at = InstantField(label=gettext_lazy("Answered at"), max_length=40)
    answered_by = forms.CharField(label=gettext_lazy("Answered by"), max_length=200)
    note = words(gettext_lazy("How you know, if you speak for another"))

    def offer(self, contingents: Iterable[tuple[str, str, object]]) -> None:
        field = self.fields["nation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, name) for code, name, _answer in contingents]

    def new(self) -> NewAnswer:
        cleaned = self.cleaned_data
        names = ("nation", "text", "answered_at", "answered_by", "note")
        return NewAnswer(
            position=Position(cleaned["position"]),
            grounds=self.grounds(),
            **{name: cleaned[name] for name in names},
        )


class EndForm(StatedForm):
    reason = words(gettext_lazy("Reason"), required=True)

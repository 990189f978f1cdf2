"""Conditions, evidence, decisions and proposals as somebody writes them."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy, override

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.actions import NewAssessment, NewCondition, NewEvidence, NewProposal
from cadre.directives.forms.hours import HourFields
from cadre.directives.forms.issuing import InstantField, several, words
from cadre.directives.queries import composing
from cadre.directives.queries.library import BY_KEY, LIBRARY
from cadre.directives.queries.rows import Directive, Verdict
from cadre.mission.forms.fields import CodesField, MomentField, StatedForm

ALL = gettext_lazy("None ticked: all.")
SIDES = (("yes", gettext_lazy("speaks for it")), ("no", gettext_lazy("speaks against it")))


class PartForm(StatedForm):
    """Something about a part of a directive."""

    lines = several(gettext_lazy("Activity lines"), help_text=ALL)
    sites = several(gettext_lazy("Sites"), help_text=ALL)
    other_sites = CodesField(
        label=gettext_lazy("Other places, by code"), required=False, max_length=2_000
    )
    nations = several(gettext_lazy("Nations"), help_text=ALL)

    def __init__(
        self, viewer: Viewer, directive: Directive, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.directive = directive
        offered = composing.offered(viewer, directive.mission)
        for name, limits in (
            ("lines", directive.perhaps_lines),
            ("sites", None),
            ("nations", directive.perhaps_nations),
            ("units", directive.units),
        ):
            field = self.fields.get(name)
            if isinstance(field, forms.MultipleChoiceField):
                choices = getattr(offered, name)
                field.choices = [
                    (code, word) for code, word in choices if limits is None or code in limits
                ]

    def part(self) -> Scope:
        cleaned = self.cleaned_data
        sites = frozenset(cleaned["sites"]) | frozenset(cleaned["other_sites"])
        return Scope(
            self.directive.mission.code,
            lines=frozenset(cleaned["lines"]) or None,
            sites=sites or None,
            nations=frozenset(cleaned["nations"]) or None,
        )


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
    field_order = ("library", "text", "owner", "wanted", "shelf_life")

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
        usual = BY_KEY.get(cleaned["library"])
        hours = cleaned["shelf_life"]
        shelf_life = usual.shelf_life if usual else None
        with override("en"):  # pages show it in each reader's language by its key
            return NewCondition(
                library=cleaned["library"],
                text=str(usual.text) if usual else cleaned["text"],
                owner=cleaned["owner"] or (str(usual.owner) if usual else ""),
                wanted=cleaned["wanted"] or (str(usual.wanted) if usual else ""),
                shelf_life=timedelta(hours=hours) if hours else shelf_life,
                indicator=usual.indicator if usual else "",
                part=self.part(),
            )


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


class ProposalForm(HourFields, PartForm):
    units = several(gettext_lazy("Host units"), help_text=ALL)
    people = CodesField(
        label=gettext_lazy("People, by code"),
        required=False,
        max_length=4_000,
        help_text=gettext_lazy("Empty: all."),
    )
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
        cleaned = self.cleaned_data
        part = self.part()
        hours = self.hours() or (frozenset(self.directive.hours) if self.directive.hours else None)
        return NewProposal(
            part=Scope(
                part.mission,
                part.lines,
                part.sites,
                part.nations,
                frozenset(cleaned["units"]) or None,
                frozenset(cleaned["people"]) or None,
                hours,
            ),
            reason=cleaned["reason"],
            effective=cleaned["effective"],
            grounds=self.grounds(),
        )


class EndForm(StatedForm):
    reason = words(gettext_lazy("Reason"), required=True)

"""Usual precautions, lists that are opened, and what is reported of their items."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.precautions import Outcome
from cadre.core.releasability import Marking, Viewer
from cadre.directives.actions import NewItem, NewReport, NewTemplate, Opened
from cadre.directives.forms.issuing import REASONS
from cadre.directives.forms.levels import words_of
from cadre.directives.queries import lookups
from cadre.directives.queries.examples import TEMPLATES
from cadre.directives.queries.precautions import PrecautionRead
from cadre.directives.queries.rows import Each, Mission, Precaution, TemplateItem, Track, Trigger
from cadre.mission.actions import Grounds
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import CodesField, StatedForm, ViewerForm
from cadre.mission.forms.inputs import InstantField, several, words
from cadre.mission.queries import offers
from cadre.mission.queries.versions import fingerprint

OUTCOMES = (
    (Outcome.DONE.value, gettext_lazy("done")),
    (Outcome.NOT_NEEDED.value, gettext_lazy("not needed")),
    (Outcome.CANNOT.value, gettext_lazy("cannot be done")),
)


class TemplateForm(ViewerForm):
    """A usual list, and what it is suggested by."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    trigger = forms.ChoiceField(
        label=gettext_lazy("Suggested by"),
        choices=Trigger,
        help_text=gettext_lazy("Nothing is opened by itself: somebody decides."),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    reason_code = forms.ChoiceField(label=gettext_lazy("Kind of reason"), required=False)
    example = forms.ChoiceField(
        label=gettext_lazy("Start from an example"),
        required=False,
        choices=[("", "—"), *((key, each.title) for key, each in TEMPLATES.items())],
        help_text=gettext_lazy("None of them is official; every word can be changed afterwards."),
    )

    def __init__(self, viewer: Viewer, mission: Mission, data: object = None) -> None:
        super().__init__(viewer, data)
        self.named = {
            key: row
            for track in Track
            for key, row in lookups.levels_named(viewer, mission, track).items()
        }
        level, reason = self.fields["level"], self.fields["reason_code"]
        if isinstance(level, forms.ChoiceField) and isinstance(reason, forms.ChoiceField):
            level.choices = [("", "—"), *((key, words_of(row)) for key, row in self.named.items())]
            reason.choices = REASONS

    def new(self) -> NewTemplate:
        cleaned = self.cleaned_data
        return NewTemplate(
            code=cleaned["code"],
            title=cleaned["title"],
            trigger=Trigger(cleaned["trigger"]),
            level=self.named.get(cleaned["level"]),
            reason_code=cleaned["reason_code"],
            example=cleaned["example"],
        )


class ItemForm(VersionedForm, ViewerForm):
    """One thing to do, by whom, by when, and whose business it is after that."""

    text = words(gettext_lazy("What is to be done"), 2, required=True)
    owner = forms.CharField(label=gettext_lazy("Owner"), max_length=120)
    due_minutes = forms.IntegerField(
        label=gettext_lazy("Due after minutes"), min_value=0, max_value=500_000
    )
    escalates_to = forms.CharField(label=gettext_lazy("If overdue, passes to"), max_length=120)
    escalates_minutes = forms.IntegerField(
        label=gettext_lazy("So many minutes after it was due"), min_value=0, max_value=500_000
    )
    wanted = forms.CharField(label=gettext_lazy("Evidence wanted"), max_length=300, required=False)
    each = forms.ChoiceField(label=gettext_lazy("For"), choices=Each)
    dropped = forms.BooleanField(label=gettext_lazy("No longer used"), required=False)

    @staticmethod
    def shows(row: TemplateItem) -> dict[str, object]:
        """What the form shows for an item."""
        names = ("text", "owner", "due_minutes", "escalates_to", "escalates_minutes", "wanted",
                 "each", "dropped")  # fmt: skip  # names only
        return {name: getattr(row, name) for name in names} | {"seen": fingerprint(row)}

    def new(self) -> NewItem:
        cleaned = self.cleaned_data
        names = ("text", "owner", "due_minutes", "escalates_to", "escalates_minutes", "wanted",
                 "dropped")  # fmt: skip  # names only
        return NewItem(each=Each(cleaned["each"]), **{name: cleaned[name] for name in names})


class OpenForm(StatedForm):
    """A list to be opened now, or that was opened on paper."""

    template = forms.ChoiceField(label=gettext_lazy("Which precautions"))
    sites = several(gettext_lazy("Sites"), help_text=gettext_lazy("At least one."))
    other_sites = CodesField(
        label=gettext_lazy("Other places, by code"), required=False, max_length=2_000
    )
    because = forms.CharField(
        label=gettext_lazy("Because of"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The number of an order, or some words."),
    )
    opened_at = InstantField(
        label=gettext_lazy("Opened at"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Empty: now. What is due counts from here."),
    )

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.named = lookups.templates_named(viewer, mission)
        template, sites = self.fields["template"], self.fields["sites"]
        if isinstance(template, forms.ChoiceField):
            template.choices = [(code, row.title) for code, row in self.named.items()]
        if isinstance(sites, forms.MultipleChoiceField):
            sites.choices = offers.offered(viewer, mission).sites

    def new(self) -> Opened:
        cleaned = self.cleaned_data
        return Opened(
            template=self.named[cleaned["template"]],
            sites=frozenset(cleaned["sites"]) | frozenset(cleaned["other_sites"]),
            because=cleaned["because"],
            opened_at=cleaned["opened_at"],
            grounds=self.grounds(),
        )


class ReportForm(StatedForm):
    """What became of one item. When it happened is not when it is entered."""

    outcome = forms.ChoiceField(label=gettext_lazy("How it stands"), choices=OUTCOMES)
    occurred_at = InstantField(label=gettext_lazy("When it happened"), max_length=40)
    done_by = forms.CharField(label=gettext_lazy("Done by, or said by"), max_length=200)
    evidence = words(gettext_lazy("Evidence"))
    note = words(gettext_lazy("Why it is not needed, or cannot be done"))

    def new(self) -> NewReport:
        cleaned = self.cleaned_data
        return NewReport(
            outcome=Outcome(cleaned["outcome"]),
            occurred_at=cleaned["occurred_at"],
            done_by=cleaned["done_by"],
            evidence=cleaned["evidence"],
            note=cleaned["note"],
            grounds=self.grounds(),
        )


class SheetForm(ViewerForm):
    """A site's printed page, typed in afterwards: a line for each item, and who filled it in.

    Items left empty are not reported.
    """

    done_by = forms.CharField(label=gettext_lazy("Filled in by"), max_length=200)

    def __init__(
        self, viewer: Viewer, items: Sequence[PrecautionRead], data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.items = items
        for number in range(len(items)):
            for name, field in line_of_sheet():
                self.fields[f"{name}_{number}"] = field

    def lines(self) -> list[tuple[PrecautionRead, list[forms.BoundField]]]:
        """Each item with the fields of its line."""
        return [
            (item, [self[f"{name}_{number}"] for name, _field in line_of_sheet()])
            for number, item in enumerate(self.items)
        ]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(len(self.items)):
            when = f"occurred_at_{number}"
            if cleaned.get(f"outcome_{number}") and when in cleaned and not cleaned[when]:
                self.add_error(when, ValidationError(_("Say when.")))
        return cleaned

    def reports(self) -> dict[Precaution, NewReport]:
        cleaned = self.cleaned_data
        return {
            item.row: self.report(number, item.row.marking)
            for number, item in enumerate(self.items)
            if cleaned[f"outcome_{number}"]
        }

    def report(self, number: int, marking: Marking) -> NewReport:
        cleaned = self.cleaned_data
        outcome, text = Outcome(cleaned[f"outcome_{number}"]), cleaned[f"text_{number}"]
        done = outcome is Outcome.DONE
        return NewReport(
            outcome=outcome,
            occurred_at=cleaned[f"occurred_at_{number}"],
            done_by=cleaned["done_by"],
            evidence=text if done else "",
            note="" if done else text,
            grounds=Grounds(marking=marking),
        )


def line_of_sheet() -> list[tuple[str, forms.Field]]:
    return [
        (
            "outcome",
            forms.ChoiceField(
                label=_("How it stands"), choices=[("", "—"), *OUTCOMES], required=False
            ),
        ),
        (
            "occurred_at",
            InstantField(label=_("When it happened"), max_length=40, required=False),
        ),
        ("text", forms.CharField(label=_("Evidence, or why"), max_length=1_000, required=False)),
    ]


class CloseForm(ViewerForm):
    reason = words(gettext_lazy("Reason"), required=True)

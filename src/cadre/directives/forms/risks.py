"""Assessments of risks, decisions about them, and the table of who decides, as somebody types."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre.core.releasability import Viewer
from cadre.core.risks import CELLS, RISKS_BY_WORD, Cell, Criticality, Risk
from cadre.directives.actions import NewRiskAssessment, NewRiskDecision
from cadre.directives.forms.fields import PartFields
from cadre.directives.queries.risks import (
    CRITICALITY_WORDS,
    RISK_WORDS,
    RiskTable,
    risk_table,
)
from cadre.directives.queries.rows import Mission, RiskAssessment, RiskVerdict
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import MomentField, StatedForm, ViewerForm
from cadre.mission.forms.inputs import InstantField, words
from cadre.mission.queries import offers
from cadre.web.wording import known_name

NOTHING = ("", "—")
AUTHORITY, NOT_ALLOWED = "authority", "not_allowed"
SAYS = (
    ("", gettext_lazy("not stated")),
    (AUTHORITY, pgettext_lazy("of a risk", "decided by")),
    (NOT_ALLOWED, gettext_lazy("not allowed")),
)


class RiskForm(PartFields, StatedForm):
    """How critical a line is at some sites, and what risk is left there after measures."""

    lines = None  # type: ignore[assignment]  # a risk is assessed of one line
    nations = None  # type: ignore[assignment]  # and of places
    line = forms.ChoiceField(label=gettext_lazy("Activity line"))
    criticality = forms.ChoiceField(
        label=gettext_lazy("Criticality"),
        choices=[
            NOTHING,
            *((str(each.value), label) for each, label in CRITICALITY_WORDS.items()),
        ],
        help_text=gettext_lazy("How much depends on it; lifesaving is the highest of four."),
    )
    risk = forms.ChoiceField(
        label=gettext_lazy("Residual risk"),
        choices=[NOTHING, *((each.word, label) for each, label in RISK_WORDS.items())],
        help_text=gettext_lazy("What is left of it after the measures."),
    )
    measures = words(gettext_lazy("Measures"), 3)
    reason = words(gettext_lazy("On what grounds"), 3, required=True)
    assessed_by = forms.CharField(label=gettext_lazy("Assessed by"), max_length=200)
    assessed = MomentField(gettext_lazy("As of"))
    field_order = ("line", "sites", "other_sites")

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        offered = offers.offered(viewer, mission)
        self.offer(offered)
        line = self.fields["line"]
        assert isinstance(line, forms.ChoiceField)  # noqa: S101  # it is declared as one above
        line.choices = [NOTHING, *((code, known_name(name)) for code, name in offered.lines)]

    @classmethod
    def correcting(
        cls, viewer: Viewer, row: RiskAssessment, references: tuple[str, ...]
    ) -> dict[str, object]:
        """What the form shows for an assessment that is to be corrected."""
        offered = {code for code, _name in offers.offered(viewer, row.mission).sites}
        other = [code for code in row.sites or () if code not in offered]
        return cls.repeating(row, references) | {
            "risk": Risk(row.risk).word,
            "sites": [code for code in row.sites or () if code in offered],
            "other_sites": " ".join(other),
        }

    def new(self) -> NewRiskAssessment:
        cleaned = self.cleaned_data
        plain = ("line", "measures", "reason", "assessed_by", "assessed")
        return NewRiskAssessment(
            criticality=Criticality(int(cleaned["criticality"])),
            risk=RISKS_BY_WORD[cleaned["risk"]],
            sites=frozenset(cleaned["sites"]) | frozenset(cleaned["other_sites"]) or None,
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )


class RiskDecisionForm(StatedForm):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=[NOTHING, *RiskVerdict.choices]
    )
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    decided_at = InstantField(
        label=gettext_lazy("Decided at"),
        max_length=40,
        help_text=gettext_lazy("As 2020-01-07T18:00Z."),
    )
    until = InstantField(
        label=gettext_lazy("Accepted until"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("After that it is open again. Empty where it is not accepted."),
    )
    reason = words(gettext_lazy("Reason"), 3)

    def new(self) -> NewRiskDecision:
        cleaned = self.cleaned_data
        plain = ("authority", "decided_at", "until", "reason")
        return NewRiskDecision(
            verdict=RiskVerdict(cleaned["decision"]),
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )


@dataclass(frozen=True, slots=True)
class CellFields:
    """The two fields of a cell: what is said of it, and who decides."""

    words: object
    says: forms.BoundField
    who: forms.BoundField | None  # None: what is unacceptable nobody can accept


class RiskTableForm(VersionedForm, ViewerForm):
    """Who decides in each cell: `says_1_low` and `who_1_low` for criticality 1 and low risk."""

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=shown(risk_table(viewer, mission)))
        self.shows = lambda _row: shown(risk_table(viewer, mission))
        for cell in CELLS:
            self.add_cell(cell)

    def add_cell(self, cell: Cell) -> None:
        criticality, risk = cell
        named = {"criticality": CRITICALITY_WORDS[criticality], "risk": RISK_WORDS[risk]}
        label = _("Criticality %(criticality)s, risk %(risk)s") % named
        last = risk is Risk.UNACCEPTABLE
        self.fields[says(cell)] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[each for each in SAYS if not (last and each[0] == AUTHORITY)],
            widget=forms.Select({"aria-label": label}),
        )
        if not last:
            label = _("Who decides: criticality %(criticality)s, risk %(risk)s") % named
            self.fields[who(cell)] = forms.CharField(
                label=label,
                required=False,
                max_length=120,
                widget=forms.TextInput({"aria-label": label}),
            )

    def clean(self) -> None:
        for cell in CELLS:
            said, named = self.cleaned_data.get(says(cell)), self.cleaned_data.get(who(cell))
            if said == AUTHORITY and not named:
                self.add_error(who(cell), _("Name who decides."))
            if named and said != AUTHORITY:
                self.add_error(says(cell), _("Somebody is named: choose “decided by”."))

    def said(self) -> dict[Cell, str]:
        cleaned = self.cleaned_data
        return {cell: cleaned.get(who(cell), "") for cell in CELLS if cleaned[says(cell)]}

    def rows(self) -> Iterator[tuple[object, list[CellFields]]]:
        """The fields row by row, as the table shows them."""
        for risk, named in RISK_WORDS.items():
            yield (
                named,
                [
                    CellFields(
                        CRITICALITY_WORDS[each],
                        self[says((each, risk))],
                        self[who((each, risk))] if who((each, risk)) in self.fields else None,
                    )
                    for each in Criticality
                ],
            )

    def criticalities(self) -> tuple[object, ...]:
        return tuple(CRITICALITY_WORDS.values())


def says(cell: Cell) -> str:
    criticality, risk = cell
    return f"says_{criticality.value}_{risk.word}"


def who(cell: Cell) -> str:
    criticality, risk = cell
    return f"who_{criticality.value}_{risk.word}"


def shown(table: RiskTable) -> dict[str, object]:
    """What the form shows for a table."""
    found: dict[str, object] = {"seen": table.version}
    for cell, named in table.said.items():
        found[says(cell)] = AUTHORITY if named else NOT_ALLOWED
        found[who(cell)] = named
    return found

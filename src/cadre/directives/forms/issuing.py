"""A directive as somebody composes it. No field for an end exists: only a lift ends a directive."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cadre.core.posture import Posture
from cadre.core.releasability import Viewer
from cadre.directives.actions import Composed, NewCondition, NewDirective
from cadre.directives.forms.fields import ScopeFields
from cadre.directives.queries.library import BY_KEY, LIBRARY
from cadre.directives.queries.rows import Effect, Kind, Mission, ReasonCode
from cadre.mission.forms.fields import MomentField, StatedForm
from cadre.mission.forms.inputs import InstantField, is_several, several, words
from cadre.mission.forms.sent import retyped as retyped  # for who asks for a form's kept content
from cadre.mission.queries import offers

EFFECTS = ((Effect.SUSPEND, Effect.SUSPEND.label), (Effect.RESTRICT, Effect.RESTRICT.label))
KINDS = [(each.value, each.label) for each in (Kind.ORDER, Kind.CAVEAT, Kind.WITHDRAWAL)]
REASONS = [
    ("", "—"),
    *((each.value, each.label) for each in ReasonCode if each != ReasonCode.NOT_STATED),
]
TEMPORARY = (
    ("", gettext_lazy("not stated")),
    ("yes", gettext_lazy("yes")),
    ("no", gettext_lazy("no")),
)
ANSWERS: dict[str, bool | None] = {"": None, "yes": True, "no": False}


class DirectiveForm(ScopeFields, StatedForm):
    """What, where and for whom, why, from when, what to do, and when it is looked at again."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=KINDS,
        help_text=gettext_lazy(
            "A caveat and a withdrawal of people are a nation's, for its own people only."
        ),
    )
    effect = forms.TypedChoiceField(label=gettext_lazy("Effect"), choices=EFFECTS, coerce=int)
    permits = words(gettext_lazy("What stays allowed"))
    sites = several(
        gettext_lazy("Sites"),
        help_text=gettext_lazy("None ticked: all. A site is everything that lies in it."),
    )
    reason_code = forms.ChoiceField(label=gettext_lazy("Kind of reason"), choices=REASONS)
    reason = words(gettext_lazy("Reason"))
    cause = words(gettext_lazy("Cause"))
    cause_area = forms.CharField(
        label=gettext_lazy("Area of the cause"), max_length=200, required=False
    )
    references = words(gettext_lazy("References, one on each line"))
    decided = MomentField(gettext_lazy("Decided"))
    effective = MomentField(gettext_lazy("Effective"))
    announced = MomentField(gettext_lazy("Announced"))
    temporary = forms.ChoiceField(
        label=gettext_lazy("Temporary"), choices=TEMPORARY, required=False
    )
    protective_action = words(gettext_lazy("Protective action"), 3, required=True)
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    post = forms.CharField(label=gettext_lazy("Post"), max_length=60, required=False)
    first_review_at = InstantField(
        label=gettext_lazy("First review due at"),
        max_length=40,
        help_text=gettext_lazy("As 2020-01-07T18:00Z. Silence keeps the directive as it is."),
    )
    review_owner = forms.CharField(label=gettext_lazy("Owner of the review"), max_length=120)
    usual_conditions = several(gettext_lazy("Usual restart conditions"))
    other_conditions = words(
        gettext_lazy("Other restart conditions, one on each line: text; owner; evidence wanted"), 3
    )
    field_order_last = ("claims", "classification", "releasable_to", "communities")

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.mission = mission
        self.offer(offers.offered(viewer, mission))
        self.choose("usual_conditions").choices = [(each.key, each.text) for each in LIBRARY]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the page; every field stands under one."""
        return [(title, [self[name] for name in names]) for title, names in grouped()]

    def choose(self, name: str) -> forms.MultipleChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared so above
        return field

    def clean_other_conditions(self) -> tuple[NewCondition, ...]:
        return tuple(
            written(number, line)
            for number, line in enumerate(self.cleaned_data["other_conditions"].splitlines(), 1)
            if line.strip()
        )

    def new(self) -> NewDirective:
        """The directive, as the action takes it. What it still lacks, the action says."""
        cleaned, scope = self.cleaned_data, self.scope_in(self.mission.code)
        kind = Kind(cleaned["kind"])
        national = kind in {Kind.CAVEAT, Kind.WITHDRAWAL}
        usual = (usual_condition(key) for key in cleaned["usual_conditions"])
        plain = ("authority", "reason_code", "protective_action", "first_review_at", "review_owner",
                 "post", "reason", "cause", "cause_area", "permits", "decided", "effective",
                 "announced")  # fmt: skip  # names only
        return NewDirective(
            kind=kind,
            effect=Posture(cleaned["effect"]),
            scope=scope,
            nation=next(iter(sorted(scope.nations or ())), "") if national else "",
            references=tuple(filter(None, map(str.strip, cleaned["references"].splitlines()))),
            temporary=ANSWERS[cleaned["temporary"]],
            conditions=(*usual, *cleaned["other_conditions"]),
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )

    def composed(self) -> Composed:
        """What was typed, to be kept as a draft."""
        typed = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return Composed(
            title=self.title(),
            content={
                name: typed.getlist(name) if is_several(field) else typed.get(name, "")
                for name, field in self.fields.items()
                if name != "corrects"
            },
            marking=self.marking(),
        )

    def title(self) -> str:
        effect = dict(EFFECTS)[Effect(self.cleaned_data["effect"])]
        lines = dict(self.choose("lines").choices)  # type: ignore[arg-type]  # pairs of code and name
        named = [str(lines[code]) for code in self.cleaned_data["lines"]] or [_("all lines")]
        return _("%(effect)s: %(lines)s") % {
            "effect": str(effect).capitalize(),
            "lines": ", ".join(named),
        }


def grouped() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (_("What"), ("kind", "effect", "permits", "temporary")),
        (_("Where and for whom"), (
            "lines", "sites", "other_sites", "nations", "units", "people",
            "days", "from_hour", "until_hour",
        )),
        (_("Why"), ("reason_code", "reason", "cause", "cause_area", "references", "claims")),
        (_("When"), ("decided", "effective", "announced")),
        (_("What people do"), ("protective_action",)),
        (_("Who answers for it"), ("authority", "post", "first_review_at", "review_owner")),
        (_("How it may be lifted"), ("usual_conditions", "other_conditions")),
        (_("Who may see it"), ("classification", "releasable_to", "communities")),
    )  # fmt: skip  # a table reads best as one


def usual_condition(key: str) -> NewCondition:
    """One of the library, in English: pages show it in each reader's language by its key."""
    usual = BY_KEY[key]
    with override("en"):
        return NewCondition(
            library=key,
            text=str(usual.text),
            owner=str(usual.owner),
            wanted=str(usual.wanted),
            shelf_life=usual.shelf_life,
            indicator=usual.indicator,
            parameters=dict(usual.parameters),
        )


def written(number: int, line: str) -> NewCondition:
    """A condition from a line of text. Raises ValidationError unless it has its three parts."""
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != len(("text", "owner", "wanted")) or not all(parts):
        raise ValidationError(
            _("Line %(number)s: write the condition, its owner and the evidence wanted,"
              " with semicolons between them.") % {"number": number}
        )  # fmt: skip  # one sentence
    return NewCondition(text=parts[0], owner=parts[1], wanted=parts[2])

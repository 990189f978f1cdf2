"""Scales and their levels, orders about levels, statements about the threat, as somebody types."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre.core.levels import MOVEMENT
from cadre.core.releasability import Viewer
from cadre.directives.actions import NewLevel, NewLevelOrder, NewScale, NewThreat
from cadre.directives.forms.fields import PartFields
from cadre.directives.queries import lookups
from cadre.directives.queries.examples import SCALES
from cadre.directives.queries.levels import LevelRead, level_read
from cadre.directives.queries.rows import Direction, Level, Mission, Scale, Track
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import CodesField, MomentField, StatedForm, ViewerForm
from cadre.mission.forms.inputs import InstantField, words
from cadre.mission.queries import offers
from cadre.web.wording import known_name

SAYS = (
    ("", gettext_lazy("not stated")),
    ("allowed", gettext_lazy("allowed")),
    ("limited", gettext_lazy("allowed with limits")),
    ("forbidden", gettext_lazy("forbidden")),
)
WHOSE = (
    ("mission", gettext_lazy("everybody of the mission that it reaches")),
    ("nation", gettext_lazy("the people of my own nation")),
)


class ScaleForm(ViewerForm):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    track = forms.ChoiceField(
        label=gettext_lazy("What it is about"),
        choices=Track,
        help_text=gettext_lazy(
            "A protection level is ordered; a threat level is found to be so. Neither follows from"
            " the other."
        ),
    )
    example = forms.ChoiceField(
        label=gettext_lazy("Start from an example"),
        required=False,
        choices=[("", "—"), *((key, each.name) for key, each in SCALES.items())],
        help_text=gettext_lazy("None of them is official; every word can be changed afterwards."),
    )

    def new(self) -> NewScale:
        cleaned = self.cleaned_data
        return NewScale(
            code=cleaned["code"],
            name=cleaned["name"],
            track=Track(cleaned["track"]),
            example=cleaned["example"],
        )


class LevelForm(VersionedForm, ViewerForm):
    """A level; for each activity line and for movement what it allows, and its limits."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=20)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    rank = forms.IntegerField(
        label=pgettext_lazy("of a level", "Rank"),
        min_value=0,
        max_value=99,
        help_text=gettext_lazy("A higher one protects more, or is more dangerous."),
    )
    means = words(gettext_lazy("What it means"))
    longest_hours = forms.IntegerField(
        label=gettext_lazy("Can be held for hours"),
        required=False,
        min_value=1,
        max_value=90_000,
        help_text=gettext_lazy("Empty: not stated."),
    )
    without_limit = forms.BooleanField(
        label=gettext_lazy("Can be held without limit"), required=False
    )
    review_hours = forms.IntegerField(
        label=gettext_lazy("Looked at again every so many hours"),
        required=False,
        min_value=1,
        max_value=90_000,
    )

    def __init__(
        self, viewer: Viewer, scale: Scale, data: object = None, *,
        level: LevelRead | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=shown(level) if level else {})
        self.shows = lambda row: shown(level_read(viewer, row))
        self.activities: list[str] = []
        if scale.track == Track.PROTECTION:
            for code, name in activities(offers.offered(viewer, scale.mission).lines):
                self.activities.append(code)
                self.fields[f"allows_{code}"] = forms.ChoiceField(
                    label=name, choices=SAYS, required=False
                )
                self.fields[f"limits_{code}"] = forms.CharField(
                    label=_("Limits of: %(activity)s") % {"activity": name},
                    required=False,
                    max_length=300,
                )
        if level is not None:
            self.fields["code"].disabled = True

    def new(self) -> NewLevel:
        cleaned = self.cleaned_data
        names = ("code", "name", "rank", "means", "longest_hours", "without_limit", "review_hours")
        return NewLevel(
            rules={
                code: (cleaned[f"allows_{code}"], cleaned[f"limits_{code}"])
                for code in self.activities
            },
            **{name: cleaned[name] for name in names},
        )


def activities(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines of a mission, and movement, by code, as pages call them."""
    return [*((code, known_name(name)) for code, name in lines), (MOVEMENT, _("movement"))]


def shown(level: LevelRead) -> dict[str, object]:
    """What the form shows for a level."""
    names = ("code", "name", "rank", "means", "longest_hours", "without_limit", "review_hours")
    own = {name: getattr(level.row, name) for name in names} | {"seen": level.version}
    allows = {f"allows_{each.activity}": each.allows for each in level.rules}
    return own | allows | {f"limits_{each.activity}": each.note for each in level.rules}


def chosen_level(label: object, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required)  # type: ignore[arg-type]  # translated when it is shown


class PlacesForm(PartFields, StatedForm):
    """A level of a mission for some of its sites and nations."""

    lines = None  # type: ignore[assignment]  # a level is no line's
    level = chosen_level(gettext_lazy("Level"))
    track = Track.PROTECTION

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        super().__init__(viewer, data, initial=initial)
        self.mission = mission
        self.offer(offers.offered(viewer, mission))
        self.named = lookups.levels_named(viewer, mission, self.track)
        for name in ("level", "level_from"):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "—"), *((key, words_of(row)) for key, row in
                                              self.named.items())]  # fmt: skip  # pairs

    def chosen(self, name: str) -> Level | None:
        return self.named.get(self.cleaned_data[name])

    def chosen_sites(self) -> frozenset[str] | None:
        cleaned = self.cleaned_data
        return frozenset(cleaned["sites"]) | frozenset(cleaned["other_sites"]) or None

    def chosen_nations(self) -> frozenset[str] | None:
        return frozenset(self.cleaned_data["nations"]) or None


def words_of(level: Level) -> str:
    return f"{level.scale.name}: {level.code} · {level.name}"


class LevelOrderForm(PlacesForm):
    """An order of ours. Which level, for whom, from when, why, and who looks at it again."""

    whose = forms.ChoiceField(label=gettext_lazy("For"), choices=WHOSE)
    effective = MomentField(gettext_lazy("From when on"))
    reason = words(gettext_lazy("Reason"))
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    post = forms.CharField(label=gettext_lazy("Post"), max_length=60, required=False)
    review_at = InstantField(
        label=gettext_lazy("Looked at again at"),
        max_length=40,
        help_text=gettext_lazy("As 2020-01-07T18:00Z."),
    )
    review_owner = forms.CharField(label=gettext_lazy("Who looks at it again"), max_length=120)
    field_order = ("level", "sites", "other_sites", "whose", "nations")

    def new(self) -> NewLevelOrder:
        cleaned, nations = self.cleaned_data, self.chosen_nations()
        national = cleaned["whose"] == "nation"
        plain = ("effective", "reason", "authority", "post", "review_at", "review_owner")
        return NewLevelOrder(
            level=self.chosen("level"),
            sites=self.chosen_sites(),
            nations=nations,
            nation=next(iter(sorted(nations or ())), "") if national else "",
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )


class ReportedLevelForm(PlacesForm):
    """An order about a level that somebody reported. What nobody stated stays blank."""

    level = chosen_level(gettext_lazy("To which level"), required=False)
    level_from = chosen_level(gettext_lazy("From which level"), required=False)
    direction = forms.ChoiceField(label=gettext_lazy("What was done"), choices=Direction)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60, required=False)
    effective = MomentField(gettext_lazy("From when on"))
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    reason = words(gettext_lazy("Reason"))
    subjects = CodesField(
        label=gettext_lazy("Subjects"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Names under which the record speaks of it."),
    )
    field_order = ("direction", "level_from", "level", "sites", "other_sites", "nations")

    def new(self) -> NewLevelOrder:
        cleaned = self.cleaned_data
        plain = ("number", "effective", "authority", "reason", "subjects")
        return NewLevelOrder(
            level=self.chosen("level"),
            level_from=self.chosen("level_from"),
            direction=Direction(cleaned["direction"]),
            sites=self.chosen_sites(),
            nations=self.chosen_nations(),
            grounds=self.grounds(),
            **{name: cleaned[name] for name in plain},
        )


class ThreatForm(PlacesForm):
    """How dangerous somebody found places to be."""

    nations = None  # type: ignore[assignment]  # a threat is stated of places
    track = Track.THREAT
    assessed_by = forms.CharField(label=gettext_lazy("Assessed by"), max_length=200)
    assessed = MomentField(gettext_lazy("As of"))
    reason = words(gettext_lazy("On what grounds"), 3, required=True)
    field_order = ("level", "sites", "other_sites")

    def new(self) -> NewThreat:
        cleaned, level = self.cleaned_data, self.chosen("level")
        assert level is not None  # noqa: S101  # the field is required and offers these only
        return NewThreat(
            level=level,
            assessed_by=cleaned["assessed_by"],
            reason=cleaned["reason"],
            sites=self.chosen_sites(),
            assessed=cleaned["assessed"],
            grounds=self.grounds(),
        )

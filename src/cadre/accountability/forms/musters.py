"""Opening a muster, closing it, and the targets that a mission sets itself."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.accountability.actions import COUNTED, NewMuster, Targets
from cadre.accountability.queries.rows import MusterSettings, StatusKind
from cadre.core.releasability import Viewer
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import CodesField, ViewerForm
from cadre.mission.forms.inputs import InstantField, several, words
from cadre.mission.queries import offers
from cadre.mission.queries.rows import Mission
from cadre.mission.queries.versions import fingerprint
from cadre.situation import queries as situation
from cadre.situation.queries.rows import Incident

FARTHEST = 1_000  # kilometres around an incident
LONGEST = 10_000  # minutes until somebody is asked again: a week
ALL = gettext_lazy("None ticked: all.")
NEVER_COUNTED = (StatusKind.PRESENT,)  # at another site, but here: always counted
KINDS = [(each.value, each.label) for each in StatusKind if each not in NEVER_COUNTED]


class OpenForm(ViewerForm):
    """Of whom a muster is, around what, and who is counted."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    protective_action = words(gettext_lazy("What everybody is to do now"))
    sites = several(gettext_lazy("Sites"), help_text=ALL)
    other_sites = CodesField(
        label=gettext_lazy("Other places, by code"), required=False, max_length=2_000
    )
    nations = several(gettext_lazy("Nations"), help_text=ALL)
    incident = forms.UUIDField(widget=forms.HiddenInput, required=False)
    radius_km = forms.FloatField(
        label=gettext_lazy("Within kilometres of the incident"),
        min_value=0.1,
        max_value=FARTHEST,
        required=False,
        help_text=gettext_lazy("Everybody who is there or may be there. Empty: no such limit."),
    )
    exercise = forms.BooleanField(
        label=gettext_lazy("This is an exercise"),
        required=False,
        help_text=gettext_lazy("It is marked so on every page, list and message."),
    )
    counted_kinds = several(
        gettext_lazy("Are counted as well"),
        help_text=gettext_lazy("Whose kind is not ticked is excluded, with the reason."),
    )
    beside = several(
        gettext_lazy("Other missions whose people are counted too"),
        help_text=gettext_lazy("Who is in two missions is counted once."),
    )
    affected_sites = CodesField(
        label=gettext_lazy("Affected sites, by code"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Who belongs to one comes first. Empty: the sites that are named."),
    )
    counts_from = InstantField(
        label=gettext_lazy("Reports count from"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Empty: from now on. Earlier: as 2020-01-06T17:40Z."),
    )
    recheck_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes after which somebody is asked again"),
        min_value=1,
        max_value=LONGEST,
        required=False,
        help_text=gettext_lazy("Empty: as the mission has set it."),
    )

    def __init__(
        self, viewer: Viewer, mission: Mission, data: object = None, *,
        initial: dict[str, object] | None = None,
    ) -> None:  # fmt: skip  # reads as one sentence
        first: dict[str, object] = {"counted_kinds": sorted(COUNTED)}
        super().__init__(viewer, data, initial=first | (initial or {}))
        self.mission = mission
        self.others = {
            each.code: each
            for each in offers.missions_in_which(viewer, "accountability.open")
            if each.code != mission.code
        }
        offered = offers.offered(viewer, mission)
        for name, choices in (
            ("sites", offered.sites),
            ("nations", offered.nations),
            ("counted_kinds", KINDS),
            ("beside", [(each.code, each.name) for each in self.others.values()]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices

    def clean_incident(self) -> Incident | None:
        row = self.cleaned_data["incident"]
        return found_incident(self.viewer, row) if row else None

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("radius_km") and not cleaned.get("incident"):
            self.add_error("radius_km", _("A radius needs an incident to be drawn around."))
        return cleaned

    def new(self) -> NewMuster:
        cleaned = self.cleaned_data
        sites = frozenset(cleaned["sites"]) | frozenset(cleaned["other_sites"])
        return NewMuster(
            mission=self.mission,
            sites=sites or None,
            nations=frozenset(cleaned["nations"]) or None,
            beside=tuple(self.others[code] for code in cleaned["beside"]),
            counted_kinds=frozenset(cleaned["counted_kinds"]),
            affected_sites=frozenset(cleaned["affected_sites"]),
            **{name: cleaned[name] for name in PLAIN},
        )


PLAIN = ("title", "protective_action", "incident", "radius_km", "exercise", "counts_from",
         "recheck_minutes")  # fmt: skip  # names only


def found_incident(viewer: Viewer, row: UUID) -> Incident:
    """The incident with an id. Raises ValidationError where the viewer may know of none."""
    incident = situation.find(viewer, row)
    if incident is None:
        raise ValidationError(_("There is no such incident on record."))
    return incident


class CloseForm(ViewerForm):
    """Why, where somebody is not resolved yet."""

    reason = words(gettext_lazy("Reason"))


class TargetsForm(VersionedForm, ViewerForm):
    """What a mission wants reached when, and after how long somebody is called and looked for."""

    first_share = forms.IntegerField(
        label=gettext_lazy("First target (per cent)"), min_value=1, max_value=100
    )
    first_minutes = forms.IntegerField(
        label=gettext_lazy("First target: within minutes"), min_value=1, max_value=LONGEST
    )
    second_share = forms.IntegerField(
        label=gettext_lazy("Second target (per cent)"), min_value=1, max_value=100
    )
    second_minutes = forms.IntegerField(
        label=gettext_lazy("Second target: within minutes"), min_value=1, max_value=LONGEST
    )
    affected_hours = forms.IntegerField(
        label=gettext_lazy("Hours until all are resolved at affected sites"),
        min_value=1,
        max_value=1_000,
    )
    mission_hours = forms.IntegerField(
        label=gettext_lazy("Hours until all are resolved in the mission"),
        min_value=1,
        max_value=1_000,
    )
    call_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes without an answer until somebody is called"),
        min_value=1,
        max_value=LONGEST,
    )
    warden_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes without an answer until the warden is asked"),
        min_value=1,
        max_value=LONGEST,
    )
    search_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes without an answer until a search begins"),
        min_value=1,
        max_value=LONGEST,
    )
    recheck_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes after which somebody is asked again"),
        min_value=1,
        max_value=LONGEST,
        required=False,
        help_text=gettext_lazy("Empty: nobody is asked again."),
    )
    nok_hours = forms.IntegerField(
        label=gettext_lazy("Hours that names are held after next of kin were told"),
        min_value=0,
        max_value=1_000,
    )

    @staticmethod
    def shows(row: MusterSettings) -> dict[str, object]:
        """What the form shows for a mission's settings."""
        shown = {name: getattr(row, name) for name in TARGETS}
        return shown | {"seen": fingerprint(row)}

    def new(self) -> Targets:
        return Targets(**{name: self.cleaned_data[name] for name in TARGETS})


TARGETS = tuple(name for name in TargetsForm.base_fields if name != "seen")

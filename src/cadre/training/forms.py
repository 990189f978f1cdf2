"""A scope, and a level for one, as somebody asks about it."""

from django import forms

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.forms.fields import ScopeFields
from cadre.directives.forms.levels import PlacesForm
from cadre.directives.queries.rows import Level, Mission
from cadre.mission.forms.fields import ViewerForm
from cadre.mission.queries import offers


class ScopeForm(ScopeFields, ViewerForm):
    """What a stop would be about; asked by the address, so that it can be sent as a link."""

    field_order = (
        "lines", "sites", "other_sites", "nations", "units", "people",
        "days", "from_hour", "until_hour",
    )  # fmt: skip  # in the order of the other forms

    def __init__(self, viewer: Viewer, mission: Mission, data: object = None) -> None:
        super().__init__(viewer, data)
        self.mission = mission
        self.offer(offers.offered(viewer, mission))

    def scope(self) -> Scope:
        return self.scope_in(self.mission.code)


class LevelAsked(PlacesForm):
    """Which level, for which sites and nations: what of an order says what it forbids."""

    def asked(self) -> list[forms.BoundField]:
        """The fields that say so, and none of an order's others."""
        return [self[name] for name in ("level", "sites", "other_sites", "nations")]

    def asked_level(self) -> Level:
        found = self.chosen("level")
        assert found is not None  # noqa: S101  # the field is required and offers these only
        return found

    def scope(self) -> Scope:
        sites, nations = self.chosen_sites(), self.chosen_nations()
        return Scope(self.mission.code, sites=sites, nations=nations)

    def in_words(self) -> str:
        """The same in one line: two that are alike ask for the same."""
        scope = self.scope()
        places = f"{sorted(scope.sites or ())} {sorted(scope.nations or ())}"
        return f"{self.cleaned_data['level']} {places}"

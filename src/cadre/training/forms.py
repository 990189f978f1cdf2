"""A scope as somebody asks about it."""

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.forms.fields import ScopeFields
from cadre.directives.queries import composing
from cadre.directives.queries.rows import Mission
from cadre.mission.forms.fields import ViewerForm


class ScopeForm(ScopeFields, ViewerForm):
    """What a stop would be about; asked by the address, so that it can be sent as a link."""

    field_order = (
        "lines", "sites", "other_sites", "nations", "units", "people",
        "days", "from_hour", "until_hour",
    )  # fmt: skip  # in the order of the other forms

    def __init__(self, viewer: Viewer, mission: Mission, data: object = None) -> None:
        super().__init__(viewer, data)
        self.mission = mission
        self.offer(composing.offered(viewer, mission))

    def scope(self) -> Scope:
        return self.scope_in(self.mission.code)

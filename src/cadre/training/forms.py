"""A scope as somebody asks about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre.core.posture import Scope
from cadre.core.releasability import Viewer
from cadre.directives.forms.hours import HourFields
from cadre.directives.forms.issuing import several
from cadre.directives.queries import composing
from cadre.directives.queries.rows import Mission
from cadre.mission.forms.fields import CodesField, ViewerForm

ALL = _("None ticked: all.")


class ScopeForm(HourFields, ViewerForm):
    """What a stop would be about; asked by the address, so that it can be sent as a link."""

    lines = several(_("Activity lines"), help_text=ALL)
    sites = several(_("Sites"), help_text=ALL)
    other_sites = CodesField(label=_("Other places, by code"), required=False, max_length=2_000)
    nations = several(_("Nations"), help_text=ALL)
    units = several(_("Host units"), help_text=ALL)
    people = CodesField(label=_("People, by code"), required=False, max_length=4_000)
    field_order = (
        "lines", "sites", "other_sites", "nations", "units", "people",
        "days", "from_hour", "until_hour",
    )  # fmt: skip  # in the order of the other forms

    def __init__(self, viewer: Viewer, mission: Mission, data: object = None) -> None:
        super().__init__(viewer, data)
        self.mission = mission
        offered = composing.offered(viewer, mission)
        for name in ("lines", "sites", "nations", "units"):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = getattr(offered, name)

    def scope(self) -> Scope:
        cleaned = self.cleaned_data
        sites = frozenset(cleaned["sites"]) | frozenset(cleaned["other_sites"])
        return Scope(
            self.mission.code,
            frozenset(cleaned["lines"]) or None,
            sites or None,
            frozenset(cleaned["nations"]) or None,
            frozenset(cleaned["units"]) or None,
            frozenset(cleaned["people"]) or None,
            self.hours(),
        )

"""Fields that the forms of directives share, and those that name a scope."""

from collections.abc import Mapping
from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre.core.posture import Scope
from cadre.directives.forms.hours import HourFields
from cadre.mission.forms.fields import CodesField
from cadre.mission.forms.inputs import several
from cadre.mission.queries.offers import Offered

ALL = _("None ticked: all.")
NO_LIMITS: Mapping[str, list[str] | None] = {}


class PartFields(forms.Form):
    """Lines, sites and nations of a mission; what its record has of them is offered."""

    lines = several(_("Activity lines"), help_text=ALL)
    sites = several(_("Sites"), help_text=ALL)
    other_sites = CodesField(label=_("Other places, by code"), required=False, max_length=2_000)
    nations = several(_("Nations"), help_text=ALL)

    def offer(self, offered: Offered, limits: Mapping[str, list[str] | None] = NO_LIMITS) -> None:
        """Fills the boxes to tick; `limits`: no other codes than these (None: all)."""
        for name in ("lines", "sites", "nations", "units"):
            field, only = self.fields.get(name), limits.get(name)
            if isinstance(field, forms.MultipleChoiceField):
                choices = getattr(offered, name)
                field.choices = [each for each in choices if only is None or each[0] in only]

    def scope_in(self, mission: str) -> Scope:
        cleaned = self.cleaned_data
        sites = frozenset(cleaned["sites"]) | frozenset(cleaned["other_sites"])
        return Scope(
            mission,
            lines=frozenset(cleaned["lines"]) or None,
            sites=sites or None,
            nations=frozenset(cleaned["nations"]) or None,
        )


class ScopeFields(HourFields, PartFields):
    """All dimensions of a scope."""

    units = several(_("Host units"), help_text=ALL)
    people = CodesField(
        label=_("People, by code"), required=False, max_length=4_000, help_text=_("Empty: all.")
    )

    def scope_in(self, mission: str) -> Scope:
        return replace(
            super().scope_in(mission),
            units=frozenset(self.cleaned_data["units"]) or None,
            people=frozenset(self.cleaned_data["people"]) or None,
            hours=self.hours(),
        )

"""An incident as somebody reports it, and what the list of incidents is narrowed to."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.core.moments import Moment
from cadre.mission.forms.fields import (
    NOTHING,
    MomentField,
    PositionField,
    RowField,
    StatedForm,
    ViewerForm,
)
from cadre.mission.queries import choices, sites
from cadre.situation.actions import NewIncident
from cadre.situation.queries import Around, Wish
from cadre.situation.queries.rows import Credibility, IncidentKind, Reliability, Severity

NOT_STATED = ("", gettext_lazy("not stated"))
FARTHEST = 20_100  # kilometres: half the way around the earth, and a little more


class IncidentForm(StatedForm):
    """What happened, when and where, and how far the report can be trusted."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[NOTHING, *IncidentKind.choices])
    what = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=4_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("As it was heard; what is uncertain may stay so."),
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity"),
        choices=[NOT_STATED, *Severity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    occurred = MomentField(gettext_lazy("When it happened"))
    site = RowField(
        sites.find,
        gettext_lazy("Site"),
        choices=choices.sites,
        required=False,
        help_text=gettext_lazy("The smallest place on record in which it surely was."),
    )
    position = PositionField(
        label=gettext_lazy("Position"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("33.3152, 44.3661 or 33°18'N 44°22'E or 38S MB 41028 86304."),
    )
    place = forms.CharField(label=gettext_lazy("Place in words"), max_length=200, required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    source_reliability = forms.ChoiceField(
        label=gettext_lazy("Source reliability"),
        choices=[NOT_STATED, *Reliability.choices],
        required=False,
    )
    info_credibility = forms.ChoiceField(
        label=gettext_lazy("Information credibility"),
        choices=[NOT_STATED, *Credibility.choices],
        required=False,
    )

    def new(self) -> NewIncident:
        cleaned = self.cleaned_data
        names = ("kind", "what", "severity", "occurred", "site", "position", "place", "source",
                 "source_reliability", "info_credibility")  # fmt: skip  # names only
        return NewIncident(grounds=self.grounds(), **{name: cleaned[name] for name in names})


class NarrowForm(ViewerForm):
    """What the list is narrowed to; asked by the address, so that it can be sent as a link."""

    q = forms.CharField(label=gettext_lazy("Number or words"), max_length=100, required=False)
    least = forms.TypedChoiceField(
        label=gettext_lazy("Severity at least"),
        choices=[NOTHING, *Severity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    since = MomentField(gettext_lazy("Since"))
    site = RowField(
        sites.find, gettext_lazy("Around the site"), choices=choices.sites, required=False
    )
    km = forms.FloatField(
        label=gettext_lazy("Within kilometres"),
        min_value=0,
        max_value=FARTHEST,
        required=False,
    )

    def clean_since(self) -> Moment:
        since: Moment = self.cleaned_data["since"]
        if since.stated and since.earliest is None:
            raise ValidationError(_("Name a moment that has a beginning, such as 6 January 2020."))
        return since

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        for given, missing in (("site", "km"), ("km", "site")):
            lacks = missing not in self.errors and cleaned.get(missing) is None
            if cleaned.get(given) is not None and lacks:
                self.add_error(missing, _("Name the site and the distance, or neither."))
        return cleaned

    def wish(self) -> Wish:
        cleaned = self.cleaned_data
        return Wish(since=cleaned["since"].earliest, least=cleaned["least"], words=cleaned["q"])

    def around(self) -> Around | None:
        """The surroundings that are asked about, if any."""
        site, km = self.cleaned_data["site"], self.cleaned_data["km"]
        return Around(site, km) if site is not None else None

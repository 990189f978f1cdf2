"""What somebody's stay is, and the lists of wardens."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.accountability.actions import NewList, NewStatus
from cadre.accountability.queries.rows import PersonnelStatus, StatusKind, WardenList
from cadre.core.releasability import Viewer
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import CodesField, RowField, ViewerForm
from cadre.mission.forms.inputs import InstantField
from cadre.mission.queries import choices, missions, organisations, people, sites
from cadre.mission.queries.rows import Person
from cadre.mission.queries.versions import fingerprint

MOST_WARDENS = 6
EVERY_MINUTE = "%Y-%m-%dT%H:%MZ"


class StatusForm(ViewerForm):
    """Why somebody is not simply at the site of the post, or is there without one."""

    mission = RowField(missions.find, gettext_lazy("Mission"), choices=choices.missions)
    kind = forms.ChoiceField(label=gettext_lazy("Status"), choices=StatusKind)
    begins_at = InstantField(label=gettext_lazy("From"), max_length=40)
    ends_at = InstantField(
        label=gettext_lazy("Until"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Empty: no end is known. From that moment on it does not hold."),
    )
    site = RowField(sites.find, gettext_lazy("Site"), choices=choices.sites, required=False)
    place = forms.CharField(label=gettext_lazy("Place in words"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)
    corrects = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def repeating(row: PersonnelStatus) -> dict[str, object]:
        """What the form shows for a status that it is to correct."""
        return {
            "mission": row.mission.code,
            "kind": row.kind,
            "begins_at": f"{row.begins_at:{EVERY_MINUTE}}",
            "ends_at": f"{row.ends_at:{EVERY_MINUTE}}" if row.ends_at else "",
            "site": row.site.code if row.site else "",
            "place": row.place,
            "note": row.note,
            "corrects": row.pk,
        }

    def new(self, person: Person) -> NewStatus:
        names = tuple(self.base_fields)
        return NewStatus(person=person, **{name: self.cleaned_data[name] for name in names})


class ListForm(VersionedForm, ViewerForm):
    """Whom a warden counts: people by name, or all of a place and a nation."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    site = RowField(
        sites.find,
        gettext_lazy("Site"),
        choices=choices.sites,
        required=False,
        help_text=gettext_lazy("Everybody in it and below it."),
    )
    nation = RowField(
        organisations.find, gettext_lazy("Nation"), choices=choices.nations, required=False
    )
    people = CodesField(
        label=gettext_lazy("People, by code"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy(
            "Who is named here is on this list, whatever other lists say. Where only names are"
            " given, no site and no nation, nobody else is."
        ),
    )
    dropped = forms.BooleanField(label=gettext_lazy("No longer used"), required=False)

    @staticmethod
    def shows(row: WardenList) -> dict[str, object]:
        """What the form shows for a list."""
        return {
            "code": row.code,
            "title": row.title,
            "site": row.site.code if row.site else "",
            "nation": row.nation.code if row.nation else "",
            "people": " ".join(row.people),
            "dropped": row.dropped,
            "seen": fingerprint(row),
        }

    def new(self) -> NewList:
        names = ("code", "title", "site", "nation", "people", "dropped")
        return NewList(**{name: self.cleaned_data[name] for name in names})


class WardensForm(ViewerForm):
    """The warden of a list and the alternates, in the order in which they stand in."""

    people = CodesField(
        label=gettext_lazy("Warden, then alternates, by code"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("The first counts; each further one stands in for those before."),
    )

    def clean_people(self) -> tuple[Person, ...]:
        codes = self.cleaned_data["people"]
        if len(codes) > MOST_WARDENS:
            raise ValidationError(
                _("At most %(number)s people count one list.") % {"number": MOST_WARDENS}
            )
        return tuple(the_person(self.viewer, code) for code in codes)


def the_person(viewer: Viewer, code: str) -> Person:
    """Raises ValidationError where there is none whom the viewer may see."""
    row = people.find(viewer, code)
    if row is None:
        raise ValidationError(_("There is none with the code “%(code)s”.") % {"code": code})
    return row

"""Organisations, sites, posts and people as they are to be described."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre.core.releasability import Classification, Marking
from cadre.mission import actions
from cadre.mission.forms.differences import VersionedForm
from cadre.mission.forms.fields import (
    MarkedForm,
    MomentField,
    PositionField,
    RowField,
    StatedForm,
    ViewerForm,
    marking_initial,
)
from cadre.mission.queries import choices, missions, organisations, people, posts, sites
from cadre.mission.queries.rows import (
    Organisation,
    OrganisationKind,
    Person,
    Post,
    Site,
    SiteKind,
)
from cadre.mission.queries.versions import fingerprint


class ChangeForm(VersionedForm, MarkedForm):
    """What somebody describes anew, with who may see it."""

    row: Organisation | Site | Post | Person | None = None  # what is changed; None: a new one

    def about(
        self,
        row: Organisation | Site | Post | Person,
        shows: Callable[..., dict[str, object]],
    ) -> None:
        """Names the row that is to be changed, and what the form shows for one. Its code stays."""
        self.row, self.shows = row, shows
        self.fields["code"].disabled = True
        self.fields["code"].help_text = _("A code stays: orders, markings and roles speak of it.")

    def marking(self) -> Marking:
        return replace(super().marking(), originator=self.row.originator if self.row else "")

    def pack(self) -> str:
        return self.row.pack if self.row else ""

    def new(self) -> object:
        """What is to be, as the actions take it."""
        raise NotImplementedError


def seen_of(row: Organisation | Site | Post | Person) -> dict[str, object]:
    return {"seen": fingerprint(row), **marking_initial(row)}


class OrganisationForm(ChangeForm):
    code = forms.CharField(
        label=_("Code"), max_length=40,
        help_text=_("A nation's code is two capital letters (ISO 3166-1 alpha-2)."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    parent = RowField(
        organisations.find, _("Part of"), choices=choices.organisations, required=False
    )

    @staticmethod
    def of(row: Organisation) -> dict[str, object]:
        """What the form shows for an organisation."""
        parent = row.parent.code if row.parent else ""
        return seen_of(row) | {
            "code": row.code, "name": row.name, "kind": row.kind, "parent": parent,
        }  # fmt: skip

    def new(self) -> actions.NewOrganisation:
        cleaned = self.cleaned_data
        return actions.NewOrganisation(
            code=cleaned["code"],
            name=cleaned["name"],
            kind=cleaned["kind"],
            parent=cleaned["parent"],
            marking=self.marking(),
            pack=self.pack(),
        )


class MembershipForm(StatedForm):
    kind = forms.CharField(
        label=_("What it is"), max_length=40, help_text=_("Ally of, partner of, member of …")
    )
    of = RowField(organisations.find, _("To whom"), choices=choices.organisations)
    since = MomentField(_("Since"))
    until = MomentField(_("Until"))

    def new(self) -> actions.NewMembership:
        cleaned = self.cleaned_data
        return actions.NewMembership(
            kind=cleaned["kind"],
            of=cleaned["of"],
            since=cleaned["since"],
            until=cleaned["until"],
            grounds=self.grounds(),
        )


class SiteForm(ChangeForm):
    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteKind)
    parent = RowField(sites.find, _("Lies in"), choices=choices.sites, required=False)
    position = PositionField(
        label=_("Position"),
        required=False,
        max_length=80,
        help_text=_("33.3152, 44.3661 or 33°18'N 44°22'E or 38S MB 41028 86304."),
    )
    capacity = forms.IntegerField(
        label=_("Places"), min_value=0, max_value=1_000_000, required=False
    )

    @staticmethod
    def of(row: Site) -> dict[str, object]:
        """What the form shows for a site."""
        return seen_of(row) | {
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "parent": row.parent.code if row.parent else "",
            "position": sites.position_of(row) or "",
            "capacity": row.capacity,
        }

    def new(self) -> actions.NewSite:
        cleaned = self.cleaned_data
        return actions.NewSite(
            code=cleaned["code"],
            name=cleaned["name"],
            kind=cleaned["kind"],
            parent=cleaned["parent"],
            position=cleaned["position"],
            capacity=cleaned["capacity"],
            marking=self.marking(),
            pack=self.pack(),
        )


class PostForm(ChangeForm):
    code = forms.CharField(label=_("Code"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=200)
    mission = RowField(missions.find, _("Mission"), choices=choices.missions)
    line = forms.CharField(
        label=_("Activity line"), max_length=40, required=False,
        help_text=_("Its code, such as training. Empty: the mission as a whole."),
    )  # fmt: skip
    nation = RowField(organisations.find, _("Nation"), choices=choices.nations, required=False)
    site = RowField(sites.find, _("Site"), choices=choices.sites, required=False)
    reports_to = RowField(posts.find, _("Reports to (code of a post)"), required=False)

    @staticmethod
    def of(row: Post) -> dict[str, object]:
        """What the form shows for a post."""
        return seen_of(row) | {
            "code": row.code,
            "title": row.title,
            "mission": row.mission.code,
            "line": row.line,
            "nation": row.nation.code if row.nation else "",
            "site": row.site.code if row.site else "",
            "reports_to": row.reports_to.code if row.reports_to else "",
        }

    def new(self) -> actions.NewPost:
        cleaned = self.cleaned_data
        return actions.NewPost(
            code=cleaned["code"],
            title=cleaned["title"],
            mission=cleaned["mission"],
            line=cleaned["line"],
            nation=cleaned["nation"],
            site=cleaned["site"],
            reports_to=cleaned["reports_to"],
            marking=self.marking(),
            pack=self.pack(),
        )


class PersonForm(ChangeForm):
    code = forms.CharField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=200)
    rank = forms.CharField(label=_("Rank"), max_length=60, required=False)
    nation = RowField(organisations.find, _("Nation"), choices=choices.nations)
    email = forms.EmailField(label=_("Email"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.CharField(label=_("Language"), max_length=12, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["releasable_to"].help_text = _(
            "Codes of nations and organisations besides the person's own nation, which always sees"
            " the name. Empty: nobody else."
        )

    @staticmethod
    def of(row: Person) -> dict[str, object]:
        """What the form shows for a person."""
        return seen_of(row) | {
            "code": row.code,
            "name": row.name,
            "rank": row.rank,
            "nation": row.nation.code,
            "email": row.email,
            "phone": row.phone,
            "language": row.language,
        }

    def marking(self) -> Marking:
        """Never open to all: the nation, and whom it releases the name to."""
        marked = super().marking()
        nation: Organisation = self.cleaned_data["nation"]
        return actions.marking_of_person(
            nation.code,
            shared_with=tuple(marked.releasable_to or ()),
            classification=Classification(marked.classification),
            communities=marked.communities,
        )

    def new(self) -> actions.NewPerson:
        cleaned = self.cleaned_data
        return actions.NewPerson(
            code=cleaned["code"],
            name=cleaned["name"],
            nation=cleaned["nation"],
            rank=cleaned["rank"],
            email=cleaned["email"],
            phone=cleaned["phone"],
            language=cleaned["language"],
            marking=self.marking(),
            pack=self.pack(),
        )


class HoldingForm(ViewerForm):
    person = RowField(people.find, _("Code of the person"))
    begins_at = forms.DateTimeField(label=_("From"), help_text=_("2020-01-06 08:00, in UTC."))
    ends_at = forms.DateTimeField(
        label=_("Until"), required=False, help_text=_("Empty: until further notice.")
    )

    def new(self, post: Post) -> actions.NewHolding:
        cleaned = self.cleaned_data
        ends_at = cleaned["ends_at"]
        return actions.NewHolding(
            post=post,
            person=cleaned["person"],
            begins_at=cleaned["begins_at"].astimezone(UTC),
            ends_at=ends_at and ends_at.astimezone(UTC),
        )


class EndForm(ViewerForm):
    ends_at = forms.DateTimeField(label=_("Until"), help_text=_("2020-01-06 08:00, in UTC."))

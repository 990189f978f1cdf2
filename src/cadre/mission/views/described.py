"""The forms that add and change organisations, sites, posts and people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre.access.queries import viewer_in
from cadre.core.releasability import Viewer
from cadre.mission import actions
from cadre.mission.doors import require_somewhere
from cadre.mission.forms.described import (
    ChangeForm,
    EndForm,
    HoldingForm,
    MembershipForm,
    OrganisationForm,
    PersonForm,
    PostForm,
    SiteForm,
)
from cadre.mission.queries import holdings, organisations, parts, people, posts, sites
from cadre.mission.queries.rows import Organisation, Person, Post, Site, Stated
from cadre.mission.views.answering import handled, posted, to_correct

type Row = Organisation | Site | Post | Person


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of described row: how it is found, asked for, added and changed."""

    find: Callable[[Viewer, str], Row | None]
    form: type[ChangeForm]
    shown: Callable[..., dict[str, object]]  # what the form shows for a row
    add: Callable[..., Row]
    change: Callable[..., Row]
    verb: str  # the permission
    listing: str  # the name of the page with the list
    page: str  # the name of the page of one
    plural: object
    new: object
    changed: object


KINDS: Final = {
    "organisations": Kind(
        organisations.find,
        OrganisationForm,
        OrganisationForm.of,
        actions.add_organisation,
        actions.change_organisation,
        "mission.change",
        "mission:organisations",
        "mission:organisation",
        gettext_lazy("Nations and organisations"),
        gettext_lazy("A new organisation"),
        gettext_lazy("Change an organisation"),
    ),
    "sites": Kind(
        sites.find,
        SiteForm,
        SiteForm.of,
        actions.add_site,
        actions.change_site,
        "mission.change",
        "mission:sites",
        "mission:site",
        gettext_lazy("Sites"),
        gettext_lazy("A new site"),
        gettext_lazy("Change a site"),
    ),
    "posts": Kind(
        posts.find,
        PostForm,
        PostForm.of,
        actions.add_post,
        actions.change_post,
        "mission.change",
        "mission:posts",
        "mission:post",
        gettext_lazy("Posts"),
        gettext_lazy("A new post"),
        gettext_lazy("Change a post"),
    ),
    "people": Kind(
        people.find,
        PersonForm,
        PersonForm.of,
        actions.add_person,
        actions.change_person,
        "mission.people",
        "mission:people",
        "mission:person",
        gettext_lazy("People"),
        gettext_lazy("A new person"),
        gettext_lazy("Change a person"),
    ),
}


def add(request: HttpRequest, kind: str) -> HttpResponseBase:
    viewer, what = viewer_in(request), KINDS[kind]
    require_somewhere(viewer, what.verb)
    form = what.form(viewer, posted(request), initial=dict(request.GET.items()))

    def act(at: datetime) -> str:
        return reverse(what.page, args=[what.add(form.new(), by=viewer, at=at).code])

    return handled(request, form, act, {"title": str(what.new), "up": way_up(what)})


def change(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    viewer, what = viewer_in(request), KINDS[kind]
    row = what.find(viewer, code)
    if row is None:
        raise Http404
    require_somewhere(viewer, what.verb)
    form = what.form(viewer, posted(request), initial=what.shown(row))
    form.about(row, what.shown)

    def act(at: datetime) -> str:
        seen = form.cleaned_data["seen"]
        changed = what.change(row, form.new(), seen=seen, by=viewer, at=at)
        return reverse(what.page, args=[changed.code])

    page: dict[str, object] = {"title": str(what.changed), "up": way_up(what, row)}
    return handled(request, form, act, page)


def way_up(what: Kind, row: Row | None = None) -> list[dict[str, str]]:
    up = [{"label": str(what.plural), "url": reverse(what.listing)}]
    if row is not None:
        up.append({"label": str(row), "url": reverse(what.page, args=[row.code])})
    return up


def add_membership(request: HttpRequest, code: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = organisations.find(viewer, code)
    if row is None:
        raise Http404
    require_somewhere(viewer, "mission.change")
    corrected = to_correct(request, partial(parts.membership, viewer, row))
    form = MembershipForm(viewer, posted(request), initial=correcting(viewer, corrected))

    def act(at: datetime) -> str:
        actions.record_membership(row, form.new(), by=viewer, at=at)
        return reverse("mission:organisation", args=[code])

    page: dict[str, object] = {
        "title": _("What the organisation is to another"),
        "up": way_up(KINDS["organisations"], row),
        "corrected": corrected,
    }
    return handled(request, form, act, page)


def correcting(viewer: Viewer, row: Stated | None) -> dict[str, object] | None:
    return MembershipForm.repeating(row, parts.references(viewer, row)) if row else None


def hold(request: HttpRequest, code: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    post = posts.find(viewer, code)
    if post is None:
        raise Http404
    require_somewhere(viewer, "mission.people")
    form = HoldingForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.hold(form.new(post), by=viewer, at=at)
        return reverse("mission:post", args=[code])

    page: dict[str, object] = {
        "title": _("Somebody takes over a post"),
        "up": way_up(KINDS["posts"], post),
    }
    return handled(request, form, act, page)


def end_holding(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    holding = holdings.find(viewer, row)
    if holding is None:
        raise Http404
    require_somewhere(viewer, "mission.people")
    form = EndForm(viewer, posted(request))

    def act(at: datetime) -> str:
        ends_at = form.cleaned_data["ends_at"].astimezone(UTC)
        actions.end_holding(holding, ends_at=ends_at, by=viewer, at=at)
        return reverse("mission:post", args=[holding.post.code])

    page: dict[str, object] = {
        "title": _("A holding ends"),
        "up": way_up(KINDS["posts"], holding.post),
    }
    return handled(request, form, act, page)

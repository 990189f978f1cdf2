"""Pages of organisations, sites, posts and people."""

from django.http import Http404, HttpRequest, HttpResponseBase

from cadre.access.permissions import may
from cadre.access.queries import viewer_in
from cadre.mission.doors import may_somewhere
from cadre.mission.queries import choices, organisations, people, posts, sites
from cadre.mission.queries.posts import Filter
from cadre.mission.queries.rows import Kept
from cadre.mission.views.answering import known_on
from cadre.record.queries import changes, history
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

LONGEST = 6  # digits of a page number


def asked_filter(request: HttpRequest) -> Filter:
    asked = {name: words(request, name) for name in ("q", "nation", "mission", "site")}
    return Filter(asked["q"], asked["nation"], asked["mission"], asked["site"])


def words(request: HttpRequest, name: str) -> str:
    """What the address says; a NUL, which no text of the database can hold, is left out."""
    return request.GET.get(name, "").replace("\x00", "").strip()


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else 1


def shown(
    request: HttpRequest, template: str, found: object, row: Kept, verb: str, mission: str = ""
) -> HttpResponseBase:
    """The page of one described row, with the versions that the ledger keeps of it."""
    viewer = viewer_in(request)
    versions = changes(history(viewer, row._meta.db_table, str(row.pk)))
    context = {
        "found": found,
        "row": row,
        "versions": versions[::-1],
        "fictional": row.pack.startswith("fictional"),
        "may_change": may(viewer, verb, mission) if mission else may_somewhere(viewer, verb),
        "may_people": may_somewhere(viewer, "mission.people"),
    }
    return render_page(request, template, context)


def organisation_list(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_in(request)
    narrowed = words(request, "q")
    found = organisations.organisations(
        viewer, words=narrowed, on=asked_moments(request).on, known_on=known_on(request)
    )
    context = {
        "organisations": found,
        "words": narrowed,
        "may_change": may_somewhere(viewer, "mission.change"),
        "may_import": may_somewhere(viewer, "mission.import"),
    }
    return render_page(request, "mission/organisations.html", context, partial="rows")


def organisation_page(request: HttpRequest, code: str) -> HttpResponseBase:
    found = organisations.organisation(
        viewer_in(request), code, on=asked_moments(request).on, known_on=known_on(request)
    )
    if found is None:
        raise Http404
    return shown(request, "mission/organisation.html", found, found.organisation, "mission.change")


def site_list(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_in(request)
    found = sites.sites(viewer, on=asked_moments(request).on, known_on=known_on(request))
    context = {
        "sites": found,
        "may_change": may_somewhere(viewer, "mission.change"),
        "may_import": may_somewhere(viewer, "mission.import"),
    }
    return render_page(request, "mission/sites.html", context)


def site_page(request: HttpRequest, code: str) -> HttpResponseBase:
    found = sites.site(
        viewer_in(request), code, on=asked_moments(request).on, known_on=known_on(request)
    )
    if found is None:
        raise Http404
    return shown(request, "mission/site.html", found, found.site, "mission.change")


def post_list(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_in(request)
    narrowed = asked_filter(request)
    found = posts.posts(
        viewer,
        narrowed,
        page=page_number(request),
        on=asked_moments(request).on,
        known_on=known_on(request),
    )
    context = {
        "page": found,
        "narrowed": narrowed,
        "nations": choices.nations(viewer),
        "missions": choices.missions(viewer),
        "may_change": may_somewhere(viewer, "mission.change"),
        "may_import": may_somewhere(viewer, "mission.import"),
    }
    return render_page(request, "mission/posts.html", context, partial="rows")


def post_page(request: HttpRequest, code: str) -> HttpResponseBase:
    found = posts.post(
        viewer_in(request), code, on=asked_moments(request).on, known_on=known_on(request)
    )
    if found is None:
        raise Http404
    mission = found.post.mission.code
    return shown(request, "mission/post.html", found, found.post, "mission.change", mission)


def people_list(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_in(request)
    narrowed = asked_filter(request)
    found = people.people(
        viewer,
        narrowed,
        page=page_number(request),
        on=asked_moments(request).on,
        known_on=known_on(request),
    )
    context = {
        "page": found,
        "narrowed": narrowed,
        "nations": choices.nations(viewer),
        "missions": choices.missions(viewer),
        "may_change": may_somewhere(viewer, "mission.people"),
        "may_import": may_somewhere(viewer, "mission.import"),
    }
    return render_page(request, "mission/people.html", context, partial="rows")


def person_page(request: HttpRequest, code: str) -> HttpResponseBase:
    found = people.person(
        viewer_in(request), code, on=asked_moments(request).on, known_on=known_on(request)
    )
    if found is None:
        raise Http404
    return shown(request, "mission/person.html", found, found.person, "mission.people")

"""The pages that a signed link opens without an account: a person's own, and a warden's list.

The link is all the authority that there is, so no cookie is read or set and no CSRF token is asked
for: whoever can post to such an address holds the link.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from uuid import UUID, uuid4, uuid5

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre.access import looks
from cadre.access.actions import note_looks
from cadre.access.queries import seeing
from cadre.accountability import crowding, link_pages, link_words, links, posting
from cadre.accountability.posting import Delivered, Report
from cadre.accountability.queries import WardenPage, by_link, by_warden_link
from cadre.mission.doors import now

PASSED_ON = "passed"  # in the address after somebody else was reported of

type Link = Callable[[HttpRequest, str], HttpResponseBase]
type Decorated = Callable[[Link], Link]


def through(genuine: Callable[[str], object]) -> Decorated:
    """A view behind a link: one that this node did not make leads to the same page for all, before
    anything is looked up, and too many posts are turned away.
    """

    def decorated(view: Link) -> Link:
        @csrf_exempt
        @wraps(view)
        def checked(request: HttpRequest, token: str) -> HttpResponseBase:
            made_here = genuine(token) is not None
            if request.method == "POST" and not lets_in(request, token, made_here=made_here):
                return crowded()
            if not made_here:
                return gone(request)
            return private(view(request, token))

        return checked

    return decorated


own_link, warden_link = through(links.entry_of), through(links.muster_and_warden_of)
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@own_link
def check_in(request: HttpRequest, token: str) -> HttpResponseBase:
    """A person's own page. Only a press reports; looking never does.

    What is pressed is taken before anything is read: this is where everybody comes at once.
    """
    if request.method == "POST" and not pressed_in_vain(request, token):
        return again(request, passed=bool(request.POST.get("voice")))
    found = by_link(token, at=now())
    if found is None:
        return gone(request)
    with override(language(request, found.entry.person.language)):
        trouble = pressed_in_vain(request, token) if request.method == "POST" else ""
        context = {
            "page": link_pages.own(found, token, at=now()),
            "presses": link_words.PRESSES,
            "other_key": uuid4(),
            "typed": request.POST,
            "passed": PASSED_ON in request.GET,
        }
        return shown(request, "accountability/check_in.html", context, trouble)


def pressed_in_vain(request: HttpRequest, token: str) -> str:
    """Takes what was pressed; why not, in the language of the moment, "" where it was taken. Asked
    twice it takes it once: the key is the same.
    """
    return posting.own(token, [request.POST.dict()], at=now()).why


@page
@warden_link
def warden_list(request: HttpRequest, token: str) -> HttpResponseBase:
    """A warden's list; who opens it looks at the people on it, which is noted."""
    found = noted_list(token, at=now())
    if found is None:
        return gone(request)
    with override(language(request, found.warden.person.language)):
        trouble = ""
        if request.method == "POST":
            trouble = posting.listed(token, pressed(request.POST), at=now()).why
            if not trouble:
                return again(request)
        context = {
            "page": link_pages.listed(found, token, at=now()),
            "presses": link_words.PRESSES,
            "hows": link_words.HOWS,
        }
        return shown(request, "accountability/warden_list.html", context, trouble)


@require_POST
@own_link
def own_reports(request: HttpRequest, token: str) -> HttpResponseBase:
    """Takes what waited on a phone; without reports it only says how things stand."""
    reports = posting.read(request.body)
    if reports is None:
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    delivered = posting.own(token, reports, at=now()) if reports else Delivered()
    found = by_link(token, at=now())
    if found is None:
        return gone(request)
    with override(language(request, found.entry.person.language)):
        told = link_pages.own(found, token, at=now())
        answer = {"heard": told.heard, "state": told.state, "open": told.about.open}
        return delivery(delivered, answer)


@require_POST
@warden_link
def list_reports(request: HttpRequest, token: str) -> HttpResponseBase:
    """The same for a list; the answer tells of entries by their keys, without names."""
    reports = posting.read(request.body)
    if reports is None:
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    delivered = posting.listed(token, reports, at=now()) if reports else Delivered()
    found = by_warden_link(token, at=now())
    if found is None:
        return gone(request)
    with override(language(request, found.warden.person.language)):
        told = link_pages.listed(found, token, at=now())
        rows = {str(row.entry): [row.state, row.heard] for row in told.rows}
        return delivery(delivered, {"rows": rows, "summary": told.summary, "open": told.about.open})


@require_GET
@own_link
def own_manifest(request: HttpRequest, token: str) -> HttpResponseBase:
    return manifest(request, reverse("check_in", args=[token]), _("Check in"))


@require_GET
@warden_link
def list_manifest(request: HttpRequest, token: str) -> HttpResponseBase:
    return manifest(request, reverse("warden_list", args=[token]), _("Warden’s list"))


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker; another version of its parts has other names, so browsers notice."""
    parts = ", ".join(f'"{static(f"accountability/{name}.js")}"' for name in ("queue", "worker"))
    answer = HttpResponse(f"importScripts({parts});\n", content_type="text/javascript")
    patch_cache_control(answer, no_cache=True)
    return answer


def noted_list(token: str, *, at: datetime) -> WardenPage | None:
    with looks.noted() as seen:
        found = by_warden_link(token, at=at)
    if found is not None and seen:
        with seeing(found.viewer):
            note_looks(seen, by=found.viewer, door="GET /warden/", at=at)
    return found


def pressed(form: QueryDict) -> list[Report]:
    """What a press on a list reports: of the row of the button, or of all that are marked.

    One page gives one person in one state one key, however often it is sent.
    """
    entry, _colon, state = form.get("report", "").partition(":")
    pairs = [(entry, state)] if entry else [(each, form.get("state", "")) for each in marked(form)]
    common = {"how": form.get("how", ""), "told": form.get("told", "")}
    return [
        {**common, "entry": each, "state": word, "key": key_of(form.get("key", ""), each + word)}
        for each, word in pairs
    ]


def marked(form: QueryDict) -> list[str]:
    return form.getlist("marked")[: posting.MOST]


def key_of(key: str, row: str) -> str:
    try:
        return str(uuid5(UUID(key), row))
    except ValueError:
        return key


def language(request: HttpRequest, preferred: str) -> str:
    """The language asked for, else the person's, else what the browser says."""
    known = dict(settings.LANGUAGES)
    asked = (request.GET.get("lang", ""), preferred.lower().partition("-")[0])
    return next((each for each in asked if each in known), get_language() or "en")


def shown(
    request: HttpRequest, template: str, context: Mapping[str, object], trouble: str
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK
    context = {**context, "key": uuid4(), "trouble": trouble}
    answer = render(request, template, context, status=status)
    answer["Content-Language"] = get_language()
    return answer


def again(request: HttpRequest, *, passed: bool = False) -> HttpResponseBase:
    """To the page as it stands now, so that loading it anew sends nothing again."""
    query = QueryDict(mutable=True)
    if "lang" in request.GET:
        query["lang"] = request.GET["lang"]
    if passed:
        query[PASSED_ON] = "1"
    place = f"{request.path}?{query.urlencode()}" if query else request.path
    return HttpResponseRedirect(place, status=HTTPStatus.SEE_OTHER)


def delivery(delivered: Delivered, answer: Mapping[str, object]) -> JsonResponse:
    return JsonResponse({"taken": delivered.taken, "refused": delivered.refused, **answer})


def manifest(request: HttpRequest, scope: str, name: str) -> HttpResponse:
    with override(language(request, "")):
        said = {
            "name": name,
            "lang": get_language(),
            "dir": "rtl" if get_language_bidi() else "ltr",
            "start_url": scope,
            "scope": scope,
            "display": "standalone",
            "icons": [{"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        }
    return JsonResponse(said, content_type="application/manifest+json")


def gone(request: HttpRequest) -> HttpResponseBase:
    with override(language(request, "")):
        answer = render(request, "accountability/field_gone.html", status=HTTPStatus.NOT_FOUND)
    return private(answer)


def crowded() -> HttpResponse:
    """Too many posts: nothing is lost by it, since phones keep what they could not send."""
    why = _("Too many reports at once. Try again in a minute.")
    answer = HttpResponse(why, content_type="text/plain", status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = "60"
    return answer


def private(answer: HttpResponseBase) -> HttpResponseBase:
    """No cache between us and the phone keeps it, and no link on it gives its address away."""
    patch_cache_control(answer, private=True, no_store=True)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def lets_in(request: HttpRequest, token: str, *, made_here: bool) -> bool:
    try:
        address = str(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        address = ""  # nobody is kept from checking in by the settings of a proxy
    return crowding.lets_in(token, address, genuine=made_here)

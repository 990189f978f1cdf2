"""What the page frame shows around every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import pgettext_lazy

from cadre.alerts.queries.lists import to_acknowledge
from cadre.core.releasability import Classification, Viewer
from cadre.web.clock import KNOWN_ON, ON, Moments, asked_moments, default_moment
from cadre.web.packs import packs_of
from cadre.web.wording import CLASSIFICATION_WORDS, instant_text

NAVIGATION = (
    ("web:board", pgettext_lazy("page", "Board")),
    ("mission:missions", pgettext_lazy("page", "Missions")),
    ("web:timeline", pgettext_lazy("page", "Timeline")),
    ("web:map", pgettext_lazy("page", "Map")),
    ("accountability:musters", pgettext_lazy("page", "Muster")),
    ("alerts:own", pgettext_lazy("page", "Messages")),
    ("situation:incidents", pgettext_lazy("page", "Incidents")),
    ("record:ask", pgettext_lazy("page", "Ask")),
    ("record:sources", pgettext_lazy("page", "Sources")),
    ("intake:desk", pgettext_lazy("page", "Intake")),
    ("web:directory", pgettext_lazy("page", "Directory")),
)


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    label: str
    url: str
    current: str  # the value of aria-current: "page", "true" (a page below it) or ""


@dataclass(frozen=True)
class Clock:
    """The clock bar: the two moments and the addresses that change them."""

    moments: Moments
    state: str  # "present", "pinned" or "asked"
    kept: tuple[tuple[str, str], ...]  # the other query parameters, for the form
    now: str
    permalink: str
    earlier: str
    later: str


@dataclass(frozen=True)
class Shell:
    """The frame around a page. Pages for strangers have no viewer."""

    navigation: tuple[Place, ...]
    clock: Clock
    classification: Classification
    classification_word: str
    demo: bool
    fictional: bool
    viewer: Viewer | None
    search_url: str
    sign_in_url: str
    sign_out_url: str
    language_url: str
    here: str
    bell: int  # messages that wait for the viewer's own answer
    bell_url: str


def shell(request: HttpRequest) -> dict[str, object]:
    """The context processor: the frame is built only if the template shows it."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    viewer = getattr(request, "viewer", None)
    level = site_classification()
    return Shell(
        navigation=navigation(request.path) if viewer else (),
        clock=clock(request),
        classification=level,
        classification_word=str(CLASSIFICATION_WORDS[level]),
        demo=bool(getattr(settings, "CADRE_DEMO", False)),
        fictional=any(pack.fictional for pack in packs_of(request).values()),
        viewer=viewer,
        search_url=address("web:search") if viewer else "",
        sign_in_url=address("account_login"),
        sign_out_url=address("account_logout"),
        language_url=address("set_language"),
        here=request.get_full_path(),
        bell=to_acknowledge(viewer, on=default_moment()[0]) if viewer else 0,
        bell_url=address("alerts:own"),
    )


def address(name: str) -> str:
    """The address of a named page, or nothing where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(path: str) -> tuple[Place, ...]:
    places = [(str(label), address(name)) for name, label in NAVIGATION]
    return tuple(Place(label, url, current(url, path)) for label, url in places if url)


def current(url: str, path: str) -> str:
    if url == path:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def clock(request: HttpRequest) -> Clock:
    moments = asked_moments(request)
    day = timedelta(days=1)
    state = "asked" if moments.chosen else "pinned" if moments.pinned else "present"
    kept = tuple(
        (name, value)
        for name, values in request.GET.lists()
        if name not in (ON, KNOWN_ON)
        for value in values
    )
    return Clock(
        moments=moments,
        state=state,
        kept=kept,
        now=standing_at(request, {}),
        permalink=standing_at(
            request, {ON: instant_text(moments.on), KNOWN_ON: instant_text(moments.known_on)}
        ),
        earlier=stepped(request, moments, -day),
        later=stepped(request, moments, day),
    )


def stepped(request: HttpRequest, moments: Moments, step: timedelta) -> str:
    """The same page a step away; what was known stays as asked. Nothing at the end of time."""
    try:
        on = instant_text(moments.on + step)
    except OverflowError:
        return ""
    known = {KNOWN_ON: moments.known_on_text} if moments.known_on_text else {}
    return standing_at(request, {ON: on} | known)


def standing_at(request: HttpRequest, moments: Mapping[str, str]) -> str:
    """This page's address with exactly these moments; the other parameters stay."""
    query = request.GET.copy()
    query.pop(ON, None)
    query.pop(KNOWN_ON, None)
    query.update(moments)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def site_classification() -> Classification:
    name = str(getattr(settings, "CADRE_SITE_CLASSIFICATION", "") or "unclassified")
    return Classification[name.upper()]

"""How people are reached: one's own addresses and wishes, those of others, and deputies."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.alerts import actions
from cadre.alerts.channels.registry import browsers_key
from cadre.alerts.forms.browsers import BrowserForm
from cadre.alerts.forms.contacts import (
    ContactForm,
    DeputyForm,
    QuietForm,
    SubscriptionForm,
    VerifyForm,
)
from cadre.alerts.queries import contacts as reading
from cadre.alerts.queries import offers
from cadre.alerts.queries.browsers import own_browsers
from cadre.alerts.queries.rows import Cause, Contact, Person
from cadre.alerts.views.reading import tabs
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web.render import render_page


def how(request: HttpRequest) -> HttpResponseBase:
    """How the viewer is reached and wants to be told."""
    viewer = viewer_in(request)
    person = reading.own_person(viewer)
    wishes = reading.own_wishes(viewer)
    causes = dict(Cause.choices)
    context = {
        "person": person,
        "contacts": reading.contacts(viewer, [person]).get(person, ()) if person else (),
        "wishes": wishes,
        "wanted": [
            (each, [causes.get(name, name) for name in each.causes])
            for each in wishes.subscriptions
        ],
        "push_key": browsers_key(),
        "browsers": own_browsers(viewer),
        "browser_form": BrowserForm(viewer),
        "outbox": settings.WAYS_OUT.outbox,
        "tabs": tabs(viewer, "how"),
    }
    return render_page(request, "alerts/how.html", context)


def quiet(request: HttpRequest) -> HttpResponseBase:
    """One's own quiet hours; none where both times are left empty."""
    viewer = viewer_in(request)
    kept = reading.own_wishes(viewer).quiet
    names = ("begins", "ends", "zone")
    first = {name: getattr(kept, name) for name in names} if kept else None
    form = QuietForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.set_quiet_hours(form.quiet(), by=viewer, at=at)
        return reverse("alerts:how")

    return handled(request, form, act, {"title": _("Quiet hours"), "up": up_to_how()})


def subscribe(request: HttpRequest) -> HttpResponseBase:
    """What the viewer wants to be told of besides what he must."""
    viewer = viewer_in(request)
    form = SubscriptionForm(viewer, posted(request))

    def act(at: datetime) -> str:
        actions.subscribe(form.wish(), by=viewer, at=at)
        return reverse("alerts:how")

    title = _("What else you want to be told of")
    return handled(request, form, act, {"title": title, "up": up_to_how()})


def up_to_how() -> list[dict[str, str]]:
    return [{"label": _("How you are reached"), "url": reverse("alerts:how")}]


def home_of(viewer: Viewer, person: Person) -> str:
    """The page on which the addresses of a person stand for this viewer."""
    own = reading.is_own(viewer, person)
    return reverse("alerts:how") if own else reverse("alerts:contacts", args=[person.code])


def the_person(viewer: Viewer, code: str) -> Person:
    """Somebody whose name the viewer may see; one's own anybody may."""
    return there(reading.reached(viewer, code, now=now(), live_page=True))


def of_person(request: HttpRequest, person: str) -> HttpResponseBase:
    """The addresses of somebody whose name the viewer may see."""
    viewer = viewer_in(request)
    row = the_person(viewer, person)
    context = {
        "person": row,
        "contacts": reading.contacts(viewer, [row]).get(row, ()),
        "may_change": may(viewer, "alerts.contacts"),
        "up": [{"label": row.name, "url": reverse("mission:person", args=[row.code])}],
    }
    return render_page(request, "alerts/contacts.html", context)


def add(request: HttpRequest, person: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    row = the_person(viewer, person)
    if not reading.is_own(viewer, row):
        require(viewer, "alerts.contacts")
    form = ContactForm(viewer, posted(request))
    home = home_of(viewer, row)

    def act(at: datetime) -> str:
        actions.note_contact(form.new(row), by=viewer, at=at)
        return home

    up = [{"label": row.name, "url": home}]
    return handled(request, form, act, {"title": _("Add an address"), "up": up})


def the_contact(viewer: Viewer, row: UUID) -> Contact:
    return there(reading.contact(viewer, row, now=now()))


def verify(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """Somebody else makes sure that an address is right."""
    viewer = viewer_in(request)
    found = the_contact(viewer, row)
    require(viewer, "alerts.contacts")
    form = VerifyForm(viewer, posted(request))
    home = home_of(viewer, found.person)

    def act(at: datetime) -> str:
        actions.verify_contact(found, form.cleaned_data["how"], by=viewer, at=at)
        return home

    up = [{"label": found.person.name, "url": home}]
    return handled(request, form, act, {"title": _("The address is right"), "up": up})


def ask(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """Sends a message to the address; who answers it has shown that it is his."""
    viewer = viewer_in(request)
    found = the_contact(viewer, row)
    if request.method == "POST":
        try:
            actions.ask_to_verify(found, by=viewer, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("A message is on its way to this address: answer it."))
    return redirect(home_of(viewer, found.person))


def drop(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    found = the_contact(viewer, row)
    if request.method == "POST":
        actions.drop_contact(found, by=viewer, at=now())
        messages.success(request, _("Nothing goes to this address any more."))
    return redirect(home_of(viewer, found.person))


def of_mission(request: HttpRequest, mission: str) -> HttpResponseBase:
    """Who of a mission cannot be reached at all, and who stands in for whom."""
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    number, unverified = offers.counted_contacts(viewer, about)
    context = {
        "mission": about,
        "unreachable": reading.unreachable(viewer, about, now=now()),
        "number": number,
        "unverified": unverified,
        "deputies": reading.deputies_of(viewer, about),
        "may_change": may(viewer, "alerts.contacts"),
        "up": [{"label": about.name, "url": reverse("mission:mission", args=[mission])}],
    }
    return render_page(request, "alerts/reach.html", context)


def deputy(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "alerts.contacts")
    form = DeputyForm(viewer, about, posted(request))
    home = reverse("alerts:reach", args=[mission])

    def act(at: datetime) -> str:
        actions.name_deputy(form.new(), by=viewer, at=at)
        return home

    up = [{"label": _("How people are reached"), "url": home}]
    return handled(request, form, act, {"title": _("Who stands in for whom"), "up": up})

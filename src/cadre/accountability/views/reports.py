"""What is said of one person of a muster, what was done, and where somebody was seen."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.accountability import actions
from cadre.accountability.forms.reports import CheckInForm, FollowUpForm, SettleForm, SightingForm
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import board_of
from cadre.accountability.queries.mentions import mention
from cadre.accountability.queries.persons import alike, one_of_muster
from cadre.accountability.queries.rows import MusterEntry, VoiceChoices
from cadre.accountability.views.moments import present, when_of
from cadre.accountability.views.musters import allowed, way_up
from cadre.core.releasability import Viewer
from cadre.mission.doors import now, require_somewhere
from cadre.mission.queries import people
from cadre.mission.views.answering import handled, posted, there
from cadre.web.asked import asked_text
from cadre.web.render import render_page


def one(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """One person of a muster: how they stand and why, and what can be done next."""
    viewer = viewer_in(request)
    entry = there(lookups.entry(viewer, row))
    board = board_of(viewer, entry.muster, when_of(request), live_page=True)
    found = there(one_of_muster(board, entry))
    context = {
        "found": found,
        "row": entry,
        "exercise": entry.muster.exercise,
        "up": way_up(entry.muster),
        "may": allowed(viewer, entry.muster),
        "report": CheckInForm(viewer, initial=first_report(request, viewer)),
        "step": FollowUpForm(viewer, initial=first_step(request)),
    }
    return render_page(request, "accountability/entry.html", context)


def first_report(request: HttpRequest, viewer: Viewer) -> dict[str, object]:
    """Whoever decides about unclear words, or takes a word back, speaks in charge."""
    in_charge = {"voice": VoiceChoices.IN_CHARGE.value} if "decide" in request.GET else {}
    return CheckInForm.first(viewer, now()) | {"state": asked_text(request, "state")} | in_charge


def first_step(request: HttpRequest) -> dict[str, object]:
    return {"step": asked_text(request, "step"), "done_at": present()}


def report(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    entry = there(lookups.entry(viewer, row))
    require(viewer, "accountability.report", entry.muster.mission.code)
    form = CheckInForm(viewer, posted(request), initial=first_report(request, viewer))

    def act(at: datetime) -> str:
        actions.check_in(form.new(entry.person, entry.muster, at=at), by=viewer, at=at)
        return back_to(request, entry)

    return handled(request, form, act, about(entry, _("How the person is")))


def follow_up(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    entry = there(lookups.entry(viewer, row))
    require(viewer, "accountability.follow_up", entry.muster.mission.code)
    form = FollowUpForm(viewer, posted(request), initial=first_step(request))

    def act(at: datetime) -> str:
        cleaned = form.cleaned_data
        actions.follow_up(
            entry,
            cleaned["step"],
            cleaned["outcome"],
            done_at=cleaned["done_at"],
            by=viewer,
            at=at,
        )
        return back_to(request, entry)

    return handled(request, form, act, about(entry, _("What was done")))


def settle(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """Who is meant by what somebody said of another by name as typed."""
    viewer = viewer_in(request)
    told = there(mention(viewer, row))
    muster = told.muster
    require(viewer, "accountability.follow_up", muster.mission.code)
    board = board_of(viewer, muster, when_of(request), live_page=True)
    first: dict[str, object] = {"person": asked_text(request, "person")}
    form = SettleForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        cleaned = form.cleaned_data
        actions.settle_mention(told, cleaned["person"], cleaned["note"], by=viewer, at=at)
        return reverse("accountability:muster", args=[muster.number])

    page: dict[str, object] = {
        "title": _("Who is meant?"),
        "row": told,
        "alike": alike(board, told.about),
        "up": way_up(muster),
        "exercise": muster.exercise,
    }
    return handled(request, form, act, page, "accountability/mention.html")


def back_to(request: HttpRequest, entry: MusterEntry) -> str:
    """The board, where one person after the other is seen to; the person's own page if asked."""
    if "stay" in request.GET:
        return reverse("accountability:entry", args=[entry.pk])
    return reverse("accountability:muster", args=[entry.muster.number]) + "#outstanding"


def about(entry: MusterEntry, title: str) -> dict[str, object]:
    url = reverse("accountability:entry", args=[entry.pk])
    up = [*way_up(entry.muster), {"label": str(entry.person), "url": url}]
    return {"title": title, "up": up, "exercise": entry.muster.exercise}


def sighting(request: HttpRequest, person: str) -> HttpResponseBase:
    """Where somebody was seen, with or without a muster."""
    viewer = viewer_in(request)
    about = there(people.find(viewer, person))
    require_somewhere(viewer, "accountability.report")
    first: dict[str, object] = {"seen_at": present(), "source": viewer.name}
    form = SightingForm(viewer, posted(request), initial=first)

    def act(at: datetime) -> str:
        actions.sight(form.new(about), by=viewer, at=at)
        return reverse("accountability:whereabouts", args=[person])

    url = reverse("accountability:whereabouts", args=[person])
    page: dict[str, object] = {
        "title": _("Where somebody was seen"),
        "up": [{"label": str(about), "url": url}],
    }
    return handled(request, form, act, page)

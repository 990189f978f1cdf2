"""Pages on which a directive is composed, looked at before it is signed, and signed."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.refused import Refused
from cadre.directives import actions
from cadre.directives.forms.composed import before_signing, compared, first_values
from cadre.directives.forms.issuing import DirectiveForm, retyped
from cadre.directives.queries import composing
from cadre.directives.queries.rows import Draft
from cadre.mission.actions import Stale
from cadre.mission.doors import now
from cadre.mission.queries import missions, offers
from cadre.mission.queries.versions import fingerprint
from cadre.mission.views.answering import refused_beside, there
from cadre.web.render import render_page

SEVERAL = ("lines", "sites", "nations")
ONE = ("reason_code", "reason", "cause", "references")


def draft_url(row: Draft) -> str:
    """The page before signing: it shows what the draft would stop, which a higher context knows."""
    return reverse("training:draft", args=[row.pk])


def drafts(request: HttpRequest) -> HttpResponseBase:
    """Drafts that wait for a signature, and the missions in which one can be composed."""
    viewer = viewer_in(request)
    context = {
        "drafts": composing.drafts(viewer),
        "missions": offers.missions_in_which(viewer, "directives.draft"),
    }
    return render_page(request, "directives/drafts.html", context)


def compose(request: HttpRequest, mission: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    about = there(missions.find(viewer, mission))
    require(viewer, "directives.draft", mission)
    typed = request.POST if request.method == "POST" else None
    first = first_values(viewer, about, at=now()) | asked_for(request.GET)
    form = DirectiveForm(viewer, about, typed, initial=first)
    if form.is_bound and form.is_valid():
        try:
            kept = actions.write_draft(about, form.composed(), by=viewer, at=now())
        except Refused as refusal:
            refused_beside(form, refusal)
        else:
            return redirect(draft_url(kept))
    return composing_page(request, form, {"title": _("Compose a directive")})


def asked_for(address: QueryDict) -> dict[str, object]:
    """What an address asks to have filled in: a page that tells of something to be stopped."""
    asked: dict[str, object] = {name: address.getlist(name) for name in SEVERAL if name in address}
    return asked | {name: address[name] for name in ONE if name in address}


def edit(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    kept = there(composing.draft(viewer, row))
    require(viewer, "directives.draft", kept.mission.code)
    typed = request.POST if request.method == "POST" else retyped(kept.content)
    form = DirectiveForm(viewer, kept.mission, typed)
    seen = request.POST.get("seen", "") or fingerprint(kept)
    page: dict[str, object] = {"title": _("Change a draft"), "draft": kept, "seen": seen}
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_draft(kept, form.composed(), seen=seen, by=viewer, at=now())
        except Stale as stale:
            form.add_error(None, str(stale))
            written = there(composing.draft(viewer, row))
            page |= {"seen": fingerprint(written), "differences": compared(form, written)}
        except Refused as refusal:
            refused_beside(form, refusal)
        else:
            return redirect(draft_url(kept))
    return composing_page(request, form, page)


def composing_page(
    request: HttpRequest, form: DirectiveForm, page: dict[str, object]
) -> HttpResponseBase:
    wrong = request.method == "POST" and form.is_bound and form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    context = page | {"form": form, "mission": form.mission, "groups": form.groups()}
    return render_page(request, "directives/compose.html", context, status=status)


def sign(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    kept = there(composing.draft(viewer, row))
    form = DirectiveForm(viewer, kept.mission, retyped(kept.content))
    if request.method != "POST" or not form.is_valid():
        return redirect(draft_url(kept))
    seen = request.POST.get("seen", "")
    try:
        signed = actions.sign(kept, form.new(), seen=seen, by=viewer, at=now())
    except Refused as refusal:
        kept = there(composing.draft(viewer, row))
        before = before_signing(viewer, kept, at=now())
        context = {"draft": kept, "before": before, "refusal": str(refusal), "may_draft": True}
        status = HTTPStatus.CONFLICT
        return render_page(request, "directives/draft.html", context, status=status)
    messages.success(request, _("Signed as %(number)s.") % {"number": signed.number})
    return redirect("directives:directive", signed.number)


def drop(request: HttpRequest, row: UUID) -> HttpResponseBase:
    viewer = viewer_in(request)
    kept = there(composing.draft(viewer, row))
    if request.method == "POST":
        try:
            actions.drop_draft(kept, by=viewer, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(draft_url(kept))
    return redirect("directives:drafts")

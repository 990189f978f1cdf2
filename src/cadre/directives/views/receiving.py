"""Pages of receipts and of sister missions."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.directives import actions
from cadre.directives.forms.receiving import NoteForm, ReceiptForm
from cadre.directives.queries import lookups
from cadre.directives.queries.receipts import Addressee, addressees
from cadre.directives.queries.sisters import sisters
from cadre.directives.views.restarting import way_up
from cadre.directives.views.stopping import up_to
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.mission.views.answering import handled, posted, there
from cadre.web.clock import asked_moments


def receive(request: HttpRequest, number: str) -> HttpResponseBase:
    viewer = viewer_in(request)
    directive = there(lookups.directive(viewer, number))
    require(viewer, "directives.receive", directive.mission.code)
    form = receipt_form(request, addressees(viewer, directive, on=now(), known_on=None))

    def act(at: datetime) -> str:
        actions.receive(directive, form.new(), by=viewer, at=at)
        return reverse("directives:directive", args=[number]) + "#received"

    page: dict[str, object] = {"title": _("Received"), "up": way_up(directive)}
    return handled(request, form, act, page)


def receipt_form(request: HttpRequest, everybody: Iterable[Addressee]) -> ReceiptForm:
    """Asks which of those who are silent received the order, when and by whom."""
    viewer = viewer_in(request)
    first: dict[str, object] = {
        "addressee": request.GET.get("addressee", ""),
        "received_at": f"{now():%Y-%m-%dT%H:%MZ}",
        "received_by": viewer.name,
    }
    form = ReceiptForm(viewer, posted(request), initial=first)
    form.offer([each for each in everybody if each.receipt is None])
    return form


def beside(request: HttpRequest, mission: str) -> HttpResponseBase:
    """A mission beside its sisters; noting what changed there changes nothing here."""
    viewer, moments = viewer_in(request), asked_moments(request)
    about = there(missions.find(viewer, mission))
    found = sisters(viewer, about, on=moments.on, known_on=moments.known_on)
    newest = found.unseen[0].number if found.unseen else ""
    form = NoteForm(viewer, posted(request), initial={"about": newest})

    def act(at: datetime) -> str:
        cleaned = form.cleaned_data
        actions.note_changes(about, cleaned["about"], cleaned["note"], by=viewer, at=at)
        return reverse("directives:sisters", args=[mission])

    page: dict[str, object] = {
        "title": _("Sister missions"),
        "up": up_to(about),
        "found": found,
        "may_note": may(viewer, "directives.notices", mission),
    }
    return handled(request, form, act, page, "directives/sisters.html")

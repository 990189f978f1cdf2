"""Lists in and out: the import with its preview, templates to fill in, and downloads."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre.access.queries import viewer_in
from cadre.core.releasability import Viewer
from cadre.mission.actions import importing
from cadre.mission.actions.importing import Changed, Plan
from cadre.mission.doors import now, require_somewhere
from cadre.mission.forms.files import BadTicket, FileForm, Ticket
from cadre.mission.queries import lists
from cadre.mission.sheets import Table, csv_bytes, xlsx_bytes
from cadre.mission.views.answering import posted
from cadre.mission.views.described import KINDS
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

SHOWN = 200  # new or changed rows in a preview; mistakes are all shown
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def choose(request: HttpRequest) -> HttpResponseBase:
    """Which kind of list is to be imported."""
    require_somewhere(viewer_in(request), "mission.import")
    return render_page(request, "mission/imports.html", {"kinds": KINDS})


def import_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The upload, its preview, and with a confirmed preview the import itself."""
    if kind not in lists.COLUMNS:
        raise Http404
    viewer = viewer_in(request)
    require_somewhere(viewer, "mission.import")
    if "ticket" in request.POST:
        return confirm(request, kind, viewer)
    form = FileForm(viewer, posted(request), files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["file"]
        return preview(request, form, importing.plan(kind, table, by=viewer, at=now()), table)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render_page(request, "mission/import.html", page_of(kind, form), status=status)


def page_of(kind: str, form: FileForm) -> dict[str, object]:
    return {
        "kind": kind,
        "form": form,
        "columns": lists.COLUMNS[kind],
        "title": str(KINDS[kind].plural),
        "back": reverse(KINDS[kind].listing),
    }


def preview(request: HttpRequest, form: FileForm, plan: Plan, table: Table) -> HttpResponseBase:
    """What the list would change, or everything that is wrong with it (422)."""
    ticket = Ticket(plan.kind, table, plan.fingerprint)
    context = page_of(plan.kind, form) | {
        "plan": plan,
        "new": plan.new[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "shown": SHOWN,
        "ticket": "" if plan.troubles else ticket.sealed(viewer_in(request)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if plan.troubles else HTTPStatus.OK
    return render_page(request, "mission/import.html", context, status=status)


def confirm(request: HttpRequest, kind: str, viewer: Viewer) -> HttpResponseBase:
    """Writes a list that was shown, if it would still do what was shown."""
    form = FileForm(viewer)
    try:
        ticket = Ticket.opened(request.POST["ticket"], kind, viewer)
    except BadTicket as problem:
        messages.error(request, str(problem))
        context = page_of(kind, form)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render_page(request, "mission/import.html", context, status=status)
    try:
        plan = importing.load(kind, ticket.table, shown=ticket.fingerprint, by=viewer, at=now())
    except Changed as problem:
        messages.warning(request, str(problem))
        plan = importing.plan(kind, ticket.table, by=viewer, at=now())
        return preview(request, form, plan, ticket.table)
    if plan.troubles:
        return preview(request, form, plan, ticket.table)
    messages.success(request, sentence(plan))
    return redirect(KINDS[kind].listing)


def sentence(plan: Plan) -> str:
    new = ngettext("%(number)d new row", "%(number)d new rows", len(plan.new))
    changed = ngettext("%(number)d changed row", "%(number)d changed rows", len(plan.changed))
    return _("The list is on record: %(new)s, %(changed)s.") % {
        "new": new % {"number": len(plan.new)},
        "changed": changed % {"number": len(plan.changed)},
    }


def template(request: HttpRequest, kind: str, form: str) -> HttpResponse:  # noqa: ARG001  # Django hands it
    """An empty list with its columns, to fill in."""
    return download(f"{kind}-template", kind, form, [])


def export(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """Every row of a kind that the viewer may see."""
    if kind not in lists.COLUMNS:
        raise Http404
    rows = lists.export(viewer_in(request), kind, at=asked_moments(request).on)
    return download(kind, kind, form, rows)


def download(name: str, kind: str, form: str, rows: list[list[str]]) -> HttpResponse:
    if kind not in lists.COLUMNS or form not in TYPES:
        raise Http404
    head = [column.name for column in lists.COLUMNS[kind]]
    data = csv_bytes(head, rows) if form == "csv" else xlsx_bytes(kind, head, rows)
    return HttpResponse(
        data,
        content_type=TYPES[form],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{form}"',
            "Cache-Control": "private, no-store",
        },
    )

"""Pages of the record: ask, subjects, sources, claims, ledger."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.record import queries
from cadre.record.forms import AskForm
from cadre.record.queries.ledger import Narrowed, head, kept_tables
from cadre.web.clock import asked_moments
from cadre.web.render import render_page

PAGE = 100  # rows of a long list on one page


def ask(request: HttpRequest) -> HttpResponseBase:
    """The form, and below it the answer to what the address asks."""
    viewer, moments = viewer_in(request), asked_moments(request)
    asked = "subject" in request.GET
    form = AskForm(request.GET if asked else None)
    answer = None
    if asked and form.is_valid():
        subject, attribute = form.cleaned_data["subject"], form.cleaned_data["attribute"]
        answer = queries.ask(viewer, subject, attribute, on=moments.on, known_on=moments.known_on)
    context: dict[str, object] = {
        "form": form,
        "answer": answer,
        "vocabulary": queries.vocabulary(viewer),
    }
    if answer is not None and not answer.said:
        # "Nobody said it" is about the moments that were asked for.
        context["elsewhere"] = queries.ask(viewer, subject, attribute, on=None, known_on=None).said
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked and not form.is_valid() else HTTPStatus.OK
    return render_page(request, "record/ask.html", context, status=status)


def subjects(request: HttpRequest) -> HttpResponseBase:
    listed = queries.subjects(viewer_in(request), known_on=asked_moments(request).known_on)
    return render_page(request, "record/subjects.html", {"subjects": listed})


def subject(request: HttpRequest, subject: str) -> HttpResponseBase:
    """Everything on record about one subject. An unknown one is *not stated*, not an error."""
    moments = asked_moments(request)
    found = queries.about(viewer_in(request), subject, on=moments.on, known_on=moments.known_on)
    return render_page(request, "record/subject.html", {"about": found})


def sources(request: HttpRequest) -> HttpResponseBase:
    listed = queries.sources(viewer_in(request), known_on=asked_moments(request).known_on)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    return render_page(request, "record/sources.html", {"page": page})


def source(request: HttpRequest, row: UUID) -> HttpResponseBase:
    found = queries.source(viewer_in(request), row, known_on=asked_moments(request).known_on)
    if found is None:
        raise Http404
    return render_page(request, "record/source.html", {"found": found})


def claim(request: HttpRequest, row: UUID) -> HttpResponseBase:
    found = queries.claim(viewer_in(request), row)
    if found is None:
        raise Http404
    return render_page(request, "record/claim.html", {"found": found})


def ledger(request: HttpRequest) -> HttpResponseBase:
    """Who changed what, latest first, as far as the viewer may see the rows."""
    viewer = viewer_in(request)
    require(viewer, "ledger.read")
    narrowed = Narrowed(*(text_in(request, name) for name in ("who", "verb", "table")))
    listed = queries.entries(viewer, narrowed)
    context = {
        "page": Paginator(listed, PAGE).get_page(request.GET.get("page")),
        "narrowed": narrowed,
        "tables": kept_tables(),
        "head": head(viewer, settings.CADRE_NODE),
    }
    return render_page(request, "record/ledger.html", context)


def text_in(request: HttpRequest, name: str) -> str:
    """What the address says under a name, without what the database cannot hold."""
    return request.GET.get(name, "").replace("\x00", "").strip()


def history(request: HttpRequest, table: str, row: str) -> HttpResponseBase:
    versions = queries.history(viewer_in(request), table, row)
    if not versions:
        raise Http404
    context = {"versions": queries.changes(versions), "table": table, "row": row}
    return render_page(request, "record/history.html", context)

"""Pages of the intake desk: hand in, read by sentences, record claims."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.access.permissions import may, require
from cadre.access.queries import viewer_in
from cadre.core.refused import Refused
from cadre.record.extraction import Extracted, extract, pasted
from cadre.record.intake import actions, queries
from cadre.record.intake.filling import filled
from cadre.record.intake.forms import ClaimForm, HandIn
from cadre.record.queries import vocabulary
from cadre.web.clock import default_moment
from cadre.web.render import render_page

DOCUMENTS = 50  # on one page of the list
KINDS = ("article", "letter", "statement", "order", "report", "briefing", "message", "minutes")
PRECISIONS = ("as-of", "day", "month", "year", "around", "bounds", "condition", "order")


def desk(request: HttpRequest) -> HttpResponseBase:
    """The documents that the viewer may see, and the form that hands one in."""
    if request.method == "POST":
        return hand_in(request)
    return show_desk(request, HandIn())


def hand_in(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_in(request)
    require(viewer, "record.intake")
    form = HandIn(request.POST, request.FILES)
    if not form.is_valid():
        return show_desk(request, form)
    try:
        new = actions.NewDocument(
            source=form.as_source(), read=read_from(form), file_name=name_of(form)
        )
        taken = actions.take_in(new, by=viewer, at=default_moment()[0])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_desk(request, form)
    messages.success(
        request,
        _("“%(name)s” is taken in, in %(count)d sentences.")
        % {"name": taken.source.name, "count": len(taken.sentences)},
    )
    return redirect("intake:document", row=taken.pk)


def read_from(form: HandIn) -> Extracted:
    file = form.cleaned_data["file"]
    return extract(file.read()) if file else pasted(form.cleaned_data["text"])


def name_of(form: HandIn) -> str:
    file = form.cleaned_data["file"]
    return str(file.name) if file else ""


def show_desk(request: HttpRequest, form: HandIn) -> HttpResponseBase:
    viewer = viewer_in(request)
    page = Paginator(queries.documents(viewer), DOCUMENTS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": queries.lines(viewer, page),
        "kinds": KINDS,
        "may_hand_in": may(viewer, "record.intake"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render_page(request, "record/intake/desk.html", context, status=status)


def document(request: HttpRequest, row: UUID) -> HttpResponseBase:
    """A document by numbered sentences; a proposal fills the form, a person records the claim."""
    found = queries.document(viewer_in(request), row)
    if found is None:
        raise Http404
    if request.method != "POST":
        form = ClaimForm(initial={"said_by": found.source.name, **marked(request)})
        return show_document(request, found, form)
    require(viewer_in(request), "record.claims")
    if "take" in request.POST:
        return take(request, found)
    return record(request, found)


def marked(request: HttpRequest) -> dict[str, str]:
    """The sentence and words that an address names, so that a link can point at them."""
    return {name: request.GET[name] for name in ("sentences", "value") if request.GET.get(name)}


def take(request: HttpRequest, found: queries.Document) -> HttpResponseBase:
    """Fills the form with a proposal and keeps what was typed. Nothing is recorded."""
    reading = queries.read(viewer_in(request), found, page=page_of(request))
    proposal = reading.proposal(request.POST["take"])
    typed = {name: request.POST.get(name, "") for name in ClaimForm.base_fields}
    if proposal is None or proposal.meant is None:
        form = ClaimForm(initial=typed)
        messages.warning(request, _("This proposal does not stand any more; read it again."))
    else:
        form = ClaimForm(initial=filled(typed, proposal))
    return show_document(request, found, form, reading=reading)


def record(request: HttpRequest, found: queries.Document) -> HttpResponseBase:
    viewer = viewer_in(request)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return show_document(request, found, form)
    try:
        corrects = queries.claim_with_reference(viewer, form.cleaned_data["corrects"])
        claim = actions.record_claim(
            found, form.as_claim(corrects), by=viewer, at=default_moment()[0]
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_document(request, found, form)
    messages.success(
        request,
        _("%(reference)s is recorded: %(subject)s, %(attribute)s.")
        % {
            "reference": claim.reference,
            "subject": claim.subject,
            "attribute": claim.attribute,
        },
    )
    address = reverse("intake:document", args=[found.pk])
    return redirect(f"{address}?page={page_of(request)}#{claim.sentences[0]}")


def page_of(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004  # digits


def show_document(
    request: HttpRequest,
    found: queries.Document,
    form: ClaimForm,
    *,
    reading: queries.Reading | None = None,
) -> HttpResponseBase:
    viewer = viewer_in(request)
    context = {
        "document": found,
        "reading": reading or queries.read(viewer, found, page=page_of(request)),
        "form": form,
        "vocabulary": vocabulary(viewer),
        "precisions": PRECISIONS,
        "may_record": may(viewer, "record.claims"),
        "taken": request.method == "POST" and not form.is_bound,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render_page(request, "record/intake/document.html", context, status=status)

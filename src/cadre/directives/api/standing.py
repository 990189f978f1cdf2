"""How a directive's restart, reviews and receipts stand, and its order's text, for programs."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from cadre.access.queries import viewer_in
from cadre.directives import outgoing, queries
from cadre.directives.api.found import the_directive, the_proposal, there
from cadre.directives.paper import pdf
from cadre.directives.queries import World, lookups
from cadre.directives.queries.receipts import addressees
from cadre.directives.schemas import OrderOut, RestartOut, ReviewDueOut
from cadre.directives.wording import Order, order
from cadre.web.programs import Moments, Number, Problem

router = Router(tags=["directives"])


@router.get("/reviews", response=list[ReviewDueOut])
def reviews(request: HttpRequest, moments: Query[Moments]) -> list[ReviewDueOut]:
    """The reviews of all directives that may be in force: overdue first."""
    world = World(viewer_in(request), known_on=moments.known())
    return [outgoing.review_due_out(each) for each in queries.reviews_due(world, moments.true_on())]


@router.get("/directives/{path:number}/restart", response={200: RestartOut, 404: Problem})
def restart(request: HttpRequest, number: Number, moments: Query[Moments]) -> RestartOut:
    """Conditions with their evidence, and proposals."""
    row = the_directive(viewer_in(request), number)
    found = queries.restart(viewer_in(request), row, on=moments.true_on(), known_on=moments.known())
    return outgoing.restart_out(row, found)


class MissingIn(Schema):
    """The sentences of what keeps you from lifting; none: nothing does."""

    missing: list[str]


@router.get("/proposals/{path:number}", response={200: MissingIn, 404: Problem})
def proposal(request: HttpRequest, number: Number, moments: Query[Moments]) -> MissingIn:
    """Exactly what keeps you from lifting what was proposed, as of a moment."""
    viewer = viewer_in(request)
    found = lookups.proposal_read(viewer, the_proposal(viewer, number), at=moments.true_on())
    return MissingIn(missing=[each.sentence for each in found.missing])


class AddresseeOut(Schema):
    """A contingent or site that a directive reaches; `received` null: it is silent."""

    addressee: str
    name: str
    received: datetime | None
    by: str


@router.get("/directives/{path:number}/receipts", response={200: list[AddresseeOut], 404: Problem})
def receipts(request: HttpRequest, number: Number, moments: Query[Moments]) -> list[AddresseeOut]:
    """Who is to receive a directive and who has: the silent first."""
    found = addressees(
        viewer_in(request),
        the_directive(viewer_in(request), number),
        on=moments.true_on(),
        known_on=moments.known(),
    )
    return [
        AddresseeOut(
            addressee=each.key,
            name=each.name,
            received=each.receipt.received_at if each.receipt else None,
            by=each.receipt.received_by if each.receipt else "",
        )
        for each in found
    ]


class LanguageAsked(Moments):
    """In which language the order's text is wanted."""

    lang: Literal["en", "fr", "ar"] = "en"


@router.get("/directives/{path:number}/order", response={200: OrderOut, 404: Problem})
def order_text(request: HttpRequest, number: Number, asked: Query[LanguageAsked]) -> OrderOut:
    """The short order in English, French or Arabic."""
    return outgoing.order_out(the_order(request, number, asked))


@router.get(
    "/directives/{path:number}/order.pdf",
    response={404: Problem},
    openapi_extra={"responses": {200: {"description": "OK", "content": {"application/pdf": {}}}}},
)
def order_pdf(request: HttpRequest, number: Number, asked: Query[LanguageAsked]) -> HttpResponse:
    """The same on paper."""
    return HttpResponse(pdf(the_order(request, number, asked)), content_type="application/pdf")


def the_order(request: HttpRequest, number: str, asked: LanguageAsked) -> Order:
    moments = {"on": asked.true_on(), "known_on": asked.known()}
    return there(order(viewer_in(request), number, asked.lang, **moments), "directive")

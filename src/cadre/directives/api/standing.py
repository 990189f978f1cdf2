"""How a directive's restart, reviews and receipts stand, and its order's text, for programs."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from cadre.access.queries import viewer_in
from cadre.directives import queries
from cadre.directives.api.found import the_directive, the_proposal, there
from cadre.directives.paper import pdf
from cadre.directives.queries import World, lookups
from cadre.directives.queries.receipts import addressees
from cadre.directives.wording import Order, order
from cadre.web.programs import Moments, Number, Problem

router = Router(tags=["directives"])


class ReviewDueOut(Schema):
    """The review that is due of a directive; `due` null: nobody stated it."""

    directive: str
    mission: str
    due: datetime | None
    owner: str
    overdue: bool
    held: int


@router.get("/reviews", response=list[ReviewDueOut])
def reviews(request: HttpRequest, moments: Query[Moments]) -> list[ReviewDueOut]:
    """The reviews of all directives that may be in force: overdue first."""
    world = World(viewer_in(request), known_on=moments.known())
    return [
        ReviewDueOut(
            directive=each.number,
            mission=each.mission,
            due=each.due.at,
            owner=each.due.owner,
            overdue=each.overdue,
            held=each.due.held,
        )
        for each in queries.reviews_due(world, moments.true_on())
    ]


class EvidenceOut(Schema):
    """A piece of evidence."""

    id: UUID
    supports: bool
    text: str
    source: str
    occurred: str


class ConditionOut(Schema):
    """A restart condition and how it stands; `until`: no longer than that, if nothing is said."""

    id: UUID
    text: str
    owner: str
    wanted: str
    state: str
    why: str
    until: datetime | None
    evidence: list[EvidenceOut]


class LiftProposalOut(Schema):
    """A proposal to lift; `open`: it waits for a second person."""

    number: str
    proposed_by: str
    open: bool


class RestartOut(Schema):
    """How the restart of a directive stands."""

    who_may_lift: str
    conditions: list[ConditionOut]
    proposals: list[LiftProposalOut]


@router.get("/directives/{path:number}/restart", response={200: RestartOut, 404: Problem})
def restart(request: HttpRequest, number: Number, moments: Query[Moments]) -> RestartOut:
    """Conditions with their evidence, and proposals."""
    row = the_directive(viewer_in(request), number)
    found = queries.restart(viewer_in(request), row, on=moments.true_on(), known_on=moments.known())
    return RestartOut(
        who_may_lift=queries.who_may_lift(row),
        conditions=[
            ConditionOut(
                id=each.row.pk,
                text=each.text,
                owner=each.owner,
                wanted=each.wanted,
                state=each.standing.state,
                why=each.standing.why,
                until=each.standing.until,
                evidence=[
                    EvidenceOut(
                        id=said.pk,
                        supports=said.supports,
                        text=said.text,
                        source=said.source,
                        occurred=said.occurred.edtf(),
                    )
                    for said in each.evidence
                ],
            )
            for each in found.conditions
        ],
        proposals=[
            LiftProposalOut(
                number=each.row.number, proposed_by=each.row.proposed_by, open=each.open
            )
            for each in found.proposals
        ],
    )


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


class OrderOut(Schema):
    """The order's text, fit to be read out."""

    number: str
    language: str
    text: str


@router.get("/directives/{path:number}/order", response={200: OrderOut, 404: Problem})
def order_text(request: HttpRequest, number: Number, asked: Query[LanguageAsked]) -> OrderOut:
    """The short order in English, French or Arabic."""
    found = the_order(request, number, asked)
    return OrderOut(number=found.number, language=found.language, text=found.as_text())


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

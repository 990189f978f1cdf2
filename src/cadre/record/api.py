"""The record's door for programs."""

from django.http import HttpRequest
from ninja import Query, Router, Schema

from cadre.access.queries import viewer_in
from cadre.core.answers import Answer, Said
from cadre.core.moments import asked
from cadre.record import queries

router = Router(tags=["record"])


class SaidOut(Schema):
    """One claim that an answer rests on."""

    value: str
    when: str | None
    precision: str
    said_by: list[str]
    source: str
    pack: str
    sentences: list[str]
    status: str
    claim: str
    summary: str
    reasoning: str


class AnswerOut(Schema):
    """What the record says; `not stated` has no answers."""

    subject: str
    attribute: str
    status: str
    answers: list[SaidOut]


def said_out(said: Said) -> SaidOut:
    return SaidOut(
        value=said.value,
        when=said.when.edtf() or None,
        precision=said.precision,
        said_by=list(said.said_by),
        source=said.source,
        pack=said.pack,
        sentences=list(said.sentences),
        status="inferred" if said.inferred else "stated",
        claim=said.reference,
        summary=said.summary,
        reasoning=said.reasoning,
    )


def answer_out(answer: Answer) -> AnswerOut:
    return AnswerOut(
        subject=answer.subject,
        attribute=answer.attribute,
        status=answer.status.value,
        answers=[said_out(said) for said in answer.said],
    )


class AskIn(Schema):
    """`on`: true on; `known_on`: known on. EDTF dates or instants."""

    subject: str
    attribute: str
    on: str = ""
    known_on: str = ""


@router.get("/ask", response=AnswerOut)
def ask(request: HttpRequest, question: Query[AskIn]) -> AnswerOut:
    """What the record says of one attribute of one subject. *Not stated* answers 200."""
    answer = queries.ask(
        viewer_in(request),
        question.subject,
        question.attribute,
        on=asked(question.on) if question.on else None,
        known_on=asked(question.known_on) if question.known_on else None,
    )
    return answer_out(answer)

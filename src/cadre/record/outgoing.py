"""Answers as programs get them, by the API and by the command."""

from ninja import Schema

from cadre.core.answers import Answer, Said
from cadre.web.programs import moment_out


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
        when=moment_out(said.when),
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

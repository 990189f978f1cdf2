"""The record's door for programs."""

from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.moments import asked
from cadre.record import queries
from cadre.record.outgoing import AnswerOut, SaidOut, answer_out, said_out
from cadre.record.queries.rows import Source
from cadre.web.programs import NOT_FOUND, PAGE, Listed, Moments, Paged, Words, moment_out

router = Router(tags=["record"])


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


class SubjectLineOut(Schema):
    """Something that claims speak of, and how many do."""

    key: str
    title: str
    kind: str
    claims: int


class SubjectOut(Schema):
    """Everything on record about one subject, by attribute."""

    key: str
    title: str
    kind: str
    also: list[str]
    answers: list[AnswerOut]


class SourceOut(Schema):
    """Where claims come from; `published` is EDTF, null where it is not stated."""

    id: UUID
    name: str
    kind: str
    title: str
    author: str
    publisher: str
    language: str
    published: str | None
    note: str
    pack: str
    recorded_at: datetime
    recorded_by: str


class PlacedOut(Schema):
    """What was claimed from one place of a source; an empty place is none that is named."""

    sentence: str
    claims: list[SaidOut]


class SourceFullOut(Schema):
    """A source with the live claims from it, by sentence."""

    source: SourceOut
    placed: list[PlacedOut]


class ClaimFullOut(SaidOut):
    """One claim, whatever has become of it, with what it corrects and what corrects it."""

    id: UUID
    subject: str
    attribute: str
    source_id: UUID
    recorded_at: datetime
    recorded_by: str
    corrects: str | None
    corrected_by: list[str]


class EntryOut(Schema):
    """One change of one row, with the whole row as it was then."""

    at: datetime
    actor: str
    verb: str
    change: str
    table: str
    row: str
    node: str
    content: dict[str, object]


@router.get("/subjects", response=list[SubjectLineOut])
def subjects(request: HttpRequest, listed: Query[Listed]) -> list[SubjectLineOut]:
    """A page of what claims speak of, by title."""
    found = queries.subjects(viewer_in(request), known_on=listed.known())
    return [
        SubjectLineOut(key=each.key, title=each.title, kind=each.kind, claims=each.claims)
        for each in Paginator(found, PAGE).get_page(listed.page)
    ]


@router.get("/subjects/{path:subject}", response=SubjectOut)
def subject(request: HttpRequest, subject: Words, moments: Query[Moments]) -> SubjectOut:
    """Everything on record about one subject; of an unknown one nothing is, which answers 200."""
    found = queries.about(
        viewer_in(request), subject, on=moments.true_on(), known_on=moments.known()
    )
    return SubjectOut(
        key=found.key,
        title=found.title,
        kind=found.kind,
        also=list(found.also),
        answers=[answer_out(each) for each in found.answers],
    )


@router.get("/sources", response=list[SourceOut])
def sources(request: HttpRequest, listed: Query[Listed]) -> list[SourceOut]:
    """A page of the sources that could be known, the latest first."""
    found = queries.sources(viewer_in(request), known_on=listed.known())
    return [source_out(each) for each in Paginator(found, PAGE).get_page(listed.page)]


def source_out(row: Source) -> SourceOut:
    return SourceOut(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        title=row.title,
        author=row.author,
        publisher=row.publisher,
        language=row.language,
        published=moment_out(row.published),
        note=row.note,
        pack=row.pack,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


@router.get("/sources/{uuid:row}", response=SourceFullOut)
def source(request: HttpRequest, row: UUID, moments: Query[Moments]) -> SourceFullOut:
    """A source with the claims from it that could be known, by sentence."""
    found = queries.source(viewer_in(request), row, known_on=moments.known())
    if found is None:
        raise HttpError(NOT_FOUND, "There is no such source on record.")
    placed = [
        PlacedOut(sentence=sentence, claims=[said_out(each) for each in claims])
        for sentence, claims in found.claims
    ]
    return SourceFullOut(source=source_out(found.source), placed=placed)


@router.get("/claims/{uuid:row}", response=ClaimFullOut)
def claim(request: HttpRequest, row: UUID) -> ClaimFullOut:
    """One claim with what it corrects and what corrects it."""
    found = queries.claim(viewer_in(request), row)
    if found is None:
        raise HttpError(NOT_FOUND, "There is no such claim on record.")
    kept = found.claim
    return ClaimFullOut(
        **said_out(found.said).model_dump(),
        id=kept.pk,
        subject=kept.subject,
        attribute=kept.attribute,
        source_id=kept.source_id,
        recorded_at=kept.recorded_at,
        recorded_by=kept.recorded_by,
        corrects=found.corrects.reference if found.corrects else None,
        corrected_by=[each.reference for each in found.corrected_by],
    )


@router.get("/ledger", response=list[EntryOut])
def ledger(request: HttpRequest, paged: Query[Paged]) -> list[EntryOut]:
    """A page of the changes that the viewer may see, latest first."""
    viewer = viewer_in(request)
    require(viewer, "ledger.read")
    listed = Paginator(queries.entries(viewer), PAGE).get_page(paged.page)
    return [EntryOut.from_orm(each) for each in listed]


@router.get("/ledger/{table}/{row}", response=list[EntryOut])
def history(request: HttpRequest, table: Words, row: Words) -> list[EntryOut]:
    """Every recorded version of one row, oldest first; none where the viewer may see none."""
    return [EntryOut.from_orm(each) for each in queries.history(viewer_in(request), table, row)]

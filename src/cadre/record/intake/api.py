"""The intake desk's door for programs."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import AfterValidator

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.moments import Moment
from cadre.core.reading import Proposal, moment_in, reference
from cadre.core.refused import Refused
from cadre.core.releasability import Classification, Marking
from cadre.record.actions import NewClaim, NewSource
from cadre.record.extracting.cleaning import clean
from cadre.record.extracting.outcome import LONGEST
from cadre.record.extraction import extract, pasted
from cadre.record.intake import actions, queries, reasons
from cadre.web.clock import default_moment
from cadre.web.programs import NOT_FOUND, Problem, moment_out

router = Router(tags=["intake"])

BOTH_OR_NEITHER = "Give either a text or a file."


def visible(text: str) -> str:
    """Text without what nobody can see; raises ValueError for what the database cannot keep."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it has characters that cannot be kept")
    return clean(text)


def not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it must not be empty")
    return text


def codes(text: str) -> frozenset[str]:
    return frozenset(text.replace(",", " ").split())


Words = Annotated[str, AfterValidator(visible)]
Name = Annotated[Words, AfterValidator(not_blank), Field(min_length=1, max_length=120)]


class DocumentIn(Schema):
    """The facts of a document that is handed in, and its text unless a file carries it."""

    name: Annotated[Words, AfterValidator(not_blank), Field(min_length=1, max_length=80)]
    text: Annotated[Words, Field(max_length=LONGEST)] = ""
    kind: Annotated[Words, Field(max_length=40)] = "document"
    title: Annotated[Words, Field(max_length=300)] = ""
    author: Annotated[Words, Field(max_length=200)] = ""
    publisher: Annotated[Words, Field(max_length=200)] = ""
    published: Annotated[Words, Field(max_length=100)] = Field(
        "", description="EDTF or a plain date; dates without a year are read from it"
    )
    language: Annotated[Words, Field(max_length=12)] = ""
    classification: Annotated[int, Field(ge=0, le=3)] = 0
    releasable_to: Annotated[Words, Field(max_length=400)] = Field(
        "", description="codes between commas; empty is no limit"
    )
    communities: Annotated[Words, Field(max_length=400)] = ""
    originator: Annotated[Words, Field(max_length=40)] = ""


class ProposalOut(Schema):
    """Something that a rule found. Nobody has accepted it."""

    kind: str
    start: int
    end: int
    wording: str
    value: str | None
    certainty: str
    why: str


class SentenceOut(Schema):
    """One numbered sentence, what is proposed for it, and the claims taken from it."""

    number: str
    text: str
    proposals: list[ProposalOut]
    claims: list[str]


class DocumentOut(Schema):
    """A document of the intake desk."""

    id: UUID
    source: UUID
    name: str
    title: str
    published: str | None
    media_type: str
    digest: str
    page: int
    pages: int
    sentences: list[SentenceOut]


class DocumentLine(Schema):
    """One document in the list."""

    id: UUID
    name: str
    title: str
    published: str | None
    sentences: int
    claims: int


class ClaimIn(Schema):
    """A claim that a person takes from sentences of a document."""

    document: UUID
    sentences: Annotated[
        list[Annotated[str, Field(pattern=r"^S[0-9]{2,6}$")]], Field(min_length=1, max_length=20)
    ]
    subject: Name
    attribute: Name
    value: Annotated[Words, AfterValidator(not_blank), Field(min_length=1, max_length=2_000)]
    said_by: Annotated[list[Name], Field(min_length=1, max_length=20)] = Field(
        description="first speaker first, the source last"
    )
    when: Annotated[Words, Field(max_length=100)] = Field("", description="EDTF or a plain date")
    precision: Annotated[Words, Field(max_length=60)] = ""
    inferred: bool = False
    reasoning: Annotated[Words, Field(max_length=2_000)] = ""
    corrects: Annotated[Words, Field(max_length=110)] = Field(
        "", description="the reference of an earlier claim, with its pack if it has one: pack/F04"
    )


class ClaimOut(Schema):
    """The claim as it stands on record."""

    id: UUID
    claim: str
    subject: str
    attribute: str
    value: str
    status: str


def moment_of(text: str) -> Moment:
    try:
        return moment_in(text)
    except ValueError as problem:
        raise HttpError(422, str(problem)) from problem


def proposal_out(proposal: Proposal) -> ProposalOut:
    return ProposalOut(
        kind=proposal.kind.value,
        start=proposal.start,
        end=proposal.end,
        wording=proposal.wording,
        value=proposal.value if proposal.meant is not None else None,
        certainty=proposal.certainty.value,
        why=reasons.why(proposal),
    )


def document_out(reading: queries.Reading) -> DocumentOut:
    """A page of a document as the API and `./cadre intake --json` give it."""
    found = reading.document
    return DocumentOut(
        id=found.pk,
        source=found.source_id,
        name=found.source.name,
        title=found.source.title,
        published=moment_out(found.source.published),
        media_type=found.media_type,
        digest=found.digest,
        page=reading.page,
        pages=reading.pages,
        sentences=[
            SentenceOut(
                number=sentence.number,
                text=sentence.text,
                proposals=[proposal_out(each) for each in (*sentence.proposals, *sentence.names)],
                claims=[said.reference for said in sentence.claims],
            )
            for sentence in reading.sentences
        ],
    )


@router.get("/intake", response=list[DocumentLine])
def documents(request: HttpRequest) -> list[DocumentLine]:
    """The documents that you may see, the last one taken in first; at most 200."""
    viewer = viewer_in(request)
    return [
        DocumentLine(
            id=line.document.pk,
            name=line.document.source.name,
            title=line.document.source.title,
            published=moment_out(line.document.source.published),
            sentences=len(line.document.sentences),
            claims=line.claims,
        )
        for line in queries.lines(viewer, queries.documents(viewer)[:200])
    ]


@router.post(
    "/intake",
    response={201: DocumentOut, 403: Problem, 409: Problem, 422: Problem},
)
def take_in(
    request: HttpRequest, document: Form[DocumentIn], file: File[UploadedFile | None] = None
) -> Status[DocumentOut]:
    """Takes in a text, or a file of text, HTML or PDF; answers with sentences and proposals."""
    viewer = viewer_in(request)
    require(viewer, "record.intake")
    if bool(document.text.strip()) == bool(file):
        raise Refused(BOTH_OR_NEITHER)
    new = actions.NewDocument(
        source=source_in(document),
        read=extract(file.read()) if file else pasted(document.text),
        file_name=file.name or "" if file else "",
    )
    taken = actions.take_in(new, by=viewer, at=default_moment()[0])
    return Status(201, document_out(queries.read(viewer, taken)))


def source_in(document: DocumentIn) -> NewSource:
    return NewSource(
        name=document.name,
        kind=document.kind,
        title=document.title,
        author=document.author,
        publisher=document.publisher,
        language=document.language,
        published=moment_of(document.published),
        marking=Marking(
            classification=Classification(document.classification),
            releasable_to=codes(document.releasable_to) or None,
            communities=codes(document.communities),
            originator=document.originator,
        ),
    )


@router.get("/intake/{row}", response={200: DocumentOut, 404: Problem})
def document(
    request: HttpRequest, row: UUID, page: Annotated[int, Field(ge=1, le=10_000)] = 1
) -> DocumentOut:
    """A document by numbered sentences with what the rules propose, fifty sentences a page."""
    viewer = viewer_in(request)
    found = queries.document(viewer, row)
    if found is None:
        raise HttpError(NOT_FOUND, "There is no such document that you may see.")
    return document_out(queries.read(viewer, found, page=page))


@router.post(
    "/claims",
    response={201: ClaimOut, 403: Problem, 404: Problem, 409: Problem, 422: Problem},
)
def record_claim(request: HttpRequest, claim: ClaimIn) -> Status[ClaimOut]:
    """Records a claim. A stated value must stand in its sentences word for word."""
    viewer = viewer_in(request)
    require(viewer, "record.claims")
    found = queries.document(viewer, claim.document)
    if found is None:
        raise HttpError(NOT_FOUND, "There is no such document that you may see.")
    new = NewClaim(
        subject=claim.subject,
        attribute=claim.attribute,
        value=claim.value,
        said_by=tuple(claim.said_by),
        sentences=tuple(reference(int(number[1:])) for number in claim.sentences),
        inferred=claim.inferred,
        reasoning=claim.reasoning if claim.inferred else "",
        when=moment_of(claim.when),
        precision=claim.precision,
        corrects=queries.claim_with_reference(viewer, claim.corrects),
    )
    row = actions.record_claim(found, new, by=viewer, at=default_moment()[0])
    recorded = ClaimOut(
        id=row.pk,
        claim=row.reference,
        subject=row.subject,
        attribute=row.attribute,
        value=row.value,
        status=row.status,
    )
    return Status(201, recorded)

"""What stands on the intake desk. The first argument is the viewer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.reading import (
    Kind,
    Known,
    KnownNames,
    Proposal,
    phrases_in,
    propose,
    reference,
)
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.record.intake.wordings import place_of
from cadre.record.models import Claim, Document, Subject
from cadre.record.queries.answers import live

PAGE: Final = 50  # sentences of a long document on one page
CONTEXT: Final = 20  # sentences before them, from which “he said” is understood
MOST_NAMES: Final = 20_000
FOUND_BY_REFERENCE: Final = 10


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A numbered sentence with what is proposed for it and what was claimed from it."""

    number: str
    text: str
    parts: tuple[tuple[str, bool], ...]  # the text, cut where the words of claims begin and end
    proposals: tuple[Proposal, ...]
    names: tuple[Proposal, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and the sentences of one page of it."""

    document: Document
    sentences: tuple[ReadSentence, ...]
    page: int
    pages: int

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    def proposal(self, key: str) -> Proposal | None:
        """The proposal that a button of this page named; None if it is none of them."""
        for sentence in self.sentences:
            for each in (*sentence.proposals, *sentence.names):
                if each.key == key:
                    return each
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """A document in the list, and how many claims were taken from it."""

    document: Document
    claims: int


def documents(viewer: Viewer) -> models.QuerySet[Document]:
    """The documents that the viewer may see, the last one taken in first."""
    seen = Document.objects.visible_to(viewer).select_related("source")
    return seen.order_by("-recorded_at", "pk")


def lines(viewer: Viewer, listed: Iterable[Document]) -> list[Line]:
    """Documents with the number of claims from each that the viewer may see."""
    found = list(listed)
    counted = (
        Claim.objects.visible_to(viewer)
        .filter(source__in=[each.source_id for each in found])
        .order_by()
        .values_list("source")
        .annotate(number=models.Count("pk"))
    )
    claims = dict(counted)
    return [Line(each, claims.get(each.source_id, 0)) for each in found]


def document(viewer: Viewer, row: UUID) -> Document | None:
    """A document with its source; None when there is none that the viewer may see."""
    seen = Document.objects.visible_to(viewer).select_related("source")
    return seen.filter(pk=row).first()


def with_digest(viewer: Viewer, digest: str) -> Document | None:
    """The document that was taken in from the same bytes, if the viewer may see it."""
    seen = Document.objects.visible_to(viewer).select_related("source")
    return seen.filter(digest=digest).order_by("recorded_at").first()


def with_sentences(
    viewer: Viewer, sentences: list[str], *, publisher: str, published: Moment
) -> Document | None:
    """The document with this text, publisher and date: it came as another file, or was pasted."""
    rows = Document.objects.visible_to(viewer).select_related("source")
    same = rows.filter(source__publisher=publisher, source__published=published)
    return same.filter(sentences=sentences).order_by("recorded_at").first()


def read(viewer: Viewer, found: Document, *, page: int = 1) -> Reading:
    """One page of a document's sentences, each with its proposals and the live claims from it."""
    pages = max(1, -(-len(found.sentences) // PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE
    proposals = proposed(viewer, found, first, first + PAGE)
    claims = claims_of(viewer, found)
    sentences = tuple(
        read_sentence(found.sentences, place, proposals.get(place + 1, []), claims)
        for place in range(first, min(first + PAGE, len(found.sentences)))
    )
    return Reading(found, sentences, page, pages)


def proposed(viewer: Viewer, found: Document, first: int, last: int) -> dict[int, list[Proposal]]:
    """What is proposed for the sentences from `first` up to `last`, by sentence number."""
    begin = max(0, first - CONTEXT)
    by_number: dict[int, list[Proposal]] = {}
    for each in propose(
        found.sentences[begin:last],
        published=found.source.published,
        source=found.source.name,
        names=known_names(viewer, found.sentences[begin:last]),
        first=begin + 1,
    ):
        if each.sentence > first:
            by_number.setdefault(each.sentence, []).append(each)
    return by_number


def known_names(viewer: Viewer, texts: list[str]) -> KnownNames:
    """The names of the record that may occur in these texts and that the viewer may see."""
    described = Subject.objects.visible_to(viewer).values_list("key", "title", "also")
    known = [Known(key, (title, *also)) for key, title, also in described[:MOST_NAMES]]
    claimed = (
        Claim.objects.visible_to(viewer)
        .annotate(low=Lower("subject"))
        .filter(low__in=phrases_in(texts))
        .order_by("subject")
        .values_list("subject", flat=True)
        .distinct()[:MOST_NAMES]
    )
    return KnownNames([*known, *(Known(subject) for subject in claimed)])


def claims_of(viewer: Viewer, found: Document) -> dict[str, list[Claim]]:
    """The live claims from a document's source, by sentence."""
    by_sentence: dict[str, list[Claim]] = {}
    for row in live(viewer, known_on=None).filter(source=found.source).order_by("recorded_at"):
        for number in row.sentences:
            by_sentence.setdefault(number, []).append(row)
    return by_sentence


def same_claim(viewer: Viewer, found: Document, **said: object) -> Claim | None:
    """The live claim from this document with these values, if there is one."""
    return live(viewer, known_on=None).filter(source=found.source, **said).first()


def read_sentence(
    texts: list[str], place: int, proposals: list[Proposal], claims: dict[str, list[Claim]]
) -> ReadSentence:
    number, text = reference(place + 1), texts[place]
    here = tuple(claims.get(number, []))
    spans = [span for claim in here if (span := place_of(claim.value, text)) is not None]
    return ReadSentence(
        number=number,
        text=text,
        parts=cut(text, spans),
        proposals=tuple(each for each in proposals if each.kind is not Kind.NAME),
        names=each_once(each for each in proposals if each.kind is Kind.NAME),
        claims=here,
    )


def cut(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The text in parts, each marked or not; overlapping spans are one."""
    parts: list[tuple[str, bool]] = []
    place = 0
    for start, end in sorted(spans):
        begin = max(start, place)
        if begin < end:
            parts += [(text[place:begin], False), (text[begin:end], True)]
            place = end
    parts.append((text[place:], False))
    return tuple(part for part in parts if part[0])


def each_once(names: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """A name that occurs several times in a sentence is proposed once."""
    return tuple({each.value or each.wording: each for each in names}.values())


def claim_with_reference(viewer: Viewer, text: str) -> Claim | None:
    """The claim that a person means by “F04” or “iraq-2020/F04”; None for the empty text.

    Refused when there is none, or when several packs have one and the text names no pack.
    """
    pack, slash, number = text.strip().rpartition("/")
    if not number:
        return None
    rows = Claim.objects.visible_to(viewer).filter(reference__iexact=number)
    if slash:
        rows = rows.filter(pack=pack)
    return one_of(list(rows.order_by("pack")[:FOUND_BY_REFERENCE]), text.strip())


def one_of(found: list[Claim], text: str) -> Claim | None:
    """The one claim that was found; refused when there is none or more than one."""
    if not found:
        raise Refused(_("No claim on record has the reference “%(text)s”.") % {"text": text})
    if len(found) > 1:
        packs = ", ".join(f"{claim.pack}/{claim.reference}" for claim in found)
        raise Refused(
            _("Several claims have the reference “%(text)s”; write one of %(packs)s.")
            % {"text": text, "packs": packs}
        )
    return found[0]


__all__ = [
    "Claim",
    "Document",
    "Line",
    "ReadSentence",
    "Reading",
    "claim_with_reference",
    "document",
    "documents",
    "known_names",
    "lines",
    "read",
    "same_claim",
    "with_digest",
    "with_sentences",
]

"""Taking in documents, and recording claims from their sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.permissions import require
from cadre.core.reading import folded, reference, split
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer, may_see
from cadre.record.actions import NewClaim, NewSource, record_claims, record_source
from cadre.record.extraction import Extracted
from cadre.record.intake.queries import same_claim, with_digest, with_sentences
from cadre.record.intake.wordings import cut_short, said_in
from cadre.record.models import Claim, Document, Source

MOST_SENTENCES: Final = 5_000
LONGEST_TITLE: Final = 300
LONGEST_NAME: Final = 200
CLOSING: Final = " \"'”’»)]"
ENDS: Final = (".", "!", "?", "…", "؟", "۔")
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document to be taken in: what it is a text of, and what was read from it."""

    source: NewSource
    read: Extracted
    file_name: str = ""


def take_in(new: NewDocument, *, by: Viewer, at: datetime) -> Document:
    """Puts a document's source and its numbered sentences on record.

    Headings that repeat the title are not numbered: the title is kept with the source. Without a
    title the document's own, or its first line, is taken. Refused when the same file, or the same
    text of the same publisher and date, is on record already, when the source's name is taken,
    when nothing but the title is there, or when whoever hands it in could not see it afterwards.
    """
    require(by, "record.intake")
    if not may_see(by, new.source.marking):
        raise Refused(_("You could not see a document with this marking yourself."))
    refuse_known(with_digest(by, new.read.digest))
    texts = [sentence.text for sentence in split(new.read.text)]
    title = (new.source.title or new.read.title or texts[0])[:LONGEST_TITLE]
    sentences = [text for text in texts if not (is_heading(text) and repeats(text, title))]
    check_sentences(sentences)
    refuse_known(
        with_sentences(
            by, sentences, publisher=new.source.publisher, published=new.source.published
        )
    )
    with acting("record.intake", by=by, at=at):
        source = put_on_record(replace(new.source, title=title), by=by, at=at)
        return Document.objects.create(
            source=source,
            file_name=plain_name(new.file_name),
            media_type=new.read.media_type,
            digest=new.read.digest,
            sentences=sentences,
            pack=source.pack,
            recorded_at=at,
            recorded_by=source.recorded_by,
            known_from=source.known_from,
            **marking_values(source.marking),
        )


def refuse_known(known: Document | None) -> None:
    if known is not None:
        raise Refused(
            _("This document is on record already as “%(name)s”.") % {"name": known.source.name}
        )


def put_on_record(new: NewSource, *, by: Viewer, at: datetime) -> Source:
    """Records the source; a name that only somebody else may see is taken all the same."""
    try:
        with transaction.atomic():
            return record_source(new, by=by, at=at)
    except IntegrityError:
        raise Refused(
            _("There is a source named “%(name)s” on record already.") % {"name": new.name}
        ) from None


def is_heading(text: str) -> bool:
    """Whether a line is no sentence: nothing ends it."""
    return not text.rstrip(CLOSING).endswith(ENDS)


def repeats(text: str, title: str) -> bool:
    return folded(text).casefold() == folded(title).casefold()


def check_sentences(sentences: Sequence[str]) -> None:
    if not sentences:
        raise Refused(_("There is nothing in it but its title."))
    if len(sentences) > MOST_SENTENCES:
        raise Refused(
            _("It has more than %(number)d sentences; hand it in in parts.")
            % {"number": MOST_SENTENCES}
        )


def plain_name(name: str) -> str:
    """The name of a file without its folders and without what cannot be seen."""
    return re.split(r"[/\\]", UNSEEN.sub("", name))[-1][-LONGEST_NAME:]


def record_claim(document: Document, new: NewClaim, *, by: Viewer, at: datetime) -> Claim:
    """Records what a person takes from sentences of a document.

    The sentences are the truth: a stated value must stand in them word for word. Refused when it
    does not, when the document has no such sentence, when the same is on record already, or as
    `record_claims` refuses.
    """
    require(by, "record.claims")
    check_words(document, new)
    known = same_claim(
        by,
        document,
        subject=new.subject.strip(),
        attribute=new.attribute.strip(),
        value=new.value.strip(),
        sentences=list(new.sentences),
    )
    if known is not None and known != new.corrects:
        raise Refused(
            _("This claim is on record already as %(reference)s.") % {"reference": known.reference}
        )
    return record_claims(document.source, [new], by=by, at=at)[0]


def check_words(document: Document, new: NewClaim) -> None:
    """Refuses a claim whose sentences are not there or do not have its words."""
    texts = dict(zip(numbers_of(document), document.sentences, strict=True))
    if not new.sentences:
        raise Refused(_("A claim names the sentence that it is taken from."))
    for number in new.sentences:
        if number not in texts:
            raise Refused(
                _("The document has no sentence %(number)s; its last one is %(last)s.")
                % {"number": number, "last": list(texts)[-1]}
            )
    if not new.inferred and not said_in(new.value, [texts[number] for number in new.sentences]):
        raise Refused(
            _(
                "“%(value)s” does not stand in %(sentences)s; use the sentence’s own words, or"
                " mark the claim as inferred and say why."
            )
            % {"value": new.value, "sentences": ", ".join(new.sentences)}
        )
    whole = cut_short(new.value, [texts[number] for number in new.sentences])
    if whole and not new.inferred:
        raise Refused(
            _("The sentence says “%(whole)s”; the value must not be more exact than that.")
            % {"whole": whole}
        )


def numbers_of(document: Document) -> list[str]:
    return [reference(place) for place in range(1, len(document.sentences) + 1)]

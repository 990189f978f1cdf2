"""Putting on record: sources and claims. Nothing here is ever changed afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.core.moments import Moment
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer
from cadre.record.fields import moment_values
from cadre.record.models import Claim, Source, StatusChoices


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source to be put on record."""

    name: str
    kind: str
    title: str
    author: str = ""
    publisher: str = ""
    language: str = ""
    published: Moment = field(default_factory=Moment.unknown)
    note: str = ""
    pack: str = ""
    marking: Marking = field(default_factory=Marking)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """A claim to be put on record. Without a reference the record gives it the next number."""

    subject: str
    attribute: str
    value: str
    said_by: tuple[str, ...]
    sentences: tuple[str, ...]
    inferred: bool = False
    reasoning: str = ""
    summary: str = ""
    when: Moment = field(default_factory=Moment.unknown)
    precision: str = ""
    reference: str = ""
    corrects: Claim | None = None


def record_source(new: NewSource, *, by: Viewer, at: datetime) -> Source:
    """Puts a source on record. Refused when its pack has a source of this name already."""
    if Source.objects.filter(pack=new.pack, name=new.name).exists():
        raise Refused(
            _("There is a source named “%(name)s” on record already.") % {"name": new.name}
        )
    with acting("record.source", by=by, at=at):
        return Source.objects.create(**source_values(new, by=by, at=at))


def source_values(new: NewSource, *, by: Viewer, at: datetime) -> dict[str, object]:
    return {
        "name": new.name,
        "kind": new.kind,
        "title": new.title,
        "author": new.author,
        "publisher": new.publisher,
        "language": new.language,
        "note": new.note,
        "pack": new.pack,
        "recorded_at": at,
        "recorded_by": by.account or by.name,
        "known_from": new.published.earliest or at,
        **moment_values("published", new.published),
        **marking_values(new.marking),
    }


def record_claims(
    source: Source, claims: Sequence[NewClaim], *, by: Viewer, at: datetime
) -> list[Claim]:
    """Puts claims from one source on record, with the source's own marking.

    Refused when a claim names nobody who said it, has no subject, attribute or value, or is
    inferred without saying why.
    """
    for new in claims:
        check(new)
    with acting("record.claims", by=by, at=at):
        rows = [Claim(**claim_values(source, new, by=by, at=at)) for new in claims]
        return Claim.objects.bulk_create(rows, batch_size=2_000)


def check(new: NewClaim) -> None:
    if not new.said_by or not all(part.strip() for part in new.said_by):
        raise Refused(_("A claim needs the name of whoever said it."))
    if not (new.subject.strip() and new.attribute.strip() and new.value.strip()):
        raise Refused(_("A claim needs a subject, an attribute and a value."))
    if new.inferred and not new.reasoning.strip():
        raise Refused(_("An inferred claim needs the reason why it is inferred."))


def claim_values(source: Source, new: NewClaim, *, by: Viewer, at: datetime) -> dict[str, object]:
    return {
        "source": source,
        "reference": new.reference or next_reference(),
        "subject": new.subject.strip(),
        "attribute": new.attribute.strip(),
        "value": new.value.strip(),
        "summary": new.summary,
        "precision": new.precision or new.when.precision,
        "said_by": list(new.said_by),
        "sentences": list(new.sentences),
        "status": StatusChoices.INFERRED if new.inferred else StatusChoices.STATED,
        "reasoning": new.reasoning,
        "corrects": new.corrects,
        "pack": source.pack,
        "recorded_at": at,
        "recorded_by": by.account or by.name,
        "known_from": source.published.earliest or at,
        **moment_values("when", new.when),
        **marking_values(source.marking),
    }


def next_reference() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('record_claim_reference')")
        return f"C{cursor.fetchone()[0]}"

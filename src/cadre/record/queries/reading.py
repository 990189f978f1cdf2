"""What pages of the record show: subjects, sources, claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models

from cadre.core.answers import Answer, Said, answer
from cadre.core.releasability import Viewer
from cadre.record.models import Attribute, Claim, Document, Pack, Source, Subject
from cadre.record.queries.answers import as_said, began, latest_first, live, only_true_on


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The subjects and attributes that claims use, for suggestions."""

    subjects: tuple[str, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Everything on record about one subject; no answers where nothing is stated."""

    key: str
    title: str
    kind: str
    also: tuple[str, ...]
    answers: tuple[Answer, ...]
    meanings: dict[str, str]


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One subject in the list."""

    key: str
    title: str
    kind: str
    claims: int
    packs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source, the sentences that are kept of it, and what was claimed from it."""

    source: Source
    document: Document | None
    claims: tuple[tuple[str, tuple[Said, ...]], ...]  # by sentence
    titles: dict[str, str]  # what their subjects are called


@dataclass(frozen=True, slots=True)
class ClaimRead:
    """A claim with what it corrects and what corrects it."""

    claim: Claim
    title: str  # what its subject is called
    said: Said
    corrects: Claim | None
    corrected_by: tuple[Claim, ...]


SUGGESTED = 500


def packs(viewer: Viewer) -> dict[str, Pack]:
    """What was loaded as a whole, by key: whose label stands beside everything from it."""
    return {pack.key: pack for pack in Pack.objects.visible_to(viewer)}


def titles(viewer: Viewer, keys: Iterable[str]) -> dict[str, str]:
    """What the subjects with these keys are called; a key that no subject has is left out."""
    wanted = {key.lower(): key for key in keys}
    rows = Subject.objects.visible_to(viewer).filter(key__lower__in=wanted)
    return {wanted[row.key.lower()]: row.title for row in rows}


def vocabulary(viewer: Viewer) -> Vocabulary:
    seen = Claim.objects.visible_to(viewer)
    subjects = seen.order_by("subject").values_list("subject", flat=True).distinct()[:SUGGESTED]
    kinds = seen.order_by("attribute").values_list("attribute", flat=True).distinct()[:SUGGESTED]
    return Vocabulary(tuple(subjects), tuple(kinds))


def subjects(viewer: Viewer, *, known_on: datetime) -> list[SubjectLine]:
    """Every subject that a live claim speaks of, by title."""
    counted = (
        live(viewer, known_on=known_on)
        .order_by()
        .values("subject")
        .annotate(claims=models.Count("pk"), packs=ArrayAgg("pack", distinct=True))
    )
    named = {row.key.casefold(): row for row in Subject.objects.visible_to(viewer)}
    lines = [line_of(row["subject"], row["claims"], row["packs"], named) for row in counted]
    return sorted(lines, key=lambda line: line.title.casefold())


def line_of(key: str, claims: int, packs: Iterable[str], named: dict[str, Subject]) -> SubjectLine:
    row = named.get(key.casefold())
    title, kind = (row.title, row.kind) if row else (key, "")
    return SubjectLine(key, title, kind, claims, tuple(packs))


def about(viewer: Viewer, subject: str, *, on: datetime, known_on: datetime) -> About:
    """All answers about a subject, by attribute."""
    row = Subject.objects.visible_to(viewer).filter(key__lower=subject.lower()).first()
    claims = only_true_on(
        live(viewer, known_on=known_on).filter(subject__lower=subject.lower()), on
    )
    defined = {each.key.casefold(): each for each in Attribute.objects.visible_to(viewer)}
    by_attribute = sorted(latest_first(claims), key=lambda each: each.attribute.casefold())
    answers = tuple(
        answer(
            subject,
            attribute,
            [as_said(each) for each in group],
            several=attribute in defined and defined[attribute].several,
        )
        for attribute, group in groupby(by_attribute, key=lambda each: each.attribute.casefold())
    )
    return About(
        key=row.key if row else subject,
        title=row.title if row else subject,
        kind=row.kind if row else "",
        also=tuple(name for name in row.also if name != row.title.lower()) if row else (),
        answers=answers,
        meanings={key: each.meaning for key, each in defined.items()},
    )


def sources(viewer: Viewer, *, known_on: datetime) -> list[Source]:
    rows = Source.objects.visible_to(viewer).known_on(known_on, began=began())
    counted = rows.annotate(
        said=models.Subquery(
            Claim.objects.visible_to(viewer)
            .filter(source=models.OuterRef("pk"))
            .order_by()
            .values("source")
            .annotate(number=models.Count("pk"))
            .values("number")
        )
    )
    return list(counted.order_by(models.F("published_latest").desc(nulls_last=True), "name"))


def source(viewer: Viewer, row: UUID, *, known_on: datetime) -> SourceRead | None:
    """A source and the live claims from it, by sentence; None when the viewer may not see it."""
    found = Source.objects.visible_to(viewer).filter(pk=row).first()
    if found is None:
        return None
    document = Document.objects.visible_to(viewer).filter(source=found).first()
    claims = list(live(viewer, known_on=known_on).filter(source=found).order_by("reference"))
    return SourceRead(
        found,
        document,
        by_sentence(as_said(each) for each in claims),
        titles(viewer, {each.subject for each in claims}),
    )


def by_sentence(claims: Iterable[Said]) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    gathered: dict[str, list[Said]] = {}
    for said in claims:
        gathered.setdefault(said.sentences[0] if said.sentences else "", []).append(said)
    return tuple((place, tuple(gathered[place])) for place in sorted(gathered))


def claim(viewer: Viewer, row: UUID) -> ClaimRead | None:
    """One claim, whatever has become of it; None when the viewer may not see it."""
    seen = Claim.objects.visible_to(viewer).select_related("source")
    found = seen.filter(pk=row).first()
    if found is None:
        return None
    earlier = seen.filter(pk=found.corrects_id).first() if found.corrects_id else None
    later = tuple(seen.filter(corrects=found).order_by("recorded_at"))
    title = titles(viewer, [found.subject]).get(found.subject, found.subject)
    return ClaimRead(found, title, as_said(found), earlier, later)

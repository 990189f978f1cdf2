"""What is on record: by subject and attribute, true on one moment, known on another."""

from datetime import datetime

from django.db import connection, models

from cadre.core.answers import Answer, Said, answer
from cadre.core.releasability import Viewer
from cadre.record.models import Attribute, Claim, StatedQuerySet, StatusChoices, Subject


def began() -> datetime | None:
    """The moment of this node's first ledger entry; None while there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_began()")
        row = cursor.fetchone()
    return row[0] if row else None


def ask(
    viewer: Viewer, subject: str, attribute: str, *, on: datetime | None, known_on: datetime | None
) -> Answer:
    """What the record says of one attribute of one subject; *not stated* where no claim speaks.

    `on` leaves out what is only known to hold later, `known_on` what could not be known yet;
    None leaves nothing out. Subjects may be given by any name that the record has for them.
    """
    names = also_known_as(viewer, subject)
    rows = live(viewer, known_on=known_on).filter(
        subject__lower__in=names, attribute__lower=attribute.strip().lower()
    )
    if on is not None:
        rows = only_true_on(rows, on)
    several = Attribute.objects.visible_to(viewer).filter(key__iexact=attribute, several=True)
    found = [as_said(row) for row in latest_first(rows)]
    return answer(subject, attribute, found, several=len(found) > 1 and several.exists())


def only_true_on(rows: StatedQuerySet[Claim], on: datetime) -> StatedQuerySet[Claim]:
    """Leaves out what is only known to hold later than `on`."""
    return rows.filter(
        models.Q(when_latest__lte=on)
        | models.Q(when_latest__isnull=True, when_earliest__isnull=True)
        | models.Q(when_latest__isnull=True, when_earliest__lte=on)
    )


def also_known_as(viewer: Viewer, subject: str) -> list[str]:
    """All names of a subject, in small letters; just the one given when there is no other."""
    folded = subject.strip().lower()
    like = Subject.objects.visible_to(viewer).filter(
        models.Q(key__lower=folded) | models.Q(also__icontains=folded)
    )
    same = (row for row in like if folded in {name.lower() for name in (row.key, *row.also)})
    return sorted({folded, *(row.key.lower() for row in same)})


def live(viewer: Viewer, *, known_on: datetime | None) -> StatedQuerySet[Claim]:
    """Claims that could be known then and that none known then corrects."""
    rows: StatedQuerySet[Claim] = Claim.objects.visible_to(viewer).select_related("source")
    if known_on is not None:
        return rows.known_on(known_on, began=began())
    correcting = Claim.objects.visible_to(viewer).filter(corrects=models.OuterRef("pk"))
    return rows.exclude(models.Exists(correcting))


def latest_first(rows: StatedQuerySet[Claim]) -> StatedQuerySet[Claim]:
    return rows.order_by(models.F("when_latest").desc(nulls_last=True), "pack", "reference")


def claims_about(viewer: Viewer, subjects: list[str], *, known_on: datetime | None) -> list[Claim]:
    """Every live claim about these subjects, by attribute, latest first."""
    names = [subject.lower() for subject in subjects]
    rows = live(viewer, known_on=known_on).filter(subject__lower__in=names)
    return list(rows.order_by("attribute", "-when_latest", "reference"))


def corrected(viewer: Viewer, claim: Claim) -> list[Claim]:
    """The claims that correct this one, in the order in which they were recorded."""
    rows = Claim.objects.visible_to(viewer).select_related("source").filter(corrects=claim)
    return list(rows.order_by("recorded_at"))


def said(viewer: Viewer, rows: list[str]) -> list[Said]:
    """The claims with these row ids that the viewer may see, by reference."""
    found = Claim.objects.visible_to(viewer).select_related("source").filter(pk__in=rows)
    return [as_said(row) for row in found.order_by("pack", "reference")]


def as_said(row: Claim) -> Said:
    return Said(
        claim=str(row.pk),
        reference=row.reference,
        pack=row.pack,
        value=row.value,
        when=row.when,
        precision=row.precision,
        said_by=tuple(row.said_by),
        source=row.source.name,
        source_row=str(row.source_id),
        sentences=tuple(row.sentences),
        inferred=row.status == StatusChoices.INFERRED,
        summary=row.summary,
        reasoning=row.reasoning,
    )

"""What is on record: by subject and attribute, true on one moment, known on another."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from cadre.access.queries import settings_of
from cadre.core.answers import Answer, Said, answer
from cadre.core.releasability import Viewer
from cadre.record.fields import MomentField
from cadre.record.models import Claim, Source, StatedQuerySet, StatusChoices


def began() -> datetime | None:
    """The moment of this node's first ledger entry; None while there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_began()")
        row = cursor.fetchone()
    return row[0] if row else None


class Found(models.Func):
    """The keys that one of the functions in `sql/finding.sql` gives, for `pk__in`."""

    template = "(SELECT unnest(%(function)s(%(expressions)s)))"
    output_field = models.UUIDField()


def ask(
    viewer: Viewer, subject: str, attribute: str, *, on: datetime | None, known_on: datetime | None
) -> Answer:
    """What the record says of one attribute of one subject; *not stated* where no claim speaks.

    `on` leaves out what is only known to hold later, `known_on` what could not be known yet;
    None leaves nothing out. Subjects may be given by any name that the record has for them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cadre_ask(%s, %s, %s, %s, %s)",
            [
                list(settings_of(viewer)),
                subject.strip().lower(),
                attribute.strip().lower(),
                on,
                known_on,
            ],
        )
        rows = [Asked(*row) for row in cursor.fetchall()]
    for row in rows:
        row.look()
    found = [row.as_said() for row in rows]
    return answer(subject, attribute, found, several=any(row.several for row in rows))


class Asked(NamedTuple):
    """A claim as `cadre_ask` gives it."""

    claim: UUID
    reference: str
    pack: str
    value: str
    moment: str
    precision: str
    said_by: list[str]
    source: str
    source_row: UUID
    sentences: list[str]
    status: str
    summary: str
    reasoning: str
    several: bool
    classification: int
    source_classification: int

    def look(self) -> None:
        """Rows that no model loads count as looked at all the same (K5)."""
        Claim.told([(str(self.claim), self.classification)])
        Source.told([(str(self.source_row), self.source_classification)])

    def as_said(self) -> Said:
        return Said(
            claim=str(self.claim),
            reference=self.reference,
            pack=self.pack,
            value=self.value,
            when=MomentField().to_python(self.moment),
            precision=self.precision,
            said_by=tuple(self.said_by),
            source=self.source,
            source_row=str(self.source_row),
            sentences=tuple(self.sentences),
            inferred=self.status == StatusChoices.INFERRED,
            summary=self.summary,
            reasoning=self.reasoning,
        )


def only_true_on(rows: StatedQuerySet[Claim], on: datetime) -> StatedQuerySet[Claim]:
    """Leaves out what is only known to hold later than `on`."""
    return rows.filter(
        models.Q(when_latest__lte=on)
        | models.Q(when_latest__isnull=True, when_earliest__isnull=True)
        | models.Q(when_latest__isnull=True, when_earliest__lte=on)
    )


def live(viewer: Viewer, *, known_on: datetime | None) -> StatedQuerySet[Claim]:
    """Claims that could be known then and that none known then corrects."""
    rows: StatedQuerySet[Claim] = Claim.objects.visible_to(viewer).select_related("source")
    if known_on is not None:
        return rows.known_on(known_on, began=began())
    correcting = Claim.objects.visible_to(viewer).filter(corrects=models.OuterRef("pk"))
    return rows.exclude(models.Exists(correcting))


def latest_first(rows: StatedQuerySet[Claim]) -> StatedQuerySet[Claim]:
    return rows.order_by(models.F("when_latest").desc(nulls_last=True), "pack", "reference")


def claims_about(
    viewer: Viewer, subjects: list[str], *, known_on: datetime | None, on: datetime | None = None
) -> list[Claim]:
    """Every live claim about these subjects, by attribute, latest first; with `on` without what is
    only known to hold later.
    """
    names = models.Value([subject.lower() for subject in subjects], ArrayField(models.TextField()))
    rows = live(viewer, known_on=known_on).filter(
        pk__in=Found(names, function="cadre_claims_about")
    )
    if on is not None:
        rows = only_true_on(rows, on)
    return list(rows.order_by("attribute", "-when_latest", "reference"))


def corrected(viewer: Viewer, claim: Claim) -> list[Claim]:
    """The claims that correct this one, in the order in which they were recorded."""
    rows = Claim.objects.visible_to(viewer).select_related("source").filter(corrects=claim)
    return list(rows.order_by("recorded_at"))


def said(viewer: Viewer, rows: list[str]) -> list[Said]:
    """The claims with these row ids that the viewer may see, by reference."""
    found = Claim.objects.visible_to(viewer).select_related("source").filter(pk__in=rows)
    return [as_said(row) for row in found.order_by("pack", "reference")]


def packs_of_claims(viewer: Viewer, rows: Iterable[str]) -> dict[str, str]:
    """The packs of the claims with these row ids, by row, as far as the viewer may see them."""
    wanted = sorted(rows)
    if not wanted:
        return {}
    found = Claim.objects.visible_to(viewer).filter(pk__in=wanted).only("pack")
    return {str(row.pk): row.pack for row in found}


def as_said(row: Claim) -> Said:
    return Said(
        claim=str(row.pk),
        reference=row.reference,
        pack=row.pack,
        subject=row.subject,
        attribute=row.attribute,
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

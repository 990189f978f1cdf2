"""Rows as they stood: what had been stated by a moment, and described rows from their ledger."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.postgres.fields.ranges import RangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.dateparse import parse_datetime

from cadre.core.releasability import Viewer
from cadre.record.models import Described, Entry, Stated, StatedQuerySet

RANGE = re.compile(r'([\[(])"?([^",]*)"?,"?([^",]*)"?([\])])')


def live[M: Stated](
    rows: StatedQuerySet[M], *, known_on: datetime | None, began: datetime | None
) -> StatedQuerySet[M]:
    """The rows that could be known at `known_on` (None: by now) and that none known then corrects.

    `rows` are those that the viewer may see; `began` is when this node's record began.
    """
    correcting: StatedQuerySet[M] = rows.model._default_manager.all()  # type: ignore[assignment]  # noqa: SLF001  # every Stated model has this manager
    if known_on is not None:
        rows = rows.known_on(known_on, began=began)
        correcting = correcting.known_on(known_on, began=began)
    return rows.exclude(models.Exists(correcting.filter(corrects=models.OuterRef("pk"))))


def as_known[M: Described](
    viewer: Viewer, rows: Iterable[M], *, known_on: datetime | None, began: datetime | None
) -> list[M]:
    """Described rows with the values that they had at `known_on`; those not there yet are left out.

    None is the present. Before this node's record began nothing here tells how a described row
    was, so it is shown as it is now.
    """
    found = list(rows)
    if known_on is None or began is None or known_on < began or not found:
        return found
    entries = (
        Entry.objects.visible_to(viewer)
        .filter(
            table=found[0]._meta.db_table, row__in=[str(row.pk) for row in found], at__lte=known_on
        )
        .order_by("row", "-at", "-written_at")
        .distinct("row")
    )
    contents = {entry.row: entry.content for entry in entries}
    return [rewound(row, contents[str(row.pk)]) for row in found if str(row.pk) in contents]


def rewound[M: models.Model](row: M, content: Mapping[str, object]) -> M:
    """The row with the values of one of its ledger entries."""
    for field in row._meta.concrete_fields:
        if field.column is not None and field.column in content:
            setattr(row, field.attname, from_ledger(field, content[field.column]))
    return row


def from_ledger(field: "models.Field[object, object]", value: object) -> object:
    if isinstance(field, RangeField) and isinstance(value, str):
        return range_of(value)
    return field.to_python(value)


def range_of(text: str) -> DateTimeTZRange:
    """A range of moments from the text that PostgreSQL writes for it."""
    found = RANGE.fullmatch(text)
    if found is None:
        return DateTimeTZRange(empty=True)
    lower, upper = (parse_datetime(part) if part else None for part in found.group(2, 3))
    return DateTimeTZRange(lower, upper, found[1] + found[4])


def fingerprint(row: models.Model) -> str:
    """Differs when any value of the row differs: tells whether two users had the same in view."""
    values = [f"{field.attname}={getattr(row, field.attname)!r}" for field in row._meta.fields]
    return hashlib.blake2b("\n".join(values).encode(), digest_size=12).hexdigest()

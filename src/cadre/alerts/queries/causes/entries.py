"""An entry of the ledger as a cause, and the alert that it follows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.alerts.models import Alert, Phase
from cadre.record.models import Entry, Stated


@dataclass(frozen=True, slots=True)
class Heard:
    """An entry that people may have to be told of, at the moment at which somebody listens."""

    entry: Entry
    at: datetime

    @property
    def row(self) -> UUID:
        return UUID(self.entry.row)

    @property
    def key(self) -> str:
        return key_of(self.entry.table, self.row)


def key_of(table: str, row: UUID) -> str:
    """The key of what is told of a row that is only ever added."""
    return f"{table}:{row}"


def first_about(row: Stated | None) -> Alert | None:
    """The first message about a row; None where nobody was told of it here."""
    if row is None:
        return None
    found = Alert.objects.filter(cause_key=key_of(row._meta.db_table, row.pk))
    alert = found.select_related("first").first()
    return (alert.first or alert) if alert else None


def following(row: Stated, first: Alert | None = None) -> tuple[Phase, Alert | None]:
    """A correction updates the message about what it corrects, else what it is said to follow."""
    earlier = first_about(row.corrects) or first
    return (Phase.UPDATE, earlier) if earlier else (Phase.FIRST, None)

"""An entry of the ledger as a cause, and the alert that it follows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.alerts.models import Alert, Phase, Recipient, Why
from cadre.alerts.queries.new import Group
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


def told_of(first: Alert, why: Why) -> Group:
    """Everybody who was told of a message so far, whoever stood in too."""
    told = Recipient.objects.filter(alert=first).order_by("added_at")
    return Group(
        why=why,
        people=list(told.filter(person__isnull=False).values_list("person_id", flat=True)),
        accounts=list(told.filter(person__isnull=True).values_list("account_id", flat=True)),
    )


def following(row: Stated, first: Alert | None = None) -> tuple[Phase, Alert | None]:
    """A correction updates the message about what it corrects, else what it is said to follow."""
    earlier = first_about(row.corrects) or first
    return (Phase.UPDATE, earlier) if earlier else (Phase.FIRST, None)

"""Who stands in for whom, and answers that nobody could be found for, as programs read them."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from cadre.alerts.queries.rows import Deputy
from cadre.alerts.queries.strays import StrayRead


class DeputyOut(Schema):
    """A post whose holder stands in for that of another, the lowest position first."""

    post: str
    deputy: str
    position: int


class SettledOut(Schema):
    """What somebody found out of an answer, or why nothing is to be done."""

    at: datetime
    by: str
    note: str


class StrayOut(Schema):
    """An answer that nobody could be found for; `settled` null: it waits for somebody."""

    id: UUID
    channel: str
    sender: str
    words: str
    occurred_at: datetime
    heard_at: datetime
    settled: SettledOut | None


def deputy_out(row: Deputy) -> DeputyOut:
    return DeputyOut(post=row.post.code, deputy=row.deputy.code, position=row.position)


def stray_out(read: StrayRead) -> StrayOut:
    row, done = read.row, read.settled
    return StrayOut(
        id=row.pk,
        channel=row.channel,
        sender=row.sender,
        words=row.words,
        occurred_at=row.occurred_at,
        heard_at=row.heard_at,
        settled=SettledOut(at=done.settled_at, by=done.settled_by, note=done.note)
        if done
        else None,
    )

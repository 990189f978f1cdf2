"""How somebody wants to be told, as programs read it."""

from uuid import UUID

from ninja import Schema

from cadre.alerts.queries.browsers import BrowserRead


class BrowserOut(Schema):
    """A browser that takes push messages. Its address is a key to it, so it is left out.

    `told` false: the node stopped by itself, for `reason`.
    """

    id: UUID
    label: str
    told: bool
    reason: str


def browser_out(read: BrowserRead) -> BrowserOut:
    row = read.row
    return BrowserOut(id=row.pk, label=row.label, told=not row.dropped, reason=read.because)

"""Receipts: the fourth clock of a directive, for each contingent and site that it reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.issuing import one_by_one
from cadre.directives.models import AddresseeKind, Directive, Notice, Receipt
from cadre.directives.queries.receipts import reached
from cadre.mission.actions import Grounds
from cadre.mission.actions.checks import refuse_lacking, stated
from cadre.mission.models import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReceipt:
    """An addressee received a directive: when and by whom. `note`: how somebody else knows."""

    addressee: AddresseeKind
    code: str
    received_at: datetime
    received_by: str
    note: str = ""


def receive(directive: Directive, new: NewReceipt, *, by: Viewer, at: datetime) -> Receipt:
    """Records that an addressee received a directive.

    Raises NotAllowed for who may not; Refused for whom the directive does not reach, for a second
    receipt, for a moment to come, and where somebody speaks for another nation without saying how
    he knows.
    """
    mission = directive.mission.code
    require(by, "directives.receive", mission)
    require_receipt(new, reached(by, directive), by=by, at=at)
    with transaction.atomic():
        one_by_one(mission)
        if Receipt.objects.filter(
            directive=directive, addressee=new.addressee, code=new.code
        ).exists():
            raise Refused(_("This addressee's receipt is on record already."))
        row = Receipt(
            directive=directive,
            addressee=new.addressee,
            code=new.code,
            received_at=new.received_at,
            received_by=new.received_by.strip(),
            note=new.note.strip(),
        )
        grounds = Grounds(marking=directive.marking)
        return stated(row, grounds, "directives.receive", by=by, at=at)


def require_receipt(
    new: NewReceipt,
    reached: Iterable[tuple[AddresseeKind, str, str]],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """Raises Misfit for whom an order does not reach, for a moment to come, and where somebody
    speaks for another nation without saying how he knows.
    """
    named = (new.addressee, new.code) in {(kind, code) for kind, code, _name in reached}
    national = new.addressee == AddresseeKind.NATION
    behalf = national and new.code not in by.affiliations and not by.sees_all
    refuse_lacking((
        ("addressee", not named,
         _("The order does not reach “%(code)s”.") % {"code": new.code}),
        ("received_at", new.received_at > at, _("It was received at a moment that has come.")),
        ("received_by", not new.received_by.strip(), _("Say who received it.")),
        ("note", behalf and not new.note.strip(),
         _("Say how you know, since you speak for another nation.")),
    ))  # fmt: skip  # a table reads best as one


def note_changes(mission: Mission, about: str, note: str, *, by: Viewer, at: datetime) -> Notice:
    """Somebody of the mission has seen what changed at its sister missions. It changes nothing."""
    require(by, "directives.notices", mission.code)
    row = Notice(mission=mission, about=about, seen_at=at, seen_by=by.name, note=note.strip())
    return stated(row, Grounds(), "directives.note_changes", by=by, at=at)

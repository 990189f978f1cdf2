"""What nations answer to whether a directive may be lifted. Silence is not consent."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.releasability import Viewer
from cadre.directives.models import AddresseeKind, Consultation, Directive, Position
from cadre.directives.queries.receipts import reached
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.checks import refuse_lacking, stated


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """A nation's answer; `note`: how the mission knows, where somebody else writes it down."""

    nation: str
    position: Position
    answered_at: datetime
    answered_by: str
    text: str = ""
    note: str = ""
    grounds: Grounds = OUR_OWN


def answer_consultation(
    directive: Directive, new: NewAnswer, *, by: Viewer, at: datetime
) -> Consultation:
    """Records an answer; the latest of a nation counts. It lifts nothing.

    Raises NotAllowed for who may not; Misfit for a nation that the directive does not reach, for a
    moment to come, for nobody who answered, for a reservation or objection without words, and for
    another nation's answer without how the mission knows.
    """
    require(by, "directives.consult", directive.mission.code)
    nations = {code for kind, code, _name in reached(by, directive) if kind == AddresseeKind.NATION}
    behalf = new.nation not in by.affiliations and not by.sees_all
    refuse_lacking((
        ("nation", new.nation not in nations, _("The directive reaches nobody of this nation.")),
        ("answered_at", new.answered_at > at, _("It was answered at a moment that has come.")),
        ("answered_by", not new.answered_by.strip(), _("Say who answered.")),
        ("text", new.position != Position.AGREES and not new.text.strip(),
         _("A reservation or an objection is recorded in the nation's own words.")),
        ("note", behalf and not new.note.strip(),
         _("Say how you know, since you speak for another nation.")),
    ))  # fmt: skip  # a table reads best as one
    row = Consultation(
        directive=directive,
        nation=new.nation,
        position=new.position,
        text=new.text.strip(),
        answered_at=new.answered_at,
        answered_by=new.answered_by.strip(),
        note=new.note.strip(),
    )
    return stated(row, new.grounds, "directives.consult", by=by, at=at)

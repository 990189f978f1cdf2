"""Restart conditions as they are written down: with a directive, or later."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from cadre.core.posture import Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.checks import scope_values
from cadre.directives.models import Condition, Directive
from cadre.mission.actions import Grounds
from cadre.mission.actions.checks import stated_values


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCondition:
    """What has to be true, or waived by name, before a part of a directive is lifted.

    `part`: for which part, None for all of it. `shelf_life`: how long evidence holds, None for as
    long as nothing speaks against it.
    """

    text: str
    owner: str
    wanted: str
    library: str = ""
    part: Scope | None = None
    shelf_life: timedelta | None = None
    indicator: str = ""
    parameters: dict[str, object] = field(default_factory=dict)
    row: UUID = field(default_factory=uuid4)


def condition_row(
    new: NewCondition, directive: Directive, grounds: Grounds, *, by: Viewer, at: datetime
) -> Condition:
    """A row yet to be written. Raises Refused where it says too little or names hours or people."""
    for value, sentence in (
        (new.text, _("A restart condition needs its text.")),
        (new.owner, _("A restart condition needs an owner.")),
        (new.wanted, _("A restart condition says which evidence is wanted.")),
    ):
        if not value.strip():
            raise Refused(sentence)
    if new.shelf_life is not None and new.shelf_life <= timedelta(0):
        raise Refused(_("Evidence holds for some time, or for as long as nothing speaks against."))
    part = new.part or Scope(directive.mission.code)
    values = scope_values("", part)
    for name in ("units", "people", "hours"):
        values.pop(name)
    return Condition(
        id=new.row,
        directive_id=directive.pk,
        library=new.library,
        text=new.text.strip(),
        owner=new.owner.strip(),
        wanted=new.wanted.strip(),
        shelf_life=new.shelf_life,
        indicator=new.indicator,
        parameters=new.parameters,
        **values,
        **stated_values(grounds, by=by, at=at),
    )

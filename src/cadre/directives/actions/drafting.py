"""Drafts of directives: written, changed, dropped, signed. A draft stops nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.models import marking_values
from cadre.access.permissions import require
from cadre.core.lifecycles import DRAFT, Event
from cadre.core.refused import Refused
from cadre.core.releasability import Marking, Viewer
from cadre.directives.actions.issuing import NewDirective, issue
from cadre.directives.models import Directive, Draft
from cadre.mission.actions.checks import Stale, add, change
from cadre.mission.models import Mission
from cadre.mission.queries.versions import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A directive as somebody typed it: `content` is the form, field by field."""

    title: str
    content: Mapping[str, object]
    marking: Marking

    @property
    def values(self) -> dict[str, object]:
        content = dict(self.content)
        return {"title": self.title.strip(), "content": content, **marking_values(self.marking)}


def write_draft(mission: Mission, composed: Composed, *, by: Viewer, at: datetime) -> Draft:
    """Keeps a draft. Raises NotAllowed for who may not compose one in this mission."""
    require(by, "directives.draft", mission.code)
    row = Draft(mission=mission, written_by=by.account or by.name, written_at=at, **composed.values)
    return add(row, "directives.draft", by=by, at=at)


def change_draft(draft: Draft, composed: Composed, *, seen: str, by: Viewer, at: datetime) -> Draft:
    """Keeps a draft's new version. Raises Stale where somebody else has changed it since `seen`,
    and Refused for one that is signed or dropped.
    """
    require(by, "directives.draft", draft.mission.code)
    with transaction.atomic():
        locked(draft.pk, Event.CHANGE)
        return change(draft, composed.values, "directives.draft", seen=seen, by=by, at=at)


def drop_draft(draft: Draft, *, by: Viewer, at: datetime) -> Draft:
    """Sets a draft aside; it stays readable. Raises Refused for one that is signed or dropped."""
    require(by, "directives.draft", draft.mission.code)
    with transaction.atomic():
        locked(draft.pk, Event.DROP)
        return change(draft, {"dropped_at": at}, "directives.drop_draft", seen="", by=by, at=at)


def sign(draft: Draft, new: NewDirective, *, seen: str, by: Viewer, at: datetime) -> Directive:
    """Issues what a draft says. Raises Stale where the draft is no longer as it was `seen`, Refused
    for one that is signed or dropped, and whatever `issue` raises: then nothing is written.
    """
    with transaction.atomic():
        kept = locked(draft.pk, Event.SIGN)
        if seen != fingerprint(kept):
            raise Stale(kept)
        directive = issue(new, by=by, at=at)
        change(kept, {"signed_as": directive}, "directives.sign", seen="", by=by, at=at)
    return directive


def locked(row: UUID, event: Event) -> Draft:
    """The draft as it stands; who else changes or signs it waits for this transaction's end.

    Raises Refused where its life cycle has no such step.
    """
    kept = Draft.objects.select_for_update(of=("self",)).select_related("signed_as").get(pk=row)
    if DRAFT.allows(kept.state, event):
        return kept
    if kept.signed_as is not None:
        raise Refused(
            _("This draft is signed already, as %(number)s.") % {"number": kept.signed_as.number}
        )
    raise Refused(_("This draft was dropped; compose another one."))

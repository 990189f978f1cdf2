"""One directive, condition or proposal for a door, as far as the viewer may see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from cadre.core.releasability import Viewer
from cadre.directives.models import Condition, Directive, Evidence, LiftProposal
from cadre.directives.queries.gate import Missing, asked_by, missing
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.restart import is_open
from cadre.directives.queries.scopes import part_of
from cadre.mission.queries.versions import live


def directive(viewer: Viewer, number: str) -> Directive | None:
    rows = live(Directive.objects.visible_to(viewer), known_on=None, began=None)
    return rows.filter(number=number).select_related("mission").first()


def condition(viewer: Viewer, row: UUID) -> Condition | None:
    rows = live(Condition.objects.visible_to(viewer), known_on=None, began=None)
    return rows.filter(pk=row).select_related("directive__mission").first()


def proposal(viewer: Viewer, number: str) -> LiftProposal | None:
    rows = LiftProposal.objects.visible_to(viewer).filter(number=number)
    return rows.select_related("directive__mission", "lift", "end").first()


def evidence_choices(viewer: Viewer, about: Condition) -> list[tuple[str, str]]:
    rows = Evidence.objects.visible_to(viewer).filter(condition=about, supports=True)
    found = live(rows, known_on=None, began=None).order_by("-recorded_at")
    return [
        (str(each.pk), _("%(text)s (%(source)s)") % {"text": each.text, "source": each.source})
        for each in found
    ]


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposal on its page: what keeps this viewer from lifting it; nothing once it has ended."""

    row: LiftProposal
    part: ScopeRead
    open: bool
    missing: tuple[Missing, ...]


def proposal_read(viewer: Viewer, row: LiftProposal, *, at: datetime) -> ProposalShown:
    part = part_of(row, row.directive.mission.code)
    waits = is_open(row)
    lacking = missing(viewer, asked_by(row, part), at=at) if waits else ()
    return ProposalShown(row, Names(viewer, (part,)).of(part), waits, lacking)

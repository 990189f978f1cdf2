"""One directive, condition or proposal for a door, as far as the viewer may see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from cadre.core.releasability import Viewer
from cadre.directives.models import (
    Checklist,
    Condition,
    Directive,
    Evidence,
    Level,
    LevelOrder,
    LiftProposal,
    Precaution,
    Scale,
    Template,
    TemplateItem,
    Track,
)
from cadre.directives.queries.gate import Missing, asked_by, missing
from cadre.directives.queries.names import Names, ScopeRead
from cadre.directives.queries.restart import is_open
from cadre.directives.queries.scopes import part_of
from cadre.mission.models import Mission
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


def scale(viewer: Viewer, row: UUID) -> Scale | None:
    found = Scale.objects.visible_to(viewer).filter(pk=row)
    return found.select_related("mission").first()


def scale_called(viewer: Viewer, mission: Mission, code: str) -> Scale | None:
    found = Scale.objects.visible_to(viewer).filter(mission=mission, code=code)
    return found.select_related("mission").first()


def level(viewer: Viewer, row: UUID) -> Level | None:
    found = Level.objects.visible_to(viewer).filter(pk=row)
    return found.select_related("scale__mission").first()


def levels_named(viewer: Viewer, mission: Mission, track: Track) -> dict[str, Level]:
    """The levels of a mission by "scale/level", their codes: how forms and programs name them."""
    rows = Level.objects.visible_to(viewer).filter(scale__mission=mission, scale__track=track)
    found = rows.select_related("scale__mission").order_by("scale__code", "rank")
    return {f"{each.scale.code}/{each.code}": each for each in found}


def level_order(viewer: Viewer, number: str) -> LevelOrder | None:
    rows = live(LevelOrder.objects.visible_to(viewer), known_on=None, began=None)
    found = rows.filter(number=number)
    return found.select_related("mission", "scale", "level_from", "level_to__scale").first()


def checklist(viewer: Viewer, number: str) -> Checklist | None:
    rows = live(Checklist.objects.visible_to(viewer), known_on=None, began=None)
    return rows.filter(number=number).select_related("mission", "template").first()


def precaution(viewer: Viewer, row: UUID) -> Precaution | None:
    rows = live(Precaution.objects.visible_to(viewer), known_on=None, began=None)
    return rows.filter(pk=row).select_related("checklist__mission").first()


def templates_named(viewer: Viewer, mission: Mission) -> dict[str, Template]:
    """The usual lists of a mission by code."""
    rows = Template.objects.visible_to(viewer).filter(mission=mission).order_by("title")
    return {each.code: each for each in rows.select_related("mission", "level")}


def template_item(viewer: Viewer, row: UUID) -> TemplateItem | None:
    found = TemplateItem.objects.visible_to(viewer).filter(pk=row)
    return found.select_related("template__mission").first()


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

"""Restart by condition: evidence, decisions, proposals, and the lift itself. Restarting is lifting.

Nothing is ever lifted by a date, by silence or by lowering a protection level.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import require
from cadre.core.lifecycles import PROPOSAL, Event, NoStep, Proposal
from cadre.core.moments import Moment
from cadre.core.posture import Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.checks import Names, scope_values
from cadre.directives.actions.conditions import NewCondition, condition_row
from cadre.directives.actions.issuing import next_in, one_by_one
from cadre.directives.models import (
    Assessment,
    Condition,
    Directive,
    Evidence,
    Lift,
    LiftProposal,
    ProposalEnd,
    Verdict,
)
from cadre.directives.queries.competence import require_own_nation_of, require_to_lift
from cadre.directives.queries.gate import Missing, asked_by, missing
from cadre.directives.queries.scopes import part_of, widest
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.batches import put_on_record
from cadre.mission.actions.checks import Misfit, stated, stated_values
from cadre.record.fields import moment_values


class Shut(Refused):
    """A lift is refused; `missing` is exactly what it lacks."""

    def __init__(self, lacking: Sequence[Missing]) -> None:
        super().__init__(" ".join(each.sentence for each in lacking))
        self.missing = tuple(lacking)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """What somebody brings for or against a condition; `occurred`: the moment that it is of."""

    supports: bool
    text: str
    source: str
    occurred: Moment
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssessment:
    """What somebody decides about a condition: on which evidence, or why and until when waived."""

    verdict: Verdict
    authority: str
    post: str = ""
    reason: str = ""
    until: datetime | None = None
    evidence: tuple[UUID, ...] = ()
    grounds: Grounds = OUR_OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """A part of a directive to be lifted. `effective` not stated: from when it is lifted on."""

    part: Scope
    reason: str
    effective: Moment = field(default_factory=Moment.unknown)
    post: str = ""
    grounds: Grounds = OUR_OWN


def write_condition(
    directive: Directive, new: NewCondition, *, grounds: Grounds = OUR_OWN, by: Viewer, at: datetime
) -> Condition:
    """Adds a restart condition to a directive. Raises Refused where it says too little or names
    what is not on record.
    """
    require(by, "directives.conditions", directive.mission.code)
    if new.part is not None:
        Names.of([new.part]).require(new.part)
    row = condition_row(new, directive, grounds, by=by, at=at)
    return stated(row, grounds, "directives.write_condition", by=by, at=at)


def bring_evidence(condition: Condition, new: NewEvidence, *, by: Viewer, at: datetime) -> Evidence:
    """Puts evidence on record. It decides nothing; what speaks against makes "met" unknown."""
    require(by, "directives.conditions", condition.directive.mission.code)
    if new.occurred.earliest is not None and new.occurred.earliest > at:
        raise Misfit("occurred", _("Evidence is of a moment that has come."))
    row = Evidence(
        condition=condition,
        supports=new.supports,
        text=new.text.strip(),
        source=new.source.strip(),
        **moment_values("occurred", new.occurred),
    )
    return stated(row, new.grounds, "directives.bring_evidence", by=by, at=at)


def assess(condition: Condition, new: NewAssessment, *, by: Viewer, at: datetime) -> Assessment:
    """Decides about a condition, for all who ask from now on.

    Raises NotAllowed for who may not, and for a caveat's condition for all but its nation; Refused
    for "met" without evidence for it, and for a waiver without reason or end.
    """
    directive = condition.directive
    require(by, "directives.assess", directive.mission.code)
    require_own_nation_of(by, directive)
    require_decision(condition, new, at=at)
    row = Assessment(
        condition=condition,
        verdict=new.verdict,
        at=at,
        authority=new.authority.strip() or by.name,
        post=new.post,
        reason=new.reason.strip(),
        until=new.until,
        evidence=list(new.evidence),
    )
    return stated(row, new.grounds, "directives.assess", by=by, at=at)


def require_decision(condition: Condition, new: NewAssessment, *, at: datetime) -> None:
    if new.verdict == Verdict.WAIVED:
        if not new.reason.strip():
            raise Misfit("reason", _("A waiver says why."))
        if new.until is None or new.until <= at:
            raise Misfit("until", _("A waiver says until when, and that is yet to come."))
    elif new.until is not None:
        raise Misfit("until", _("Only a waiver has an end."))
    if new.verdict == Verdict.MET and not new.evidence:
        raise Misfit("evidence", _("A condition is met on evidence: name which."))
    rows = Evidence.objects.filter(condition=condition, pk__in=new.evidence)
    if rows.count() < len(set(new.evidence)):
        raise Misfit("evidence", _("There is no such evidence on record for this condition."))
    if new.verdict == Verdict.MET and rows.filter(supports=False).exists():
        raise Misfit("evidence", _("What speaks against a condition does not show that it is met."))


def propose_lift(
    directive: Directive, new: NewProposal, *, by: Viewer, at: datetime
) -> LiftProposal:
    """Asks that a part of a directive be lifted; it lifts nothing.

    Raises Refused for a part that is beyond the directive or names what is not on record, and for
    a moment that has passed: nothing is lifted backwards.
    """
    mission = directive.mission.code
    require(by, "directives.propose_lift", mission)
    names = Names.of([new.part, widest(directive)])
    names.require(new.part)
    if not names.within(new.part, widest(directive)):
        raise Refused(
            _("This reaches beyond what directive %(number)s covers.")
            % {"number": directive.number}
        )
    if new.effective.stated and (new.effective.earliest is None or new.effective.earliest < at):
        raise Misfit("effective", _("Nothing is lifted backwards: name a moment to come, or none."))
    with transaction.atomic():
        one_by_one(mission)
        row = LiftProposal(
            directive=directive,
            number=next_in(f"{directive.number}-P"),
            reason=new.reason.strip(),
            proposed_at=at,
            proposed_by=by.name,
            post=new.post,
            **scope_values("", new.part),
            **moment_values("effective", new.effective),
            **stated_values(new.grounds, by=by, at=at),
        )
        return put_on_record([row], "directives.propose_lift", by=by, at=at)[0]


def end_proposal(proposal: LiftProposal, reason: str, *, by: Viewer, at: datetime) -> ProposalEnd:
    """Takes one's own proposal back, or turns down another's that one could lift."""
    own = proposal.recorded_by == (by.account or by.name)
    if not own:
        require_to_lift(by, proposal.directive, proposal.directive.mission.code)
    if not reason.strip():
        raise Misfit("reason", _("Say why."))
    with transaction.atomic():
        one_by_one(proposal.directive.mission.code)
        ended = step(proposal, Event.TAKE_BACK if own else Event.TURN_DOWN)
        row = ProposalEnd(
            proposal=proposal,
            turned_down=ended == Proposal.TURNED_DOWN,
            at=at,
            ended_by=by.name,
            reason=reason.strip(),
        )
        return stated(row, grounds_of(proposal), "directives.end_proposal", by=by, at=at)


def lift(proposal: LiftProposal, *, by: Viewer, at: datetime) -> Lift:
    """Lifts what was proposed: exactly that part, of this one directive.

    Raises Shut, with everything that is missing, unless nothing is; Refused for a proposal that was
    lifted or ended already. Whoever lifts in the mission at the same time waits.
    """
    directive = proposal.directive
    mission = directive.mission.code
    with transaction.atomic():
        one_by_one(mission)
        step(proposal, Event.LIFT)
        part = part_of(proposal, mission)
        lacking = missing(by, asked_by(proposal, part), at=at)
        if lacking:
            raise Shut(lacking)
        effective = proposal.effective if proposal.effective.stated else Moment.at(at)
        row = Lift(
            directive=directive,
            number=next_in(f"{directive.number}-L"),
            authority=by.name,
            reason=proposal.reason,
            reported=False,
            post=proposal.post,
            proposal=proposal,
            **scope_values("", part),
            **moment_values("effective", effective),
            **stated_values(grounds_of(proposal), by=by, at=at),
        )
        return put_on_record([row], "directives.lift", by=by, at=at)[0]


def grounds_of(proposal: LiftProposal) -> Grounds:
    return Grounds(claims=tuple(proposal.claims), marking=proposal.marking)


def step(proposal: LiftProposal, event: Event) -> str:
    """The state that a step leads to, from how the proposal stands now. Raises Refused for one that
    was lifted, taken back or turned down in the meantime.
    """
    kept = LiftProposal.objects.select_related("lift", "end").get(pk=proposal.pk)
    try:
        return PROPOSAL.after(kept.state, event)
    except NoStep as refused:
        if kept.state is Proposal.LIFTED:
            sentence = _("This was lifted already, as %(number)s.") % {"number": kept.lift.number}
        else:
            sentence = _("This proposal was taken back or turned down already.")
        raise Refused(sentence) from refused

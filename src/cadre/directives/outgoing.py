"""Rulings and directives as programs get them, by the API and by the commands."""

from datetime import datetime

from ninja import Schema

from cadre.core.answers import Said
from cadre.core.moments import Moment
from cadre.core.posture import Posture, Reason, Ruling
from cadre.core.releasability import Viewer
from cadre.directives import queries
from cadre.directives.forms.composed import before_signing
from cadre.directives.queries import Answered, Question
from cadre.directives.queries.asking import Part
from cadre.directives.queries.restart import ConditionRead, RestartRead
from cadre.directives.queries.reviews import ReviewDue
from cadre.directives.queries.rows import Directive, Draft
from cadre.directives.schemas import (
    ConditionOut,
    DirectiveLine,
    DraftOut,
    EvidenceOut,
    LiftProposalOut,
    OrderOut,
    RestartOut,
    ReviewDueOut,
)
from cadre.directives.wording import Order
from cadre.record.queries import said
from cadre.web.programs import moment_out


class ReasonOut(Schema):
    """A directive that counts. `certainty` perhaps: it counts in the upper bound only."""

    directive: str
    authority: str
    effect: str
    reason: str
    effective: str | None
    temporary: bool | None
    certainty: str
    partly: bool
    claims: list[str]


class BasisOut(Schema):
    """An authorisation that opens the line."""

    begins: str | None
    claims: list[str]


class RulingOut(Schema):
    """`posture` is `not stated` where the bounds differ. `differs`: it differs within the scope.

    `not_on_record`: what of the question nothing on record is called, for example `site`; then
    the answer is what holds for all of them, and never `running`.
    """

    posture: str
    lower: str
    upper: str
    because: list[ReasonOut]
    basis: list[BasisOut]
    differs: bool
    not_on_record: list[Part]


def ruling_out(answered: Answered, references: dict[str, str]) -> RulingOut:
    """`references`: the claims that the viewer may see, by row."""
    ruling, posture = answered.ruling, answered.ruling.posture
    return RulingOut(
        posture="not stated" if posture is None else posture.word,
        lower=ruling.lower.word,
        upper=ruling.upper.word,
        because=[reason_out(reason, references) for reason in ruling.because],
        basis=[
            BasisOut(begins=moment_out(each.begins), claims=shown(each.claims, references))
            for each in ruling.basis
        ],
        differs=ruling.differs,
        not_on_record=list(answered.unknown),
    )


def reason_out(reason: Reason, references: dict[str, str]) -> ReasonOut:
    directive = reason.directive
    return ReasonOut(
        directive=directive.key,
        authority=directive.authority,
        effect=directive.effect.word,
        reason=directive.reason,
        effective=moment_out(directive.effective),
        temporary=directive.temporary,
        certainty=reason.certainty,
        partly=reason.partly,
        claims=shown(directive.claims, references),
    )


def shown(claims: tuple[str, ...], references: dict[str, str]) -> list[str]:
    return [references[claim] for claim in claims if claim in references]


def claims_of(viewer: Viewer, ruling: Ruling) -> dict[str, Said]:
    """The claims that a ruling rests on, as far as the viewer may see them."""
    rows = {claim for reason in ruling.because for claim in reason.directive.claims}
    rows |= {claim for each in ruling.basis for claim in each.claims}
    return {each.claim: each for each in said(viewer, sorted(rows))}


def ruled(
    viewer: Viewer, question: Question, *, on: datetime, known_on: datetime | None
) -> RulingOut:
    """A ruling as programs get it."""
    answered = queries.posture(viewer, question, on=on, known_on=known_on)
    said_of = claims_of(viewer, answered.ruling)
    return ruling_out(answered, {row: each.reference for row, each in said_of.items()})


def line_out(row: Directive, effective: Moment) -> DirectiveLine:
    return DirectiveLine(
        number=row.number,
        mission=row.mission.code,
        effect=Posture(row.effect).word,
        authority=row.authority,
        reason_code=row.reason_code,
        reason=row.reason,
        temporary=row.temporary,
        reported=row.reported,
        effective=moment_out(effective),
        pack=row.pack,
    )


def draft_out(viewer: Viewer, draft: Draft, *, at: datetime) -> DraftOut:
    before = before_signing(viewer, draft, at=at)
    return DraftOut(
        id=draft.pk,
        title=draft.title,
        mission=draft.mission.code,
        missing=list(before.problems),
        refusal=before.refusal,
        seen=before.seen,
    )


def order_out(order: Order) -> OrderOut:
    return OrderOut(number=order.number, language=order.language, text=order.as_text())


def review_due_out(each: ReviewDue) -> ReviewDueOut:
    return ReviewDueOut(
        directive=each.number,
        mission=each.mission,
        due=each.due.at,
        owner=each.due.owner,
        overdue=each.overdue,
        held=each.due.held,
    )


def restart_out(row: Directive, found: RestartRead) -> RestartOut:
    return RestartOut(
        who_may_lift=queries.who_may_lift(row),
        conditions=[condition_out(each) for each in found.conditions],
        proposals=[
            LiftProposalOut(
                number=each.row.number, proposed_by=each.row.proposed_by, open=each.open
            )
            for each in found.proposals
        ],
    )


def condition_out(each: ConditionRead) -> ConditionOut:
    return ConditionOut(
        id=each.row.pk,
        text=each.text,
        owner=each.owner,
        wanted=each.wanted,
        state=each.standing.state,
        why=each.standing.why,
        until=each.standing.until,
        evidence=[
            EvidenceOut(
                id=said.pk,
                supports=said.supports,
                text=said.text,
                source=said.source,
                occurred=said.occurred.edtf(),
            )
            for said in each.evidence
        ],
    )

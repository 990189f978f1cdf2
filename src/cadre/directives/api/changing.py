"""What programs order: the same forms as on the pages, sent as JSON with a field for each.

Lists are lists of codes, moments EDTF or plain dates, everything else text. 403 for who may not,
404 for what is not there for this viewer, 409 where the record refuses (what a lift lacks stands in
`missing`), 422 for a value that does not fit its field: nothing is written then.
"""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema, Status

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.directives import actions
from cadre.directives.actions import Shut
from cadre.directives.api.found import the_condition, the_directive, the_mission, the_proposal
from cadre.directives.api.typed import ANSWERS, NumberOut, TypedIn, done, require_good, typed
from cadre.directives.forms.receiving import ReceiptForm
from cadre.directives.forms.restarting import (
    AssessmentForm,
    ConditionForm,
    EndForm,
    EvidenceForm,
    ProposalForm,
)
from cadre.directives.forms.reviewing import ReviewForm
from cadre.directives.forms.stopping import ConfirmationForm, PassForm, StopForm
from cadre.directives.queries import lookups
from cadre.directives.queries.receipts import addressees
from cadre.directives.queries.reviews import agenda
from cadre.directives.queries.rows import ConfirmationOutcome
from cadre.mission.doors import now
from cadre.web.programs import Number, Problem, Words

router = Router(tags=["directives"])


class MissingOut(Problem):
    """Why a lift was refused, in all and one by one."""

    missing: list[str]


@router.post("/missions/{code}/stop", response=ANSWERS)
def stop(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Stops now, provisionally: `site`, and if there is time `lines`, `what`, `reason_code`."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "directives.stop", code)
    form = StopForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.stop_now(form.new(), by=viewer, at=at))


class PassOut(Schema):
    """The path of the link with which its holder stops; it is told once, here."""

    path: str


@router.post("/missions/{code}/passes", response={**ANSWERS, 201: PassOut})
def give_pass(request: HttpRequest, code: Words, sent: TypedIn) -> Status[PassOut]:
    """Gives out a pass: `holder`, `site`, `lines`, `expires_at`. Only its digest is kept."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "directives.passes", code)
    form = PassForm(viewer, mission, typed(sent))
    require_good(form)
    said = form.cleaned_data
    _row, secret = actions.give_pass(
        form.new(), said["holder"], expires_at=said["expires_at"], by=viewer, at=now()
    )
    path = reverse("directives:on_the_spot", args=[secret])
    return Status(HTTPStatus.CREATED, PassOut(path=path))


@router.post("/directives/{path:number}/confirmation", response=ANSWERS)
def confirm(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Confirms or amends a provisional stop: `outcome`, `note`."""
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    form = ConfirmationForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        outcome = ConfirmationOutcome(form.cleaned_data["outcome"])
        return actions.confirm(directive, outcome, form.cleaned_data["note"], by=viewer, at=at)

    return done(form, act)


@router.post("/directives/{path:number}/receipts", response=ANSWERS)
def receive(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Records a receipt: `addressee` (nation:DE, site:CAMP), `received_at`, `received_by`."""
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    require(viewer, "directives.receive", directive.mission.code)
    form = ReceiptForm(viewer, typed(sent))
    form.offer(addressees(viewer, directive, on=now(), known_on=None))
    return done(form, lambda at: actions.receive(directive, form.new(), by=viewer, at=at))


@router.post("/directives/{path:number}/conditions", response=ANSWERS)
def write_condition(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Writes a restart condition: `library`, or `text`, `owner`, `wanted`; and its part."""
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    require(viewer, "directives.conditions", directive.mission.code)
    form = ConditionForm(viewer, directive, typed(sent))
    return done(
        form,
        lambda at: actions.write_condition(
            directive, form.new(), grounds=form.grounds(), by=viewer, at=at
        ),
    )


@router.post("/conditions/{row}/evidence", response=ANSWERS)
def bring_evidence(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Brings evidence: `supports` (yes, no), `text`, `source`, `occurred`."""
    viewer = viewer_in(request)
    condition = the_condition(viewer, row)
    require(viewer, "directives.conditions", condition.directive.mission.code)
    form = EvidenceForm(viewer, typed(sent))
    return done(form, lambda at: actions.bring_evidence(condition, form.new(), by=viewer, at=at))


@router.post("/conditions/{row}/decision", response=ANSWERS)
def assess(request: HttpRequest, row: UUID, sent: TypedIn) -> Status[NumberOut]:
    """Decides: `verdict`, `evidence` (ids), `reason`, `until`, `authority`."""
    viewer = viewer_in(request)
    condition = the_condition(viewer, row)
    require(viewer, "directives.assess", condition.directive.mission.code)
    form = AssessmentForm(viewer, typed(sent))
    form.offer(lookups.evidence_choices(viewer, condition))
    return done(form, lambda at: actions.assess(condition, form.new(), by=viewer, at=at))


@router.post("/directives/{path:number}/proposals", response=ANSWERS)
def propose(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Proposes to lift a part: `lines`, `sites`, `nations` and so on, `effective`, `reason`."""
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    require(viewer, "directives.propose_lift", directive.mission.code)
    form = ProposalForm(viewer, directive, typed(sent))
    return done(form, lambda at: actions.propose_lift(directive, form.new(), by=viewer, at=at))


@router.post("/proposals/{path:number}/lift", response={**ANSWERS, 409: MissingOut | Problem})
def lift(request: HttpRequest, number: Number) -> Status[NumberOut] | Status[MissingOut]:
    """Lifts exactly what was proposed; 409 with everything that is missing."""
    viewer = viewer_in(request)
    try:
        lifted = actions.lift(the_proposal(viewer, number), by=viewer, at=now())
    except Shut as shut:
        sentences = [each.sentence for each in shut.missing]
        answer = MissingOut(detail=str(shut), missing=sentences)
        return Status(HTTPStatus.CONFLICT, answer)
    return Status(HTTPStatus.CREATED, NumberOut(number=lifted.number))


@router.post("/proposals/{path:number}/end", response=ANSWERS)
def end_proposal(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Takes one's own proposal back, or turns another's down: `reason`."""
    viewer = viewer_in(request)
    proposal = the_proposal(viewer, number)
    form = EndForm(viewer, typed(sent))
    return done(
        form,
        lambda at: actions.end_proposal(proposal, form.cleaned_data["reason"], by=viewer, at=at),
    )


@router.post("/directives/{path:number}/reviews", response=ANSWERS)
def hold_review(request: HttpRequest, number: Number, sent: TypedIn) -> Status[NumberOut]:
    """Holds a review: `outcome`, `reason`, `authority`, `next_at`, `next_owner`, `dissents`, and
    `last`, the id of the latest review that you have seen.
    """
    viewer = viewer_in(request)
    directive = the_directive(viewer, number)
    require(viewer, "directives.review", directive.mission.code)
    form = ReviewForm(viewer, typed(sent))

    def act(at: datetime) -> object:
        before = agenda(viewer, directive, on=at, known_on=None)
        return actions.hold_review(directive, form.new(before), by=viewer, at=at)

    return done(form, act)

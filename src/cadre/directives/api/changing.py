"""What programs order: the same forms as on the pages, sent as JSON with a field for each.

Lists are lists of codes, moments EDTF or plain dates, everything else text. 403 for who may not,
404 for what is not there for this viewer, 409 where the record refuses (what a lift lacks stands in
`missing`), 422 for a value that does not fit its field: nothing is written then.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from cadre.access.permissions import require
from cadre.access.queries import viewer_in
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives import actions
from cadre.directives.actions import Shut, Stop
from cadre.directives.forms.composed import before_signing
from cadre.directives.forms.issuing import DirectiveForm, retyped
from cadre.directives.forms.receiving import ReceiptForm
from cadre.directives.forms.restarting import (
    AssessmentForm,
    ConditionForm,
    EndForm,
    EvidenceForm,
    ProposalForm,
)
from cadre.directives.forms.reviewing import ReviewForm
from cadre.directives.forms.stopping import ConfirmationForm, StopForm
from cadre.directives.queries import composing, lookups
from cadre.directives.queries.receipts import addressees
from cadre.directives.queries.reviews import agenda
from cadre.directives.queries.rows import (
    Condition,
    ConfirmationOutcome,
    Directive,
    Draft,
    LiftProposal,
    Mission,
)
from cadre.mission.doors import now
from cadre.mission.queries import missions
from cadre.web.programs import NOT_FOUND, Number, Problem, Words

router = Router(tags=["directives"])

Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=4_000)]
Typed = dict[Words, Text | list[Words]]


class TypedIn(Schema):
    """The fields of the page's form by name; which they are, the page and the how-to say."""

    fields: Annotated[Typed, Field(max_length=60)] = {}


class NumberOut(Schema):
    """What is on record now: its number or id."""

    number: str


class DraftOut(Schema):
    """A draft, what it lacks before it can be signed, and why you may not sign it, if so."""

    id: UUID
    title: str
    mission: str
    missing: list[str]
    refusal: str
    seen: str


class SignIn(Schema):
    """Which version of the draft is signed, as `seen` told it."""

    seen: Words


class MissingOut(Problem):
    """Why a lift was refused, in all and one by one."""

    missing: list[str]


ANSWERS: dict[int, type[Schema]] = {
    201: NumberOut,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
}


def typed(sent: TypedIn, *, first: dict[str, object] | None = None) -> QueryDict:
    """What was sent as somebody would type it, on top of what the form shows at first."""
    return retyped({**(first or {}), **sent.fields})


def done(form: forms.Form, act: Callable[[datetime], object]) -> Status[NumberOut]:
    """Does what a good form asks. 422 for a field that does not fit or that the form has not."""
    strange = sorted(set(form.data) - set(form.fields))
    if strange:
        raise unfit(f"There is no field “{strange[0]}”; the fields are: {', '.join(form.fields)}.")
    for name, problems in form.errors.items():
        raise unfit(str(problems[0]) if name == "__all__" else f"{name}: {problems[0]}")
    kept = act(now())
    number = getattr(kept, "number", None) or getattr(kept, "pk", "")
    return Status(HTTPStatus.CREATED, NumberOut(number=str(number)))


def unfit(sentence: str) -> HttpError:
    return HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, sentence)


def there[Row](row: Row | None) -> Row:
    if row is None:
        raise HttpError(NOT_FOUND, "There is no such thing on record.")
    return row


def the_mission(viewer: Viewer, code: str) -> Mission:
    return there(missions.find(viewer, code))


def the_directive(viewer: Viewer, number: str) -> Directive:
    return there(lookups.directive(viewer, number))


def the_condition(viewer: Viewer, row: UUID) -> Condition:
    return there(lookups.condition(viewer, row))


def the_proposal(viewer: Viewer, number: str) -> LiftProposal:
    return there(lookups.proposal(viewer, number))


def draft_out(viewer: Viewer, draft: Draft) -> DraftOut:
    before = before_signing(viewer, draft, at=now())
    return DraftOut(
        id=draft.pk,
        title=draft.title,
        mission=draft.mission.code,
        missing=list(before.problems),
        refusal=before.refusal,
        seen=before.seen,
    )


@router.get("/directives/drafts", response=list[DraftOut])
def drafts(request: HttpRequest) -> list[DraftOut]:
    """The drafts that wait for a signature."""
    viewer = viewer_in(request)
    return [draft_out(viewer, each) for each in composing.drafts(viewer)]


@router.get("/directives/drafts/{row}", response={200: DraftOut, 404: Problem})
def draft(request: HttpRequest, row: UUID) -> DraftOut:
    """One draft: what it lacks, and whether you may sign it."""
    viewer = viewer_in(request)
    return draft_out(viewer, there(composing.draft(viewer, row)))


@router.post("/missions/{code}/drafts", response=ANSWERS)
def write_draft(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Keeps a draft of a directive; its fields are those of the page that composes one."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "directives.draft", code)
    form = DirectiveForm(viewer, mission, typed(sent))
    return done(form, lambda at: actions.write_draft(mission, form.composed(), by=viewer, at=at))


@router.post("/directives/drafts/{row}/sign", response=ANSWERS)
def sign(request: HttpRequest, row: UUID, sent: SignIn) -> Status[NumberOut]:
    """Signs a draft as it was seen; 409 where it has changed, lacks something or is signed."""
    viewer = viewer_in(request)
    found = there(composing.draft(viewer, row))
    form = DirectiveForm(viewer, found.mission, retyped(found.content))
    if not form.is_valid():
        raise Refused("The draft cannot be read as a directive; change it first.")
    seen = sent.seen
    signed = actions.sign(found, form.new(), seen=seen, by=viewer, at=now())
    return Status(HTTPStatus.CREATED, NumberOut(number=signed.number))


@router.post("/missions/{code}/stop", response=ANSWERS)
def stop(request: HttpRequest, code: Words, sent: TypedIn) -> Status[NumberOut]:
    """Stops now, provisionally: `site`, and if there is time `lines`, `what`, `reason_code`."""
    viewer = viewer_in(request)
    mission = the_mission(viewer, code)
    require(viewer, "directives.stop", code)
    form = StopForm(viewer, mission, typed(sent))

    def act(at: datetime) -> Directive:
        cleaned = form.cleaned_data
        chosen = Stop(
            mission=mission,
            site=cleaned["site"],
            lines=form.chosen(),
            what=cleaned["what"],
            reason_code=cleaned["reason_code"] or "incident",
        )
        return actions.stop_now(chosen, by=viewer, at=at)

    return done(form, act)


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

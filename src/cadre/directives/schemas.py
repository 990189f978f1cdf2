"""Shapes of how directives, their drafts, restart and reviews go out, by API and command."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class DirectiveLine(Schema):
    """A directive in the list; `temporary` null: not stated."""

    number: str
    mission: str
    effect: str
    authority: str
    reason_code: str
    reason: str
    temporary: bool | None
    reported: bool
    effective: str | None
    pack: str


class DraftOut(Schema):
    """A draft, what it lacks before it can be signed, and why you may not sign it, if so."""

    id: UUID
    title: str
    mission: str
    missing: list[str]
    refusal: str
    seen: str


class OrderOut(Schema):
    """The order's text, fit to be read out."""

    number: str
    language: str
    text: str


class ReviewDueOut(Schema):
    """The review that is due of a directive; `due` null: nobody stated it."""

    directive: str
    mission: str
    due: datetime | None
    owner: str
    overdue: bool
    held: int


class EvidenceOut(Schema):
    """A piece of evidence."""

    id: UUID
    supports: bool
    text: str
    source: str
    occurred: str


class ConditionOut(Schema):
    """A restart condition and how it stands; `until`: no longer than that, if nothing is said."""

    id: UUID
    text: str
    owner: str
    wanted: str
    state: str
    why: str
    until: datetime | None
    evidence: list[EvidenceOut]


class LiftProposalOut(Schema):
    """A proposal to lift; `open`: it waits for a second person."""

    number: str
    proposed_by: str
    open: bool


class RestartOut(Schema):
    """How the restart of a directive stands."""

    who_may_lift: str
    conditions: list[ConditionOut]
    proposals: list[LiftProposalOut]

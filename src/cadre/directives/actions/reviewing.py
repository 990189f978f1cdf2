"""Holding a review. Its outcome orders nothing by itself: narrowing and lifting are lifts, widening
is another directive. Whoever says nothing leaves the directive as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cadre.access.permissions import NotAllowed, require
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.issuing import one_by_one
from cadre.directives.models import Directive, Dissent, Outcome, Review, Rhythm
from cadre.directives.queries.reviews import began_at, rhythm_of
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.batches import put_on_record
from cadre.mission.actions.checks import Misfit, add, change, refuse_lacking, stated, stated_values
from cadre.mission.models import Mission, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """What came of a review; `dissents`: what nations say against it, in their own words."""

    outcome: Outcome
    reason: str
    authority: str
    next_at: datetime
    next_owner: str
    held_at: datetime | None = None  # None: now
    post: str = ""
    present: tuple[str, ...] = ()
    dissents: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, object] = field(default_factory=dict)
    last: str = ""  # id of the latest review that its author had in view, "" for none
    grounds: Grounds = OUR_OWN


def hold_review(directive: Directive, new: NewReview, *, by: Viewer, at: datetime) -> Review:
    """Puts a review with its dissents on record.

    Raises NotAllowed for who may not; Refused where somebody else held one meanwhile, for a next
    review that is later than the mission's rhythm asks for or has no owner, and for an unknown
    nation.
    """
    mission = directive.mission.code
    require(by, "directives.review", mission)
    with transaction.atomic():
        one_by_one(mission)
        require_latest(directive, new.last)
        held_at = new.held_at or at
        require_next(directive, new, held_at, at)
        row = Review(
            directive=directive,
            held_at=held_at,
            outcome=new.outcome,
            reason=new.reason.strip(),
            authority=new.authority.strip(),
            post=new.post,
            present=list(new.present),
            seen=dict(new.seen),
            next_at=new.next_at,
            next_owner=new.next_owner.strip(),
            **stated_values(new.grounds, by=by, at=at),
        )
        put_on_record([row], "directives.review", by=by, at=at)
        said = [dissent_row(row, code, text, new.grounds, by=by, at=at)
                for code, text in new.dissents.items()]  # fmt: skip
        put_on_record(said, "directives.review", by=by, at=at)
    return row


def require_latest(directive: Directive, last: str) -> None:
    """Raises Refused where a review was held that its author has not seen."""
    latest = Review.objects.filter(directive=directive).order_by("-held_at").first()
    if latest is not None and str(latest.pk) != last:
        raise Refused(
            _("A review was held in the meantime: %(outcome)s. Look at it, then hold another.")
            % {"outcome": latest.get_outcome_display()}
        )


def require_next(directive: Directive, new: NewReview, held_at: datetime, at: datetime) -> None:
    refuse_lacking((
        ("reason", not new.reason.strip(), _("A review says why.")),
        ("authority", not new.authority.strip(), _("A review names its authority.")),
        ("next_owner", not new.next_owner.strip(), _("Name the owner of the next review.")),
        ("held_at", held_at > at, _("A review was held at a moment that has come.")),
        ("next_at", new.next_at <= held_at, _("The next review comes after this one.")),
    ))  # fmt: skip  # a table reads best as one
    latest = rhythm_of(directive.mission).due(began_at(directive), [held_at])
    if new.next_at > latest:
        raise Misfit(
            "next_at",
            _("The mission's rhythm asks for the next review by %(moment)s; name that or sooner.")
            % {"moment": f"{latest:%Y-%m-%dT%H:%MZ}"},
        )


def dissent_row(
    review: Review, nation: str, text: str, grounds: Grounds, *, by: Viewer, at: datetime
) -> Dissent:
    if not Organisation.objects.filter(code=nation).exists():
        raise Misfit("dissents", _("There is no nation “%(code)s” on record.") % {"code": nation})
    if not text.strip():
        raise Misfit("dissents", _("Dissent is recorded in the nation's own words."))
    values = stated_values(grounds, by=by, at=at)
    return Dissent(review=review, nation=nation, text=text.strip(), **values)


def dissent(
    review: Review, nation: str, text: str, *,
    grounds: Grounds = OUR_OWN, by: Viewer, at: datetime,
) -> Dissent:  # fmt: skip  # reads as one sentence
    """Records one's own nation's dissent afterwards. Raises NotAllowed for another's."""
    require(by, "directives.dissent", review.directive.mission.code)
    if not by.sees_all and nation not in by.affiliations:
        raise NotAllowed(_("Each nation's representative speaks for that nation only."))
    row = dissent_row(review, nation, text, grounds, by=by, at=at)
    return stated(row, grounds, "directives.dissent", by=by, at=at)


def set_rhythm(
    mission: Mission, hours: Mapping[str, int], *, seen: str = "", by: Viewer, at: datetime
) -> Rhythm:
    """How often a mission's directives are reviewed from now on: the four columns of its table.

    Raises Stale where somebody else has changed it since `seen`.
    """
    require(by, "directives.rhythm", mission.code)
    with transaction.atomic():
        one_by_one(mission.code)
        row = Rhythm.objects.filter(mission=mission).first()
        if row is None:  # what was seen are the usual values, which nobody can have changed
            return add(Rhythm(mission=mission, **hours), "directives.rhythm", by=by, at=at)
        return change(row, hours, "directives.rhythm", seen=seen, by=by, at=at)

"""Which reviews are due, what was found in those that were held, and the agenda of the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre.core import reviews as core
from cadre.core.releasability import Viewer
from cadre.core.reviews import Due, Held
from cadre.directives.models import (
    Assessment,
    Clock,
    Condition,
    Directive,
    Dissent,
    Evidence,
    Lift,
    LiftProposal,
    Receipt,
    Review,
    Rhythm,
    Timing,
)
from cadre.directives.queries.indicators import Data
from cadre.directives.queries.levels import AtSite
from cadre.directives.queries.posture import World
from cadre.directives.queries.restart import ConditionRead, restart
from cadre.directives.queries.scopes import widest
from cadre.mission.models import Mission, Relation, RelationKind
from cadre.mission.queries.reading import Reading
from cadre.record.models import Claim, Stated, StatedQuerySet

MOST = 50  # changes that an agenda names


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A directive that may be in force, and the review that is due of it."""

    number: str
    mission: str
    authority: str
    due: Due
    overdue: bool


def reviews_due(world: World, on: datetime) -> list[ReviewDue]:
    """Of every directive that may be in force: overdue first, then by moment, not stated last."""
    found = [
        ReviewDue(each.key, each.mission, each.authority, due, due.overdue(on))
        for each in world.live(on)
        for due in (world.review_of(each.key, on),)
    ]
    far = datetime.max.replace(tzinfo=on.tzinfo)
    return sorted(found, key=lambda each: (not each.overdue, each.due.at or far, each.number))


def rhythm_of(mission: Mission) -> core.Rhythm:
    """The mission's own, else the usual one: 24 hours, then daily for a week, then weekly."""
    row = rhythm_row(mission)
    return core.Rhythm(
        first=timedelta(hours=row.first_hours),
        then=timedelta(hours=row.then_hours),
        span=timedelta(days=row.then_days),
        later=timedelta(hours=row.later_hours),
    )


def rhythm_row(mission: Mission) -> Rhythm:
    """The mission's own row, else one with the usual values that is not on record."""
    return Rhythm.objects.filter(mission=mission).first() or Rhythm(mission=mission)


def began_at(directive: Directive) -> datetime:
    """From when on reviews are counted: the earliest moment at which it can have taken effect, or
    when it was recorded if nothing bounds that.
    """
    said = Timing.objects.filter(directive=directive, clock=Clock.EFFECTIVE)
    found = said.order_by(F("moment_earliest").asc(nulls_last=True)).first()
    return (found.moment_earliest if found else None) or directive.recorded_at


@dataclass(frozen=True, slots=True)
class ReviewRead:
    """A review with the dissent of nations."""

    row: Review
    dissents: tuple[Dissent, ...]


@dataclass(frozen=True, slots=True)
class ReviewsRead:
    """All reviews of one directive, the latest first, and what is due."""

    held: tuple[ReviewRead, ...]
    due: Due
    overdue: bool

    @property
    def last(self) -> str:
        """The id of the latest review; "" while there is none."""
        return str(self.held[0].row.pk) if self.held else ""


def reviews(
    viewer: Viewer, directive: Directive, *, on: datetime, known_on: datetime | None
) -> ReviewsRead:
    reading = Reading(viewer, on=on, known_on=known_on)
    rows = list(reading.stated(Review.objects.filter(directive=directive)).order_by("-held_at"))
    said = list(reading.stated(Dissent.objects.filter(review__in=rows)).order_by("nation"))
    due = core.next_review(
        directive.first_review_at,
        directive.review_owner,
        [Held(each.held_at, each.next_at, each.next_owner) for each in rows],
        on,
    )
    return ReviewsRead(
        held=tuple(
            ReviewRead(row, tuple(each for each in said if each.review_id == row.pk))
            for row in rows
        ),
        due=due,
        overdue=due.overdue(on),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was put on record since the last review."""

    at: datetime
    what: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a review has before it. `going_stale`: conditions that will not hold until the next."""

    since: datetime
    changes: tuple[Change, ...]
    conditions: tuple[ConditionRead, ...]
    going_stale: tuple[ConditionRead, ...]
    sustained: tuple[AtSite, ...]  # the sites that it reaches, with the level in force there
    next_by: datetime

    def as_kept(self) -> dict[str, object]:
        """What is kept with a review, so that it can be read later what was before it."""
        return {
            "since": self.since.isoformat(),
            "changes": [[each.at.isoformat(), each.what, each.text] for each in self.changes],
            "conditions": [[each.row.text, each.standing.state] for each in self.conditions],
            "going_stale": [each.row.text for each in self.going_stale],
            "sustained": [
                [each.code, level.level.row.code if level.level else "", level.beyond]
                for each in self.sustained
                for level in each.levels
            ],
        }


def agenda(
    viewer: Viewer, directive: Directive, *, on: datetime, known_on: datetime | None
) -> Agenda:
    """Made by the software, from what was recorded since the last review or since it was issued."""
    held = reviews(viewer, directive, on=on, known_on=known_on).held
    since = held[0].row.held_at if held else directive.recorded_at
    reading = Reading(viewer, on=on, known_on=known_on)
    found = sorted(changes(reading, directive, since), key=lambda each: each.at, reverse=True)
    conditions = restart(viewer, directive, on=on, known_on=known_on).conditions
    next_by = rhythm_of(directive.mission).due(began_at(directive), [on])
    return Agenda(
        since=since,
        changes=tuple(found[:MOST]),
        conditions=conditions,
        going_stale=tuple(
            each
            for each in conditions
            if each.standing.state.opens and each.standing.until and each.standing.until <= next_by
        ),
        sustained=tuple(sustained(viewer, directive, on=on, known_on=known_on)),
        next_by=next_by,
    )


def sustained(
    viewer: Viewer, directive: Directive, *, on: datetime, known_on: datetime | None
) -> list[AtSite]:
    data = Data(viewer, directive, on, known_on)
    reached = set(data.sites(widest(directive)))
    return [each for each in data.levels if each.code in reached and each.levels]


def changes(reading: Reading, directive: Directive, since: datetime) -> Iterator[Change]:
    own = reverse("directives:directive", args=[directive.number])
    about: tuple[tuple[str, StatedQuerySet[Stated]], ...] = (
        (_("what was said of its times"), Timing.objects.filter(directive=directive)),
        (_("lift"), Lift.objects.filter(directive=directive)),
        (_("proposal to lift"), LiftProposal.objects.filter(directive=directive)),
        (_("restart condition"), Condition.objects.filter(directive=directive)),
        (_("evidence"), Evidence.objects.filter(condition__directive=directive)),
        (
            _("decision about a condition"),
            Assessment.objects.filter(condition__directive=directive),
        ),
        (_("receipt"), Receipt.objects.filter(directive=directive)),
    )  # type: ignore[assignment]  # each of its own table
    for what, rows in about:
        for row in reading.stated(rows.filter(recorded_at__gt=since))[:MOST]:
            yield Change(row.recorded_at, what, str(row), own)
    for row in (
        reading.stated(Directive.objects.filter(mission__in=around(reading, directive.mission)))
        .filter(recorded_at__gt=since)
        .exclude(pk=directive.pk)
        .select_related("mission")[:MOST]
    ):
        url = reverse("directives:directive", args=[row.number])
        text = _("%(number)s of %(authority)s") % {"number": row.number, "authority": row.authority}
        yield Change(row.recorded_at, _("directive"), text, url)
    subjects: Sequence[str] = [*directive.subjects, *directive.mission.subjects]
    for claim in reading.stated(Claim.objects.filter(subject__in=subjects, recorded_at__gt=since))[
        :MOST
    ]:
        url = reverse("record:claim", args=[claim.pk])
        yield Change(claim.recorded_at, _("claim"), f"{claim.attribute}: {claim.value}", url)


def around(reading: Reading, mission: Mission) -> list[UUID]:
    """The mission and its sisters."""
    found = reading.stated(Relation.objects.filter(kind=RelationKind.SISTER_OF))
    ours = found.filter(mission=mission).values_list("other_mission", flat=True)
    theirs = found.filter(other_mission=mission).values_list("mission", flat=True)
    return [mission.pk, *filter(None, ours), *theirs]

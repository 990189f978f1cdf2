"""Signing a directive: one row, however much it stops."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cadre.core.moments import Moment
from cadre.core.posture import Posture, Scope
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.directives.actions.checks import Names, scope_values
from cadre.directives.actions.conditions import NewCondition, condition_row
from cadre.directives.models import Clock, Condition, Directive, Kind, ReasonCode, Timing
from cadre.directives.queries.competence import require_to_issue
from cadre.mission.actions import OUR_OWN, Grounds
from cadre.mission.actions.batches import put_on_record
from cadre.mission.actions.checks import OF_ITS_WRITING, Lack, refuse_lacking, stated_values
from cadre.record.fields import moment_values

AGAIN = timedelta(minutes=10)  # within it the same order twice is somebody who pressed twice
LETTERS = {Kind.ORDER: "D", Kind.STOP: "S", Kind.CAVEAT: "C", Kind.WITHDRAWAL: "W"}
OF_ITS_ISSUING = {"number", "first_review_at"}  # differs between two presses of one button


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDirective:
    """A directive to be issued here. It has no end; `effective` may be bounded or not stated.

    `nation`: whose caveat or withdrawal it is. Review and owner are demanded of every one.
    """

    effect: Posture
    scope: Scope
    authority: str
    reason_code: str
    protective_action: str
    first_review_at: datetime | None
    review_owner: str
    kind: Kind = Kind.ORDER
    post: str = ""
    nation: str = ""
    reason: str = ""
    cause: str = ""
    cause_area: str = ""
    permits: str = ""
    references: tuple[str, ...] = ()
    temporary: bool | None = None
    decided: Moment = field(default_factory=Moment.unknown)
    effective: Moment = field(default_factory=Moment.unknown)
    announced: Moment = field(default_factory=Moment.unknown)
    conditions: tuple[NewCondition, ...] = ()
    grounds: Grounds = OUR_OWN
    row: UUID = field(default_factory=uuid4)


def issue(new: NewDirective, *, by: Viewer, at: datetime) -> Directive:
    """Issues a directive: its row, what is said of its clocks and its restart conditions, or none.

    Raises NotAllowed for who is not competent, Refused for what is missing or not on record, and
    for the same order signed twice within ten minutes. Numbers have no gaps: whoever signs at the
    same time waits.
    """
    mission = new.scope.mission
    require_to_issue(by, new, mission)
    scopes = [new.scope, *(each.part for each in new.conditions if each.part)]
    names = Names.of(scopes)
    for scope in scopes:
        names.require(scope)
    refuse_lacking(lacking(new, at=at))
    with transaction.atomic():
        one_by_one(mission)
        row = directive_row(new, names, by=by, at=at)
        refuse_again(row, at=at)
        put_on_record([row], "directives.issue", by=by, at=at)
        put_on_record(timing_rows(new, row, by=by, at=at), "directives.issue", by=by, at=at)
        put_on_record(condition_rows(new, row, by=by, at=at), "directives.issue", by=by, at=at)
    return row


def lacking(new: NewDirective, *, at: datetime) -> Sequence[Lack]:
    """What an order must say: the field, whether it is missing, and the sentence for that."""
    review = new.first_review_at
    restricts = new.effect == Posture.RESTRICTED
    national = new.kind in {Kind.CAVEAT, Kind.WITHDRAWAL}
    own = new.scope.nations == frozenset({new.nation})
    other = new.reason_code == ReasonCode.OTHER
    codes = set(ReasonCode.values) - {ReasonCode.NOT_STATED.value}
    return (
        ("effect", new.effect == Posture.RUNNING,
         _("A directive restricts or suspends; to restart, lift what stops.")),
        ("authority", not new.authority.strip(), _("A directive names its authority.")),
        ("reason_code", new.reason_code not in codes,
         _("Say what kind of reason there is: an order issued here states it.")),
        ("reason", other and not new.reason.strip(),
         _("Another kind of reason needs its text.")),
        ("permits", restricts and not new.permits.strip(),
         _("A restriction says what stays allowed.")),
        ("protective_action", not new.protective_action.strip(),
         _("Say what people are to do to be safe: no stop ends the duty to protect them.")),
        ("first_review_at", review is None,
         _("Name the moment of the first review: silence is not an answer.")),
        ("first_review_at", review is not None and review <= at,
         _("The first review comes after the signature.")),
        ("review_owner", not new.review_owner.strip(), _("Name the owner of the review.")),
        ("nations", national and not own,
         _("A nation speaks for its own people: name that nation, and no other.")),
        ("kind", not national and bool(new.nation),
         _("Only a caveat and a withdrawal of people are a nation's.")),
    )  # fmt: skip  # a table reads best as one


def one_by_one(mission: str) -> None:
    """Whoever else issues or lifts in this mission waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"directives of {mission}"])


def next_number(mission: str, kind: Kind, *, at: datetime) -> str:
    """The next of this kind in the mission and year (UTC) of a moment, as FTM-D-2020-001."""
    return next_in(f"{mission}-{LETTERS[kind]}-{at.year}-")


def next_in(series: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_last_number(%s)", [series])
        (last,) = cursor.fetchone() or (0,)
    return f"{series}{last + 1:03}"


def directive_row(new: NewDirective, names: Names, *, by: Viewer, at: datetime) -> Directive:
    mission = new.scope.mission
    return Directive(
        id=new.row,
        number=next_number(mission, new.kind, at=at),
        mission=names.missions[mission],
        effect=new.effect.value,
        authority=new.authority.strip(),
        post=new.post.strip(),
        kind=new.kind,
        nation=new.nation,
        temporary=new.temporary,
        reason_code=new.reason_code,
        reason=new.reason.strip(),
        cause=new.cause.strip(),
        cause_area=new.cause_area.strip(),
        permits=new.permits.strip(),
        protective_action=new.protective_action.strip(),
        references=list(new.references),
        first_review_at=new.first_review_at,
        review_owner=new.review_owner.strip(),
        reported=False,
        **(scope_values("sure_", new.scope) | scope_values("perhaps_", new.scope)),
        **stated_values(new.grounds, by=by, at=at),
    )


def refuse_again(row: Directive, *, at: datetime) -> None:
    """Raises Refused for an order that the same person signed in the same words just now."""
    differing = OF_ITS_WRITING | OF_ITS_ISSUING
    same: dict[str, object] = {}
    for column in row._meta.concrete_fields:
        if column.name not in differing:
            value = getattr(row, column.attname)
            same |= (
                {f"{column.attname}__isnull": True} if value is None else {column.attname: value}
            )
    earlier = Directive.objects.filter(
        **same, recorded_by=row.recorded_by, recorded_at__gt=at - AGAIN
    ).first()
    if earlier is not None:
        raise Refused(
            _("This was signed a moment ago already, as %(number)s.") % {"number": earlier.number}
        )


def timing_rows(new: NewDirective, row: Directive, *, by: Viewer, at: datetime) -> list[Timing]:
    said = {
        Clock.DECIDED: new.decided,
        Clock.EFFECTIVE: new.effective,
        Clock.ANNOUNCED: new.announced,
    }
    return [
        Timing(
            directive=row,
            clock=clock,
            **moment_values("moment", moment),
            **stated_values(new.grounds, by=by, at=at),
        )
        for clock, moment in said.items()
        if moment.stated
    ]


def condition_rows(
    new: NewDirective, row: Directive, *, by: Viewer, at: datetime
) -> list[Condition]:
    return [condition_row(each, row, new.grounds, by=by, at=at) for each in new.conditions]

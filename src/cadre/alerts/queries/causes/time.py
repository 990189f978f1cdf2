"""What time alone brings: overdue reviews and precautions, re-checks, the daily digest."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from cadre.access.queries import viewer_of
from cadre.accountability.models import Muster
from cadre.alerts.models import Alert, Cause, Lane, Subscription, Why
from cadre.alerts.queries.counted import due_again
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.queries.who import MACHINE, owners
from cadre.core.precautions import State
from cadre.directives.models import Checklist, Directive
from cadre.directives.queries import World
from cadre.directives.queries.precautions import PrecautionRead, checklists
from cadre.directives.queries.reviews import reviews_due

DIGEST_HOUR: Final = 5  # UTC; before the day begins in most missions
OVERDUE: Final = frozenset({State.OVERDUE, State.ESCALATED})


def overdue(*, at: datetime) -> Iterator[NewAlert]:
    """Everything that is to be told because of the time, told before or not: each has its key."""
    yield from reviews(at=at)
    yield from precautions(at=at)
    yield from rechecks(at=at)
    yield from digests(at=at)


def reviews(*, at: datetime) -> Iterator[NewAlert]:
    """Of directives that were issued here; the owner is told, once for each review that is due."""
    world = World(MACHINE, known_on=None)
    late = {each.number: each.due for each in reviews_due(world, at) if each.overdue}
    rows = Directive.objects.filter(number__in=late, pack="", reported=False)
    for row in rows.select_related("mission"):
        due = late[row.number]
        moment = due.at.isoformat() if due.at else ""
        people, accounts = owners(row.mission, due.owner, at=at)
        yield NewAlert(
            cause=Cause.REVIEW,
            cause_key=f"review:{row.pk}:{moment}",
            mission=row.mission,
            about=reverse("directives:review", args=[row.number]),
            content={"number": row.number, "due": moment},
            marking=row.marking,
            to=[Group(why=Why.OWNS, people=people, accounts=accounts)],
        )


def precautions(*, at: datetime) -> Iterator[NewAlert]:
    """Of open lists: what one owner has overdue since one moment is told at once, and what has
    passed on is told to whom it passed.
    """
    lists = checklists(MACHINE, on=at, known_on=None)
    for each in lists:
        if each.end is not None or each.row.pack:
            continue
        grouped: dict[tuple[str, str, datetime], list[PrecautionRead]] = defaultdict(list)
        for item in each.items:
            if item.standing.state in OVERDUE:
                grouped[item.standing.state, item.with_whom, since(item)].append(item)
        for (state, whose, moment), items in grouped.items():
            yield precaution(each.row, items, (state, whose, moment), at=at)


def since(item: PrecautionRead) -> datetime:
    escalated = item.standing.state is State.ESCALATED
    return item.row.escalates_at if escalated else item.row.due_at


def precaution(
    row: Checklist,
    items: list[PrecautionRead],
    late: tuple[str, str, datetime],
    *,
    at: datetime,
) -> NewAlert:
    state, whose, moment = late
    people, accounts = owners(row.mission, whose, at=at)
    escalated = state == State.ESCALATED
    return NewAlert(
        cause=Cause.PRECAUTION,
        cause_key=f"precaution:{row.pk}:{state}:{whose}:{moment.isoformat()}"[:200],
        mission=row.mission,
        about=reverse("directives:checklist", args=[row.number]),
        content={
            "number": row.number,
            "count": len(items),
            "due": min(item.row.due_at for item in items).isoformat(),
            "sites": sorted({item.row.site for item in items}),
        },
        marking=row.marking,
        to=[Group(why=Why.ESCALATED if escalated else Why.OWNS, people=people, accounts=accounts)],
    )


def rechecks(*, at: datetime) -> Iterator[NewAlert]:
    """Who is to say again how he is, at each open muster that asks so."""
    rows = Muster.objects.filter(
        Q(end=None), pack="", recheck_minutes__isnull=False, opened_at__lte=at
    )
    for row in rows.select_related("mission"):
        people = due_again(row, at=at)
        if people:
            yield NewAlert(
                cause=Cause.RECHECK,
                cause_key=f"recheck:{row.pk}:{at.isoformat()}",
                mission=row.mission,
                lane=Lane.LIFE_SAFETY,
                about=reverse("accountability:muster", args=[row.number]),
                content={"muster": row.number, "title": row.title, "action": "muster"},
                protective_action="Go to a safe place and say how you are.",
                exercise=row.exercise,
                marking=row.marking,
                to=[Group(why=Why.COUNTED, people=people)],
            )


def digests(*, at: datetime) -> Iterator[NewAlert]:
    """Once a day for each account that wants one, of what it may see and of what it wants; none on
    a day without any.
    """
    day = at.astimezone(UTC).replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if day > at:
        day -= timedelta(days=1)
    wanted: dict[UUID, list[Subscription]] = defaultdict(list)
    rows = Subscription.objects.filter(digest=True, dropped=False, account__is_active=True)
    told = set(Alert.objects.filter(cause=Cause.DIGEST, made_at__gte=day).values_list(
        "cause_key", flat=True))  # fmt: skip  # one thing
    for row in rows.select_related("account"):
        if f"digest:{row.account_id}:{day.isoformat()}" not in told:
            wanted[row.account_id].append(row)
    for account, theirs in wanted.items():
        found = happened(theirs, day)
        if found:
            yield NewAlert(
                cause=Cause.DIGEST,
                cause_key=f"digest:{account}:{day.isoformat()}",
                content={"alerts": [str(each) for each in found]},
                to=[Group(why=Why.WRITTEN_TO, accounts=[account])],
            )


def happened(subscriptions: list[Subscription], day: datetime) -> list[UUID]:
    """The alerts of the day before a moment that an account wants and may see."""
    viewer = viewer_of(subscriptions[0].account)
    rows = Alert.objects.visible_to(viewer).filter(
        made_at__gte=day - timedelta(days=1), made_at__lt=day
    )
    meant = Q(pk__in=[])
    for each in subscriptions:
        about = Q(cause__in=each.causes)
        meant |= about & Q(mission=each.mission_id) if each.mission_id else about
    return list(rows.filter(meant).order_by("made_at").values_list("pk", flat=True))

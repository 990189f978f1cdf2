"""Making an alert: what is told, to whom, and every attempt to tell, in one transaction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cadre.access.actions import acting
from cadre.access.queries import seeing
from cadre.alerts.actions.climbing import FAILED, climb
from cadre.alerts.actions.telling import Told, reach, tell
from cadre.alerts.models import Alert, Lane, Phase, Subscription, Why
from cadre.alerts.queries.ladders import UNASKED, as_kept, ladder_for
from cadre.alerts.queries.new import Group, NewAlert
from cadre.alerts.queries.who import MACHINE, people_of, who_may_see
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.mission.actions.checks import OUR_OWN, fit, one_at_a_time, stated_values
from cadre.mission.models import Mission


def make_alert(new: NewAlert, *, by: Viewer, at: datetime) -> Alert | None:
    """Makes an alert with all its recipients and first attempts; None where this was told before.

    Raises Refused for a first life-safety alert that does not say what to do.
    """
    if new.lane == Lane.LIFE_SAFETY and new.phase == Phase.FIRST and not new.protective_action:
        raise Refused(_("Say what people are to do: a life-safety message is nothing without it."))
    with transaction.atomic(), seeing(MACHINE):
        alert = make_row(new, by=by, at=at)
        if alert is not None:
            recipients = tell(alert, list(everybody(new)), rung=0, at=at)
            climb(alert, reach(alert, recipients, rung=0, at=at), 1, FAILED, at=at)
    return alert


def make_row(new: NewAlert, *, by: Viewer, at: datetime) -> Alert | None:
    """The alert alone, in a transaction of the caller; None where this was told before."""
    one_at_a_time(Alert)
    if Alert.objects.filter(cause_key=new.cause_key).exists():
        return None
    with acting("alerts.make", by=by, at=at):
        alert = row_of(new, by=by, at=at)
        fit(alert)
        alert.save(force_insert=True)
    return alert


def row_of(new: NewAlert, *, by: Viewer, at: datetime) -> Alert:
    ladder = new.ladder or ladder_for(new.mission, new.cause, new.lane)
    asks = new.asks and new.cause not in UNASKED and new.phase == Phase.FIRST
    return Alert(
        number=next_number(new.mission, at),
        mission=new.mission,
        cause=new.cause,
        lane=new.lane,
        phase=new.phase,
        first=new.first,
        cause_key=new.cause_key,
        cause_entry=new.cause_entry,
        about=new.about,
        content=new.content,
        protective_action=new.protective_action,
        acknowledging=ladder.acknowledging.value if asks else "",
        wanted=ladder.wanted if asks else None,
        window_minutes=round(ladder.window.total_seconds() / 60),
        rungs=as_kept(ladder),
        exercise=new.exercise,
        made_at=at,
        **stated_values(replace(OUR_OWN, marking=new.marking), by=by, at=at),
    )


def next_number(mission: Mission | None, at: datetime) -> str:
    """The next number of the year (UTC) of a moment, as FTM-A-2020-0001."""
    series = f"{mission.code}-A-{at.year}-" if mission else f"A-{at.year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT cadre_last_alert(%s)", [series])
        (last,) = cursor.fetchone() or (0,)
    return f"{series}{last + 1:04}"


def everybody(new: NewAlert) -> Iterator[Told]:
    """Each who is told, once. An account is told as its person, so that his phone rings too."""
    people: set[UUID] = set()
    accounts: set[UUID] = set()
    for group in (*new.to, subscribers(new)):
        allowed = who_may_see(group.accounts, new.marking) if group.accounts else []
        theirs = people_of(allowed) if allowed else {}
        for person in (*group.people, *theirs.values()):
            if person not in people:
                people.add(person)
                yield Told(group.why, person=person)
        for account in allowed:
            if account not in theirs and account not in accounts:
                accounts.add(account)
                yield Told(group.why, account=account)


def subscribers(new: NewAlert) -> Group:
    """Accounts that want to be told of this at once."""
    wanted = Subscription.objects.filter(causes__contains=[new.cause], digest=False, dropped=False)
    named = wanted.filter(mission__isnull=True) | wanted.filter(mission=new.mission)
    return Group(why=Why.SUBSCRIBED, accounts=list(named.values_list("account_id", flat=True)))

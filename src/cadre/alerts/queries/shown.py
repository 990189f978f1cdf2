"""How an alert stands: who was reached, who was not, equally loud, and how fast they answered."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db import connection

from cadre.access.queries import seeing
from cadre.accountability.queries.holds import hidden_people
from cadre.accountability.queries.when import When
from cadre.alerts.models import Acknowledgement, Alert, Attempt, AttemptEvent, Recipient
from cadre.alerts.queries.ladders import kept
from cadre.alerts.queries.silent import EACH_FOR_HIMSELF
from cadre.alerts.queries.who import MACHINE
from cadre.core.alerts import Outcome, State, Telling, Times, standing, times
from cadre.core.releasability import Viewer
from cadre.mission.queries.posts import Extent, Listed

PAGE: Final = 100  # recipients on one page
FIRST: Final = (Outcome.NOT_REACHED, Outcome.SILENT, Outcome.WAITING, Outcome.SENT)

# Of each recipient: was he asked, when was it answered for him, and the states of each attempt.
STANDING = """
SELECT r.id, r.rung = 0 AND r.why <> 'subscribed',
    (SELECT min(k.at) FROM alerts_acknowledgement AS k WHERE k.recipient_id = r.id),
    CASE WHEN %(alone)s THEN NULL ELSE (
        SELECT min(k.at) FROM alerts_standin AS s
            JOIN alerts_acknowledgement AS k ON k.recipient_id = s.recipient_id AND k.at >= s.at
        WHERE s.silent_id = r.id AND k.at <= %(at)s
    ) END,
    coalesce((
        SELECT jsonb_agg(coalesce((
            SELECT jsonb_agg(e.state) FROM alerts_attemptevent AS e
            WHERE e.attempt_id = t.id AND e.at <= %(at)s
        ), '[]'))
        FROM alerts_attempt AS t WHERE t.recipient_id = r.id AND t.due_at <= %(at)s
    ), '[]')::text
FROM alerts_recipient AS r WHERE r.alert_id = %(alert)s AND r.added_at <= %(at)s
"""


@dataclass(frozen=True, slots=True)
class Stood:
    """How one recipient stands."""

    recipient: UUID
    asked: bool
    answered_at: datetime | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AttemptRead:
    """One attempt, what became of it, and whether an earlier try may have arrived as well."""

    row: Attempt
    state: State
    events: tuple[AttemptEvent, ...]

    @property
    def reason(self) -> str:
        """Why it did not go out, as far as it is known; "" where nothing is wrong."""
        return next((each.reason for each in reversed(self.events) if each.reason), "")

    @property
    def possible_double(self) -> bool:
        return any(each.possible_double for each in self.events)


@dataclass(frozen=True, slots=True)
class RecipientRead:
    """Somebody who was told. `no_address`: there was nothing to reach him by; `unverified`: what he
    was told by was never confirmed to be his.
    """

    row: Recipient
    outcome: Outcome
    answered_at: datetime | None
    answers: tuple[Acknowledgement, ...]
    attempts: tuple[AttemptRead, ...]

    @property
    def no_address(self) -> bool:
        return not self.attempts

    @property
    def unverified(self) -> bool:
        return bool(self.attempts) and not any(each.row.verified for each in self.attempts)

    @property
    def reason(self) -> str:
        """Why he was not reached; "" where nothing is known to be wrong."""
        return next((each.reason for each in self.attempts if each.reason), "")


@dataclass(frozen=True, slots=True)
class AlertShown:
    """An alert as a viewer may know it. `counts`: of all who were told, also of those whose names
    he may not see; `unnamed`: the same of these alone; `named`: the rows of all others. `chain`:
    the first and those after it.
    """

    row: Alert
    counts: Mapping[Outcome, int]
    unnamed: Mapping[Outcome, int]
    named: frozenset[UUID]
    asked: int
    times: Times
    recipients: Listed[RecipientRead]
    chain: tuple[Alert, ...]

    @property
    def not_reached(self) -> int:
        return self.counts.get(Outcome.NOT_REACHED, 0)


def alert_shown(
    viewer: Viewer, row: UUID, *, page: int, when: When, live_page: bool
) -> AlertShown | None:
    """One alert as it stood on a moment, problems first; None where nobody may know of it.

    Who may not see a name finds him counted only, and so does who may not see it while it is held:
    `live_page` False is a way out (see `accountability.queries.holds`).
    """
    alert = find(viewer, row)
    if alert is None:
        return None
    on = when.on
    stood = standings(alert, on=on)
    visible = visible_of(viewer, alert, now=when.now, live_page=live_page)
    named = [each for each in stood if each.recipient in visible]
    found = Paginator(sorted(named, key=urgency), PAGE).get_page(page)
    asked = [each for each in stood if each.asked]
    return AlertShown(
        row=alert,
        counts=Counter(each.outcome for each in stood),
        unnamed=Counter(each.outcome for each in stood if each.recipient not in visible),
        named=visible,
        asked=len(asked) if alert.acknowledging else 0,
        times=times([each.answered_at for each in asked if each.answered_at], len(asked)),
        recipients=Listed(
            read(viewer, list(found.object_list), on=on),
            found.number,
            Extent(found.paginator.count, found.paginator.num_pages),
        ),
        chain=chain_of(viewer, alert),
    )


def visible_of(viewer: Viewer, alert: Alert, *, now: datetime, live_page: bool) -> frozenset[UUID]:
    """The recipients whose names this viewer may see."""
    missions = [alert.mission.code] if alert.mission else []
    hidden = hidden_people(viewer, missions, now=now, live_page=live_page)
    rows = Recipient.objects.visible_to(viewer).filter(alert=alert)
    told = rows.values_list("pk", "person_id")
    return frozenset(key for key, person in told if person not in hidden)


def find(viewer: Viewer, row: UUID) -> Alert | None:
    """An alert by its id; None when the viewer may know of none."""
    rows = Alert.objects.visible_to(viewer).select_related("mission", "first")
    return rows.filter(pk=row).first()


def called(viewer: Viewer, number: str) -> Alert | None:
    """An alert by its number; None when the viewer may know of none."""
    rows = Alert.objects.visible_to(viewer).select_related("mission", "first")
    return rows.filter(number=number).first()


def standings(alert: Alert, *, on: datetime) -> list[Stood]:
    """How every recipient stood at `on`, whoever may see his name."""
    with seeing(MACHINE), connection.cursor() as cursor:
        alone = alert.cause in EACH_FOR_HIMSELF
        cursor.execute(STANDING, {"alert": alert.pk, "at": on, "alone": alone})
        rows = cursor.fetchall()
    late = on >= patience_ends(alert)
    return [stood(alert, row, on=on, late=late) for row in rows]


def stood(alert: Alert, row: Sequence[object], *, on: datetime, late: bool) -> Stood:
    recipient, asked, own, others, attempts = row
    answers = [each for each in (own, others) if isinstance(each, datetime) and each <= on]
    told = Telling(
        attempts=tuple(
            standing(State(each) for each in states) for states in json.loads(str(attempts))
        ),
        answered=bool(answers),
        asked=bool(alert.acknowledging) and bool(asked),
        late=late,
    )
    return Stood(UUID(str(recipient)), bool(asked), min(answers, default=None), told.outcome)


def patience_ends(alert: Alert) -> datetime:
    """From when on who has not answered is silent: the second step of the ladder, else the end of
    its window.
    """
    steps = kept(alert.rungs)
    wait = steps[1].after if len(steps) > 1 else timedelta(minutes=alert.window_minutes or 0)
    return alert.made_at + wait


def urgency(each: Stood) -> tuple[int, str]:
    return (FIRST.index(each.outcome) if each.outcome in FIRST else len(FIRST)), str(each.recipient)


def read(viewer: Viewer, stood: Sequence[Stood], *, on: datetime) -> tuple[RecipientRead, ...]:
    keys = [each.recipient for each in stood]
    people = Recipient.objects.visible_to(viewer).select_related("person__nation", "account")
    rows = people.in_bulk(keys)
    tried = Attempt.objects.visible_to(viewer).filter(recipient__in=keys, due_at__lte=on)
    attempts = attempts_of(viewer, list(tried.order_by("rung", "due_at", "number")), on=on)
    answers = grouped(
        Acknowledgement.objects.visible_to(viewer)
        .filter(recipient__in=keys, at__lte=on)
        .order_by("at")
    )
    return tuple(
        RecipientRead(
            rows[each.recipient],
            each.outcome,
            each.answered_at,
            tuple(answers.get(each.recipient, ())),
            tuple(attempts.get(each.recipient, ())),
        )
        for each in stood
    )


def grouped(rows: Iterable[Acknowledgement]) -> dict[UUID, list[Acknowledgement]]:
    found: dict[UUID, list[Acknowledgement]] = {}
    for row in rows:
        found.setdefault(row.recipient_id, []).append(row)
    return found


def attempts_of(
    viewer: Viewer, rows: Sequence[Attempt], *, on: datetime
) -> dict[UUID, list[AttemptRead]]:
    events: dict[UUID, list[AttemptEvent]] = {}
    said = AttemptEvent.objects.visible_to(viewer).filter(
        attempt__in=[row.pk for row in rows], at__lte=on
    )
    for event in said.order_by("at"):
        events.setdefault(event.attempt_id, []).append(event)
    found: dict[UUID, list[AttemptRead]] = {}
    for row in rows:
        theirs = tuple(events.get(row.pk, ()))
        state = standing(State(each.state) for each in theirs)
        found.setdefault(row.recipient_id, []).append(AttemptRead(row, state, theirs))
    return found


def chain_of(viewer: Viewer, alert: Alert) -> tuple[Alert, ...]:
    """The first message and all that followed it, as far as the viewer may know of them."""
    first = alert.first_id or alert.pk
    rows = Alert.objects.visible_to(viewer)
    return tuple((rows.filter(pk=first) | rows.filter(first=first)).order_by("made_at"))

"""Two workers meet on one step of a ladder, in transactions that are open at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from cadre.access.queries import seeing
from cadre.alerts import actions
from cadre.alerts.actions.climbing import SILENT, climb, climb_due
from cadre.alerts.models import Alert, Attempt, Climb, Recipient, StandIn, Waiting
from cadre.alerts.queries.ladders import DEPUTY, SELF, step
from cadre.alerts.queries.reach import Audience
from cadre.alerts.queries.silent import silent
from cadre.alerts.queries.who import MACHINE
from cadre.core.alerts import Acknowledging, Ladder
from cadre.core.releasability import OPERATOR
from tests.alerts.conftest import make_staff
from tests.directives.conftest import EARLIER, make_place

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
DUE = AT + timedelta(minutes=11)
PATIENCE = 20
LADDER = Ladder(
    Acknowledging.EVERYONE,
    timedelta(hours=1),
    (step(0, SELF, "email"), step(10, DEPUTY, "email")),
)
TEXTS = {"en": actions.Text(subject="Water", text="Boil it.")}


def written() -> Alert:
    """To everybody of the mission. Bert is the deputy of Anna; nobody is Bert's or Chloé's."""
    with seeing(OPERATOR):
        staff = make_staff(make_place(by=OPERATOR, at=EARLIER))
        to = Audience(mission=staff.place.mission)
        new = actions.NewMessage(to=to, texts=TEXTS, ladder=LADDER)
        return actions.send(new, by=OPERATOR, at=AT)


def in_a_thread(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        connection.close()


def is_waiting_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot(), EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[1])


def until(found: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < ends, "the second worker never came to the step"
        time.sleep(0.02)


@pytest.mark.parametrize("dies", [False, True], ids=["commits", "dies"])
def test_who_meets_another_worker_on_a_step_tells_nobody_twice(scratch: str, *, dies: bool) -> None:
    alert = written()
    taken = Event()

    def first() -> None:
        with transaction.atomic(), seeing(MACHINE):
            row = Alert.objects.get(pk=alert.pk)
            climb(row, silent(row), 1, SILENT, at=DUE)
            taken.set()
            until(is_waiting_for_a_lock)
            transaction.set_rollback(dies)

    def second() -> None:
        assert taken.wait(PATIENCE)
        climb_due(at=DUE)

    with ThreadPoolExecutor(2) as threads:
        for each in [threads.submit(in_a_thread, work) for work in (first, second)]:
            each.result(PATIENCE * 2)

    with seeing(OPERATOR):
        stood_in = [row.recipient.person.code for row in StandIn.objects.all()]
        told = [row.recipient.person.code for row in Attempt.objects.filter(rung=1)]
        assert (stood_in, told) == (["bert"], ["bert"])
        assert Recipient.objects.filter(rung=1).count() == 1
        assert Climb.objects.filter(rung=1).count() == 3
        assert Waiting.objects.count() == Attempt.objects.count() == 4


def test_workers_that_climb_at_once_take_each_step_once(scratch: str) -> None:
    written()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(in_a_thread, [lambda: climb_due(at=DUE)] * 4))

    with seeing(OPERATOR):
        assert Attempt.objects.filter(rung=1).count() == 1
        assert Climb.objects.filter(rung=1).count() == 3

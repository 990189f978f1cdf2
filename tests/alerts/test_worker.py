"""The worker as a process: from an order that is signed to a mail that arrived, and its beat."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from cadre.access.queries import seeing
from cadre.alerts.actions.watching import beat, end_beat, try_ways
from cadre.alerts.channels import Message, Outcome
from cadre.alerts.channels.environment import WaysOut
from cadre.alerts.channels.fakes import FakeGateway, FakeMailServer
from cadre.alerts.models import Attempt, ChannelTest, Lane, Unheard, Waiting
from cadre.alerts.queries.health import channels, heartbeat
from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR
from cadre.directives.actions import issue
from tests.alerts.conftest import Staff, make_account, make_staff
from tests.alerts.crowd import make_crowd, tell_crowd
from tests.alerts.processes import workers
from tests.directives.conftest import EARLIER, make_place, order

PATIENCE = 30


@pytest.fixture
def mail() -> Iterator[FakeMailServer]:
    with FakeMailServer() as fake:
        yield fake


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    with FakeGateway() as fake:
        yield fake


def until(found: Callable[[], bool], log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < limit, log.read_text()
        time.sleep(0.05)


def test_an_order_reaches_its_people_within_seconds_of_being_signed(
    scratch: str, tmp_path: Path, mail: FakeMailServer, gateway: FakeGateway
) -> None:
    if "DATABASE_URL" in os.environ:
        pytest.skip("the worker would not find the scratch database")
    log = tmp_path / "log"
    with seeing(OPERATOR):
        make_staff(make_place(by=OPERATOR, at=EARLIER))
        make_account("duty", "duty_officer", "DK")

    with workers(scratch, log, mail, gateway) as crew:
        crew.start("a")
        until(lambda: heartbeat(at=datetime.now(UTC)).alive, log)
        now = datetime.now(UTC)
        with seeing(OPERATOR):
            issue(order(now, effective=Moment.at(now)), by=OPERATOR, at=now)
        signed = time.monotonic()
        until(lambda: len(mail.taken) == 4 and len(gateway.taken) == 2, log)
        took = time.monotonic() - signed
        until(lambda: not waiting(), log)
        codes = crew.end()

    after = heartbeat(at=datetime.now(UTC))
    assert codes == [0]
    assert took < 10
    assert sorted(each.to[0] for each in mail.taken) == [
        f"{name}@people.example" for name in ("anna", "bert", "chloe", "duty")
    ]
    assert {(each.name, each.ended, each.late) for each in after.workers} == {("a", True, False)}
    assert not after.alive


def test_a_flood_of_ordinary_messages_goes_out_behind_the_urgent_ones(
    scratch: str, tmp_path: Path, mail: FakeMailServer, gateway: FakeGateway
) -> None:
    if "DATABASE_URL" in os.environ:
        pytest.skip("the worker would not find the scratch database")
    gateway.conduct.seconds = 0.05
    log = tmp_path / "log"
    now = datetime.now(UTC)
    with seeing(OPERATOR):
        place = make_place(by=OPERATOR, at=EARLIER)
        people = make_crowd(200)
        tell_crowd(place, people, now, "sms", lane=Lane.ORDINARY, key="flood")
        tell_crowd(place, people[:50], now, "sms", key="urgent")
        urgent = set(
            map(str, Attempt.objects.filter(recipient__alert__cause_key="urgent").values_list(
                "pk", flat=True
            ))
        )  # fmt: skip  # one set

    with workers(scratch, log, mail, gateway) as crew:
        crew.start("a")
        until(lambda: urgent <= set(gateway.asked), log)
        ordinary_by_then = len(set(gateway.asked) - urgent)

    assert ordinary_by_then < 60  # of 200 that were there first
    assert waiting() > 100


def waiting() -> int:
    with seeing(OPERATOR):
        return Waiting.objects.count()


# --- health -------------------------------------------------------------------------------------


def test_a_worker_that_is_not_heard_of_is_late_and_one_that_ended_is_not(
    operator: object, at: datetime
) -> None:
    for name in ("lives", "died", "ended"):
        beat(name, every=1)
    end_beat("ended")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_beat SET at = at - interval '1 minute' WHERE worker <> 'lives'"
        )

    found = heartbeat(at=at)

    assert {each.name: (each.late, each.ended) for each in found.workers} == {
        "lives": (False, False), "died": (True, False), "ended": (False, True),
    }  # fmt: skip  # a table
    assert (found.alive, found.ok) == (True, True)


def test_the_heart_is_not_well_where_nobody_works_or_something_urgent_waits_or_is_stuck(
    staff: Staff, at: datetime
) -> None:
    nobody = heartbeat(at=at).ok
    beat("lives", every=1)
    well = heartbeat(at=at).ok
    tell_crowd(staff.place, [staff.anna], at, "email")
    waits = [heartbeat(at=at + timedelta(seconds=each)).ok for each in (60, 61)]
    Waiting.objects.all().delete()
    Unheard.objects.create(entry="00000000-0000-4000-8000-000000000000", error="KeyError")

    assert (nobody, well, waits, heartbeat(at=at).ok) == (False, True, [True, False], False)


class Way:
    """A way out whose other side answers as it is told."""

    honours_keys = True
    in_database = False

    def __init__(self, *, works: bool) -> None:
        self.works = works
        self.sent: list[str] = []

    def send(self, message: Message) -> Outcome:
        self.sent.append(message.address)
        return Outcome(sent=self.works, reason="" if self.works else "The other side failed.")


def test_every_channel_that_is_set_up_is_tested_once_a_day_and_a_failure_is_shown(
    operator: object, settings: Settings, at: datetime
) -> None:
    settings.WAYS_OUT = WaysOut(
        gateway_url="http://x.example", gateway_key="k", gateway_secret="s" * 40,
        mail_url="smtp://x.example", mail_from="a@x.example",
    )  # fmt: skip  # one value
    settings.CADRE_TEST_ADDRESSES = {"sms": "+471", "voice": "+471"}
    good, bad = Way(works=True), Way(works=False)
    ways = {"sms": good, "voice": bad, "email": good}

    counts = [try_ways(ways, at=at + timedelta(hours=each)) for each in (0, 1, 23, 24)]

    state = {each.channel.value: (each.failing, each.test.reason if each.test else None)
             for each in channels() if each.set_up}  # fmt: skip  # a table
    assert counts == [3, 0, 0, 3]
    assert (good.sent, bad.sent) == (["+471"] * 2, ["+471"] * 2)
    assert state == {
        "sms": (False, ""),
        "voice": (True, "The other side failed."),
        "email": (True, "No address is set to which a test could go."),
    }
    assert ChannelTest.objects.count() == 6

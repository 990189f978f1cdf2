"""Workers are killed at random moments, and a mail server and a gateway count.

Nothing is lost. At the gateway, which knows a message again by its key, nothing is doubled; at the
mail server only what the record calls a possible double.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cadre.access.queries import seeing
from cadre.alerts.channels.fakes import FakeGateway, FakeMailServer
from cadre.alerts.models import Alert, Attempt, AttemptEvent, Cause, Unheard, Waiting
from cadre.core.moments import Moment
from cadre.core.releasability import OPERATOR
from cadre.directives.actions import issue
from tests.alerts.conftest import make_staff
from tests.alerts.crowd import make_crowd, tell_crowd
from tests.alerts.processes import workers
from tests.directives.conftest import EARLIER, make_place, order

PEOPLE = 150
KILLS = 6
PATIENCE = 40


@pytest.fixture
def mail() -> Iterator[FakeMailServer]:
    with FakeMailServer() as fake:
        fake.conduct.seconds = 0.02
        yield fake


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    with FakeGateway() as fake:
        fake.conduct.seconds = 0.02
        yield fake


@dataclass(frozen=True)
class Counted:
    """What went out: how often each mail was taken, the texts, and what the record says of both."""

    mails: Counter[str]
    mails_on_record: set[str]
    texts: set[str]
    texts_on_record: set[str]
    possible_doubles: set[str]
    orders: list[int]

    @property
    def doubled(self) -> set[str]:
        return {key for key, times in self.mails.items() if times > 1}


def test_workers_killed_at_random_lose_nothing_and_double_only_what_they_say(
    scratch: str, tmp_path: Path, mail: FakeMailServer, gateway: FakeGateway
) -> None:
    if "DATABASE_URL" in os.environ:
        pytest.skip("the workers would not find the scratch database")
    with seeing(OPERATOR):
        staff = make_staff(make_place(by=OPERATOR, at=EARLIER))
        tell_crowd(staff.place, make_crowd(PEOPLE), datetime.now(UTC), "email", "sms")

    with workers(scratch, tmp_path / "log", mail, gateway) as crew:
        crew.start("a")
        crew.start("b")
        for victim in sample(KILLS):
            await_more(mail, gateway, 15)
            sign()
            crew.kill(victim)
            crew.start(victim)
        await_empty(tmp_path / "log")
        codes = crew.end()

    found = counted(mail, gateway)
    assert codes == [0, 0]
    assert found.orders == [1] * KILLS  # what was signed while they were killed is told once
    assert len(found.mails_on_record) == PEOPLE + 3 * KILLS
    assert len(found.texts_on_record) == PEOPLE + 2 * KILLS
    assert set(found.mails) == found.mails_on_record
    assert found.texts == found.texts_on_record
    assert found.doubled <= found.possible_doubles
    assert found.possible_doubles  # messages were cut off in the middle
    assert not found.possible_doubles & found.texts
    assert len(found.possible_doubles) < PEOPLE  # it is said of few, or it would say nothing


def sign() -> None:
    """Somebody signs an order, which reaches three people, two of them with a phone."""
    now = datetime.now(UTC)
    with seeing(OPERATOR):
        issue(order(now, effective=Moment.at(now), reason=f"Shots {now}"), by=OPERATOR, at=now)


def sample(kills: int) -> Iterator[str]:
    """Whom to kill next, each time after another moment."""
    chance = random.Random(20200103)  # noqa: S311  the same each time
    for _each in range(kills):
        time.sleep(chance.random() / 5)
        yield chance.choice(["a", "b"])


def counted(mail: FakeMailServer, gateway: FakeGateway) -> Counted:
    mails: Counter[str] = Counter()
    for key, times in mail.counts().items():
        mails[key.strip("<>").split("@")[0]] += times
    with seeing(OPERATOR):
        attempts = Attempt.objects.values_list("pk", "channel")
        on_record = {str(key): channel for key, channel in attempts}
        doubles = AttemptEvent.objects.filter(possible_double=True)
        perhaps = {str(key) for key in doubles.values_list("attempt_id", flat=True)}
        alerts = Alert.objects.filter(cause=Cause.DIRECTIVE).values_list("content", flat=True)
        told = Counter(content["number"] for content in alerts)
    return Counted(
        mails,
        {key for key, channel in on_record.items() if channel == "email"},
        set(gateway.taken),
        {key for key, channel in on_record.items() if channel == "sms"},
        perhaps,
        sorted(told.values()),
    )


def await_more(mail: FakeMailServer, gateway: FakeGateway, more: int) -> None:
    before = len(mail.taken) + len(gateway.asked)
    limit = time.monotonic() + 10
    while len(mail.taken) + len(gateway.asked) < before + more and time.monotonic() < limit:
        time.sleep(0.02)


def await_empty(log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while waiting() or unheard():
        assert time.monotonic() < limit, log.read_text()
        time.sleep(0.2)


def unheard() -> int:
    return Unheard.objects.count()


def waiting() -> int:
    with seeing(OPERATOR):
        return Waiting.objects.count()

"""Workers are killed at random moments, and a mail server and a gateway count.

Nothing is lost. At the gateway, which knows a message again by its key, nothing is doubled; at the
mail server only what the record calls a possible double.
"""

import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cadre.access.queries import seeing
from cadre.alerts.channels.fakes import FakeGateway, FakeMailServer
from cadre.alerts.models import Attempt, AttemptEvent, Waiting
from cadre.core.releasability import OPERATOR
from tests.alerts.crowd import make_crowd, tell_crowd
from tests.alerts.processes import workers
from tests.directives.conftest import EARLIER, make_place

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


def test_workers_killed_at_random_lose_nothing_and_double_only_what_they_say(
    scratch: str, tmp_path: Path, mail: FakeMailServer, gateway: FakeGateway
) -> None:
    if "DATABASE_URL" in os.environ:
        pytest.skip("the workers would not find the scratch database")
    with seeing(OPERATOR):
        place = make_place(by=OPERATOR, at=EARLIER)
        people = make_crowd(PEOPLE)
        tell_crowd(place, people, datetime.now(UTC), "email", "sms")
    chance = random.Random(20200103)
    with workers(scratch, tmp_path / "log", mail, gateway) as crew:
        for name in ("a", "b"):
            crew.start(name)
        for each in range(KILLS):
            await_more(mail, gateway, 15)
            time.sleep(chance.random() / 5)
            victim = chance.choice(["a", "b"])
            crew.kill(victim)
            crew.start(victim)
        await_empty(tmp_path / "log")
        codes = crew.end()

    with seeing(OPERATOR):
        mails = {str(row.pk) for row in Attempt.objects.filter(channel="email")}
        texts = {str(row.pk) for row in Attempt.objects.filter(channel="sms")}
        perhaps = {
            str(event.attempt_id) for event in AttemptEvent.objects.filter(possible_double=True)
        }
    counts = {key.strip("<>").split("@")[0]: times for key, times in mail.counts().items()}
    doubled = {key for key, times in counts.items() if times > 1}
    assert codes == [0, 0]
    assert (len(mails), len(texts)) == (PEOPLE, PEOPLE)
    assert set(counts) == mails
    assert set(gateway.taken) == texts
    assert doubled <= perhaps
    assert perhaps  # messages were cut off in the middle
    assert not perhaps & texts
    assert len(perhaps) < PEOPLE  # it is said of few, or it would say nothing


def await_more(mail: FakeMailServer, gateway: FakeGateway, more: int) -> None:
    before = len(mail.taken) + len(gateway.asked)
    limit = time.monotonic() + 10
    while len(mail.taken) + len(gateway.asked) < before + more and time.monotonic() < limit:
        time.sleep(0.02)


def await_empty(log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while waiting():
        assert time.monotonic() < limit, log.read_text()
        time.sleep(0.2)


def waiting() -> int:
    with seeing(OPERATOR):
        return Waiting.objects.count()

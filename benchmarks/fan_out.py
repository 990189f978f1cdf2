"""Telling ten thousand people on two channels: queued in one transaction, then handed over.

Queueing is measured against plain INSERT … SELECT statements that write as many rows into the same
tables. Handing over is by two workers as processes of their own to a fake mail server and a fake
gateway that answer at once; one of the workers is killed every few seconds, in the middle of
whatever it does, and started again.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from _harness import Mark, filling, in_turns, report
from django.conf import settings
from django.db import connection, transaction

from cadre.access.queries import seeing
from cadre.alerts.actions.making import make_alert
from cadre.alerts.channels.fakes import FakeGateway, FakeMailServer
from cadre.alerts.channels.fakes.gateway import KEY, SECRET
from cadre.alerts.models import Alert, Attempt, AttemptEvent, Cause, Lane, Waiting, Why
from cadre.alerts.queries.ladders import SELF, step
from cadre.alerts.queries.new import Group, NewAlert
from cadre.core.alerts import Acknowledging, Ladder
from cadre.core.releasability import OPERATOR
from cadre.mission.doors import now
from cadre.mission.models import Mission, Organisation, OrganisationKind, Person

PEOPLE = 10_000
CHANNELS = ("email", "sms")
ROUNDS = 5
TIMES = 3  # as long as plain statements at most
KILL_EVERY = 3.0  # seconds
PATIENCE = 900.0  # seconds until all is handed over
WORKER = """
import signal, sys
from threading import Event
stop = Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
import django
django.setup()
from cadre.alerts.worker import work
work(stop, name=sys.argv[1])
"""
RECIPIENTS = """
    INSERT INTO alerts_recipient (id, alert_id, person_id, account_id, language, why, rung,
        added_at, classification, releasable_to, communities, originator)
    SELECT gen_random_uuid(), %s, id, NULL, 'en', 'written to', 1, now(), classification,
        releasable_to, communities, originator
    FROM mission_person
"""
ATTEMPTS = """
    INSERT INTO alerts_attempt (id, recipient_id, channel, address, verified, rung, number, due_at,
        classification, releasable_to, communities, originator)
    SELECT gen_random_uuid(), id, channel, 'somebody', false, 0, 1, now(), classification,
        releasable_to, communities, originator
    FROM alerts_recipient CROSS JOIN unnest(ARRAY['email', 'sms']) AS c (channel)
    WHERE alert_id = %s AND rung = 1
"""
QUEUED = """
    INSERT INTO alerts_waiting (attempt_id, lane, due_at, leased_by, tries)
    SELECT t.id, %s, now(), '', 0
    FROM alerts_attempt AS t JOIN alerts_recipient AS r ON r.id = t.recipient_id
    WHERE r.alert_id = %s AND r.rung = 1
"""


def main() -> int:
    mission, people = fill()
    alert = told(mission, people[:1], "one")
    taken = in_turns(
        {
            "fan-out": lambda: rolled_back(lambda: told(mission, people, "all")),
            "plain": lambda: rolled_back(lambda: plain(alert)),
        },
        rounds=ROUNDS,
    )
    told(mission, people, "all")
    handed = hand_over()
    rows = PEOPLE * (1 + 2 * len(CHANNELS))
    return report(
        "Telling ten thousand people on two channels",
        [
            Mark("queueing / plain INSERT … SELECT", taken["fan-out"] / taken["plain"],
                 at_most=TIMES),
            Mark(f"queueing, {rows:,} rows", taken["fan-out"], "s"),
            Mark(f"plain statements, {rows:,} rows", taken["plain"], "s"),
            Mark("handed over by two workers", handed.messages / handed.seconds, "a second"),
            Mark("messages", handed.messages, at_least=PEOPLE * len(CHANNELS)),
            Mark("workers killed meanwhile", handed.kills, at_least=3),
            Mark("lost", handed.lost, at_most=0),
            Mark("texts at the gateway under another key", handed.strange_texts, at_most=0),
            Mark("texts asked for again under the same key, and taken once", handed.asked_again),
            Mark("doubled mails that the record does not say of", handed.doubled_mails,
                 at_most=0),
            Mark("said to be possible doubles", handed.perhaps),
        ],
    )  # fmt: skip  # a table


def fill() -> tuple[Mission, list[Person]]:
    """A mission and its people, each with an email and a phone, by the owner of the tables."""
    at = now()
    mission = Mission(
        code="F", name="Fictional", recorded_at=at, recorded_by="benchmark", known_from=at
    )
    nation = Organisation(code="AA", name="AA", kind=OrganisationKind.NATION)
    people = [
        Person(
            code=f"F{number:05}",
            name=f"Person {number}",
            nation=nation,
            email=f"f{number:05}@fictional.invalid",
            phone=f"+999100{number:05}",
            language="en",
        )
        for number in range(PEOPLE)
    ]
    with filling("mission_mission", "mission_organisation", "mission_person"):
        mission.save(using="owner", force_insert=True)
        nation.save(using="owner", force_insert=True)
        Person.objects.using("owner").bulk_create(people, batch_size=2_000)
    with seeing(OPERATOR):
        return Mission.objects.get(pk=mission.pk), people


def told(mission: Mission, people: list[Person], key: str) -> Alert:
    """One message to all of them, by both channels at once."""
    new = NewAlert(
        cause=Cause.MESSAGE,
        cause_key=key,
        mission=mission,
        lane=Lane.LIFE_SAFETY,
        content={"texts": {"en": {"subject": "Subject", "text": "Text"}}},
        protective_action="Stay inside.",
        ladder=Ladder(Acknowledging.EVERYONE, timedelta(hours=1), (step(0, SELF, *CHANNELS),)),
        to=[Group(why=Why.WRITTEN_TO, people=[each.pk for each in people])],
    )
    made = make_alert(new, by=OPERATOR, at=now())
    if made is None:
        message = "The alert was told before."
        raise SystemExit(message)
    return made


def plain(alert: Alert) -> None:
    with seeing(OPERATOR), connection.cursor() as cursor:
        cursor.execute(RECIPIENTS, [alert.pk])
        cursor.execute(ATTEMPTS, [alert.pk])
        cursor.execute(QUEUED, [Lane.LIFE_SAFETY.value, alert.pk])


def rolled_back(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of handing over."""

    messages: int
    seconds: float
    kills: int
    lost: int
    strange_texts: int
    asked_again: int
    doubled_mails: int
    perhaps: int


def hand_over() -> Handed:
    with FakeMailServer() as mail, FakeGateway() as gateway, crew(mail, gateway) as start:
        begun, kills = time.monotonic(), 0
        chance = random.Random("whom to kill")  # noqa: S311  # no secret
        workers = {name: start(name) for name in ("a", "b")}
        while left():
            if time.monotonic() - begun > PATIENCE:
                break
            time.sleep(chance.uniform(0.5, 1.5) * KILL_EVERY)
            victim = chance.choice(sorted(workers))
            workers[victim].kill()
            workers[victim].wait()
            workers[victim], kills = start(victim), kills + 1
        seconds = time.monotonic() - begun
        for each in workers.values():
            each.terminate()
            each.wait()
        return counted(mail, gateway, seconds, kills)


def counted(mail: FakeMailServer, gateway: FakeGateway, seconds: float, kills: int) -> Handed:
    """What the fakes took against what is on record."""
    mails = Counter[str]()
    for key, times in mail.counts().items():
        mails[key.strip("<>").partition("@")[0]] += times
    with seeing(OPERATOR):
        attempts = {str(key): way for key, way in Attempt.objects.values_list("pk", "channel")}
        doubles = AttemptEvent.objects.filter(possible_double=True)
        perhaps = {str(key) for key in doubles.values_list("attempt_id", flat=True)}
    texts = gateway.taken.keys()  # it takes what has one key once
    twice = {key for key, times in mails.items() if times > 1}
    return Handed(
        messages=len(attempts),
        seconds=seconds,
        kills=kills,
        lost=len(attempts.keys() - mails.keys() - texts),
        strange_texts=len(texts - attempts.keys()),
        asked_again=len(gateway.asked) - len(texts),
        doubled_mails=len(twice - perhaps),
        perhaps=len(perhaps),
    )


def left() -> int:
    with seeing(OPERATOR):
        return Waiting.objects.count()


@contextmanager
def crew(
    mail: FakeMailServer, gateway: FakeGateway
) -> Iterator[Callable[[str], "subprocess.Popen[bytes]"]]:
    """Starts workers by their names; those that are left are killed in the end."""
    environment = {
        **os.environ,
        "CADRE_SECRET_KEY": settings.SECRET_KEY,
        "CADRE_LEASE_SECONDS": "2",
        "CADRE_ORDINARY_PER_MINUTE": "0",
        "CADRE_TEST_HOURS": "100000",
        "CADRE_SMTP_URL": mail.url,
        "CADRE_MAIL_FROM": "Cadre <cadre@mission.example>",
        "CADRE_GATEWAY_URL": gateway.url,
        "CADRE_GATEWAY_KEY": KEY,
        "CADRE_GATEWAY_SECRET": SECRET,
    }
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-W", "ignore", "-c", WORKER, name]
        running.append(subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL))
        return running[-1]

    try:
        yield start
    finally:
        for each in running:
            each.kill()
            each.wait()


if __name__ == "__main__":
    sys.exit(main())

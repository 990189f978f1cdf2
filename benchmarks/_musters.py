"""A muster of very many people, and the phones that check in to it."""

import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from _harness import filling
from django.conf import settings

from cadre.accountability.links import check_in_token
from cadre.accountability.models import Muster, MusterEntry
from cadre.launch.web_server import Place, command
from cadre.mission.doors import now
from cadre.mission.models import Mission, Organisation, OrganisationKind, Person

TABLES = (
    "mission_mission",
    "mission_organisation",
    "mission_person",
    "accountability_muster",
    "accountability_musterentry",
)
SITES, NATIONS, ROLES = 20, ("AA", "BB", "CC", "DD"), ("Trainer", "Adviser", "Staff")
PATIENCE = 60.0  # seconds until the pages answer
ANSWERED = b"HTTP/1.1 303"


def fill(people: int) -> Muster:
    """Puts a mission and its open muster on record, by the owner of the tables."""
    with filling(*TABLES):
        return write(people)


def write(people: int) -> Muster:
    at = now()
    stated = {"recorded_at": at, "recorded_by": "benchmark", "known_from": at}
    mission = Mission(code="F", name="Fictional", **stated)
    nations = [Organisation(code=code, name=code, kind=OrganisationKind.NATION) for code in NATIONS]
    muster = Muster(
        mission=mission,
        number=f"F-M-{at.year}-001",
        title="Everybody",
        code="4711",
        opened_at=at,
        opened_by="benchmark",
        counts_from=at,
        **stated,
    )
    persons = [
        Person(
            code=f"F{number:05}",
            name=f"Person {number}",
            nation=nations[number % len(nations)],
            email=f"f{number:05}@fictional.invalid",
            language="en",
        )
        for number in range(people)
    ]
    entries = [
        MusterEntry(
            muster=muster,
            person=person,
            role=ROLES[number % len(ROLES)],
            nation=person.nation.code,
            mission=mission.code,
            site=f"site-{number % SITES:02}",
            place_source="post",
            **stated,
        )
        for number, person in enumerate(persons)
    ]
    mission.save(using="owner", force_insert=True)
    Organisation.objects.using("owner").bulk_create(nations)
    Person.objects.using("owner").bulk_create(persons, batch_size=2_000)
    muster.save(using="owner", force_insert=True)
    MusterEntry.objects.using("owner").bulk_create(entries, batch_size=2_000)
    return muster


def entries(muster: Muster) -> list[UUID]:
    rows = MusterEntry.objects.using("owner").filter(muster=muster)
    return list(rows.order_by("person__code").values_list("pk", flat=True))


@contextmanager
def pages(more: Mapping[str, str] | None = None) -> Iterator[Place]:
    """The pages as they are served everywhere, on a port of their own, as long as it lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = Place("127.0.0.1", free.getsockname()[1])
    environment = {
        **os.environ,
        "CADRE_PLAIN_HTTP": "1",
        "CADRE_PLAIN_STATIC": "1",
        "CADRE_SECRET_KEY": settings.SECRET_KEY,  # which signs the links
        **(more or {}),
    }
    child = subprocess.Popen(command(place), env=environment)
    try:
        wait_for(place)
        yield place
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


def wait_for(place: Place) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with socket.create_connection((place.host, place.port), timeout=PATIENCE) as line:
                line.sendall(
                    b"GET /health/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                )
                if line.recv(1):
                    return
        except OSError:
            time.sleep(0.1)
    message = "The pages do not answer."
    raise SystemExit(message)


@dataclass
class Phone:
    """A connection that posts one report after another, each when the one before is answered."""

    line: socket.socket
    heard: bytearray = field(default_factory=bytearray)


class Phones:
    """Many phones on one loop, so that they take as little of the machine as they can.

    Each has an address of its own, as phones have: what one address may post is limited.
    """

    def __init__(self, place: Place, rows: list[UUID], clients: int, seed: str) -> None:
        self.chance = Random(seed)  # noqa: S311  # no secret
        self.place, self.clients = place, clients
        self.paths = [f"/check-in/{check_in_token(row)}/" for row in rows]
        self.turn = 0
        self.refused: list[bytes] = []
        self.answered_at: list[float] = []  # when the first, the second … was taken

    def check_in(self, *, seconds: float = 1e9, reports: int = 10**9) -> tuple[int, float]:
        """Posts for so long or so many; says how many were taken, and in how many seconds."""
        with selectors.DefaultSelector() as chosen:
            phones = [self.phone(number) for number in range(self.clients)]
            for each in phones:
                chosen.register(each.line, selectors.EVENT_READ, each)
            begun = time.monotonic()
            taken = self.talk(chosen, phones, begun + seconds, reports)
            took = time.monotonic() - begun
        for each in phones:
            each.line.close()
        if self.refused:
            message = f"A report was not taken: {self.refused[0]!r}"
            raise SystemExit(message)
        return taken, took

    def phone(self, number: int) -> Phone:
        to, own = (self.place.host, self.place.port), f"127.1.0.{number + 1}"
        line = socket.create_connection(to, source_address=(own, 0))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Phone(line)

    def talk(
        self, chosen: selectors.BaseSelector, phones: list[Phone], until: float, reports: int
    ) -> int:
        for each in phones:
            self.post(each)
        taken, sent = 0, len(phones)
        while taken < sent:
            for key, _mask in chosen.select():
                if not self.answered(key.data):
                    continue
                taken += 1
                if sent < reports and time.monotonic() < until:
                    self.post(key.data)
                    sent += 1
        return taken

    def post(self, phone: Phone) -> None:
        """In turn for everybody, so that nobody's link is used more often than a person would."""
        path, self.turn = self.paths[self.turn % len(self.paths)], self.turn + 1
        key = UUID(int=self.chance.getrandbits(128), version=4)
        body = urlencode({"key": str(key), "state": "safe"}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        phone.line.sendall(head.encode() + body)

    def answered(self, phone: Phone) -> bool:
        phone.heard += phone.line.recv(65_536)
        if b"\r\n\r\n" not in phone.heard:
            return False
        if not phone.heard.startswith(ANSWERED):
            self.refused.append(bytes(phone.heard[:300]))
        phone.heard.clear()
        self.answered_at.append(time.monotonic())
        return True

"""Musters of the fictional mission, opened beside the served product and looked into afterwards."""

import json
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from tests.journeys.product import ROOT, Product

CODE = """
import json, sys
from datetime import timedelta
import django
django.setup()
from cadre.access.queries import seeing
from cadre.accountability import actions, links
from cadre.accountability.models import CheckIn, Muster, MusterEntry, Warden
from cadre.accountability.queries import by_warden_link
from cadre.core.releasability import OPERATOR
from cadre.mission.doors import now
from cadre.mission.models import Mission
asked = json.loads(sys.argv[1])
with seeing(OPERATOR):
    {body}
print(json.dumps(told, default=str))
"""
OPEN = """
    mission = Mission.objects.get(code="FTM")
    new = actions.NewMuster(mission=mission, sites=frozenset({asked["site"]}), title="Rockets",
        protective_action="Go to the nearest shelter.", exercise=asked["exercise"])
    row = actions.open_muster(new, by=OPERATOR, at=now() - timedelta(hours=1))
    rows = MusterEntry.objects.filter(muster=row, excluded="").select_related("person")
    def fewest(warden):
        page = by_warden_link(links.warden_token(row.pk, warden.pk), at=now())
        return -len(page.people)
    wardens = Warden.objects.filter(
        dropped=False, list__in=[each.list_id for each in rows if each.list_id]
    ).order_by("list__code", "position")
    told = {"number": row.number, "pages": [links.check_in_path(each.pk) for each in rows],
        "names": [each.person.name for each in rows],
        "lists": [links.warden_path(row.pk, each.pk) for each in sorted(wardens, key=fewest)]}
"""
CLOSE = """
    row = Muster.objects.get(number=asked["number"])
    actions.close_muster(row, "Enough.", by=OPERATOR, at=now())
    told = None
"""
REPORTS = """
    rows = CheckIn.objects.filter(muster__number=asked["number"]).select_related("person")
    told = [[each.person.name, each.state, each.voice, each.occurred_at.isoformat(),
        each.recorded_at.isoformat()] for each in rows.order_by("occurred_at")]
"""


@dataclass(frozen=True)
class Report:
    """A report that is on record."""

    name: str
    state: str
    voice: str
    occurred_at: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class Mustered:
    """A muster: the addresses of its check-in pages, with the names, and those of its lists, the
    longest first.
    """

    number: str
    pages: list[str]
    names: list[str]
    lists: list[str]


@dataclass(frozen=True)
class Field:
    """The product as people in the field meet it."""

    product: Product
    told: dict[str, str]

    def muster(self, site: str, *, exercise: bool = False) -> Mustered:
        return Mustered(**self.ask(OPEN, site=site, exercise=exercise))  # type: ignore[arg-type]  # as OPEN tells it

    def close(self, muster: Mustered) -> None:
        self.ask(CLOSE, number=muster.number)

    def reports(self, muster: Mustered) -> list[Report]:
        rows = self.ask(REPORTS, number=muster.number)
        return [
            Report(*row[:3], *map(datetime.fromisoformat, row[3:]))
            for row in rows  # type: ignore[attr-defined]  # as REPORTS tells it
        ]

    def ask(self, body: str, **asked: object) -> object:
        code = CODE.replace("    {body}\n", body.removeprefix("\n"))
        done = subprocess.run(
            [sys.executable, "-c", code, json.dumps(asked)],
            cwd=Path(ROOT), env=self.told, capture_output=True, text=True, check=False,
        )  # fmt: skip  # one call
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)


@dataclass
class Line:
    """A line to the product that can really be cut: nothing answers then, for workers neither."""

    product: Product
    ends: list[socket.socket] = field(default_factory=list)
    door: socket.socket | None = None
    port: int = 0

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        self.door = socket.socket()
        self.door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.door.bind(("127.0.0.1", self.port))
        self.port = int(self.door.getsockname()[1])
        self.door.listen(64)
        Thread(target=self.take, args=(self.door,), daemon=True).start()

    def cut(self) -> None:
        for end in [self.door, *self.ends]:
            if end is not None:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
        self.ends.clear()

    def take(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near = door.accept()[0]
                far = socket.create_connection(("127.0.0.1", urlsplit(self.product.root).port or 0))
                self.ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    Thread(target=carry, args=(one, other), daemon=True).start()


def carry(one: socket.socket, other: socket.socket) -> None:
    """Carries what comes in at one end to the other until either is closed."""
    with suppress(OSError):
        while part := one.recv(65_536):
            other.sendall(part)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

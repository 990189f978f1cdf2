"""Three hundred live boards are open while ten thousand people check in.

Boards are streams of server-sent events of the process that runs beside the pages; people press on
the pages of their links. A board is late by the time between the answer to a press and the first
event that counts it. In the end each board has to show all of them.
"""

import http.client
import json
import os
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from _harness import Mark, report
from _musters import PATIENCE, Phones, entries, fill, pages
from django.conf import settings

from cadre.accountability.tickets import ticket
from cadre.launch.streaming import PORT, live_stream
from cadre.launch.web_server import Place

PEOPLE = 10_000
BOARDS = 300
PHONES = 16
AFTERWARDS = 20.0  # seconds that boards may take to show the last of them


@dataclass
class Board:
    """An open board: when it was told of which count."""

    line: socket.socket
    heard: bytes = b""
    told: list[tuple[float, int]] = field(default_factory=list)

    def listen(self) -> bool:
        """Reads what came; False at the end of the stream."""
        more = self.line.recv(65_536)
        self.heard += more
        *events, self.heard = self.heard.split(b"\n\n")
        at = time.monotonic()
        for event in events:
            data = next((line[6:] for line in event.split(b"\n") if line[:6] == b"data: "), b"")
            if data and data != b"{}":
                self.told.append((at, int(json.loads(data)["accounted"])))
        return bool(more)


class Wall:
    """All boards, read in a thread of their own."""

    def __init__(self, place: Place, muster_ticket: str) -> None:
        self.chosen = selectors.DefaultSelector()
        self.boards: list[Board] = []
        for _board in range(BOARDS):
            line = socket.create_connection((place.host, place.port), timeout=PATIENCE)
            line.sendall(
                f"GET /{muster_ticket} HTTP/1.1\r\nHost: localhost\r\n"
                "Accept: text/event-stream\r\n\r\n".encode()
            )
            self.boards.append(Board(line))
            self.chosen.register(line, selectors.EVENT_READ, self.boards[-1])
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self) -> None:
        while self.chosen.get_map():
            for key, _mask in self.chosen.select():
                if not key.data.listen():
                    self.chosen.unregister(key.fileobj)

    def showing(self, count: int) -> int:
        """How many boards show just this count."""
        return sum(bool(each.told) and each.told[-1][1] == count for each in self.boards)


def main() -> int:
    muster = fill(PEOPLE)
    rows = entries(muster)
    with stream() as (live, told), pages(told) as place:
        wall = Wall(live, ticket(muster.pk))
        await_all(wall, 0)
        phones = Phones(place, rows, PHONES, "boards")
        number, seconds = phones.check_in(reports=PEOPLE)
        await_all(wall, number)
        right = wall.showing(number)
    late = [
        at - phones.answered_at[count - 1]
        for board in wall.boards
        for at, count in board.told
        if 0 < count <= len(phones.answered_at)
    ]
    last = [board.told[-1][0] - phones.answered_at[-1] for board in wall.boards if board.told]
    return report(
        "Live boards",
        [
            Mark("boards open", len(wall.boards), at_least=BOARDS),
            Mark("people who checked in meanwhile", number, at_least=PEOPLE),
            Mark("boards that are right in the end", right, at_least=BOARDS),
            Mark("check-ins by link meanwhile", number / seconds, "a second"),
            Mark("events to a board, median",
                 statistics.median(len(each.told) for each in wall.boards)),
            Mark("delay, median", statistics.median(late), "s"),
            Mark("delay, 95 %", statistics.quantiles(late, n=20)[-1], "s"),
            Mark("delay of the last count, longest", max(last), "s"),
        ],
    )  # fmt: skip  # a table


def await_all(wall: Wall, count: int) -> None:
    until = time.monotonic() + AFTERWARDS
    while wall.showing(count) < BOARDS and time.monotonic() < until:
        time.sleep(0.05)


@contextmanager
def stream() -> Iterator[tuple[Place, dict[str, str]]]:
    """The process of the live stream, where it listens and what the pages are told of it."""
    environment = {**os.environ, "CADRE_SECRET_KEY": settings.SECRET_KEY}
    companion, told = live_stream(Place("127.0.0.1", 8000), environment, behind_proxy=False)
    live = Place("127.0.0.1", int(told[PORT]))
    words = [sys.executable, *companion.command]
    child = subprocess.Popen(words, env={**environment, **told})
    try:
        await_answer(live)
        yield live, told
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


def await_answer(place: Place) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        line = http.client.HTTPConnection(place.host, place.port, timeout=PATIENCE)
        try:
            line.request("GET", "/nothing")
            line.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            line.close()
    message = "The live stream does not answer."
    raise SystemExit(message)


if __name__ == "__main__":
    sys.exit(main())

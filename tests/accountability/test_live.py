"""The live stream: every board has the right numbers, numbers only, and waits for no other."""

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from cadre.access.actions import acting
from cadre.access.queries import seeing
from cadre.accountability import actions, links, live, tickets
from cadre.accountability.actions import NewMuster, Said
from cadre.accountability.models import Muster, MusterEntry
from cadre.accountability.queries.live import marks, numbers
from cadre.core.releasability import OPERATOR
from cadre.launch.refusal import Refusal
from cadre.launch.streaming import any_port, live_stream
from cadre.launch.web_server import Place
from tests.accountability.conftest import EARLIER, Open, hold_post, make_person
from tests.directives.conftest import make_place

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
NUMBER = 40
STATES = ("safe", "need help", "sheltering", "away", "injured", "")


def waited(holds: Callable[[], bool], seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


# --- what is asked -------------------------------------------------------------------------------


def test_numbers_are_of_everybody_and_say_whether_it_is_open(opened: Open) -> None:
    muster = opened()
    for code, state in (("anna", "safe"), ("dora", "injured"), ("bert", "")):
        muster.says(code, state, 1)
    found = numbers(muster.row.pk, at=muster.after(2))

    assert found == {
        "total": 5, "accounted": 2, "resolved": 2, "percent": 40, "outstanding": 4, "unclear": 1,
        "help": 1, "missing": 0, "unaccounted": 2, "open": 1,
    }  # fmt: skip  # a table
    actions.close_muster(muster.row, "Enough.", by=OPERATOR, at=muster.after(3))
    assert numbers(muster.row.pk, at=muster.after(3))["open"] == 0
    assert numbers(uuid4(), at=muster.at) == {}


SAID = (
    ("anna", "safe", 1), ("anna", "need help", 2), ("bert", "safe", 3), ("bert", "away", 4),
    ("carl", "", 5), ("carl", "safe", 5), ("dora", "missing", 6), ("emil", "sheltering", 50),
)  # fmt: skip  # a table


@pytest.mark.parametrize("recheck", [None, 30])
def test_numbers_are_those_of_the_board(opened: Open, recheck: int | None) -> None:
    muster = opened(recheck_minutes=recheck)
    seen = []
    for code, state, minutes in SAID:
        muster.says(code, state, minutes)
        for later in (minutes, 55, 90):
            found, board = (
                numbers(muster.row.pk, at=muster.after(later)),
                muster.board(minutes=later),
            )
            tally = board.numbers.count.everybody
            assert (found["total"], found["accounted"], found["resolved"], found["unclear"]) == (
                tally.total, tally.accounted, tally.resolved, board.numbers.unclear,
            )  # fmt: skip  # one row
            assert found["outstanding"] == len(board.numbers.outstanding)
            seen.append(found["outstanding"])

    assert len(set(seen)) > 1


def test_mark_is_another_one_once_anything_came_in(opened: Open) -> None:
    muster, seen = opened(), set[str]()

    def mark() -> str:
        return marks([muster.row.pk])[muster.row.pk]

    seen.add(mark())
    assert mark() in seen
    muster.says("anna", "safe", 1)
    assert mark() not in seen
    seen.add(mark())
    actions.follow_up(
        muster.entry("bert"), "call", "no answer", done_at=muster.after(2), by=OPERATOR,
        at=muster.after(2),
    )  # fmt: skip  # one call
    assert mark() not in seen
    seen.add(mark())
    actions.close_muster(muster.row, "Enough.", by=OPERATOR, at=muster.after(3))
    assert mark() not in seen
    assert marks([uuid4()]) == {}


# --- tickets -------------------------------------------------------------------------------------


def test_ticket_is_good_for_a_watch_and_only_if_it_was_made_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    muster = uuid4()
    good, began = tickets.ticket(muster), time.time()
    assert tickets.muster_of(good) == muster
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    assert [tickets.muster_of(text) for text in (forged, "", "x:y:z", "é")] == [None] * 4
    monkeypatch.setattr(time, "time", lambda: began + tickets.GOOD_FOR - 60)
    assert tickets.muster_of(good) == muster
    monkeypatch.setattr(time, "time", lambda: began + tickets.GOOD_FOR + 60)
    assert tickets.muster_of(good) is None


@pytest.mark.parametrize(
    ("setting", "host", "begins"),
    [
        ("", "cadre.example", ""),
        (":8001", "localhost:8000", "http://localhost:8001/"),
        (":8001", "[::1]:8000", "http://[::1]:8001/"),
        ("/live/", "cadre.example", "/live/"),
        ("https://live.example/x", "cadre.example", "https://live.example/x/"),
    ],
)
def test_page_finds_the_stream_where_the_setting_says(
    settings: Settings, setting: str, host: str, begins: str
) -> None:
    settings.CADRE_LIVE_URL, settings.ALLOWED_HOSTS = setting, ["*"]
    muster = uuid4()
    address = tickets.stream_address(RequestFactory(headers={"Host": host}).get("/"), muster)

    assert address.startswith(begins)
    assert (tickets.muster_of(address.rpartition("/")[2]) == muster) is bool(setting)


# --- the application by itself -------------------------------------------------------------------


def scope(path: str) -> live.Scope:
    return {"type": "http", "method": "GET", "path": path, "headers": []}


async def never() -> live.Said:
    await asyncio.Event().wait()
    return {}


def answered(stream: live.Stream, path: str) -> list[live.Said]:
    """What the application sends to somebody who asks and stays."""
    sent: list[live.Said] = []

    async def send(said: live.Said) -> None:
        sent.append(said)

    asyncio.run(stream(scope(path), never, send))
    return sent


def test_board_beyond_the_most_is_refused_in_a_sentence() -> None:
    start, body = answered(live.Stream(0), f"/{tickets.ticket(uuid4())}")

    assert start["status"] == 503
    assert (b"retry-after", b"30") in start["headers"]  # type: ignore[operator]  # a list
    assert b"0 boards are open at this node" in body["body"]  # type: ignore[operator]  # bytes


def test_board_that_does_not_read_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "STUCK", 0.2)
    room, bell, begun = live.Room(), asyncio.Event(), []

    async def stuck(said: live.Said) -> None:
        begun.append(said)
        if said.get("more_body"):
            await never()

    asyncio.run(asyncio.wait_for(live.told(room, bell, "", stuck), 5))

    assert [said["type"] for said in begun] == [
        "http.response.start", "http.response.body", "http.response.body",
    ]  # fmt: skip  # one row
    assert begun[-1]["more_body"] is False


def test_slow_board_is_told_the_latest_and_not_what_it_missed() -> None:
    room, bell = live.Room(), asyncio.Event()
    room.waiting.add(bell)
    parts: list[bytes] = []

    async def send(said: live.Said) -> None:
        parts.append(bytes(said.get("body", b"")))  # type: ignore[call-overload]  # bytes
        if len(parts) == 2:
            for number in range(100):
                room.tell(*live.as_event({"total": number, "open": 1}))
        if len(parts) == 3:
            room.over = True

    asyncio.run(asyncio.wait_for(live.told(room, bell, "", send), 5))

    assert parts[1] == b"retry: 3000\n\n"
    assert parts[2].endswith(b'data: {"open":1,"total":99}\n\n')
    assert parts[3:] == [b"event: over\ndata: {}\n\n"]


# --- the process, beside a database that commits -------------------------------------------------


@dataclass
class Watcher(Thread):
    """A board: what it was told, as it came."""

    port: int
    path: str
    seen: str = ""
    raw: list[bytes] = field(default_factory=list)
    status: int = 0
    ended: bool = False

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = Thread.__hash__

    def run(self) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        link.request("GET", self.path, headers={"Last-Event-ID": self.seen} if self.seen else {})
        answer = link.getresponse()
        self.status = answer.status
        while part := answer.readline():
            self.raw.append(part)
        self.ended = True

    @property
    def numbers(self) -> list[dict[str, int]]:
        return [json.loads(part[6:]) for part in self.raw if part.startswith(b'data: {"')]

    @property
    def last(self) -> dict[str, int]:
        return self.numbers[-1] if self.numbers else {}

    @property
    def key(self) -> str:
        return [part for part in self.raw if part.startswith(b"id: ")][-1][4:].decode().strip()


@dataclass
class Streaming:
    """The stream's own process, and the muster whose boards it tells."""

    port: int
    muster: Muster
    entries: list[UUID]

    def watch(self, number: int = 1, seen: str = "") -> list[Watcher]:
        path = f"/live/{tickets.ticket(self.muster.pk)}"
        watchers = [Watcher(self.port, path, seen) for _each in range(number)]
        for each in watchers:
            each.start()
        return watchers

    def report(self, number: int, state: str) -> None:
        token = links.check_in_token(self.entries[number % len(self.entries)])
        moment = datetime(2026, 1, 5, 12, 1 + number // 60 % 50, number % 60, tzinfo=UTC)
        actions.check_in_by_link(token, Said(state=state, occurred_at=moment), at=moment)

    def expected(self) -> dict[str, int]:
        return dict(numbers(self.muster.pk, at=datetime(2026, 1, 5, 13, tzinfo=UTC)))


def told_environment(database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cadre.settings",
        "CADRE_DB_NAME": database,
        "CADRE_SECRET_KEY": settings.SECRET_KEY,
        "CADRE_CLOCK": "2026-01-05T13:00:00Z",
    }


@contextmanager
def process(environment: dict[str, str]) -> Iterator[int]:
    """The stream as `./cadre serve` starts it; its port."""
    asked = {**environment, "CADRE_LIVE_PORT": str(any_port("127.0.0.1"))}
    companion, told = live_stream(Place("127.0.0.1", 1), asked, behind_proxy=False)
    port = int(told["CADRE_LIVE_PORT"])
    companion.start({**environment, **told})
    try:
        assert waited(lambda: answers(port)), "the stream does not answer"
        yield port
    finally:
        companion.stop()


def answers(port: int) -> bool:
    try:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        link.request("GET", "/")
        return link.getresponse().status == 404
    except OSError:
        return False


@pytest.fixture
def streaming(scratch: str) -> Iterator[Streaming]:
    if "DATABASE_URL" in os.environ:
        pytest.skip("the other process would not find the scratch database")
    with seeing(OPERATOR):
        place = make_place(by=OPERATOR, at=EARLIER)
        with acting("test", by=OPERATOR, at=EARLIER):
            for number in range(NUMBER):
                hold_post(make_person(f"person-{number}", "DE"), place.mission, place.camp)
        muster = actions.open_muster(NewMuster(mission=place.mission), by=OPERATOR, at=AT)
        entries = list(MusterEntry.objects.filter(muster=muster).values_list("pk", flat=True))
    with process(told_environment(scratch)) as port:
        yield Streaming(port, muster, entries)


def test_every_board_has_the_right_numbers_after_many_reports_and_nothing_but_numbers(
    streaming: Streaming,
) -> None:
    boards = streaming.watch(20)
    assert waited(lambda: all(each.last.get("unaccounted") == NUMBER for each in boards))
    hanging = http.client.HTTPConnection("127.0.0.1", streaming.port)  # it never reads
    hanging.request("GET", f"/live/{tickets.ticket(streaming.muster.pk)}")

    def some(part: int) -> None:
        try:
            for number in range(part * 50, part * 50 + 50):
                streaming.report(number, STATES[number % len(STATES)])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(some, range(4)))
    expected = streaming.expected()

    assert waited(lambda: all(each.last == expected for each in boards))
    assert expected["accounted"] > 0
    assert expected["total"] == NUMBER
    values = {type(value) for each in boards for one in each.numbers for value in one.values()}
    assert values == {int}
    everything = b"".join(part for each in boards for part in each.raw).lower()
    assert b"person" not in everything
    assert b"camp" not in everything
    hanging.close()


def test_board_that_comes_back_is_told_only_what_is_new(streaming: Streaming) -> None:
    (first,) = streaming.watch()
    assert waited(lambda: bool(first.numbers))
    (again,) = streaming.watch(seen=first.key)
    (fresh,) = streaming.watch()
    assert waited(lambda: bool(fresh.numbers))
    assert again.numbers == []
    streaming.report(0, "safe")

    assert waited(lambda: len(again.numbers) == 1)
    assert again.last == streaming.expected()


def test_stream_ends_with_its_muster(streaming: Streaming) -> None:
    (board,) = streaming.watch()
    assert waited(lambda: bool(board.numbers))
    with seeing(OPERATOR):
        actions.close_muster(
            streaming.muster, "Enough.", by=OPERATOR, at=datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
        )

    assert waited(lambda: board.ended), board.raw
    assert board.last["open"] == 0
    assert b"event: over\n" in board.raw


def test_board_outlives_the_loss_of_the_database(streaming: Streaming) -> None:
    (board,) = streaming.watch()
    assert waited(lambda: bool(board.numbers))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND usename = current_user"
        )
        assert cursor.fetchone()[0] >= 1
    streaming.report(0, "safe")

    assert waited(lambda: board.last == streaming.expected())
    assert not board.ended


@pytest.mark.parametrize("path", ["/", "/live/", "/live/x", "/live/a:b:c", "/live/%00"])
def test_nothing_but_a_ticket_opens_a_stream(streaming: Streaming, path: str) -> None:
    link = http.client.HTTPConnection("127.0.0.1", streaming.port, timeout=30)
    link.request("GET", path)
    answer = link.getresponse()

    assert (answer.status, answer.read()) == (404, b"There is no such stream.")


# --- how it is started ---------------------------------------------------------------------------

PARENT = """
import os, sys, time
from cadre.launch.streaming import any_port, live_stream
from cadre.launch.web_server import Place
asked = {**os.environ, "CADRE_LIVE_PORT": str(any_port("127.0.0.1"))}
companion, told = live_stream(Place("127.0.0.1", 1), asked, behind_proxy=False)
companion.start({**os.environ, **told})
print(told["CADRE_LIVE_PORT"], flush=True)
time.sleep(600)
"""


def test_process_ends_with_its_parent_however_that_ends() -> None:
    told = {**told_environment("nowhere"), "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], env=told, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    port = int(parent.stdout.readline())
    assert waited(lambda: answers(port))
    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert waited(lambda: not answers(port))


def test_port_is_the_one_asked_for_else_the_next_and_pages_are_told() -> None:
    place = Place("127.0.0.1", 39_999)
    companion, told = live_stream(place, {"CADRE_LIVE_PORT": "40123"}, behind_proxy=True)
    assert told == {"CADRE_LIVE_PORT": "40123", "CADRE_LIVE_URL": "/live/"}
    assert "40123" in companion.command
    elsewhere = {"CADRE_LIVE_URL": "https://live.example/"}
    assert live_stream(place, elsewhere, behind_proxy=False)[1]["CADRE_LIVE_URL"] == (
        "https://live.example/"
    )
    with pytest.raises(Refusal, match="CADRE_LIVE_PORT cannot be used"):
        live_stream(place, {"CADRE_LIVE_PORT": "none"}, behind_proxy=True)


def test_port_that_is_taken_is_refused_with_the_name_of_the_setting() -> None:
    with taken_port() as taken:
        with pytest.raises(Refusal, match="choose another CADRE_LIVE_PORT"):
            live_stream(Place("127.0.0.1", 1), {"CADRE_LIVE_PORT": str(taken)}, behind_proxy=False)
        _companion, told = live_stream(Place("127.0.0.1", taken - 1), {}, behind_proxy=False)
    assert told["CADRE_LIVE_PORT"] != str(taken)


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1)
        yield int(door.getsockname()[1])

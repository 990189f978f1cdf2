"""The live stream: one process tells every open board of a muster when its numbers change.

It is an ASGI application that knows one address, `/<ticket>`, and answers with server-sent events.
One poller asks the database for all musters that are watched, and what it finds goes to all their
boards; so a board costs a socket and no connection to the database. Numbers only: no name, place or
word ever goes through it. See docs/decisions/0020-live-board.md.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from http import HTTPStatus
from typing import Final, cast
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection

from cadre.accountability import tickets
from cadre.accountability.queries import live
from cadre.mission.doors import now

PAUSE: Final = 0.5  # seconds between two questions to the database
AGAIN: Final = 30.0  # seconds after which numbers are counted anew: time alone changes some
BEAT: Final = 15.0  # seconds after which a quiet stream says that it is there
STUCK: Final = 20.0  # seconds that a board may take to read what it is sent
LOST: Final = "lost"

type Scope = Mapping[str, object]
type Said = dict[str, object]
type Receive = Callable[[], Awaitable[Said]]
type Send = Callable[[Said], Awaitable[None]]

log = logging.getLogger(__name__)


@dataclass
class Room:
    """A muster that is watched: what its boards were told last, and who waits for more."""

    mark: str = ""
    event: bytes = b""
    key: str = ""
    counted: float = float("-inf")
    over: bool = False
    waiting: set[asyncio.Event] = field(default_factory=set)

    def tell(self, key: str, event: bytes) -> None:
        """Wakes every board. What a slow one missed is gone: the latest numbers say it all."""
        self.key, self.event = key, event
        for bell in self.waiting:
            bell.set()


class Stream:
    """The application, and the poller that it runs while somebody watches."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.rooms: dict[UUID, Room] = {}
        self.watched = asyncio.Event()
        self.reader = ThreadPoolExecutor(1, "live")  # one connection to the database
        self.poller: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "http":
            await self.answer(scope, receive, send)

    async def live(self, receive: Receive, send: Send) -> None:
        while True:
            said = str((await receive())["type"])
            await send({"type": f"{said}.complete"})
            if said == "lifespan.shutdown":
                return

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        muster = tickets.muster_of(str(scope["path"]).rstrip("/").rpartition("/")[2])
        if scope["method"] != "GET" or muster is None:
            await refuse(send, HTTPStatus.NOT_FOUND, "There is no such stream.")
        elif sum(len(room.waiting) for room in self.rooms.values()) >= self.most:
            full = f"{self.most} boards are open at this node; the page asks every few seconds."
            await refuse(send, HTTPStatus.SERVICE_UNAVAILABLE, full)
        else:
            await self.watch(muster, last_seen(scope), receive, send)

    async def watch(self, muster: UUID, seen: str, receive: Receive, send: Send) -> None:
        """Tells a board of its muster until it goes, hangs, or the muster is over."""
        bell = asyncio.Event()
        room = self.rooms.setdefault(muster, Room())
        room.waiting.add(bell)
        self.begin()
        tasks = [
            asyncio.create_task(gone(receive)),
            asyncio.create_task(told(room, bell, seen, send)),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            room.waiting.discard(bell)
            if not room.waiting:
                self.rooms.pop(muster, None)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def begin(self) -> None:
        self.watched.set()
        if self.poller is None or self.poller.done():
            self.poller = asyncio.create_task(self.poll())

    async def poll(self) -> None:
        """Asks for what is watched, at most half of the time, as long as anybody watches."""
        clock = asyncio.get_running_loop().time
        while True:
            await self.watched.wait()
            began = clock()
            try:
                await self.look(began)
            except DatabaseError:
                log.exception("The numbers of the boards cannot be read.")
                self.lose()
            if not self.rooms:
                self.watched.clear()
            await asyncio.sleep(max(PAUSE, clock() - began))

    def lose(self) -> None:
        """Tells every board, once, that its numbers cannot be relied on any more."""
        for room in self.rooms.values():
            room.mark = ""
            if room.key != LOST:
                room.tell(LOST, b"event: lost\ndata: {}\n\n")

    async def look(self, moment: float) -> None:
        """Counts anew where something came in, or long ago, and tells who watches."""
        rooms = dict(self.rooms)
        marks = await self.read(partial(live.marks, list(rooms)))
        for muster, room in rooms.items():
            mark = marks.get(muster, "")
            if mark == room.mark and moment - room.counted < AGAIN:
                continue
            numbers = await self.read(partial(live.numbers, muster, at=now()))
            room.mark, room.counted = mark, moment
            room.over = not numbers.get("open")
            key, event = as_event(numbers)
            if key != room.key:
                room.tell(key, event)

    async def read[T](self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.reader, asked, question)


def asked[T](question: Callable[[], T]) -> T:
    """The answer; after an error the connection is made anew, since it may be the server's end."""
    try:
        return question()
    except DatabaseError:
        connection.close()
        raise


def as_event(numbers: Mapping[str, int]) -> tuple[str, bytes]:
    """What is sent, and a key that is the same for the same numbers, whichever process counts."""
    text = json.dumps(numbers, separators=(",", ":"), sort_keys=True)
    key = blake2b(text.encode(), digest_size=8).hexdigest()
    return key, f"id: {key}\ndata: {text}\n\n".encode()


def last_seen(scope: Scope) -> str:
    """The key of what a board that comes back was told last."""
    headers = dict(cast("list[tuple[bytes, bytes]]", scope["headers"]))
    return headers.get(b"last-event-id", b"").decode("latin-1")


async def gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def told(room: Room, bell: asyncio.Event, seen: str, send: Send) -> None:
    """Sends what is new, as fast as the board reads; a board that does not is let go."""
    await start(send, HTTPStatus.OK, b"text/event-stream; charset=utf-8")
    part = b"retry: 3000\n\n"
    with suppress(TimeoutError):
        while True:
            await asyncio.wait_for(send(body(part, more=True)), STUCK)
            if room.over and seen == room.key:
                break
            part, seen = await following(room, bell, seen)
    await send(body(b"event: over\ndata: {}\n\n" if room.over else b"", more=False))


async def following(room: Room, bell: asyncio.Event, seen: str) -> tuple[bytes, str]:
    """The next part of a stream: the latest event as soon as there is one, else a sign of life."""
    if not room.event or room.key == seen:
        bell.clear()
        try:
            await asyncio.wait_for(bell.wait(), BEAT)
        except TimeoutError:
            return b": here\n\n", seen
    return room.event, room.key


async def refuse(send: Send, status: HTTPStatus, why: str) -> None:
    await start(send, status, b"text/plain; charset=utf-8")
    await send(body(why.encode(), more=False))


async def start(send: Send, status: HTTPStatus, kind: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # a proxy that holds parts back would make it late
        (b"x-content-type-options", b"nosniff"),
        # Pages of another port or host may read it: the ticket is what opens it, no cookie does.
        (b"access-control-allow-origin", b"*"),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"30"))
    await send({"type": "http.response.start", "status": status.value, "headers": headers})


def body(part: bytes, *, more: bool) -> Said:
    return {"type": "http.response.body", "body": part, "more_body": more}


def application() -> Stream:
    """The application; Django is set up by then."""
    return Stream(int(settings.CADRE_LIVE_BOARDS))

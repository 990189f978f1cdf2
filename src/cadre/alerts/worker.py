"""The worker: it listens to the ledger, keeps time, and sends.

Any number of them work on one queue. Each lane has a sender of its own, with its own connection and
its own threads, so that no flood of ordinary messages and no slow way out holds up the others.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import batched
from threading import Event, Thread, local
from time import monotonic
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import Error, connection

from cadre.alerts.actions.answering import take_check_ins
from cadre.alerts.actions.climbing import Steps, climb_due
from cadre.alerts.actions.listening import listen, tick
from cadre.alerts.actions.sending import (
    Done,
    Leased,
    begin,
    drop,
    finish,
    keep_in_outbox,
    lease,
)
from cadre.alerts.actions.telling import WAKE
from cadre.alerts.actions.watching import beat, end_beat, try_ways
from cadre.alerts.channels import Adapter, Message, Outcome, reasons
from cadre.alerts.channels.answers import failed
from cadre.alerts.channels.registry import adapters
from cadre.alerts.queries.rows import Attempt, Lane
from cadre.alerts.queries.sending import messages, over
from cadre.mission.doors import now

log = logging.getLogger(__name__)

type Clock = Callable[[], datetime]

EVERY: Final = 1.0  # seconds between two rounds that nothing wakes
TIME_EVERY: Final = 30.0  # seconds between two looks at what time alone has brought


@dataclass(frozen=True, slots=True)
class Budget:
    """What a sender of one lane may do at once. `per_minute` 0: as much as it can."""

    lane: Lane
    threads: int
    most: int  # attempts that are taken at once
    per_minute: int = 0


def budgets() -> tuple[Budget, Budget]:
    ordinary = settings.CADRE_ORDINARY_PER_MINUTE
    return (
        Budget(Lane.LIFE_SAFETY, threads=12, most=48),
        Budget(Lane.ORDINARY, threads=4, most=16, per_minute=ordinary),
    )


def work(stop: Event, *, name: str, clock: Clock = now) -> None:
    """Works until it is told to stop. What it holds then goes out first; nothing is lost if it is
    killed instead.
    """
    wake = [Event() for _each in budgets()]
    hands = [
        Thread(target=repeated, args=(Sender(budget, name, clock).round, stop, each))
        for budget, each in zip(budgets(), wake, strict=True)
    ]
    hands.append(Thread(target=repeated, args=(partial(probe, clock), stop, Event())))
    for hand in hands:
        hand.start()
    Mind(wake, name, clock).run(stop)
    for each in wake:
        each.set()
    for hand in hands:
        hand.join()
    end_beat(name)
    connection.close()


def repeated(turn: Callable[[], bool], stop: Event, wake: Event) -> None:
    """Takes turns until it is told to stop; after one without work it rests until it is woken."""
    while not stop.is_set():
        busy = False
        try:
            busy = turn()
        except Error:
            log.exception("The database could not be asked; it is asked again.")
            connection.close()
        if not busy:
            wake.wait(EVERY)
            wake.clear()
    connection.close()


def probe(clock: Clock) -> bool:
    """Sends the tests of channels that are due."""
    try_ways(adapters(lambda _message: None), at=clock())
    return False


@dataclass
class Mind:
    """Listens to the ledger, keeps time, and wakes the senders when there is something to send."""

    wake: Sequence[Event]
    name: str
    clock: Clock
    looked: float = -TIME_EVERY
    climbed: Steps = field(default_factory=set)

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"LISTEN {WAKE}")
                while not stop.is_set():
                    self.turn()
                    self.rest()
            except Error:
                log.exception("The database could not be asked; it is asked again.")
                connection.close()
                stop.wait(EVERY)

    def turn(self) -> None:
        beat(self.name, every=EVERY)
        at = self.clock()
        listen(at=at)
        take_check_ins(at=at)
        climb_due(at=at, done=self.climbed)
        if monotonic() - self.looked > TIME_EVERY:
            self.looked = monotonic()
            tick(at=at)
        for each in self.wake:
            each.set()

    def rest(self) -> None:
        """Until the ledger or the queue says something, or for a while."""
        line = connection.connection
        if line is not None:
            for _word in line.notifies(timeout=EVERY, stop_after=1):
                return


class Sender:
    """Sends the attempts of one lane, as many at once as it has threads."""

    def __init__(self, budget: Budget, name: str, clock: Clock) -> None:
        self.budget = budget
        self.name = f"{name}/{budget.lane.name.lower()}"
        self.clock = clock
        self.ways = adapters(self.keep)
        self.keyless = [name for name, each in self.ways.items() if not each.honours_keys]
        self.threads = ThreadPoolExecutor(budget.threads)
        self.own = local()  # adapters keep their lines open, so each thread has its own
        self.throttle = Throttle(budget.per_minute)

    def keep(self, message: Message) -> None:
        keep_in_outbox(message, at=self.clock())

    def round(self) -> bool:
        """Takes and sends what is due; False where there is nothing, or no more may be sent now."""
        most = self.throttle.left(self.budget.most)
        taken = lease(self.budget.lane, self.name, most=most, at=self.clock()) if most else []
        reasons = over([each.attempt.pk for each in taken])
        drop([each for each in taken if each.attempt.pk in reasons], reasons, at=self.clock())
        to_send = [each for each in taken if each.attempt.pk not in reasons]
        self.throttle.note(len(to_send))
        for some in batched(to_send, self.budget.threads):
            self.send(some)
        return bool(taken)

    def send(self, some: Sequence[Leased]) -> None:
        held = begin(some, self.name, keyless=self.keyless, at=self.clock())
        mine = [each for each in some if each.attempt.pk in held]
        texts = put_together([each.attempt for each in mine], now=self.clock())
        waiting: dict[Future[Outcome], Leased] = {}
        for each in mine:
            message = texts.get(each.attempt.pk)
            way = self.ways.get(each.attempt.channel)
            if message is None or way is None:
                why = reasons.NOT_SET_UP if way is None else reasons.NO_WORDS
                self.done([Done(each, failed(why, again=way is not None))])
            elif way.in_database:
                self.done([Done(each, tried(way, message))])
            else:
                waiting[self.threads.submit(self.try_once, message)] = each
        while waiting:
            ready, _rest = wait(waiting, return_when=FIRST_COMPLETED)
            self.done([Done(waiting.pop(each), each.result()) for each in ready])

    def try_once(self, message: Message) -> Outcome:
        """In a thread of the pool, with the adapters of that thread."""
        if not hasattr(self.own, "ways"):
            self.own.ways = adapters(self.keep)
        return tried(self.own.ways[message.channel], message)

    def done(self, done: Sequence[Done]) -> None:
        finish(done, at=self.clock())


def tried(way: Adapter, message: Message) -> Outcome:
    """What came of a try. An adapter never raises; one that does all the same stops nobody else."""
    try:
        return way.send(message)
    except Exception:
        log.exception("The way out by %s failed.", message.channel)
        return replace(failed(reasons.BROKE, again=True), unclear=True)


def put_together(attempts: Sequence[Attempt], *, now: datetime) -> dict[UUID, Message]:
    """The messages of attempts. One that cannot be put together keeps none of the others back."""
    try:
        return messages(attempts, now=now) if attempts else {}
    except Error:
        raise
    except Exception:
        log.exception("Messages could not be put together at once.")
        if len(attempts) == 1:
            return {}
    found: dict[UUID, Message] = {}
    for each in attempts:
        found |= put_together([each], now=now)
    return found


class Throttle:
    """At most so many in a minute, evenly; 0 is no limit."""

    def __init__(self, per_minute: int) -> None:
        self.per_second = per_minute / 60
        self.stock = 0.0
        self.at = monotonic()

    def left(self, most: int) -> int:
        """How many may go out now, at most so many."""
        if not self.per_second:
            return most
        now = monotonic()
        self.stock = min(most, self.stock + (now - self.at) * self.per_second)
        self.at = now
        return int(self.stock)

    def note(self, sent: int) -> None:
        self.stock -= sent

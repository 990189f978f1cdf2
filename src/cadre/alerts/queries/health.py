"""Whether anybody is told anything: workers, what waits too long, and the tests of channels."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from cadre.alerts.channels.registry import configured_channels
from cadre.alerts.models import Channel, ChannelTest, Lane, Unheard, Waiting

MISSED: Final = 3  # rounds without a beat; then a worker is late
SLACK: Final = 5  # seconds beside that
LONGEST: Final = timedelta(minutes=1)  # that a life-safety message may wait

BEATS = """
SELECT worker, at, ended_at IS NOT NULL,
    clock_timestamp() > at + (%s * every_seconds + %s) * interval '1 second'
FROM alerts_beat ORDER BY worker
"""


@dataclass(frozen=True, slots=True)
class WorkerRead:
    """A worker, when it was last heard of by the machine's clock, and whether that is too long ago.

    One that was told to end is not late.
    """

    name: str
    at: datetime
    ended: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a probe from outside asks. `oldest`: how long the life-safety message that waits longest
    has been due; `stuck`: causes that nobody could be told of for a fault of the software.
    """

    workers: tuple[WorkerRead, ...]
    oldest: timedelta | None
    stuck: int

    @property
    def alive(self) -> bool:
        return any(not each.late and not each.ended for each in self.workers)

    @property
    def ok(self) -> bool:
        """Somebody works, nothing urgent waits too long, and nothing is stuck."""
        return self.alive and not self.stuck and (self.oldest or timedelta()) <= LONGEST


def heartbeat(*, at: datetime) -> Heartbeat:
    """Whether messages go out, at a moment of the node's clock. It says nothing of the world, so it
    asks for no viewer.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEATS, [MISSED, SLACK])
        workers = tuple(
            WorkerRead(name, heard, ended, late and not ended)
            for name, heard, ended, late in cursor.fetchall()
        )
    waiting = Waiting.objects.filter(lane=Lane.LIFE_SAFETY, due_at__lte=at).order_by("due_at")
    due = waiting.values_list("due_at", flat=True).first()
    stuck = Unheard.objects.exclude(error="").count()
    return Heartbeat(workers, at - due if due else None, stuck)


@dataclass(frozen=True, slots=True)
class ChannelRead:
    """A channel and its last test. `test` None: it was never tested."""

    channel: Channel
    set_up: bool
    test: ChannelTest | None

    @property
    def failing(self) -> bool:
        """It is set up, and its last test did not go out."""
        return self.set_up and self.test is not None and not self.test.ok


def channels() -> tuple[ChannelRead, ...]:
    """Every channel but the page, with its last test. It says nothing of the world, as above."""
    tests = ChannelTest.objects.order_by("channel", "-at").distinct("channel")
    last = {each.channel: each for each in tests}
    set_up = configured_channels()
    return tuple(
        ChannelRead(each, each.value in set_up, last.get(each.value))
        for each in Channel
        if each != Channel.PAGE
    )

"""Whether anybody is told anything: workers, what waits too long, and the tests of channels."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

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
    has been due; `stuck`: causes that nobody could be told of for a fault of the software; `waits`:
    some message is due, or something happened that is yet to be told.
    """

    workers: tuple[WorkerRead, ...]
    oldest: timedelta | None
    stuck: int
    waits: bool

    @property
    def alive(self) -> bool:
        return any(not each.late and not each.ended for each in self.workers)

    @property
    def ok(self) -> bool:
        """Somebody works, nothing urgent waits too long, and nothing is stuck."""
        return not self.trouble

    @property
    def trouble(self) -> str:
        """Why messages may not go out, in one sentence; "" where they do."""
        if not self.alive:
            return _("No worker answers: nothing goes out.")
        if self.stuck:
            return _(
                "Something happened that nobody could be told of, for a fault of the software: see"
                " the log."
            )
        if (self.oldest or timedelta()) > LONGEST:
            return _("A life-safety message has waited for more than a minute.")
        return ""

    @property
    def missed(self) -> bool:
        """Somebody has to see to it: a node on which nobody ever worked misses nobody while there
        is nothing to do.
        """
        return not self.ok and bool(self.workers or self.waits)


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
    due = Waiting.objects.filter(due_at__lte=at)
    urgent = due.filter(lane=Lane.LIFE_SAFETY).order_by("due_at")
    oldest = urgent.values_list("due_at", flat=True).first()
    stuck = Unheard.objects.exclude(error="").count()
    waits = due.exists() or Unheard.objects.exists()
    return Heartbeat(workers, at - oldest if oldest else None, stuck, waits)


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

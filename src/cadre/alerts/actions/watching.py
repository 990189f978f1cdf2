"""Whether workers live and ways out work: beats, and the daily test of each channel."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from cadre.alerts.channels import Adapter, Message, Outcome, reasons
from cadre.alerts.channels.answers import failed
from cadre.alerts.channels.registry import configured_channels
from cadre.alerts.models import Channel, ChannelTest
from cadre.alerts.queries.browsers import first_address

BEAT = """
INSERT INTO alerts_beat (worker, at, every_seconds, ended_at)
VALUES (%s, clock_timestamp(), %s, NULL)
ON CONFLICT (worker) DO UPDATE
SET at = excluded.at, every_seconds = excluded.every_seconds, ended_at = NULL
"""


def beat(worker: str, *, every: float) -> None:
    """Notes that a worker lives, by the machine's clock."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [worker, round(every) or 1])


def end_beat(worker: str) -> None:
    """Notes that a worker was told to end, so that nobody misses it; forgets those of long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_beat SET ended_at = clock_timestamp() WHERE worker = %s", [worker]
        )
        cursor.execute(
            "DELETE FROM alerts_beat WHERE ended_at < clock_timestamp() - interval '7 days'"
        )


def try_ways(ways: Mapping[str, Adapter], *, at: datetime, every: bool = False) -> int:
    """Sends a test by each channel that is set up and was not tested for the time that is set, and
    keeps what came of it; says how many. `every`: by each, now.
    """
    tested = 0
    for channel in configured_channels():
        if channel == Channel.PAGE:
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"alerts_test_{channel}"]
            )
            mine = cursor.fetchone() == (True,)
            if mine and (every or is_due(channel, at=at)):
                outcome = tried(ways[channel], channel)
                ChannelTest.objects.create(
                    channel=channel, at=at, ok=outcome.sent, reason=outcome.reason[:300]
                )
                tested += 1
    return tested


def is_due(channel: str, *, at: datetime) -> bool:
    since = at - timedelta(hours=settings.CADRE_TEST_HOURS)
    return not ChannelTest.objects.filter(channel=channel, at__gt=since).exists()


def test_address(channel: str) -> str:
    """To whom a test goes, as the settings say; for push messages they name an account, whose first
    browser it is. "" where there is none.
    """
    named = str(settings.CADRE_TEST_ADDRESSES.get(channel, ""))
    return first_address(named) if channel == Channel.PUSH else named


def tried(way: Adapter, channel: str) -> Outcome:
    address = "test" if settings.WAYS_OUT.outbox else test_address(channel)
    if not address:
        return failed(reasons.NO_TEST_ADDRESS)
    return way.send(
        Message(
            key=str(uuid4()),
            channel=channel,
            address=address,
            language="en",
            subject="Cadre: test",
            text="This is a test of this way out. Nothing is to be done.",
        )
    )

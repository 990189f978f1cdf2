"""Telling of what the ledger and the clock bring: each cause once, whoever notices it first."""

import logging
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import override

from cadre.access.queries import seeing
from cadre.alerts.actions.making import make_alert
from cadre.alerts.models import Unheard
from cadre.alerts.queries.causes import heard, overdue
from cadre.alerts.queries.causes.entries import Heard
from cadre.alerts.queries.who import MACHINE
from cadre.record.models import Entry

log = logging.getLogger(__name__)

NEXT = """
SELECT number, entry FROM alerts_unheard
WHERE wait_until IS NULL OR wait_until < clock_timestamp()
ORDER BY number LIMIT 1 FOR UPDATE
"""
# Told late is better than never: it is tried again, less and less often, and shown as a fault.
PUT_OFF = """
UPDATE alerts_unheard SET tries = tries + 1, error = %(error)s,
    wait_until = clock_timestamp() + least(power(2, tries + 1), 300) * interval '1 second'
WHERE number = %(number)s
"""


def listen(*, at: datetime) -> int:
    """Tells of every entry that nobody was told of, in the order in which they were written; says
    how many there were.

    An entry and what is told of it are one transaction, and one worker at a time does so: what
    follows something is told after it.
    """
    count = 0
    while tell_next(at=at):
        count += 1
    return count


def tell_next(*, at: datetime) -> bool:
    """One entry; False where there is none, or another worker is at it."""
    with transaction.atomic(), seeing(MACHINE), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('alerts_unheard'))")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute(NEXT)
        found = cursor.fetchone()
        if found is None:
            return False
        number, entry = found
        try:
            with transaction.atomic(), override("en"):
                for new in heard(Heard(Entry.objects.get(pk=entry), at)):
                    make_alert(new, by=MACHINE, at=at)
        except Exception as problem:
            log.exception("Nobody could be told of the entry %s of the ledger.", entry)
            cursor.execute(PUT_OFF, {"number": number, "error": repr(problem)[:300]})
        else:
            Unheard.objects.filter(number=number).delete()
    return True


def tick(*, at: datetime) -> int:
    """Tells of what time alone has brought by now; says of how much it was."""
    with seeing(MACHINE), override("en"):
        due = list(overdue(at=at))
    return sum(make_alert(new, by=MACHINE, at=at) is not None for new in due)

"""The board, the first page that everybody sees, for the fictional mission at scale 1 and 10.

The page is asked for as a browser does, through all of the middleware, by somebody who is signed
in; the time of each statement is what the server's process waits for it. Each mission is made in
a transaction that is rolled back after its turn, so that both are measured in one database.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus

from _harness import Mark, report
from django.db import connection, transaction
from django.test import Client

from cadre.access.actions import open_account
from cadre.access.models import Account
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR
from cadre.packs.sample.actions import make_sample
from cadre.packs.sample.plan import Wish

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
SCALES = (1, 10)
ROUNDS = 9
SMALL = 40  # statements


class Watch:
    """Counts statements and adds up how long they were waited for."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.statements = 0

    def __call__(self, execute: Callable[..., object], *statement: object) -> object:
        start = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            self.seconds += time.perf_counter() - start
            self.statements += 1


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians of several loads of the page."""

    seconds: float
    in_sql: float
    statements: int

    @property
    def otherwise(self) -> float:
        return self.seconds - self.in_sql


def main() -> int:
    small, large = (measured(scale) for scale in SCALES)
    marks = [
        Mark("statements at scale 1", small.statements, at_most=SMALL),
        Mark("statements more at scale 10", abs(large.statements - small.statements), at_most=0),
    ]
    for scale, found in zip(SCALES, (small, large), strict=True):
        marks += [
            Mark(f"outside SQL / in SQL, scale {scale}", found.otherwise / found.in_sql, at_most=1),
            Mark(f"the page, scale {scale}", found.seconds * 1_000, "ms"),
            Mark(f"of it in SQL, scale {scale}", found.in_sql * 1_000, "ms"),
        ]
    return report("The board of the fictional mission", marks)


def measured(scale: int) -> Figures:
    with seeing(OPERATOR), transaction.atomic():
        wish = Wish(people=400, seed=1, scale=scale, start=date(2019, 11, 4))
        make_sample(wish, by=OPERATOR, at=AT)
        account = Account(email="reader@example.test", name="A reader", clearance=1)
        open_account(account, password=None, by=OPERATOR, at=AT)
        client = Client()
        client.force_login(account)
        loads = [loaded(client) for _ in range(ROUNDS + 1)][1:]
        transaction.set_rollback(True)
    return Figures(
        statistics.median(seconds for seconds, _watch in loads),
        statistics.median(watch.seconds for _seconds, watch in loads),
        max(watch.statements for _seconds, watch in loads),
    )


def loaded(client: Client) -> tuple[float, Watch]:
    watch = Watch()
    with connection.execute_wrapper(watch):
        start = time.perf_counter()
        answer = client.get("/", {"on": "2020-01-06"}, secure=True, headers={"host": "localhost"})
        seconds = time.perf_counter() - start
    if answer.status_code != HTTPStatus.OK:
        message = f"The board answered {answer.status_code}."
        raise SystemExit(message)
    return seconds, watch


if __name__ == "__main__":
    sys.exit(main())

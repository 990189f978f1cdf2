"""Which sensitive rows a request or a command loaded for its viewer (K5).

Nobody has to remember to note a look: `Marked.from_db` calls `shown` for each sensitive row. Only a
query that takes bare values (`.values()`, raw SQL) of such rows has to call it itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

type Looks = dict[str, set[UUID]]

noting: ContextVar[Looks | None] = ContextVar("noting", default=None)


@contextmanager
def noted() -> Iterator[Looks]:
    """Collects what is loaded inside, by table. Whoever opens it writes it down at the end."""
    collected: Looks = {}
    token = noting.set(collected)
    try:
        yield collected
    finally:
        noting.reset(token)


def shown(table: str, *rows: UUID) -> None:
    """These rows of `table` were loaded for the viewer. Outside of `noted` nobody is looking."""
    collected = noting.get()
    if collected is not None and rows:
        collected.setdefault(table, set()).update(rows)

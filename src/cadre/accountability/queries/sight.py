"""Sight of everybody, for numbers and for rows that are written; never for what is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from cadre.access import looks
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR


@contextmanager
def counting() -> Iterator[None]:
    """Inside, the database lets through every row, and nothing that is loaded counts as a look.

    Whoever uses it hands on only numbers of what he read, or writes rows with their own marking.
    """
    with looks.noted(), seeing(OPERATOR):
        yield

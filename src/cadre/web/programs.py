"""What programs send with most questions, the same in every context's API."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from cadre.core.moments import Moment, asked
from cadre.web.clock import default_moment

NOT_FOUND = 404
PAGE = 100  # rows of a long list in one answer

# The database holds no text with a zero character. Not a `type`: the description would lose the
# names of parameters of such a type.
Words = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)]

# A number in an address: no control characters, which an address does not carry.
Number = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]+$", max_length=200)]


class Moments(Schema):
    """`on`: true on; `known_on`: known on. EDTF dates or instants; empty: where pages stand."""

    on: str = ""
    known_on: str = ""

    def true_on(self) -> datetime:
        return asked(self.on) if self.on else default_moment()[0]

    def known(self) -> datetime:
        return asked(self.known_on) if self.known_on else default_moment()[0]


class Paged(Schema):
    """A page of a long list, from 1; a page past the end is the last one."""

    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class Listed(Moments, Paged):
    """A page of what could be known."""


class Problem(Schema):
    """What is wrong, in one sentence. Nothing was written."""

    detail: str


def moment_out(moment: Moment | None) -> str | None:
    """EDTF; null where it is not stated."""
    return (moment.edtf() or None) if moment is not None else None

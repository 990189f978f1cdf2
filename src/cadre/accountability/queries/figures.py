"""What a board comes to, in the pieces in which its page shows it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cadre.accountability.queries.board import Counted, Held
from cadre.core.accountability import State, Tally

type Part = Callable[[Counted], str]  # by which people are grouped

HELP: Final = (State.NEED_HELP, State.INJURED)
MISSING: Final = (State.MISSING, State.WHEREABOUTS_UNKNOWN)
NINETY_FIVE: Final = 95
WHOLE: Final = 100
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of some people stand how."""

    tally: Tally
    outstanding: int

    def of(self, states: Iterable[State]) -> int:
        return sum(self.tally.states.get(state, 0) for state in states)

    @property
    def unaccounted(self) -> int:
        return self.of([State.UNACCOUNTED])

    @property
    def help(self) -> int:
        return self.of(HELP)

    @property
    def missing(self) -> int:
        return self.of(MISSING)

    @property
    def unclear(self) -> int:
        return self.of([State.UNCLEAR])


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a site, a nation or a role; `code` "" is not stated, "?" is not for the viewer
    to know.
    """

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Times:
    """When the first was accounted for, half of them, 95 %, the last; None: not yet (aware)."""

    first: datetime | None = None
    half: datetime | None = None
    ninety_five: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class HiddenGroup:
    """How many outstanding people of a nation there are whose names the viewer is not shown."""

    code: str
    name: str
    number: int
    help: int
    unclear: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To which state, site and nation (codes) a list is narrowed; "" is no limit."""

    state: str = ""
    site: str = ""
    nation: str = ""

    def fits(self, each: Counted) -> bool:
        return (
            self.state in {"", each.stood.state}
            and self.site in {"", each.site}
            and self.nation in {"", each.nation}
        )


@dataclass(frozen=True, slots=True)
class Aim:
    """A target, how it stands, and how many whole minutes are left; None: none, or it is met."""

    held: Held
    minutes_left: int | None


def site_of(each: Counted) -> str:
    return each.site


def nation_of(each: Counted) -> str:
    return each.nation


def role_of(each: Counted) -> str:
    return each.role


def by_key(each: Counted) -> str:
    return each.key


def nth(moments: Sequence[datetime], share: int, total: int) -> datetime | None:
    """When so many per cent of a total were reached; 0 is the first."""
    wanted = max(1, -(-share * total // WHOLE))
    return moments[wanted - 1] if total and len(moments) >= wanted else None


def minutes_left(each: Held, on: datetime) -> int | None:
    if each.status.reached_at is not None or each.status.due_at <= on:
        return None
    return (each.status.due_at - on) // MINUTE

"""One rehearsal as a whole: opened as an exercise or taken up, played, and told."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cadre.accountability.actions import NewMuster, open_muster
from cadre.accountability.queries.lookups import end_of
from cadre.accountability.queries.rows import Muster
from cadre.core.moments import later
from cadre.core.refused import Refused
from cadre.core.releasability import Viewer
from cadre.packs.rehearsal.crowd import Crowd, Shares
from cadre.packs.rehearsal.hands import Hands
from cadre.packs.rehearsal.listing import listing_of
from cadre.packs.rehearsal.running import Passing, Rehearsal, Seeing
from cadre.packs.rehearsal.telling import Report, Taking, report_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """How a crowd is to answer. `node`: whose pages links are posted to, "" for none."""

    shares: Shares
    seed: int = 1
    node: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """How the time of the story passes. `passing`: lets it pass until so long after the beginning
    and gives the moment (aware) then; `moment`: which moment that will be; `pace`: minutes of the
    story in one minute; `seeing`: what each step is done within, so that others see it at once.
    """

    passing: Passing
    moment: Passing
    pace: float = 1.0
    seeing: Seeing = nullcontext


def at_once(begin: datetime) -> Timing:
    """Nobody waits: everything bears the moment of the story, from `begin` (aware) on."""

    def moment(after: timedelta) -> datetime:
        return later(begin, after)

    return Timing(moment, moment)


def paced(
    begin: datetime, pace: float, clock: Callable[[], datetime], seeing: Seeing = nullcontext
) -> Timing:
    """The story passes `pace` times as fast as the clock, which everything bears the moments of."""

    def moment(after: timedelta) -> datetime:
        return later(begin, after / pace)

    def passing(after: timedelta) -> datetime:
        while (left := (moment(after) - clock()).total_seconds()) > 0:
            time.sleep(min(left, 1.0))
        return clock()

    return Timing(passing, moment, pace, seeing)


def open_exercise(new: NewMuster, *, by: Viewer, at: datetime) -> Muster:
    """Opens a muster to be rehearsed at `at` (aware). Raises as `open_muster`, and Refused for one
    that is no exercise.
    """
    require_exercise(exercise=new.exercise)
    return open_muster(new, by=by, at=at)


def rehearse(muster: Muster, play: Play, timing: Timing, *, by: Viewer) -> Report:
    """Lets a crowd answer an open exercise muster until it is closed, and tells what came of it.

    Raises Refused for a muster that is no exercise or is closed, and where everybody has answered
    already.
    """
    require_exercise(exercise=muster.exercise)
    begun = time.monotonic()
    at = timing.passing(timedelta())
    with timing.seeing():
        if end_of(by, muster) is not None:
            raise Refused(_("This muster is closed already."))
        listing = listing_of(by, muster, at=at)
    if not listing.members:
        raise Refused(_("Everybody of this muster has answered already."))
    crowd = Crowd(listing.members, play.shares, f"{play.seed} {muster.number}")
    hands = Hands(muster, listing, by, play.node.rstrip("/"))
    rehearsal = Rehearsal(
        hands, crowd.stories(),
        passing=timing.passing, moment=timing.moment, seeing=timing.seeing,
    )  # fmt: skip
    rehearsal.run()
    taking = Taking(play.seed, timing.pace, time.monotonic() - begun)
    at = timing.passing(rehearsal.after)
    with timing.seeing():
        return report_of(rehearsal, taking, at=at)


def require_exercise(*, exercise: bool) -> None:
    """Raises Refused for a muster of real people in earnest: no crowd is made up for that."""
    if not exercise:
        raise Refused(_("Only a muster that was opened as an exercise can be rehearsed."))

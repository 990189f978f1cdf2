"""The last place at which somebody is known to have been, and how much that is worth by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cadre.core.moments import later

FRESH_FOR: Final = timedelta(hours=2)
STALE_AFTER: Final = timedelta(hours=12)


class Age(StrEnum):
    """How old what is known of a place is."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    UNKNOWN = "unknown"  # nobody said where


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody was at a place at a moment (aware). `source`: who says so; `how`: how they know.

    `direct`: they were in contact with the person, or are the person.
    """

    place: str
    seen_at: datetime
    source: str
    how: str
    direct: bool = False


@dataclass(frozen=True, slots=True)
class LastKnown:
    """The latest sighting, if there is one, and its age. `elsewhere`: others of the same moment,
    as good, that name another place.
    """

    age: Age
    sighting: Sighting | None = None
    elsewhere: tuple[Sighting, ...] = ()


def last_known(
    sightings: Iterable[Sighting],
    at: datetime,
    *,
    fresh_for: timedelta = FRESH_FOR,
    stale_after: timedelta = STALE_AFTER,
) -> LastKnown:
    """Where somebody was seen last, by a moment (aware), whatever order the sightings came in.

    The latest occurrence counts; of two at one moment the direct one; of two as good the place
    that comes first by name, and the other is told beside it. Age is FRESH until `fresh_for` has
    passed, STALE from `stale_after` on; without a sighting it is UNKNOWN.
    """
    seen = [each for each in sightings if each.seen_at <= at]
    if not seen:
        return LastKnown(Age.UNKNOWN)
    best = max((each.seen_at, each.direct) for each in seen)
    found = sorted({each for each in seen if (each.seen_at, each.direct) == best}, key=by_name)
    last = found[0]
    return LastKnown(
        age_of(last.seen_at, at, fresh_for, stale_after),
        last,
        tuple(each for each in found if each.place != last.place),
    )


def by_name(sighting: Sighting) -> tuple[str, str, str]:
    return sighting.place, sighting.source, sighting.how


def age_of(seen_at: datetime, at: datetime, fresh_for: timedelta, stale_after: timedelta) -> Age:
    if at >= later(seen_at, stale_after):
        return Age.STALE
    return Age.FRESH if at < later(seen_at, fresh_for) else Age.AGEING

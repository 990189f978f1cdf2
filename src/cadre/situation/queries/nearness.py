"""Whether an incident is near a site: by distance where both can be placed, else by the tree."""

from dataclasses import dataclass
from datetime import datetime

from cadre.core.distance import kilometres
from cadre.core.moments import Moment
from cadre.mission.coordinates import Position
from cadre.mission.models import Site
from cadre.mission.queries.sites import position_of


@dataclass(frozen=True, slots=True)
class Around:
    """So many kilometres around a site."""

    site: Site
    km: float


@dataclass(frozen=True, slots=True)
class Placed:
    """An incident as seen from a site. `distance`: in kilometres; None where it is not stated.
    `unclear`: it is given because nobody can tell that it was not near.
    """

    near: bool
    distance: float | None
    unclear: bool = False


def placed(position: Position | None, place: Site | None, around: Around) -> Placed:
    """Where something lies that has a position of its own, or lies in a place, or neither.

    What lies in the site is near whatever its distance. A larger place around the site says no
    position: it may have been anywhere in it. Without any position of the site only the tree of
    places counts, and what is known to have been elsewhere is not near.
    """
    path = place.path if place is not None else []
    inside = around.site.code in path
    larger = place is not None and not inside and place.code in around.site.path
    if position is None and place is not None and not larger:
        position = position_of(place)
    centre = position_of(around.site)
    distance = kilometres(centre, position) if centre and position else None
    if inside or distance is not None:
        return Placed(inside or near_enough(distance, around.km), distance)
    nowhere = position is None and place is None
    maybe = larger or nowhere or centre is not None
    return Placed(maybe, None, unclear=maybe)


def near_enough(distance: float | None, km: float) -> bool:
    return distance is not None and distance <= km


def maybe_before(occurred: Moment, since: datetime) -> bool:
    """Whether something may have happened before a moment: nobody said when, or only vaguely."""
    return occurred.earliest is None or occurred.earliest < since

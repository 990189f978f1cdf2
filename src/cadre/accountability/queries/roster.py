"""Who should be counted, where they were last, and who is not counted and why.

One function, used by the preview before a muster is opened and by its opening, so that what was
shown is what is frozen. Nobody drops off because a session stopped or an activity line is
suspended: it asks for posts, stays and places only.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from cadre.accountability.models import Exclusion, PersonnelStatus, PlaceSource
from cadre.accountability.queries.lists import Rule, list_for, live_lists, rules
from cadre.accountability.queries.places import (
    NOWHERE,
    Circle,
    Map,
    Place,
    Within,
    last_places,
    of,
)
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.stays import WITHOUT_POST, Stay
from cadre.core.releasability import OPERATOR
from cadre.mission.models import Holding, Mission, Person
from cadre.mission.queries.holdings import held
from cadre.mission.queries.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whom a muster is about. The first of the missions is its own.

    `sites`, `nations` None: all. `counted_kinds`: kinds of status whose people are counted.
    `exercise`: what was said in exercises tells where people are, too.
    """

    missions: tuple[Mission, ...]
    sites: frozenset[str] | None = None
    nations: frozenset[str] | None = None
    circle: Circle | None = None
    counted_kinds: Collection[str] = frozenset()
    exercise: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list to be: counted, or with the reason why not.

    `in_doubt`: nobody can tell that the person is not within what the muster is about.
    """

    person: Person
    nation: str
    mission: str
    role: str = ""
    place: Place = NOWHERE
    list: UUID | None = None
    excluded: str = Exclusion.COUNTED
    because: str = ""
    in_doubt: bool = False

    @property
    def counted(self) -> bool:
        return self.excluded == Exclusion.COUNTED


def roster(wish: Wish, *, on: datetime, known_on: datetime | None = None) -> list[Line]:
    """The whole list, of everybody: for counting and for freezing. It asks for no viewer and is
    not to be shown: see `preview.preview`.

    Holders of posts of the missions at `on`, and who stays there as a visitor, local staff or
    interpreter; each person once, on the line of the first mission. The place is the latest of
    sighting, arrival and status, else that of the post. Who is absent by a kind that is not counted
    is excluded, unless seen within since; who is known to be elsewhere than the post is excluded
    if the post is within, and is not on the list if it is not. Unclear counts.
    """
    with counting():
        reading = Reading(OPERATOR, on=on, known_on=known_on)
        world = World(wish, reading)
        return [line for stay in world.stays() for line in world.lines(stay)]


class World:
    """What a list is made from, read once; of these people (None: of everybody)."""

    def __init__(
        self, wish: Wish, reading: Reading, people: Collection[UUID] | None = None
    ) -> None:
        self.wish, self.reading = wish, reading
        self.only = of(people)
        self.map = Map(reading)
        self.within = Within(self.map, wish.sites, wish.circle)
        self.seen = last_places(reading, people, exercise=wish.exercise)
        rows = reading.described(live_lists(OPERATOR, wish.missions))
        self.rules: Sequence[tuple[Rule, int]] = rules(rows)
        self.missions = {each.pk: each for each in wish.missions}

    def stays(self) -> Iterable[Stay]:
        """Each person once, with the post and what is stated; by code."""
        found: dict[UUID, Stay] = {}
        order = {each.pk: number for number, each in enumerate(self.wish.missions)}
        for each in sorted(self.holdings(), key=lambda row: (order[row.post.mission_id],
                                                             row.post.code)):  # fmt: skip
            mission = self.missions[each.post.mission_id].code
            found.setdefault(each.person_id, Stay(each.person, mission, each.post))
        for status in sorted(self.statuses(), key=lambda row: order[row.mission_id]):
            if status.person_id not in found and status.kind in WITHOUT_POST:
                mission = self.missions[status.mission_id].code
                found[status.person_id] = Stay(status.person, mission)
            if status.person_id in found:
                found[status.person_id].statuses.append(status)
        return sorted(found.values(), key=lambda stay: stay.person.code)

    def holdings(self) -> list[Holding]:
        rows = Holding.objects.filter(self.only, post__mission__in=self.wish.missions)
        return held(self.reading, rows.select_related("person__nation"))

    def statuses(self) -> list[PersonnelStatus]:
        on = self.reading.on
        rows = PersonnelStatus.objects.filter(
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=on),
            self.only,
            mission__in=self.wish.missions,
            begins_at__lte=on,
        )
        return list(self.reading.stated(rows).select_related("person__nation", "site"))

    def lines(self, stay: Stay) -> Iterable[Line]:
        """The line of one person; none for who is not within."""
        nation = stay.person.nation.code
        if self.wish.nations is not None and nation not in self.wish.nations:
            return
        place = self.place(stay)
        judged = self.judged(stay, place)
        if judged is None:
            return
        excluded, because, in_doubt = judged
        path = self.map.path(place.site) or self.map.path(stay.of_post.site)
        yield Line(
            person=stay.person,
            nation=nation,
            mission=stay.mission,
            role=stay.post.title if stay.post else "",
            place=place,
            list=list_for(self.rules, stay.person.code, path, nation),
            excluded=excluded,
            because=because,
            in_doubt=in_doubt,
        )

    def place(self, stay: Stay) -> Place:
        """The latest of what is known; where nothing is, the site of the post."""
        known = [each for each in (self.seen.get(stay.person.pk), stay.of_status) if each]
        return max(known, key=seen_at, default=stay.of_post)

    def judged(self, stay: Stay, place: Place) -> tuple[str, str, bool] | None:
        """Why somebody is not counted ("" is counted), in words, and whether it is in doubt that
        they are within; None: they are not on the list.
        """
        holds, at_post = self.within.holds(place), self.within.holds(stay.of_post)
        absent = self.uncounted(stay)
        if absent is not None and not (came_back(place, absent) and holds):
            home = at_post if stay.post is not None else holds
            return None if home is False else (absent.kind, self.stays_away(absent), False)
        if holds is not False:
            return Exclusion.COUNTED, "", holds is None
        if at_post is True:
            return Exclusion.ELSEWHERE, self.is_elsewhere(place), False
        return None

    def uncounted(self, stay: Stay) -> PersonnelStatus | None:
        status = stay.kind
        return status if status and status.kind not in self.wish.counted_kinds else None

    def stays_away(self, status: PersonnelStatus) -> str:
        """In words: which status, over which time, and where."""
        words = {
            "status": status.get_kind_display(),
            "since": minute(status.begins_at),
            "until": minute(status.ends_at) if status.ends_at else "",
            "place": status.place or (status.site.name if status.site else _("not stated")),
        }
        if status.ends_at:
            return _("%(status)s from %(since)s until %(until)s; place: %(place)s") % words
        return _("%(status)s since %(since)s; place: %(place)s") % words

    def is_elsewhere(self, place: Place) -> str:
        words = {
            "place": self.map.name(place.site) or place.words or str(place.position),
            "moment": minute(place.seen_at) if place.seen_at else _("not stated"),
            "source": place.said_by or _("not stated"),
        }
        return _("known to be at %(place)s since %(moment)s, said by: %(source)s") % words


def seen_at(place: Place) -> tuple[float, bool]:
    return (place.seen_at.timestamp() if place.seen_at else 0.0), place.source != PlaceSource.STATUS


def came_back(place: Place, absent: PersonnelStatus) -> bool:
    """Whether somebody was seen after the absence began: then it does not say where they are."""
    seen = place.source in {PlaceSource.SIGHTING, PlaceSource.ARRIVAL}
    return seen and place.seen_at is not None and place.seen_at > absent.begins_at


def minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%MZ}"

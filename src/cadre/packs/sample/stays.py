"""How the people of the fictional mission are reached, where they stay, and who counts them.

Plain values. Everything here is drawn from streams of chance of its own, so that posts, people and
sessions are what they were before anybody was counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Final

from cadre.packs.sample.names import FAMILY_HEAD, FAMILY_TAIL, FICTIONAL, FIELD, GIVEN, NATIONS
from cadre.packs.sample.names import RANKS as ALL_RANKS
from cadre.packs.sample.plan import HOST, TOUR_DAYS, Plan, PlannedPerson, Wish

DAYS: Final = TOUR_DAYS  # over which statuses are planned: the 26 weeks of the programme
DAY: Final = timedelta(days=1)
TRAVEL: Final = timedelta(hours=56)  # each way, before and after a leave
AHEAD: Final = timedelta(days=21)  # so long before it begins a leave is known
VISITS: Final = 8  # visitors who share one place among the visitors in turns
WITH_US: Final = {"local_staff": 0.10, "interpreter": 0.05, "visitor": 0.02}  # of all posts
SEEN: Final = 0.005  # of all people are seen somewhere on a day
SEEN_AWAY: Final = 0.1  # of these elsewhere than at their post
NO_PHONE, NO_CONTACT = 0.08, 0.03  # of all people; the second have no mail either

# No network has the country code 999, so that these numbers reach nobody.
PHONE: Final = "+999 {group} {number:05}"
GROUPS: Final = {"F": "100", "V": "200", "L": "300", "I": "400"}
MAIL: Final = "@fictional.invalid"  # RFC 2606: reaches nobody
IN_THE_FIELD: Final = "500"
# How many of a nation's people want to be written to in French.
FRENCH: Final = {"FR": 1.0, "BE": 0.5, "LU": 0.5, "CA": 0.25}
ARABIC: Final = {"local_staff": 0.75, "interpreter": 1.0}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A status that comes again: what share of all people has it at each moment, and for how long.

    Each person has it once in `length / share`; their turns are spread evenly, so that the share is
    the same at every moment of the 26 weeks.
    """

    kind: str
    share: float
    length: timedelta


LEAVE: Final = Rhythm("leave", 0.06, 14 * DAY)
OTHERS: Final = (Rhythm("lent", 0.01, 30 * DAY), Rhythm("present", 0.02, 4 * DAY))


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is reached: "" is not at all by that way."""

    email: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class PlannedGuest:
    """Somebody without a post."""

    code: str
    name: str
    rank: str
    nation: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlannedStatus:
    """`ends` None: no end is known. `site` "": not at one of ours."""

    person: str
    kind: str
    begins: datetime
    ends: datetime | None
    site: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSighting:
    person: str
    site: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class Stays:
    guests: tuple[PlannedGuest, ...]
    statuses: tuple[PlannedStatus, ...]
    sightings: tuple[PlannedSighting, ...]


def stream(wish: Wish, about: str) -> Random:
    return Random(f"cadre {about} {wish.seed} {wish.scale} {wish.people}")  # noqa: S311  # no secret


def contact_of(chance: Random, code: str, nation: str, kind: str = "") -> Contact:
    """Drawn anew for each person, in the order in which they are asked for."""
    lot, tongue = chance.random(), chance.random()
    language = "en"
    if tongue < FRENCH.get(nation, 0):
        language = "fr"
    if tongue < ARABIC.get(kind, 0):
        language = "ar"
    return Contact(
        email="" if lot < NO_CONTACT else f"{code.lower()}{MAIL}",
        phone="" if lot < NO_PHONE else phone_of(code),
        language=language,
    )


def phone_of(code: str) -> str:
    return PHONE.format(group=GROUPS[code[0]], number=int(code[1:]))


def contacts_in_the_field() -> dict[str, Contact]:
    """Of the people who sign in to the demonstration: there their mail is the account's."""
    return {
        code: Contact(email, PHONE.format(group=IN_THE_FIELD, number=number), "en")
        for number, (code, *_rest, email) in enumerate(FIELD, 1)
    }


def plan_stays(wish: Wish, plan: Plan) -> Stays:
    """The same for the same wish: guests, statuses over 26 weeks, and who was seen where."""
    sites = [site.code for site in plan.training_sites()]
    guests = tuple(plan_guests(stream(wish, "guests"), len(plan.people)))
    absences = tuple(plan_absences(stream(wish, "absences"), wish, plan.people, sites))
    seen = plan_sightings(stream(wish, "sightings"), wish, plan.people, sites)
    away: dict[str, list[PlannedStatus]] = {}
    for each in absences:
        away.setdefault(each.person, []).append(each)
    return Stays(
        guests=guests,
        statuses=(*absences, *plan_attendance(stream(wish, "attendance"), wish, guests, sites)),
        sightings=tuple(each for each in seen if not is_away(each, away.get(each.person, ()))),
    )


def is_away(seen: PlannedSighting, statuses: Iterable[PlannedStatus]) -> bool:
    """Nobody at the gate sees who is somewhere else."""
    return any(each.begins <= seen.seen < (each.ends or seen.seen) for each in statuses)


def start_of(wish: Wish) -> datetime:
    return datetime.combine(wish.start, time(), UTC)


def turns(chance: Random, people: int, rhythm: Rhythm) -> Iterator[tuple[int, timedelta]]:
    """Of whom (by place) and how long after the start each turn begins that lies in the 26 weeks;
    those that are under way at the start begin before it.
    """
    period = rhythm.length / rhythm.share
    for place, person in enumerate(chance.sample(range(people), people)):
        begins = period * ((place + chance.random()) / people) - period
        while begins < DAYS * DAY:
            if begins + rhythm.length > timedelta():
                yield person, timedelta(hours=round(begins / timedelta(hours=1)))
            begins += period


def plan_absences(
    chance: Random, wish: Wish, people: Sequence[PlannedPerson], sites: Sequence[str]
) -> Iterator[PlannedStatus]:
    """Leave with travel before and after; people lent, and people at another site than their own.

    Nobody is at two places at once: a turn that meets another of the same person is left out.
    """
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    for person, after in turns(chance, len(people), LEAVE):
        begins = start_of(wish) + after
        ends, code = begins + LEAVE.length, people[person].code
        taken.setdefault(person, []).append((begins - TRAVEL, ends + TRAVEL))
        way = f"On the way {FICTIONAL}"
        yield PlannedStatus(code, "transit", begins - TRAVEL, begins, place=way)
        yield PlannedStatus(code, "leave", begins, ends, place=f"Home {FICTIONAL}")
        yield PlannedStatus(code, "transit", ends, ends + TRAVEL, place=way)
    for rhythm in OTHERS:
        for person, after in turns(chance, len(people), rhythm):
            begins = start_of(wish) + after
            ends, mine = begins + rhythm.length, taken.setdefault(person, [])
            if any(begins < until and since < ends for since, until in mine):
                continue
            mine.append((begins, ends))
            other = chance.choice([site for site in sites if site != people[person].site] or sites)
            yield PlannedStatus(
                people[person].code,
                rhythm.kind,
                begins,
                ends,
                site=other if rhythm.kind == "present" else "",
                place="" if rhythm.kind == "present" else f"A sister mission {FICTIONAL}",
            )


def plan_guests(chance: Random, posts: int) -> Iterator[PlannedGuest]:
    """Local staff and interpreters of the host, and visitors of the nations, for so many posts."""
    nations = [code for code, _name in NATIONS]
    for kind, letter in (("local_staff", "L"), ("interpreter", "I"), ("visitor", "V")):
        each = VISITS if kind == "visitor" else 1
        for number in range(1, each * round(posts * WITH_US[kind]) + 1):
            family = chance.choice(FAMILY_HEAD) + chance.choice(FAMILY_TAIL)
            yield PlannedGuest(
                code=f"{letter}{number:05}",
                name=f"{chance.choice(GIVEN)} {family} {FICTIONAL}",
                rank=chance.choice(ALL_RANKS) if kind == "visitor" else "",
                nation=chance.choice(nations) if kind == "visitor" else HOST,
                kind=kind,
            )


def plan_attendance(
    chance: Random, wish: Wish, guests: Sequence[PlannedGuest], sites: Sequence[str]
) -> Iterator[PlannedStatus]:
    """Staff of the host are there all the time; visitors take turns, a week each."""
    start, week = start_of(wish), 7 * DAY
    visitors = [guest for guest in guests if guest.kind == "visitor"]
    for guest in guests:
        if guest.kind != "visitor":
            yield PlannedStatus(guest.code, guest.kind, start, None, site=chance.choice(sites))
    for place in range(len(visitors) // VISITS):
        first = start - timedelta(hours=chance.randrange(7 * 24))
        for number in range(DAYS // 7 + 2):
            guest = visitors[place * VISITS + number % VISITS]
            begins = first + number * week
            site = chance.choice(sites)
            yield PlannedStatus(guest.code, "visitor", begins, begins + week, site=site)


def plan_sightings(
    chance: Random, wish: Wish, people: Sequence[PlannedPerson], sites: Sequence[str]
) -> Iterator[PlannedSighting]:
    for day in range(DAYS):
        for _sighting in range(max(1, round(len(people) * SEEN))):
            person = chance.choice(people)
            hours = timedelta(hours=5 + chance.randrange(12), minutes=chance.randrange(60))
            away = chance.random() < SEEN_AWAY
            site = chance.choice(sites) if away else person.site
            yield PlannedSighting(person.code, site, start_of(wish) + day * DAY + hours)

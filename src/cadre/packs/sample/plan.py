"""What the fictional mission consists of: plain values, drawn from a seeded source of chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from cadre.packs.sample.names import (
    FAMILY_HEAD,
    FAMILY_TAIL,
    FICTIONAL,
    FIELD,
    FIELD_SITE,
    GIVEN,
    LINES,
    NATIONS,
    PLACES,
    POSTS,
    RANKS,
)

SITES = 8
ROOMS_EACH = 5
TOUR_DAYS = 182
AREAS = 3
DIRECTIVES = 6

PACK = "fictional"
BATCH = 2_000  # rows in one statement
MISSION = "FTM"
HOST = "FICTONIA"
COUNTRY = "fictonia"


@dataclass(frozen=True, slots=True)
class Wish:
    """How large, from which seed, and from which day on."""

    people: int
    seed: int
    scale: int
    start: date

    @property
    def text(self) -> str:
        return f"{self.people} people, seed {self.seed}, scale {self.scale}, from {self.start}"


def instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@dataclass(frozen=True, slots=True)
class PlannedSite:
    code: str
    name: str
    kind: str
    path: tuple[str, ...]
    latitude: float | None = None
    longitude: float | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """Somebody with the post that they hold."""

    code: str
    name: str
    rank: str
    nation: str
    title: str
    line: str
    site: str
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class PlannedDirective:
    """A stop by the mission or by a nation; `lifted`: the day and sites of a partial lift."""

    number: str
    authority: str
    effect: str
    reason_code: str
    reason: str
    lines: tuple[str, ...] | None
    sites: tuple[str, ...] | None
    nations: tuple[str, ...] | None
    effective: date
    lifted: tuple[date, tuple[str, ...] | None] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    sites: tuple[PlannedSite, ...]
    people: tuple[PlannedPerson, ...]
    directives: tuple[PlannedDirective, ...]
    field: tuple[PlannedPerson, ...] = ()  # who signs in to the demonstration; teaches nothing

    def everybody(self) -> tuple[PlannedPerson, ...]:
        return (*self.people, *self.field)

    def training_sites(self) -> list[PlannedSite]:
        return [site for site in self.sites if site.kind == "site"]


def plan(wish: Wish) -> Plan:
    """The same plan for the same wish, whatever the machine. Sizes are those of the wish."""
    chance = Random(f"cadre {wish.seed} {wish.scale} {wish.people}")  # noqa: S311  # no secret
    sites = tuple(plan_sites(chance, SITES * wish.scale))
    places = [site.code for site in sites if site.kind == "site"]
    return Plan(
        sites=sites,
        people=tuple(plan_people(chance, wish, places)),
        directives=tuple(plan_directives(chance, wish, places)),
        field=tuple(plan_field(wish, places[FIELD_SITE])),
    )


def plan_field(wish: Wish, site: str) -> Iterator[PlannedPerson]:
    for code, name, nation, title, line, _email in FIELD:
        ends = wish.start + timedelta(days=TOUR_DAYS * 2)
        yield PlannedPerson(
            code, f"{name} {FICTIONAL}", "OF-3", nation, title, line, site, wish.start, ends
        )


def plan_sites(chance: Random, number: int) -> Iterator[PlannedSite]:
    """A country, its areas, training sites and five rooms each. Positions lie in the open sea."""
    yield PlannedSite(COUNTRY, f"Fictonia {FICTIONAL}", "country", (COUNTRY,))
    areas = [f"{COUNTRY}-area-{index + 1}" for index in range(AREAS)]
    for index, area in enumerate(areas):
        yield PlannedSite(area, f"Area {index + 1} {FICTIONAL}", "area", (COUNTRY, area))
    for index in range(number):
        area = areas[index % AREAS]
        code = f"site-{index + 1:02}"
        again = index // len(PLACES)
        name = f"{PLACES[index % len(PLACES)]}{f' {again + 1}' if again else ''} {FICTIONAL}"
        latitude = round(-38 + chance.uniform(-4, 4), 5)
        longitude = round(80 + chance.uniform(-6, 6), 5)
        yield PlannedSite(code, name, "site", (COUNTRY, area, code), latitude, longitude)
        for room in range(ROOMS_EACH):
            inside = f"{code}-room-{room + 1}"
            yield PlannedSite(
                inside,
                f"Room {room + 1}, {name}",
                "room",
                (COUNTRY, area, code, inside),
                capacity=chance.choice((12, 20, 30, 45)),
            )


def plan_people(chance: Random, wish: Wish, places: list[str]) -> Iterator[PlannedPerson]:
    nations = [code for code, _name in NATIONS]
    weights = [chance.randint(1, 12) for _nation in nations]
    titles = [post[:2] for post in POSTS]
    post_weights = [post[2] for post in POSTS]
    for index in range(wish.people * wish.scale):
        # One of each nation first, so that no nation is without anybody.
        nation = nations[index] if index < len(nations) else chance.choices(nations, weights)[0]
        title, line = chance.choices(titles, post_weights)[0]
        begins = wish.start - timedelta(days=chance.randint(0, TOUR_DAYS - 1))
        family = chance.choice(FAMILY_HEAD) + chance.choice(FAMILY_TAIL)
        yield PlannedPerson(
            code=f"F{index + 1:05}",
            name=f"{chance.choice(GIVEN)} {family} {FICTIONAL}",
            rank=chance.choice(RANKS),
            nation=nation,
            title=title,
            line=line,
            site=chance.choice(places),
            begins=begins,
            ends=begins + timedelta(days=TOUR_DAYS * 2),
        )


def plan_directives(chance: Random, wish: Wish, places: list[str]) -> Iterator[PlannedDirective]:
    """Stops of every kind: by site, by nation, restricting, partly lifted."""
    lines = [code for code, _name in LINES]
    for index in range(DIRECTIVES * wish.scale):
        stopped = tuple(sorted(chance.sample(places, chance.randint(1, max(1, len(places) // 3)))))
        day = wish.start + timedelta(days=7 + index % 80)
        number = f"FTM-{index + 1:03}"
        match index % 3:
            case 0:
                yield PlannedDirective(
                    number, f"Commander, mission FTM {FICTIONAL}", "suspend", "threat_warning",
                    f"Warning of an attack near the sites {FICTIONAL}", ("training",), stopped,
                    None, day, (day + timedelta(days=21), stopped[:1]) if stopped[1:] else None,
                )  # fmt: skip
            case 1:
                nation, name = chance.choice(NATIONS)
                yield PlannedDirective(
                    number, f"{name} {FICTIONAL}", "suspend", "national",
                    f"National caveat {FICTIONAL}", (chance.choice(lines),), None, (nation,), day,
                )  # fmt: skip
            case _:
                yield PlannedDirective(
                    number, f"Force protection officer {FICTIONAL}", "restrict",
                    "force_protection_capacity", f"Escorts are short {FICTIONAL}", None,
                    stopped[:1], None, day, (day + timedelta(days=14), None),
                )  # fmt: skip

"""A mission with very many orders, from a seed: for `posture.py`."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from _harness import filling

from cadre.core.moments import Moment
from cadre.directives.models import Clock, Directive, Lift, Timing
from cadre.mission.models import (
    Authorisation,
    HostRequest,
    Mandate,
    Mission,
    Organisation,
    OrganisationKind,
    Site,
    SiteKind,
)
from cadre.record.fields import moment_values

START = datetime(2030, 1, 1, tzinfo=UTC)
DAYS = 730
LINES = ("training", "advising", "capacity-building")
NATIONS = tuple(f"N{number:02}" for number in range(32))
SITES = tuple(f"site-{number}" for number in range(8))
ROOMS = {site: tuple(f"{site}-room-{number}" for number in range(5)) for site in SITES}
TABLES = (
    "mission_mission",
    "mission_organisation",
    "mission_mandate",
    "mission_hostrequest",
    "mission_authorisation",
    "mission_site",
    "directives_directive",
    "directives_timing",
    "directives_lift",
)
STATED = {"recorded_at": START, "recorded_by": "benchmark", "known_from": START}

type Names = list[str] | None


@dataclass(frozen=True)
class Extent:
    lines: Names
    sites: Names
    nations: Names

    def values(self, prefix: str = "") -> dict[str, Names]:
        return {
            f"{prefix}lines": self.lines,
            f"{prefix}sites": self.sites,
            f"{prefix}nations": self.nations,
        }


@dataclass
class Orders:
    """Directives that begin all over two years, each lifted in parts and most of them in the end.

    Three in ten begin within vague bounds, two in ten may cover more than they surely do.
    """

    dice: random.Random
    mission: Mission
    directives: list[Directive] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)
    lifts: list[Lift] = field(default_factory=list)

    def issue(self, number: int) -> None:
        start = START + timedelta(seconds=self.dice.randrange(DAYS * 86_400))
        surely = self.extent()
        wider = self.chance(0.2)
        directive = Directive(
            number=f"D{number}",
            mission=self.mission,
            effect=self.dice.choice([1, 2]),
            authority="the commander",
            **surely.values("sure_"),
            **Extent(None if wider else surely.lines, surely.sites, surely.nations).values(
                "perhaps_"
            ),
            **STATED,
        )
        self.directives.append(directive)
        for moment in self.moments(start):
            values = moment_values("moment", moment)
            self.timings.append(
                Timing(directive=directive, clock=Clock.EFFECTIVE, **values, **STATED)
            )
        for each, (extent, after) in enumerate(self.lifting(surely)):
            self.lifts.append(
                Lift(
                    directive=directive,
                    number=f"L{number}-{each}",
                    authority="the commander",
                    **extent.values(),
                    **moment_values("effective", self.vague(start + after)),
                    **STATED,
                )
            )

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def extent(self) -> Extent:
        sites: Names = None
        if self.chance(0.6):
            site = self.dice.choice(SITES)
            sites = self.dice.sample(ROOMS[site], self.dice.randint(1, 3))
        elif self.chance(0.92):
            sites = [self.dice.choice(SITES)]
        lines = self.dice.sample(LINES, 1) if self.chance(0.5) else None
        nations = self.dice.sample(NATIONS, 3) if self.chance(0.5) else None
        return Extent(lines, sites, nations)

    def moments(self, start: datetime) -> Iterator[Moment]:
        yield self.vague(start)
        if self.chance(0.2):
            yield Moment(None, start + timedelta(days=2), "by")

    def vague(self, start: datetime) -> Moment:
        if self.chance(0.7):
            return Moment.at(start)
        return Moment(start, start + timedelta(days=self.dice.randint(1, 5)), "between")

    def lifting(self, extent: Extent) -> Iterator[tuple[Extent, timedelta]]:
        """One or two lifts for a part, then nearly always one for all the rest."""
        day = 0
        for _ in range(self.dice.randint(1, 2)):
            day += self.dice.randint(1, 14)
            lines, sites, nations = extent.lines, extent.sites, extent.nations
            match self.dice.randrange(3):
                case 0:
                    lines = [self.dice.choice(lines or LINES)]
                case 1:
                    sites = [self.dice.choice(sites or SITES)]
                case _:
                    nations = self.dice.sample(nations or NATIONS, 2)
            yield Extent(lines, sites, nations), timedelta(days=day)
        if self.chance(0.99):
            yield Extent(None, None, None), timedelta(days=day + self.dice.randint(3, 30))


def fill(count: int, *, seed: int) -> None:
    """Puts the mission and `count` directives on record, by the owner of the tables."""
    with filling(*TABLES):
        write(count, seed)


def write(count: int, seed: int) -> None:
    mission = Mission(code="F", name="Fictional", **STATED)
    host = Organisation(code="XX", name="Host", kind=OrganisationKind.NATION)
    mandate = Mandate(mission=mission, wording="To train.", **STATED)
    request = HostRequest(mission=mission, host=host, wording="Come.", **STATED)
    opened = Authorisation(
        mission=mission,
        host_request=request,
        mandate=mandate,
        **moment_values("begins", Moment.at(START - timedelta(days=1))),
        **STATED,
    )
    for row in (mission, host, mandate, request, opened):
        row.save(using="owner", force_insert=True)
    for row in places():
        row.save(using="owner", force_insert=True)
    orders = Orders(random.Random(seed), mission)  # noqa: S311  # no secret
    for number in range(count):
        orders.issue(number)
    Directive.objects.using("owner").bulk_create(orders.directives)
    Timing.objects.using("owner").bulk_create(orders.timings)
    Lift.objects.using("owner").bulk_create(orders.lifts)


def places() -> Iterator[Site]:
    def site(code: str, kind: str, parent: Site | None) -> Site:
        path = [*(parent.path if parent else ()), code]
        return Site(code=code, name=code, kind=kind, parent=parent, path=path)

    country = site("country", SiteKind.COUNTRY, None)
    yield country
    for name in SITES:
        base = site(name, SiteKind.SITE, country)
        yield base
        for room in ROOMS[name]:
            yield site(room, SiteKind.ROOM, base)


def asked(count: int, *, seed: int) -> Iterator[Sequence[object]]:
    """Questions as a staff has them: mostly about a room and a nation, some about whole areas."""
    dice = random.Random(seed)  # noqa: S311  # no secret
    rooms = [room for rooms in ROOMS.values() for room in rooms]
    # of a hundred: 80 about a room, 16 about a site, 2 about the country, 2 about the mission
    places = [*rooms * 16, *SITES * 16, *["country"] * 16, *[""] * 16]
    nations = [*NATIONS * 9, *[""] * len(NATIONS)]
    for number in range(count):
        at = START + timedelta(seconds=dice.randrange(DAYS * 86_400))
        place = dice.choice(places)
        yield number, "F", dice.choice(LINES), place, dice.choice(nations), at

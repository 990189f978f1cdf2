"""Who counts whom in the fictional mission: plain values."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from cadre.packs.sample.names import FICTIONAL, FIELD, NATIONS, WITHHELD
from cadre.packs.sample.plan import Plan, PlannedPerson, Wish
from cadre.packs.sample.stays import stream

LARGE: Final = 55  # with more people a site is counted by nation
ENOUGH: Final = 8  # people of a nation at a large site that have a list of their own
ALTERNATES: Final = 2
AT_MOST: Final = 40  # people on a list of a nation that keeps its names to itself

type People = list[PlannedPerson]


@dataclass(frozen=True, slots=True)
class PlannedList:
    """`site` and `nation` "": not by that; `people`: by name; `wardens`: the warden first."""

    code: str
    title: str
    site: str = ""
    nation: str = ""
    people: tuple[str, ...] = ()
    wardens: tuple[str, ...] = ()


def plan_lists(wish: Wish, plan: Plan) -> tuple[PlannedList, ...]:
    """The same for the same wish: a list for each site, the large ones by nation, and lists by name
    for the nations that keep their names to themselves, whom only their own people can count.
    """
    chance, names = stream(wish, "wardens"), {site.code: site.name for site in plan.sites}
    at: Mapping[str, People] = defaultdict(list)
    of: Mapping[str, People] = defaultdict(list)
    for person in plan.everybody():
        (of[person.nation] if person.nation in WITHHELD else at[person.site]).append(person)
    return (
        *(
            each
            for site in sorted(at)
            for each in lists_of_site(chance, site, names[site], at[site])
        ),
        *(each for nation in sorted(of) for each in lists_of_nation(chance, nation, of[nation])),
    )


def lists_of_site(chance: Random, site: str, name: str, people: People) -> Iterator[PlannedList]:
    by_nation = Counter(person.nation for person in people)
    if len(people) > LARGE:
        for nation in sorted(code for code, number in by_nation.items() if number >= ENOUGH):
            own = [person for person in people if person.nation == nation]
            people = [person for person in people if person.nation != nation]
            title = f"{nation}: {name}"
            wardens = chosen(chance, own)
            yield PlannedList(f"{site}-{nation.lower()}", title, site, nation, wardens=wardens)
    yield PlannedList(site, name, site, wardens=chosen(chance, people))


def lists_of_nation(chance: Random, nation: str, people: People) -> Iterator[PlannedList]:
    ordered = sorted(people, key=lambda person: (person.site, person.code))
    for number, first in enumerate(range(0, len(ordered), AT_MOST), 1):
        part = ordered[first : first + AT_MOST]
        yield PlannedList(
            f"{nation.lower()}-{number}",
            f"{dict(NATIONS)[nation]}, {number} {FICTIONAL}",
            nation=nation,
            people=tuple(person.code for person in part),
            wardens=chosen(chance, part),
        )


def chosen(chance: Random, people: Sequence[PlannedPerson]) -> tuple[str, ...]:
    """The warden and alternates, of these people; who signs in from the field comes first."""
    codes = [person.code for person in people]
    fixed = [code for code in codes if code == FIELD[0][0]]
    others = [code for code in codes if code not in {own for own, *_rest in FIELD}]
    drawn = chance.sample(others, min(len(others), 1 + ALTERNATES))
    return tuple([*fixed, *drawn][: 1 + ALTERNATES])

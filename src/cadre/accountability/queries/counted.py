"""Lists of wardens with the people who stand on them now, and the lists that somebody counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.accountability.models import Muster, Warden, WardenList
from cadre.accountability.queries import lookups
from cadre.accountability.queries.lists import ListRead, how_many, lists, warden_rows, wardens_of
from cadre.accountability.queries.released import released
from cadre.accountability.queries.roster import Line, Wish, roster
from cadre.accountability.queries.stays import WITHOUT_POST
from cadre.accountability.queries.when import When
from cadre.core.releasability import Viewer, may_see
from cadre.mission.models import Mission, Person


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list, and how many stand on it at the moment asked about, of everybody."""

    read: ListRead
    number: int


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a mission by code, and how many people stand on none."""

    lists: tuple[ListLine, ...]
    nobody: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list: wardens and people whose names the viewer may see, how many more there are, and
    the musters that are open and may count it.
    """

    wardens: tuple[Warden, ...]
    hidden_wardens: int
    people: tuple[Line, ...]
    hidden: int
    open: tuple[Muster, ...]


@dataclass(frozen=True, slots=True)
class MyList:
    """A list that the viewer counts, and the open musters of its mission."""

    warden: Warden
    musters: tuple[Muster, ...]


def whole(mission: Mission, when: When) -> list[Line]:
    """Everybody of a mission, on the list on which each stands; for counting only."""
    return roster(everybody_of(mission), on=when.on, known_on=when.known_on)


def everybody_of(mission: Mission) -> Wish:
    return Wish(missions=(mission,), counted_kinds=WITHOUT_POST)


def lists_of(viewer: Viewer, mission: Mission, when: When) -> Lists:
    numbers = Counter(each.list for each in whole(mission, when))
    found = tuple(ListLine(each, numbers.get(each.row.pk, 0)) for each in lists(viewer, mission))
    return Lists(found, numbers.get(None, 0))


def one_list(viewer: Viewer, row: WardenList, when: When) -> ListPage:
    listed = people_on(row.pk, row.mission, when)
    known = [each for each in listed if may_see(viewer, each.person.marking)]
    wish = everybody_of(row.mission)
    seen = released(viewer, known, wish, on=when.on, known_on=when.known_on)
    wardens = wardens_of(viewer, [row]).get(row.pk, [])
    return ListPage(
        wardens=tuple(wardens),
        hidden_wardens=how_many([row]).get(row.pk, 0) - len(wardens),
        people=tuple(sorted(seen, key=lambda each: (each.person.name, each.person.code))),
        hidden=len(listed) - len(seen),
        open=tuple(lookups.musters_open(viewer, on=when.on, missions=[row.mission])),
    )


def people_on(row: UUID | None, mission: Mission, when: When) -> list[Line]:
    return [each for each in whole(mission, when) if each.list == row]


def counted_by(viewer: Viewer, *, at: datetime) -> tuple[MyList, ...]:
    """By code of the list; none for somebody who is warden or alternate of no list."""
    rows = warden_rows(viewer)
    opened = lookups.musters_open(viewer, on=at) if rows else []
    return tuple(
        MyList(row, tuple(each for each in opened if counts(each, row.list.mission)))
        for row in rows
    )


def counts(muster: Muster, mission: Mission) -> bool:
    """Whether people of a mission may be on a muster's list."""
    return muster.mission_id == mission.pk or mission.code in muster.beside


def chosen_people(
    viewer: Viewer,
    mission: Mission,
    named: Sequence[Person],
    rule: Mapping[str, str],
    *,
    at: datetime,
) -> list[Person]:
    """Who is named, then who is meant by a rule: see `people_to_move`; each once."""
    if not any(rule.values()):
        return list(dict.fromkeys(named))
    meant = people_to_move(viewer, mission, **rule, when=When(at, None, at))
    return list(dict.fromkeys([*named, *meant]))


def people_to_move(  # a scope has so many dimensions
    viewer: Viewer,
    mission: Mission,
    *,
    site: str,
    nation: str,
    warden_list: str,
    when: When,
) -> list[Person]:
    """Who of a mission is at a site (or below it), of a nation, on a list; "" is no limit. People
    who are away are not among them, nor are people whose names the viewer may not see.
    """
    wish = Wish(
        missions=(mission,),
        sites=frozenset({site}) if site else None,
        nations=frozenset({nation}) if nation else None,
        counted_kinds=WITHOUT_POST,
    )
    row = lookups.warden_list(viewer, mission, warden_list) if warden_list else None
    found = [
        each.person
        for each in roster(wish, on=when.on, known_on=when.known_on)
        if each.counted
        and (not warden_list or (row is not None and each.list == row.pk))
        and may_see(viewer, each.person.marking)
    ]
    Person.told((str(each.pk), each.classification) for each in found)
    return found


def warden_called(viewer: Viewer, row: UUID) -> Warden | None:
    """A warden in place by the id of the row; None where the viewer may know of none."""
    rows = Warden.objects.visible_to(viewer).filter(pk=row, dropped=False, list__dropped=False)
    return rows.select_related("list__mission", "person__nation").first()

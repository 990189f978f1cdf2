"""Lists of wardens: who counts whom, and a warden's own lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from cadre.access.models import MarkedQuerySet
from cadre.accountability.models import Warden, WardenList
from cadre.accountability.queries.sight import counting
from cadre.core.releasability import Viewer
from cadre.mission.models import Mission, Person


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list with its warden and the alternates in their order, as far as the viewer may see."""

    row: WardenList
    wardens: tuple[Warden, ...]
    hidden: int  # wardens whose names the viewer may not see

    @property
    def without_warden(self) -> bool:
        return not self.wardens and not self.hidden


@dataclass(frozen=True, slots=True)
class Rule:
    """A list as it is looked for: whom it names, and else for which place and nation it is."""

    row: UUID
    code: str
    mission: UUID
    site: str
    nation: str
    people: frozenset[str]

    def fits(self, path: frozenset[str], nation: str) -> bool:
        """Whether the rule is for somebody of a nation at the end of a path of places."""
        if self.people and not self.site and not self.nation:
            return False  # it is for those whom it names
        return (not self.site or self.site in path) and self.nation in {"", nation}


def live_lists(viewer: Viewer, missions: Iterable[Mission]) -> MarkedQuerySet[WardenList]:
    rows = WardenList.objects.visible_to(viewer).filter(mission__in=list(missions), dropped=False)
    return rows.select_related("mission", "site", "nation").order_by("mission__code", "code")


def rules(rows: Iterable[WardenList]) -> list[tuple[Rule, int]]:
    """Each list as a rule, with how deep its place lies in the tree (0: it names none)."""
    return [
        (
            Rule(
                row=row.pk,
                code=row.code,
                mission=row.mission_id,
                site=row.site.code if row.site else "",
                nation=row.nation.code if row.nation else "",
                people=frozenset(row.people),
            ),
            len(row.site.path) if row.site else 0,
        )
        for row in rows
    ]


def list_for(
    known: Sequence[tuple[Rule, int]], person: str, path: frozenset[str], nation: str
) -> UUID | None:
    """The list on which a person (a code) stands: one that names the person, else the one for the
    smallest place, of these one for the nation, of these the first by code. None: nobody's.
    """
    named = [rule for rule, _depth in known if person in rule.people]
    if named:
        return min(named, key=by_code).row
    fitting = [(rule, depth) for rule, depth in known if rule.fits(path, nation)]
    if not fitting:
        return None
    best = max((depth, bool(rule.nation)) for rule, depth in fitting)
    found = [rule for rule, depth in fitting if (depth, bool(rule.nation)) == best]
    return min(found, key=by_code).row


def by_code(rule: Rule) -> tuple[str, str]:
    return rule.code, str(rule.row)


def lists(viewer: Viewer, mission: Mission) -> tuple[ListRead, ...]:
    """The lists of a mission by code, each with its wardens."""
    rows = list(live_lists(viewer, [mission]))
    wardens = wardens_of(viewer, rows)
    numbers = how_many(rows)
    return tuple(
        ListRead(row, seen := tuple(wardens.get(row.pk, ())), numbers.get(row.pk, 0) - len(seen))
        for row in rows
    )


def wardens_of(viewer: Viewer, rows: Iterable[WardenList]) -> Mapping[UUID, list[Warden]]:
    """The wardens whom the viewer may see, by list, in their order."""
    found: dict[UUID, list[Warden]] = {}
    wardens = Warden.objects.visible_to(viewer).filter(list__in=list(rows), dropped=False)
    for each in wardens.select_related("person").order_by("position"):
        found.setdefault(each.list_id, []).append(each)
    return found


def how_many(rows: Iterable[WardenList]) -> Mapping[UUID, int]:
    """How many wardens each list has, also those whom who asks may not see: a number only."""
    with counting(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT list_id, count(*) FROM accountability_warden"
            " WHERE list_id = ANY (%s) AND NOT dropped GROUP BY list_id",
            [[row.pk for row in rows]],
        )
        return dict(cursor.fetchall())


def warden_rows(viewer: Viewer) -> list[Warden]:
    """The lists whose warden or alternate the viewer is, as rows: by the address of the account,
    which is the person's.
    """
    if not viewer.account:
        return []
    mine = Person.objects.visible_to(viewer).filter(email__iexact=viewer.account)
    rows = Warden.objects.visible_to(viewer).filter(
        person__in=mine, dropped=False, list__dropped=False
    )
    return list(rows.select_related("list__mission", "list__site", "person").order_by("list__code"))

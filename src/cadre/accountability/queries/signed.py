"""What is behind a signed link: a stranger is told of nobody but whom the link is for.

A link that this node did not make says nothing: every answer is None then. Sight: a check-in link
tells of its own person only; a warden's link of the people on the list whom the warden may see.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cadre.access.models import RoleChoices
from cadre.access.queries import seeing
from cadre.accountability import links
from cadre.accountability.models import CheckIn, Muster, MusterEntry, Warden
from cadre.accountability.queries import lookups
from cadre.accountability.queries.board import Board, Counted, board_of
from cadre.accountability.queries.lines import Outstanding, lines_of
from cadre.accountability.queries.lists import warden_rows
from cadre.accountability.queries.sight import counting
from cadre.accountability.queries.standings import Asked, Stood, stood
from cadre.accountability.queries.when import When
from cadre.core.releasability import OPERATOR, Classification, Viewer


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a check-in link shows to its person: the muster, how the person stands by now, what was
    said of them through any door, and whether the muster was closed.
    """

    entry: MusterEntry
    muster: Muster
    stood: Stood
    said: tuple[CheckIn, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class WardenPage:
    """A warden's list at a muster: all whom the warden may see, outstanding ones first, and how
    many more stand on it. `viewer`: as whom the warden looks and reports.
    """

    warden: Warden
    muster: Muster
    viewer: Viewer
    people: tuple[Outstanding, ...]
    hidden: int
    closed: bool


def by_link(token: str, *, at: datetime) -> OwnPage | None:
    """What a check-in link is for; None for a link that is not genuine."""
    row = links.entry_of(token)
    if row is None:
        return None
    with counting():
        entry = lookups.entry(OPERATOR, row)
        if entry is None:
            return None
        end = lookups.end_of(OPERATOR, entry.muster)
        said = CheckIn.objects.filter(
            person=entry.person, occurred_at__gte=entry.muster.counts_from, occurred_at__lte=at
        )
        return OwnPage(
            entry,
            entry.muster,
            stood(Asked(entry.muster, at), [row])[row],
            tuple(said.order_by("-occurred_at", "-recorded_at")),
            closed=end is not None and end.at <= at,
        )


def by_warden_link(token: str, *, at: datetime) -> WardenPage | None:
    """What a warden's link is for; None for one that is not genuine, or whose warden was replaced
    or whose list is no longer used.
    """
    found = wards_by_link(token, at=at)
    if found is None:
        return None
    with seeing(found.board.viewer):
        return found.page()


def wards_by_link(token: str, *, at: datetime) -> "Wards | None":
    """The same without what is known of each: what a report through the link is held against."""
    rows = links.muster_and_warden_of(token)
    if rows is None:
        return None
    with counting():
        warden = live_warden(rows[1])
        muster = Muster.objects.filter(pk=rows[0]).select_related("mission").first()
    if warden is None or muster is None:
        return None
    viewer = viewer_of_warden(warden, muster)
    with seeing(viewer):
        return wards(viewer, warden, muster, When(at, None, at))


def live_warden(row: UUID) -> Warden | None:
    rows = Warden.objects.filter(pk=row, dropped=False, list__dropped=False)
    return rows.select_related("list__mission", "person__nation").first()


def viewer_of_warden(warden: Warden, muster: Muster) -> Viewer:
    """As whom a warden looks: somebody of the own nation and of the staff of the mission."""
    person = warden.person
    return Viewer(
        name=str(person),
        clearance=Classification.UNCLASSIFIED,
        affiliations=frozenset({person.nation.code, muster.mission.code}),
        roles=frozenset({(RoleChoices.WARDEN.value, muster.mission.code)}),
        account=person.email or None,
    )


@dataclass(frozen=True, slots=True)
class Wards:
    """Those whom a warden counts at a muster: on the board as the warden sees it."""

    warden: Warden
    board: Board

    @property
    def shown(self) -> tuple[Counted, ...]:
        """Those whom the warden is shown: riskiest first, then those about whom nothing has to be
        done, by name.
        """
        line = {each.entry: place for place, each in enumerate(self.board.numbers.outstanding)}
        seen = (each for each in self.board.numbers.everybody if self.board.shown(each))
        return tuple(sorted(seen, key=lambda each: (line.get(each.entry, len(line)), each.key)))

    def page(self) -> WardenPage:
        shown = self.shown
        return WardenPage(
            self.warden,
            self.board.muster,
            self.board.viewer,
            lines_of(self.board, shown),
            len(self.board.numbers.everybody) - len(shown),
            closed=not self.board.open,
        )


def wards(viewer: Viewer, warden: Warden, muster: Muster, when: When) -> Wards:
    """Those who stand on a warden's list at a muster; a board of nobody else."""
    with counting():
        rows = MusterEntry.objects.filter(muster=muster, list=warden.list_id)
        entries = list(rows.values_list("pk", flat=True))
    return Wards(warden, board_of(viewer, muster, when, live_page=True, entries=entries))


def my_lists(viewer: Viewer, when: When) -> tuple[WardenPage, ...]:
    """The lists that a signed-in viewer counts, at each open muster of their mission; () for who is
    no warden. Only people on these lists are in it.
    """
    return tuple(
        wards(viewer, warden, muster, when).page()
        for warden in warden_rows(viewer)
        for muster in lookups.musters_open(viewer, on=when.on, missions=[warden.list.mission])
    )

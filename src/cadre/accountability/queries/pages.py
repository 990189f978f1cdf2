"""A board as its page and its papers show it: names beside numbers, groups with their names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from cadre.accountability.models import (
    CheckIn,
    Muster,
    MusterEnd,
    MusterEntry,
    Warden,
    WardenList,
)
from cadre.accountability.queries.board import Board, entries_of
from cadre.accountability.queries.figures import (
    HELP,
    NINETY_FIVE,
    WHOLE,
    Aim,
    Figures,
    Group,
    HiddenGroup,
    Narrowed,
    Part,
    Times,
    by_key,
    minutes_left,
    nation_of,
    nth,
    role_of,
    site_of,
)
from cadre.accountability.queries.holds import withheld
from cadre.accountability.queries.lines import (
    Excluded,
    Outstanding,
    ToLook,
    excluded,
    lines_of,
    outstanding,
    reading_of,
    to_look,
)
from cadre.accountability.queries.lists import wardens_of
from cadre.accountability.queries.mentions import Mentioned, open_mentions
from cadre.accountability.queries.places import Map
from cadre.accountability.queries.released import UNRELEASED, nations_known
from cadre.core.accountability import State, Tally
from cadre.mission.queries.posts import Extent, Listed

ON_ONE_PAGE: Final = 100  # names


@dataclass(frozen=True)
class Page:
    """All that the page of a muster says."""

    board: Board

    @property
    def row(self) -> Muster:
        return self.board.muster

    @property
    def end(self) -> MusterEnd | None:
        return None if self.board.open else self.board.end

    @cached_property
    def figures(self) -> Figures:
        numbers = self.board.numbers
        return Figures(numbers.count.everybody, len(numbers.outstanding))

    @cached_property
    def outstanding(self) -> tuple[Outstanding, ...]:
        return outstanding(self.board)

    @property
    def all_outstanding(self) -> tuple[Outstanding, ...]:
        """All of them whose names the viewer is shown, for what is no page."""
        return lines_of(self.board, self.board.named)

    @property
    def more(self) -> int:
        """How many outstanding people there are whose names have no place on this page."""
        return len(self.board.named) - len(self.outstanding)

    @cached_property
    def hidden(self) -> tuple[HiddenGroup, ...]:
        sums: dict[str, Counter[str]] = {}
        for each in self.board.hidden:
            told = each.nation if each.nation in self.nations else UNRELEASED
            found = sums.setdefault(told, Counter())
            found["number"] += each.number
            found["help"] += each.number * (each.state in HELP)
            found["unclear"] += each.number * (each.state is State.UNCLEAR)
        return tuple(
            HiddenGroup(
                code,
                self.nations.get(code, _("a nation that you are not told of")),
                found["number"],
                found["help"],
                found["unclear"],
            )
            for code, found in sorted(sums.items())
        )

    @cached_property
    def to_look(self) -> tuple[ToLook, ...]:
        return to_look(self.board)

    def everybody(self, narrowed: "Narrowed", page: int) -> Listed[Outstanding]:
        """A page of those who are counted and whose names the viewer is shown, by name."""
        shown = [
            each
            for each in self.board.numbers.everybody
            if self.board.shown(each) and narrowed.fits(each)
        ]
        found = Paginator(sorted(shown, key=by_key), ON_ONE_PAGE).get_page(page)
        extent = Extent(found.paginator.count, found.paginator.num_pages)
        return Listed(lines_of(self.board, list(found.object_list)), found.number, extent)

    @cached_property
    def excluded(self) -> Excluded:
        return excluded(self.board)

    @cached_property
    def mentions(self) -> Mentioned:
        """What was said of people by name as typed, of whom nobody has found out who is meant."""
        when = self.board.when
        found = open_mentions(self.board.viewer, self.row, on=when.on, known_on=when.known_on)
        held = self.board.held
        rows = [
            each
            for each in found.rows
            if each.through is None or each.through.person_id not in held
        ]
        return Mentioned(tuple(rows), found.number)

    @property
    def not_counted(self) -> int:
        """How many stand on the list and are excluded, of everybody."""
        return sum(self.excluded.kinds.values())

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        return tuple(
            Aim(each, minutes_left(each, self.board.when.on)) for each in self.board.numbers.targets
        )

    @cached_property
    def times(self) -> Times:
        everybody = self.board.numbers.everybody
        known = sorted(
            each.stood.accounted_at for each in everybody if each.stood.accounted_at is not None
        )
        return Times(*(nth(known, share, len(everybody)) for share in (0, 50, NINETY_FIVE, WHOLE)))

    @cached_property
    def by_site(self) -> tuple[Group, ...]:
        known = {row.code: row.name for row in self.map.sites.values()}
        return self.groups(self.board.numbers.count.sites, site_of, known)

    @cached_property
    def by_nation(self) -> tuple[Group, ...]:
        return self.groups(self.board.numbers.count.nations, nation_of, self.nations)

    @cached_property
    def by_role(self) -> tuple[Group, ...]:
        return self.groups(self.board.numbers.count.roles, role_of, {})

    def groups(
        self, tallies: Mapping[str, Tally], part: Part, known: Mapping[str, str]
    ) -> tuple[Group, ...]:
        """The people by a part. What the viewer knows neither by name nor from somebody whom he is
        shown stands together as UNRELEASED.
        """
        shown = {part(each): part(each) for each in self.board.numbers.everybody
                 if self.board.shown(each)}  # fmt: skip
        names = {"": ""} | shown | dict(known)
        open_ones = Counter(part(each) for each in self.board.numbers.outstanding)
        sums: dict[str, Counter[State]] = {}
        outstanding: Counter[str] = Counter()
        for code, tally in tallies.items():
            told = code if code in names else UNRELEASED
            sums.setdefault(told, Counter()).update(tally.states)
            outstanding[told] += open_ones[code]
        found = (
            Group(code, names.get(code, ""), Figures(Tally(dict(states)), outstanding[code]))
            for code, states in sums.items()
        )
        return tuple(sorted(found, key=lambda each: (-each.figures.outstanding, each.name)))

    @cached_property
    def map(self) -> Map:
        return Map(reading_of(self.board))

    @cached_property
    def nations(self) -> dict[str, str]:
        return nations_known(self.board.viewer, self.board.numbers.count.nations)

    @cached_property
    def withheld(self) -> frozenset[UUID]:
        """Whose names are held, also those that this viewer is shown."""
        return withheld(now=self.board.when.now)

    @cached_property
    def late(self) -> tuple[CheckIn, ...]:
        """What came on record after the muster was closed, the latest first."""
        end = self.board.end
        if end is None:
            return ()
        people = [each.person for each in self.board.numbers.everybody if self.board.shown(each)]
        rows = CheckIn.objects.filter(
            muster=self.row, recorded_at__gte=end.at, person__in=people
        ).select_related("person")
        return tuple(reading_of(self.board).stated(rows).order_by("-recorded_at"))

    def of_list(self, row: UUID | None) -> tuple[MusterEntry, ...]:
        """Who stands on one list (None: on none), by name, as far as the viewer is shown names."""
        found = [
            each.entry
            for each in self.board.numbers.everybody
            if each.list == row and self.board.shown(each)
        ]
        entries = entries_of(self.board.viewer, found).values()
        return tuple(sorted(entries, key=lambda each: (each.person.name, each.person.code)))

    @cached_property
    def lists(self) -> tuple[WardenList, ...]:
        """The lists on which anybody counted stands, by code, as far as the viewer may see them."""
        on = {each.list for each in self.board.numbers.everybody if each.list is not None}
        rows = WardenList.objects.visible_to(self.board.viewer).filter(pk__in=on)
        return tuple(rows.select_related("mission", "site", "nation").order_by("code"))

    @cached_property
    def wardens(self) -> Mapping[UUID, list[Warden]]:
        """The wardens and alternates of these lists in their order, whose names the viewer is
        shown.
        """
        found = wardens_of(self.board.viewer, self.lists)
        held = self.board.held
        return {
            row: [each for each in wardens if each.person_id not in held]
            for row, wardens in found.items()
        }

    def wardens_on(self, row: WardenList) -> tuple[Warden, ...]:
        return tuple(self.wardens.get(row.pk, ()))

    def number_on(self, row: UUID | None) -> int:
        """How many who are counted stand on a list (None: on none), of everybody."""
        return sum(each.list == row for each in self.board.numbers.everybody)

    def hidden_of_list(self, row: UUID | None) -> int:
        everybody = [each for each in self.board.numbers.everybody if each.list == row]
        return sum(not self.board.shown(each) for each in everybody)

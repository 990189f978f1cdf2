"""Finding the few scopes out of many that cover a cell, with one bit for each scope."""

from collections.abc import Iterable, Iterator, Sequence

from cadre.core.posture.scopes import Cell, Scope


class Dimension:
    """Which of the scopes cover a name in one dimension, as the bits of a number."""

    __slots__ = ("every", "named")

    def __init__(self, names_of: Iterable[frozenset[str] | None]) -> None:
        self.every = 0  # scopes that are not limited in this dimension
        self.named: dict[str, int] = {}
        for place, names in enumerate(names_of):
            if names is None:
                self.every |= 1 << place
            else:
                for name in names:
                    self.named[name] = self.named.get(name, 0) | 1 << place

    def covering(self, name: str | None) -> int:
        return self.every if name is None else self.every | self.named.get(name, 0)


class Covering:
    """All the scopes of one mission's orders, ready to be asked which of them cover a cell."""

    __slots__ = ("at_place", "hours", "limited", "lines", "nations", "people", "sites", "units")

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self.lines = Dimension(scope.lines for scope in scopes)
        self.sites = Dimension(scope.sites for scope in scopes)
        self.nations = Dimension(scope.nations for scope in scopes)
        self.units = Dimension(scope.units for scope in scopes)
        self.people = Dimension(scope.people for scope in scopes)
        self.hours = Dimension(scope.hours for scope in scopes)
        self.limited = bool(self.units.named or self.people.named or self.hours.named)
        self.at_place: dict[tuple[str, ...], int] = {}  # as worked out so far

    def of(self, cell: Cell) -> int:
        """Bit i is set if scope i covers the cell. The mission is taken to be the same."""
        return self.at(cell.sites) & self.about(cell)

    def about(self, cell: Cell) -> int:
        """Bit i is set if scope i covers everything of the cell but its place."""
        found = self.lines.covering(cell.line) & self.nations.covering(cell.nation)
        if self.limited:
            found &= self.units.covering(cell.unit) & self.people.covering(cell.person)
            found &= self.hours.covering(cell.hour)
        return found

    def at(self, path: tuple[str, ...]) -> int:
        """Bit i is set if scope i covers the place, whatever the line and the nation."""
        found = self.at_place.get(path)
        if found is None:
            found = self.sites.every
            for name in path:
                found |= self.sites.named.get(name, 0)
            self.at_place[path] = found
        return found


def bits(mask: int) -> Iterator[int]:
    """The places of the set bits, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest

"""The parts that a cell about a whole dimension falls into: each is ruled on by itself.

A mission as a whole, an area with sites under it and "all nations" are not one thing: a stop or a
lift may hold in a part only. The parts are every known place under the one asked about, that
place apart from them ("anywhere else"), every nation that some order names, and any other nation;
and so for units of the host, people and hours of the week.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import product
from typing import NamedTuple

from cadre.core.posture.scopes import Cell, Others, Scope

type Path = tuple[str, ...]

OPEN = ("nations", "units", "people", "hours")  # the dimensions of `Cell.others`
ANY_OTHER = ""  # a name that no order names


class Part(NamedTuple):
    """One indivisible part of a cell.

    `widest` is `cell` at every place that it may turn out to be: sites that orders name and the
    tree of places does not know could lie anywhere, so a lift there may reach this part.
    """

    cell: Cell
    widest: Cell


class World:
    """Everything that one mission's orders can tell apart: the known places, the named nations."""

    def __init__(self, scopes: Iterable[Scope], places: Iterable[Path]) -> None:
        """`scopes` are those of the mission's orders, `places` the site tree, from its root."""
        self.scopes = tuple(scopes)
        self.nodes = sorted(nodes(places))
        self.lines: dict[str, ToldApart] = {}

    def parts(self, cell: Cell) -> tuple[Part, ...]:
        """Every part of the cell; the cell itself if it is indivisible."""
        return self.line(cell.line).parts(cell)

    def alike(self, cell: Cell) -> Hashable:
        """The same for cells on which no order can be ruled differently."""
        return cell.line, *self.line(cell.line).alike(cell)

    def line(self, name: str) -> "ToldApart":
        found = self.lines.get(name)
        if found is None:
            about = [each for each in self.scopes if each.lines is None or name in each.lines]
            found = self.lines[name] = ToldApart(about, self.nodes)
        return found


class ToldApart:
    """What the orders about one line tell apart. A place is what they call it by: the names on its
    path that some order names, so that places which no order tells apart are one. So are nations,
    units, people and hours that are always named together.
    """

    def __init__(self, scopes: Sequence[Scope], nodes: Iterable[Path]) -> None:
        """`nodes`: every place, each after the one that it lies in."""
        self.named = {name for scope in scopes for name in scope.sites or ()}
        self.classes = tuple(
            together_named([getattr(scope, dimension) for scope in scopes]) for dimension in OPEN
        )
        self.others = tuple((None, *sorted(set(each.values()))) for each in self.classes)
        self.under: dict[Path, dict[Path, None]] = defaultdict(dict)
        calls: dict[Path, Path] = {(): ()}
        for path in nodes:
            above, name = calls[path[:-1]], path[-1]
            called = calls[path] = (*above, name) if name in self.named else above
            for length in range(len(path) if called else 0):
                if called != calls[path[:length]]:
                    self.under[path[:length]][called] = None
        self.strays: Path = tuple(sorted(self.named - {path[-1] for path in calls if path}))

    def called(self, path: Path) -> Path:
        return tuple(name for name in path if name in self.named)

    def alike(self, cell: Cell) -> tuple[Hashable, ...]:
        inside = tuple(self.under.get(cell.sites, ()))
        asked = tuple(
            None if name is None else classes.get(name, ANY_OTHER)
            for classes, name in zip(self.classes, cell.others, strict=True)
        )
        return asked, self.called(cell.sites), inside, not cell.sites

    def parts(self, cell: Cell) -> tuple[Part, ...]:
        inside = self.under.get(cell.sites, ())
        strays: Path = () if cell.sites else self.strays
        asked = cell.others
        if not inside and not strays and self.indivisible(asked):
            return (Part(cell, cell),)
        paths = (self.called(cell.sites), *inside, *((name,) for name in strays))
        chosen = [
            others if name is None else (name,)
            for others, name in zip(self.others, asked, strict=True)
        ]
        return tuple(
            Part(part, Cell(cell.mission, cell.line, path + strays, *others) if strays else part)
            for path in paths
            for others in product(*chosen)
            for part in (Cell(cell.mission, cell.line, path, *others),)
        )

    def indivisible(self, asked: Others) -> bool:
        return all(
            name is not None or len(others) == 1
            for others, name in zip(self.others, asked, strict=True)
        )


def together_named(names_of: Iterable[frozenset[str] | None]) -> dict[str, str]:
    """For every name the first of those that the same scopes name: one stands for them all."""
    naming: dict[str, list[int]] = {}
    for number, names in enumerate(names_of):
        for name in names or ():
            naming.setdefault(name, []).append(number)
    first: dict[tuple[int, ...], str] = {}
    for name in sorted(naming):
        first.setdefault(tuple(naming[name]), name)
    return {name: first[tuple(numbers)] for name, numbers in naming.items()}


def nodes(places: Iterable[Path]) -> set[Path]:
    """Every place on the paths, those on the way included."""
    return {path[:length] for path in places for length in range(1, len(path) + 1)}

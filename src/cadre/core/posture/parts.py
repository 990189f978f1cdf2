"""The parts that a cell about a whole dimension falls into: each is ruled on by itself.

A mission as a whole, an area with sites under it and "all nations" are not one thing: a stop or a
lift may hold in a part only. The parts are every known place under the one asked about, that
place apart from them ("anywhere else"), every nation that some order names, and any other nation.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cadre.core.posture.scopes import Cell, Scope

type Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
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
        named = tuple(scopes)
        self.under: dict[Path, list[Path]] = {}
        for path in sorted(nodes(places)):
            for length in range(len(path)):
                self.under.setdefault(path[:length], []).append(path)
        known = {name for path in self.under.get((), ()) for name in path}
        sites = {name for scope in named for name in scope.sites or ()}
        self.strays: Path = tuple(sorted(sites - known))
        self.nations = sorted({name for scope in named for name in scope.nations or ()})

    def parts(self, cell: Cell) -> tuple[Part, ...]:
        """Every part of the cell; the cell itself if it is indivisible."""
        inside = self.under.get(cell.sites, ())
        strays: Path = () if cell.sites else self.strays
        if cell.nation is not None and not inside and not strays:
            return (Part(cell, cell),)
        paths = (cell.sites, *inside, *((name,) for name in strays))
        nations = (None, *self.nations) if cell.nation is None else (cell.nation,)
        return tuple(
            Part(part, replace(part, sites=path + strays) if strays else part)
            for path in paths
            for nation in nations
            for part in (replace(cell, sites=path, nation=nation),)
        )


def nodes(places: Iterable[Path]) -> set[Path]:
    """Every place on the paths, those on the way included."""
    return {path[:length] for path in places for length in range(1, len(path) + 1)}

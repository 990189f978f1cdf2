"""The parts that a cell about a whole dimension falls into: each is ruled on by itself.

A mission as a whole, an area with sites under it and "all nations" are not one thing: a stop or a
lift may hold in a part only. The parts are every known place under the one asked about, that
place apart from them ("anywhere else"), every nation that some order names, and any other nation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cadre.core.posture.scopes import Cell, Scope

type Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One indivisible part of a cell.

    `widest` is `cell` at every place that it may turn out to be: names of sites that the tree of
    places does not know could lie anywhere, so a lift there may reach this part.
    """

    cell: Cell
    widest: Cell


def parts_of(cell: Cell, scopes: Iterable[Scope], places: Iterable[Path]) -> tuple[Part, ...]:
    """Every part of the cell that the orders' scopes can tell apart; the cell itself if it is one.

    `scopes` are those of the mission's orders, `places` the site tree as paths from its root.
    """
    ours = [scope for scope in scopes if scope.mission == cell.mission]
    known = nodes(places)
    stray: Path = () if cell.sites else strays(ours, known)
    inside = sorted(path for path in known if len(path) > len(cell.sites) and under(path, cell))
    paths: list[Path] = [cell.sites, *inside, *((name,) for name in stray)]
    nations: Sequence[str | None] = (cell.nation,)
    if cell.nation is None:
        nations = (None, *sorted({name for scope in ours for name in scope.nations or ()}))
    return tuple(
        Part(part, replace(part, sites=path + stray) if stray else part)
        for path in paths
        for nation in nations
        for part in (replace(cell, sites=path, nation=nation),)
    )


def nodes(places: Iterable[Path]) -> set[Path]:
    """Every place on the paths, those on the way included."""
    return {path[:length] for path in places for length in range(1, len(path) + 1)}


def under(path: Path, cell: Cell) -> bool:
    return path[: len(cell.sites)] == cell.sites


def strays(scopes: Iterable[Scope], known: Iterable[Path]) -> Path:
    """Sites that orders name and the tree does not know."""
    names = {name for path in known for name in path}
    return tuple(sorted({name for scope in scopes for name in scope.sites or ()} - names))

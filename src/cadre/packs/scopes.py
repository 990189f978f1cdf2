"""What directives, lifts and authorisations of a pack cover: never more than they may."""

from collections.abc import Iterator

from cadre.packs.neighbours import Neighbours
from cadre.packs.pack import Pack, Problem, Row

DIMENSIONS = ("lines", "sites", "nations")
type Names = frozenset[str] | None  # None: all of them


def names(row: Row, column: str) -> Names:
    return None if row.cells.get(column, ()) is None else frozenset(row.parts(column))


def perhaps(row: Row, dimension: str) -> Names:
    """What a directive may cover: what it says, or else what it surely covers."""
    said = names(row, f"perhaps_{dimension}")
    return names(row, dimension) if said == frozenset() else said


def too_wide(pack: Pack, neighbours: Neighbours) -> Iterator[Problem]:
    for row in pack.rows("directives"):
        for dimension in DIMENSIONS:
            outer, inner = perhaps(row, dimension), names(row, dimension)
            if not fits(inner, outer, dimension, pack, neighbours):
                column = f"perhaps_{dimension}"
                yield row.problem(column, f"leaves out what {dimension} surely covers")
    for row in pack.rows("authorisations"):
        request = neighbours.find(pack, "host_requests", row.text("host_request"))
        if request is not None and not fits(
            names(row, "lines"), names(request, "lines"), "lines", pack, neighbours
        ):
            yield row.problem("lines", "opens more than the host request is for")
    for row in pack.rows("lifts"):
        yield from beyond_directive(row, pack, neighbours)


def beyond_directive(row: Row, pack: Pack, neighbours: Neighbours) -> Iterator[Problem]:
    directive = neighbours.find(pack, "directives", row.text("directive"))
    if directive is None:
        return
    for dimension in DIMENSIONS:
        outer = perhaps(directive, dimension)
        if not fits(names(row, dimension), outer, dimension, pack, neighbours):
            yield row.problem(dimension, "reach beyond what the directive covers")


def fits(inner: Names, outer: Names, dimension: str, pack: Pack, neighbours: Neighbours) -> bool:
    """All of `inner` lies in `outer`; a place lies in every place above it."""
    if outer is None or inner is None:
        return outer is None
    if dimension != "sites":
        return inner <= outer
    return all(not outer.isdisjoint(path_of(site, pack, neighbours)) for site in inner)


def path_of(site: str, pack: Pack, neighbours: Neighbours) -> set[str]:
    """A place and every place above it."""
    path: set[str] = set()
    while site and site not in path:
        path.add(site)
        row = neighbours.find(pack, "sites", site)
        site = row.text("parent") if row is not None else ""
    return path


def mission_of(row: Row, pack: Pack, neighbours: Neighbours) -> str:
    """The mission whose lines a row names: its own, or that of its directive."""
    if row.table.has("mission"):
        return row.text("mission")
    directive = neighbours.find(pack, "directives", row.text("directive"))
    return directive.text("mission") if directive is not None else ""

"""Whether the rows of a pack fit together. Each check tells every problem that it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cadre.core.moments import Moment
from cadre.core.quantities import Quantity, QuantityError
from cadre.packs import scopes
from cadre.packs.format import TABLES, Column, Kind
from cadre.packs.neighbours import Neighbours
from cadre.packs.pack import Pack, Problem, Row
from cadre.packs.reading import read_pack

RANKS = {"country": 0, "area": 1, "site": 2, "room": 3}
NESTING = frozenset({"area", "site"})
CASELESS = ("subjects", "attributes")
NATION_CODE = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack, everything that is wrong with it, and what may be a slip of the pen."""

    pack: Pack
    problems: tuple[Problem, ...]
    untitled: tuple[str, ...]  # subjects of claims that no subjects.tsv has


def check_pack(folder: Path) -> Checked:
    """A pack and everything that is wrong with it, by file and line. Raises NotAPack.

    Packs that it needs are read where they lie beside it; what cannot be looked up in them is
    left to the loading, which has the record to look it up in.
    """
    problems: list[Problem] = []
    pack = read_pack(folder, problems.append)
    neighbours = Neighbours.beside(folder, pack)
    for check in CHECKS:
        problems.extend(check(pack, neighbours))
    return Checked(pack, tuple(sorted(set(problems))), tuple(untitled(pack, neighbours)))


def unknown_references(pack: Pack, neighbours: Neighbours) -> Iterator[Problem]:
    """Every name of a row elsewhere names one that is there."""
    for table in TABLES.values():
        columns = [column for column in table.columns if column.to and column.to != "lines"]
        for row in pack.rows(table.name):
            for column in columns:
                for name in names_in(row, column):
                    what = neighbours.misses(pack, column.to, name)
                    if what:
                        yield row.problem(column.name, what)


def names_in(row: Row, column: Column) -> tuple[str, ...]:
    if column.kind in {Kind.LIST, Kind.SCOPE}:
        return row.parts(column.name)
    return (row.text(column.name),) if row.text(column.name) else ()


def odd_claims(pack: Pack, _neighbours: Neighbours) -> Iterator[Problem]:
    default = pack.description.default_source
    for row in pack.rows("claims"):
        if row.text("status") == "inferred" and not row.text("reasoning"):
            yield row.problem("reasoning", "is empty; an inferred claim says why it is inferred")
        if not row.text("source") and (default,) not in pack.tables["sources"]:
            yield row.problem("source", "is empty, and the pack has no default source")
        if ":" in row.text("source"):
            yield row.problem("source", "is of another pack; a claim comes from its own pack's")
    if default and (default,) not in pack.tables["sources"]:
        yield Problem("pack.toml", 0, "default_source", f"“{default}” is not in sources.tsv")


def circles(pack: Pack, _neighbours: Neighbours) -> Iterator[Problem]:
    """No place lies in itself, no organisation is above itself, no row corrects itself."""
    for table in TABLES.values():
        for column in ("parent", "corrects"):
            if table.has(column):
                above = {row.key[-1]: row.text(column) for row in pack.rows(table.name)}
                yield from (
                    row.problem(column, "leads back to this row itself")
                    for row in pack.rows(table.name)
                    if comes_back(row.key[-1], above)
                )


def comes_back(key: str, above: Mapping[str, str]) -> bool:
    """Whether following `above` from a key leads to the key again."""
    seen: set[str] = set()
    step = above.get(key, "")
    while step and step not in seen:
        if step == key:
            return True
        seen.add(step)
        step = above.get(step, "")
    return False


def misplaced_sites(pack: Pack, neighbours: Neighbours) -> Iterator[Problem]:
    """As the database has it: a place lies in a larger kind of place."""
    for row in pack.rows("sites"):
        latitude, longitude = row.cells.get("latitude"), row.cells.get("longitude")
        if (latitude is None) != (longitude is None):
            yield row.problem("latitude", "and longitude are given together or not at all")
        kind, parent = row.text("kind"), row.text("parent")
        above = neighbours.find(pack, "sites", parent) if parent else None
        if kind == "room" and not parent:
            yield row.problem("parent", "is empty; a room lies in a site")
        if above is not None and kind in RANKS and above.text("kind") in RANKS:
            outer = above.text("kind")
            if RANKS[outer] >= RANKS[kind] and not (outer == kind and kind in NESTING):
                yield row.problem(
                    "parent", f"is a place of the kind {outer}; a {kind} cannot lie there"
                )


def odd_nations(pack: Pack, _neighbours: Neighbours) -> Iterator[Problem]:
    for row in pack.rows("organisations"):
        code = row.text("code")
        fits = len(code) == NATION_CODE and code.isascii() and code.isalpha() and code.isupper()
        if row.text("kind") == "nation" and not fits:
            yield row.problem(
                "code", f"is “{code}”; a nation's is two capital letters (ISO 3166-1)"
            )
    for row in pack.rows("memberships"):
        if row.text("organisation") and row.text("organisation") == row.text("of"):
            yield row.problem("of", "is the organisation itself")


def combat(pack: Pack, neighbours: Neighbours) -> Iterator[Problem]:
    for row in pack.rows("lines"):
        mission = neighbours.find(pack, "missions", row.text("mission"))
        fights = row.cells.get("combat") is True or row.text("code").casefold() == "combat"
        if fights and mission is not None and mission.cells.get("combat") is False:
            code = row.text("mission")
            yield row.problem("combat", f"is refused: {code} is a non-combat mission")


def odd_quantities(pack: Pack, _neighbours: Neighbours) -> Iterator[Problem]:
    for row in pack.rows("contributions"):
        try:
            Quantity.parse(row.text("quantity"))
        except QuantityError as error:
            yield row.problem("quantity", f"cannot be read: {str(error).rstrip('.')}")


def mixed_up_missions(pack: Pack, neighbours: Neighbours) -> Iterator[Problem]:
    for row in pack.rows("relations"):
        if row.text("other") == row.text("mission"):
            yield row.problem("other", "is the mission itself")
    for row in pack.rows("authorisations"):
        for name, table in (("host_request", "host_requests"), ("mandate", "mandates")):
            basis = neighbours.find(pack, table, row.text(name))
            if basis is not None and basis.text("mission") != row.text("mission"):
                yield row.problem(name, "belongs to another mission")


def unknown_lines(pack: Pack, neighbours: Neighbours) -> Iterator[Problem]:
    """A scope names lines that its mission has."""
    for table in TABLES.values():
        for column in table.columns:
            if column.to == "lines":
                for row in pack.rows(table.name):
                    mission = scopes.mission_of(row, pack, neighbours)
                    for line in row.parts(column.name):
                        if mission and neighbours.has_no_line(pack, mission, line):
                            what = f"“{line}” is no activity line of {mission} in lines.tsv"
                            yield row.problem(column.name, what)


def unsaid_timings(pack: Pack, _neighbours: Neighbours) -> Iterator[Problem]:
    for row in pack.rows("timings"):
        moment = row.cells.get("moment")
        if isinstance(moment, Moment) and not moment.stated:
            yield row.problem("moment", "says no moment; leave the row out if none is stated")


def one_name_twice(pack: Pack, _neighbours: Neighbours) -> Iterator[Problem]:
    """Subjects and attributes are asked for in any case."""
    for table in CASELESS:
        first: dict[str, Row] = {}
        for row in pack.rows(table):
            other = first.setdefault(row.text("key").casefold(), row)
            if other is not row:
                what = f"is the name of line {other.line} in other capital letters"
                yield row.problem("key", what)


def odd_needs(pack: Pack, _neighbours: Neighbours) -> Iterator[Problem]:
    if pack.key and pack.key in pack.description.needs:
        yield Problem("pack.toml", 0, "needs", "names the pack itself")


CHECKS: tuple[Callable[[Pack, Neighbours], Iterator[Problem]], ...] = (
    odd_needs,
    unknown_references,
    odd_claims,
    circles,
    misplaced_sites,
    odd_nations,
    combat,
    odd_quantities,
    mixed_up_missions,
    unknown_lines,
    unsaid_timings,
    one_name_twice,
    scopes.too_wide,
)


def untitled(pack: Pack, neighbours: Neighbours) -> list[str]:
    """Subjects of claims without a title in subjects.tsv, here or in a pack that this one needs."""
    packs = (pack, *neighbours.packs.values())
    titled = {key.casefold() for each in packs for (key,) in each.tables["subjects"]}
    used = {row.text("subject") for row in pack.rows("claims")}
    return sorted(name for name in used if name.casefold() not in titled)

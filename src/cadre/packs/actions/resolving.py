"""What a pack names that is not in it: looked up on record before anything is written."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from cadre.core.releasability import Viewer
from cadre.packs.actions.building import Loading, row_id
from cadre.packs.actions.orders import ORDERS
from cadre.packs.actions.tables import TARGETS
from cadre.packs.checking import names_in
from cadre.packs.format import TABLES
from cadre.packs.pack import Pack, Problem, Row
from cadre.record.models import Claim, Kept


def look_up(pack: Pack, *, by: Viewer, at: datetime) -> Loading:
    """Everything that making the rows needs to know of the record."""
    loading = Loading(pack, by, at, elsewhere={}, known_from={})
    loading.elsewhere.update(codes_on_record(pack))
    default = pack.description.default_source
    for row in pack.rows("claims"):
        source = pack.tables["sources"][(row.text("source") or default,)]
        loading.known_from[loading.own_id(row)] = loading.published(source)
    asked = {loading.id_of("claims", name) for name, _row, _column in names_of(pack)["claims"]}
    found = Claim.objects.filter(pk__in=asked - loading.known_from.keys())
    loading.known_from.update(found.values_list("pk", "known_from"))
    return loading


def codes_on_record(pack: Pack) -> dict[str, dict[str, UUID]]:
    """The ids of rows on record by code, for all codes that the pack has or names."""
    found: dict[str, dict[str, UUID]] = {}
    names = names_of(pack)
    for table in TABLES.values():
        if table.shared:
            code = table.key[-1]
            asked = {name for name, _row, _column in names[table.name]}
            asked |= {row.text(code) for row in pack.rows(table.name)}
            if table.name == "missions":
                asked |= {row.text("other") for row in pack.rows("relations")}
            rows = model_of(table.name).objects.filter(**{f"{code}__in": asked})
            found[table.name] = dict(rows.values_list(code, "pk"))
    return found


def model_of(table: str) -> type[Kept]:
    return (TARGETS.get(table) or ORDERS[table]).model


def names_of(pack: Pack) -> dict[str, list[tuple[str, Row, str]]]:
    """Every name of a row elsewhere, by the table that it is of, with where it stands."""
    found: dict[str, list[tuple[str, Row, str]]] = defaultdict(list)
    for table in TABLES.values():
        for column in table.columns:
            if column.to and column.to != "lines":
                for row in pack.rows(table.name):
                    found[column.to].extend(
                        (name, row, column.name) for name in names_in(row, column)
                    )
    return found


def unresolved(loading: Loading) -> list[Problem]:
    """A problem for every name that means no row, neither in the pack nor on record."""
    problems: list[Problem] = []
    for table, named in names_of(loading.pack).items():
        outside = [
            (name, row, column)
            for name, row, column in named
            if (name,) not in loading.pack.tables[table]
            and name not in loading.elsewhere.get(table, {})
        ]
        asked = {id_outside(table, name) for name, _row, _column in outside}
        known = set(model_of(table).objects.filter(pk__in=asked).values_list("pk", flat=True))
        problems.extend(
            row.problem(column, f"“{name}” is not on record")
            for name, row, column in outside
            if id_outside(table, name) not in known
        )
    return sorted(set(problems))


def id_outside(table: str, name: str) -> UUID:
    owner, _colon, key = name.rpartition(":")
    return row_id(owner, table, (key,))

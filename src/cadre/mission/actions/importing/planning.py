"""What a list would change, and everything that is wrong with it, before anything is written."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cadre.core.releasability import Viewer
from cadre.mission.actions.importing.building import Built, Known, build
from cadre.mission.actions.importing.holdings import HoldingPlan, plan_holdings
from cadre.mission.actions.importing.values import Cells
from cadre.mission.models import Organisation, Post, Site
from cadre.mission.queries.lists import COLUMNS, FINDERS, HOLDING, Row, in_texts, texts_of
from cadre.mission.sheets import Table, TableRow

HEAD = 1  # the number of the row that names the columns, as far as its troubles are told
# The column by which a row of the list may lie below another one.
ABOVE: Final = {"organisations": "parent", "sites": "parent", "posts": "reports_to"}
REFERENCES: Final = ("nation", "parent", "mission", "site", "reports_to", "post")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: the row by its number in the file, the column by its name."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row that would be new or changed; `cells` are (column, before, after) that differ."""

    number: int
    code: str
    is_new: bool
    cells: tuple[tuple[str, str, str], ...]
    row: Row
    fields: tuple[str, ...]  # of the table


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would do. With any trouble it does nothing."""

    kind: str
    rows: tuple[RowPlan, ...]
    holdings: tuple[HoldingPlan, ...]
    unchanged: int
    troubles: tuple[Trouble, ...]
    note: str = ""

    @property
    def new(self) -> tuple[RowPlan, ...]:
        return by_number(each for each in self.rows if each.is_new)

    @property
    def changed(self) -> tuple[RowPlan, ...]:
        return by_number(each for each in self.rows if not each.is_new)

    @property
    def empty(self) -> bool:
        return not self.rows and not self.holdings

    @property
    def fingerprint(self) -> str:
        """Equal for two plans that would do the same."""
        does = [[each.code, each.is_new, each.cells] for each in self.rows]
        return hashlib.blake2b(json.dumps([self.kind, does]).encode(), digest_size=16).hexdigest()


def by_number(rows: Iterable[RowPlan]) -> tuple[RowPlan, ...]:
    return tuple(sorted(rows, key=lambda each: each.number))


@dataclass(slots=True)
class Draft:
    """One row of the list on its way to a plan."""

    source: TableRow
    cells: Cells
    before: Row | None
    was: dict[str, str]
    built: Built = field(default_factory=lambda: Built(None))


def compare(kind: str, table: Table, *, by: Viewer, at: datetime) -> Plan:
    """Compares a list with the record. Reads everything once, however long the list is."""
    columns, troubles = columns_of(kind, table)
    drafts = drafts_of(kind, table, columns, by=by, at=at)
    troubles += list(repeated(drafts))
    known = Known.to(by, references(drafts))
    ordered = list(above_first(kind, drafts))
    for draft in ordered:
        draft.built = build(kind, draft.cells, draft.before, known)
        remember(draft.built.row, known)
    holdings = plan_holdings(
        [(draft.cells, draft.built.holding) for draft in drafts if draft.built.holding], by=by
    )
    rows = [made for draft in ordered if (made := row_plan(draft, holdings)) is not None]
    troubles += list(told(drafts))
    return Plan(
        kind=kind,
        rows=tuple(each for each in rows if each.is_new or each.cells),
        holdings=tuple(holdings.values()),
        unchanged=sum(not (each.is_new or each.cells) for each in rows),
        troubles=tuple(sorted(troubles, key=lambda each: (each.row, each.column))),
        note=table.note,
    )


def columns_of(kind: str, table: Table) -> tuple[dict[str, int], list[Trouble]]:
    """Where each known column stands; unknown, repeated and missing ones are troubles."""
    known = {column.name: column for column in COLUMNS[kind]}
    places: dict[str, int] = {}
    troubles = []
    for place, head in enumerate(table.head):
        if not head:
            troubles += list(nameless(table, place))
            continue
        name = "_".join(head.casefold().replace("-", " ").replace("_", " ").split())
        if name not in known:
            sentence = _("There is no such column; the columns are: %(names)s.")
            troubles.append(Trouble(HEAD, head, sentence % {"names": ", ".join(known)}))
        elif name in places:
            troubles.append(Trouble(HEAD, head, _("The column stands there twice.")))
        else:
            places[name] = place
    if "code" not in places:
        troubles.append(Trouble(HEAD, "code", _("The column is missing.")))
    return places, troubles


def nameless(table: Table, place: int) -> Iterator[Trouble]:
    """A column without a name is a mistake where something stands in it."""
    for row in table.rows:
        if row.cells[place]:
            sentence = _("Column %(number)d has no name, but row %(row)d has a value in it.")
            yield Trouble(HEAD, "", sentence % {"number": place + 1, "row": row.number})
            return


def drafts_of(
    kind: str, table: Table, columns: dict[str, int], *, by: Viewer, at: datetime
) -> list[Draft]:
    codes = [row.cells[columns["code"]] for row in table.rows] if "code" in columns else []
    found = {row.code: row for row in FINDERS[kind](by, codes)} if codes else {}
    texts = in_texts(by, kind, found.values(), at=at)
    return [draft_of(kind, row, columns, found, texts) for row in (table.rows if codes else ())]


def draft_of(
    kind: str,
    row: TableRow,
    columns: dict[str, int],
    found: dict[str, Row],
    texts: dict[str, dict[str, str]],
) -> Draft:
    """A row of the list over what is on record: a column that the file lacks stays as it is."""
    given = {name: row.cells[place] for name, place in columns.items()}
    code = given["code"]
    was = texts.get(code, {})
    merged = was | given
    if {"latitude", "longitude"} & given.keys() and "mgrs" not in given:
        merged["mgrs"] = ""  # what the record works out does not contradict what the list says
    if "mgrs" in given and not {"latitude", "longitude"} & given.keys():
        merged |= {"latitude": "", "longitude": ""}
    if "post" in given and not given["post"]:
        merged |= {name: given.get(name, "") for name in ("post_from", "post_until")}
    cells = Cells(merged)
    names = {place: name for name, place in columns.items()}
    for place, sentence in row.troubles.items():
        cells.wrong(names.get(place, ""), sentence)
    for column in COLUMNS[kind]:
        if column.required and not cells[column.name]:
            cells.wrong(column.name, _("The cell is empty and may not be."))
    return Draft(row, cells, found.get(code), was)


def repeated(drafts: Sequence[Draft]) -> Iterator[Trouble]:
    first: dict[str, int] = {}
    for draft in drafts:
        code = draft.cells["code"]
        if code and first.setdefault(code, draft.source.number) != draft.source.number:
            sentence = _("The code stands in row %(number)d already.") % {"number": first[code]}
            yield Trouble(draft.source.number, "code", sentence)


def references(drafts: Iterable[Draft]) -> set[str]:
    return {draft.cells[name] for draft in drafts for name in REFERENCES} - {""}


def above_first(kind: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The rows in an order in which each stands behind the one that it lies below.

    Rows that stand above themselves come last, with that as their trouble.
    """
    column = ABOVE.get(kind)
    if column is None:
        yield from drafts
        return
    waiting = {draft.cells["code"]: draft for draft in reversed(drafts)}
    repeats = [draft for draft in drafts if waiting[draft.cells["code"]] is not draft]
    while waiting:
        ready = [each for each in waiting.values() if each.cells[column] not in waiting]
        for draft in ready:
            del waiting[draft.cells["code"]]
            yield draft
        if not ready:
            for draft in waiting.values():
                draft.cells.wrong(column, _("Nothing can stand above itself."))
            yield from waiting.values()
            break
    yield from repeats


def remember(row: Row | None, known: Known) -> None:
    """Rows further down the list may name this one."""
    match row:
        case Organisation():
            known.organisations[row.code] = row
        case Site():
            known.sites[row.code] = row
        case Post():
            known.posts[row.code] = row
        case _:
            pass


def told(drafts: Iterable[Draft]) -> Iterator[Trouble]:
    for draft in drafts:
        for column, sentence in draft.cells.troubles.items():
            yield Trouble(draft.source.number, column, sentence)


def row_plan(draft: Draft, holdings: dict[object, HoldingPlan]) -> RowPlan | None:
    """What would become of one row; None where so much is wrong that it cannot be told."""
    row = draft.built.row
    if row is None:
        return None
    after = texts_of(row, {})
    cells = [
        (name, draft.was.get(name, ""), text)
        for name, text in after.items()
        if name not in HOLDING and text != draft.was.get(name, "")
    ]
    held = holdings.get(row.pk)
    if held is not None:
        cells += [(name, held.before.get(name, ""), text) for name, text in held.after.items()]
    return RowPlan(
        number=draft.source.number,
        code=draft.cells["code"],
        is_new=draft.before is None,
        cells=tuple(each for each in cells if each[1] != each[2]),
        row=row,
        fields=changed_fields(row, draft.before),
    )


def changed_fields(row: Row, before: Row | None) -> tuple[str, ...]:
    """The names of the columns whose values would change; a site's path is the database's."""
    if before is None:
        return ()
    return tuple(
        field.name
        for field in row._meta.concrete_fields
        if field.name != "path" and getattr(row, field.attname) != getattr(before, field.attname)
    )

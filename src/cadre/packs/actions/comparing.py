"""What of a table's rows is new, what is as it was, and what has been changed in place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cadre.packs.actions.building import Loading
from cadre.packs.actions.tables import Values
from cadre.packs.format import Table
from cadre.packs.pack import Problem, Row
from cadre.record.models import Entry, Kept

OURS = "packs.load"
NOT_COMPARED = frozenset({"id", "recorded_at", "recorded_by", "known_from", "path"})


@dataclass(slots=True)
class Changes:
    """What one table's rows come to."""

    new: list[Values] = field(default_factory=list)
    described: list[tuple[Kept, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def compare(
    table: Table,
    model: type[Kept],
    values: Sequence[tuple[Row, Values]],
    loading: Loading,
    *,
    afresh: bool,
) -> Changes:
    """`afresh`: nothing of this pack is on record, so only shared codes have to be looked up."""
    changes = Changes()
    kept = {} if afresh and not table.shared else on_record(table, model, values, loading)
    ours = [each["id"] for _row, each in values if each["id"] in kept]
    last = {} if table.stated else last_verbs(model, ours)
    for row, each in values:
        before = kept.get(each["id"]) or kept.get(each.get(table.key[-1]))
        if before is None:
            changes.new.append(each)
        elif before.pk != each["id"]:
            changes.problems.extend(told_elsewhere(row, before, each))
        else:
            settle(
                row,
                before,
                each,
                changes,
                changed_here=last.get(str(before.pk)) not in {None, OURS},
            )
    return changes


def on_record(
    table: Table, model: type[Kept], values: Sequence[tuple[Row, Values]], loading: Loading
) -> dict[object, Kept]:
    """Rows on record by their id and, where codes are shared by all packs, by their code."""
    rows = model.objects.in_bulk([each["id"] for _row, each in values])
    found: dict[object, Kept] = dict(rows)
    if table.shared:
        code = table.key[-1]
        taken = loading.elsewhere.get(table.name, {})
        others = model.objects.filter(pk__in=set(taken.values()) - rows.keys())
        found.update({getattr(row, code): row for row in others})
    return found


def told_elsewhere(row: Row, before: Kept, values: Values) -> list[Problem]:
    """Organisations and places may be told by several packs; missions and orders by one."""
    whose = f"the pack “{before.pack}”" if before.pack else "this node"
    name = row.table.key[-1]
    if row.table.stated:
        return [row.problem(name, f"“{row.text(name)}” is on record already, from {whose}")]
    if getattr(before, "kind", "") != values["kind"]:
        return [row.problem("kind", f"is otherwise on record, from {whose}")]
    return []


def settle(row: Row, before: Kept, values: Values, changes: Changes, *, changed_here: bool) -> None:
    differing = [
        name
        for name, value in values.items()
        if name not in NOT_COMPARED and getattr(before, name) != value
    ]
    if row.table.stated:
        changes.problems.extend(row.problem(field_of(row, name), CORRECT) for name in differing[:1])
    elif differing and not changed_here:
        for name in differing:
            setattr(before, name, values[name])
        changes.described.append((before, differing))


CORRECT = (
    "is not what it was when this row was loaded; what is on record is never changed:"
    " a correction is a new row that says which one it corrects"
)


def field_of(row: Row, name: str) -> str:
    """The column of the file that a column of the record comes from."""
    plain = name.removesuffix("_id").removesuffix("_earliest").removesuffix("_latest")
    plain = plain.removeprefix("sure_")
    return plain if row.table.has(plain) else ""


def last_verbs(model: type[Kept], rows: Sequence[object]) -> dict[str, str]:
    """By what each row was last changed, going by the ledger."""
    entries = (
        Entry.objects.filter(table=model._meta.db_table, row__in=[str(row) for row in rows])
        .order_by("row", "-written_at")
        .distinct("row")
    )
    return dict(entries.values_list("row", "verb"))

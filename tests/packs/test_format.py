"""The format says the same as the tables of the record, and the reference page says it all."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cadre.packs.actions.orders import ORDERS
from cadre.packs.actions.tables import TARGETS
from cadre.packs.description import DESCRIPTION_FIELDS
from cadre.packs.format import TABLES, Column, Table
from cadre.packs.format.markdown import section
from tests.packs.conftest import ROOT

MODELS = {name: target.model for name, target in {**TARGETS, **ORDERS}.items()}


def field_of(table: Table, column: Column) -> "models.Field[object, object] | None":
    model = MODELS[table.name]
    names = {field.name for field in model._meta.get_fields()}
    for name in (column.name, f"sure_{column.name}"):
        if name in names and column.name != "claims":
            field = model._meta.get_field(name)
            return field if isinstance(field, models.Field) else None
    return None


PAIRS = [
    (table, column, field)
    for table in TABLES.values()
    for column in table.columns
    if (field := field_of(table, column)) is not None
]


@pytest.mark.parametrize(
    ("table", "column", "field"), PAIRS, ids=[f"{t.name}.{c.name}" for t, c, _f in PAIRS]
)
def test_cell_is_no_longer_than_its_column(
    table: Table, column: Column, field: "models.Field[object, object]"
) -> None:
    inner = field.base_field if isinstance(field, ArrayField) else field
    if isinstance(inner, models.CharField) and not column.to and not column.choices:
        assert column.limit == inner.max_length


@pytest.mark.parametrize(
    ("table", "column", "field"),
    [pair for pair in PAIRS if pair[1].choices and isinstance(pair[2], models.CharField)],
)
def test_choices_are_those_of_the_column(
    table: Table, column: Column, field: "models.Field[object, object]"
) -> None:
    assert set(column.choices) == {value for value, _label in field.choices or ()}


def test_every_table_has_a_model_and_every_model_a_table() -> None:
    assert MODELS.keys() == TABLES.keys()


def test_reference_page_has_every_file_and_column() -> None:
    page = (ROOT / "docs" / "reference" / "case-format.md").read_text(encoding="utf-8")
    missing = [table.file for table in TABLES.values() if section(table).strip() not in page]
    assert missing == [], "Put the output of `./cadre case format` under “Files” on the page."
    assert [name for name in DESCRIPTION_FIELDS if f"`{name}`" not in page] == []

"""Every table of ours: the ledger knows what to do with it, and its migrations stand in files."""

import importlib.util

import pytest
from django.apps import AppConfig, apps
from django.db import connection, models

from cadre.core.releasability import Viewer
from cadre.record.models import Stated

OURS = [each for each in apps.get_app_configs() if each.name.startswith("cadre.")]
MODELS = [
    model
    for config in OURS
    for model in config.get_models()
    if not model._meta.proxy and not model._meta.auto_created
]
# Or "none: " and the reason.
LEDGER = {"append-only", "described", "log", "queue", "the ledger itself", "part of the ledger"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_says_what_the_ledger_does_with_it(model: type[models.Model]) -> None:
    said = getattr(model, "ledger", "")

    assert said in LEDGER or said.startswith("none: "), f"{model._meta.label} says {said!r}"


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_application_with_tables_keeps_its_migrations(config: AppConfig) -> None:
    found = importlib.util.find_spec(f"{config.name}.migrations")
    has_tables = any(config.get_models())

    assert (config.label, found is not None) == (config.label, has_tables)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_is_printed_as_words(model: type[models.Model]) -> None:
    assert model.__str__ is not models.Model.__str__


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_is_deleted_with_what_it_points_at(model: type[models.Model]) -> None:
    """A row that vanishes with another one would vanish without an entry in the ledger."""
    ways = {
        column.name: column.remote_field.on_delete
        for column in model._meta.concrete_fields
        if isinstance(column, models.ForeignKey)
    }

    assert {name for name, way in ways.items() if way not in (models.PROTECT, models.RESTRICT)} == (
        set()
    )


def test_rows_of_every_stated_table_can_be_asked_for_as_known_on_a_moment(operator: Viewer) -> None:
    """By the function that the guards install; tests/record/test_asking.py proves what it gives."""
    with connection.cursor() as cursor:
        for table in [model._meta.db_table for model in MODELS if issubclass(model, Stated)]:
            cursor.execute(f'SELECT count(*) FROM "{table}_known" (now(), NULL)')
            assert cursor.fetchone() is not None


def test_what_is_stated_is_never_described() -> None:
    stated = [model for model in MODELS if issubclass(model, Stated)]

    assert {model.ledger for model in stated} == {"append-only"}

"""Rows a look at which is noted, however somebody came by what they say (K5).

Loading such a row notes it. `values` and `values_list` load none: when somebody looks, a queryset
that gave such bare values asks once more which sensitive rows told them.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar, Self

from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.fetch_modes import FetchMode
from django.db.models.query import ModelIterable

from cadre.access import looks
from cadre.core.releasability import Classification

NOTED_FROM = Classification.CONFIDENTIAL  # from here on, looks at a row are noted

type Model = type[models.Model]
type Keys = models.QuerySet[models.Model, object]


class SensitiveQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of which whatever is taken for somebody counts as a look."""

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh:
            self.note_bare_values()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self.note_bare_values()
        return super().iterator(chunk_size)

    def only(self, *fields: str) -> Self:
        """As Django's, with what says whether a look at the row is noted."""
        return super().only(*fields, *getattr(self.model, "noted_with", ()))

    def note_bare_values(self) -> None:
        if looks.noting.get() is not None and not issubclass(self._iterable_class, ModelIterable):
            for model, keys in behind(self):
                load_sensitive(model, keys)

    def look(self) -> None:
        """Notes the sensitive ones of these rows, for raw SQL that tells of them."""
        if looks.noting.get() is not None:
            load_sensitive(self.model, self.order_by().values("pk"))


class Sensitive(models.Model):
    """A row that may be sensitive. It has a `classification`.

    Rows about people name in `personal` the way to the code of the nation whose person it is.
    """

    personal: ClassVar[str] = ""
    noted_with: ClassVar[tuple[str, ...]] = ("classification",)  # what `sensitive` asks for

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[object],
        *,
        fetch_mode: FetchMode | None = None,
    ) -> Self:
        """As Django makes it; a sensitive row that is loaded for somebody counts as a look."""
        row = super().from_db(db, field_names, values, fetch_mode=fetch_mode)
        if row.sensitive():
            looks.shown(*row.looked_at())
        return row

    def sensitive(self) -> bool:
        """Whether a look at this row is noted: people always, other rows from confidential on.

        Of a row that was loaded without its classification nobody knows, so it is.
        """
        loaded = self.__dict__  # asking for a column that was left out would load it
        level = loaded.get("classification", Classification.SECRET)
        return bool(self.personal) or level >= NOTED_FROM

    @classmethod
    def told(cls, rows: Iterable[tuple[str, int]]) -> None:
        """Raw SQL told of these rows, each with its classification: notes the sensitive ones."""
        noted = [uuid.UUID(row) for row, level in rows if cls.personal or level >= NOTED_FROM]
        looks.shown(cls._meta.db_table, *noted)

    @classmethod
    def noted(cls) -> models.Q:
        """The rows that are `sensitive`, as a condition of a query."""
        return models.Q() if cls.personal else models.Q(classification__gte=NOTED_FROM)

    def looked_at(self) -> tuple[str, uuid.UUID]:
        """The table and the row that a look at this one is a look at."""
        return self._meta.db_table, self.pk


def load_sensitive(model: Model, keys: Keys) -> None:
    """Loads the sensitive ones of these rows; loading them is what notes them."""
    if issubclass(model, Sensitive):
        list(model._base_manager.filter(model.noted(), pk__in=keys).only(*model.noted_with))


def behind(asked: models.QuerySet[models.Model]) -> Iterator[tuple[Model, Keys]]:
    """The rows that told these bare values, by table, as keys.

    A key tells nothing, and neither does a count. Where many rows tell the same value (groups,
    DISTINCT), an open one did if there is one: a name that an open row has is no secret.
    """
    model, query = asked.model, asked.query
    told = [name for name in query.values_select if not is_key(model, name)]
    for path in {name.rpartition(LOOKUP_SEP)[0] for name in told} - {""}:
        other = getattr(column_at(model, path), "related_model", None)
        if other is not None:  # else the path leads into a JSON column
            yield other, ungrouped(asked).values(path)
    counted = query.group_by is not None
    worked_out = bool(query.annotation_select) and not counted
    alike = (counted or query.distinct) and not worked_out
    people = issubclass(model, Sensitive) and model.personal
    if worked_out or (told and (people or not alike)):
        yield model, ungrouped(asked).values("pk")
    elif told:
        yield model, one_for_each(asked, told)


def one_for_each(asked: models.QuerySet[models.Model], told: list[str]) -> Keys:
    """For each of these values that no open row tells, one sensitive row that does.

    Of a slice, as many as may be in it.
    """
    noted = asked.model.noted() if issubclass(asked.model, Sensitive) else models.Q()
    alike = {name: models.OuterRef(name) for name in told}
    openly = models.Exists(ungrouped(asked).exclude(noted).filter(**alike))
    secrets = ungrouped(asked).filter(noted).exclude(openly).order_by(*told).distinct(*told)
    secrets.query.set_limits(0, asked.query.high_mark)
    return secrets.values("pk")


def ungrouped(asked: models.QuerySet[models.Model]) -> models.QuerySet[models.Model]:
    """The rows asked for. Of groups and distinct ones, all: which were asked for is not known."""
    rows = asked.all()
    query = rows.query
    if query.group_by is not None or query.distinct:
        query.clear_limits()
        query.clear_ordering(force=True)
        query.group_by = None
        query.distinct, query.distinct_fields = False, ()
    return rows


def is_key(model: Model, name: str) -> bool:
    column = column_at(model, name)
    return isinstance(column, models.ForeignObject) or column is model._meta.pk


def column_at(model: Model, path: str) -> object:
    """The column at the end of a path of names; None where the path leads into one."""
    found: object = None
    for name in path.split(LOOKUP_SEP):
        table = model if found is None else getattr(found, "related_model", None)
        if table is None:
            return None
        found = table._meta.pk if name == "pk" else table._meta.get_field(name)
    return found

"""Conditions of queries that are one piece of SQL each.

Every query of a page has them; put together from Django's lookups they would cost more time to
build than the database takes to answer.
"""

from collections.abc import Sequence

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from cadre.core.releasability import Viewer

type Sql = tuple[str, Sequence[object]]


class Condition(models.Func):
    """A condition on columns of the queried table, in the SQL of `condition`."""

    output_field = models.BooleanField()

    def condition(self, *columns: str) -> Sql:
        """The SQL, and its parameters in order, for columns as this query calls them."""
        raise NotImplementedError

    def as_sql(  # type: ignore[override]  # without the template that this does not use
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_extra: object
    ) -> Sql:
        return self.condition(
            *(compiler.compile(column)[0] for column in self.get_source_expressions())
        )


class MaySee(Condition):
    """`core.releasability.may_see`, once more in SQL; the database's policies agree with it."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__("releasable_to", "originator", "communities", "classification")
        self.viewer = viewer

    def condition(self, *columns: str) -> Sql:
        released, originator, communities, classification = columns
        theirs = sorted(self.viewer.affiliations)
        condition = (
            f"(({released} IS NULL OR {released} && %s::varchar[] OR {originator} = ANY(%s))"
            f" AND ({communities} = '{{}}' OR {communities} && %s::varchar[])"
            f" AND {classification} <= %s)"
        )
        originators = [code for code in theirs if code]
        shared = sorted(self.viewer.communities)
        return condition, (theirs, originators, shared, self.viewer.clearance.value)

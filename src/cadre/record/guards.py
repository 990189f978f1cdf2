"""What the database itself enforces on every table: who may see, who may write, what is kept.

Installed after every migration by walking all models, so that a new table cannot be forgotten.
A model of ours says in `ledger` how it is kept; a marked one gets the policy of `may_see`.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.utils import CursorWrapper

from cadre.access.models import Look, Marked
from cadre.record.models import Entry, Seal, Stated, Unsealed

ROLE = "cadre_app"
CREATED = re.compile(r"^CREATE FUNCTION (\w+)", re.MULTILINE)

# The SQL twin of core.releasability.may_see. Sub-selects make each setting be read once a query;
# an unset one compares as "may see nothing".
SEES_ALL = "(SELECT coalesce(current_setting('cadre.sees_all', true), '') = 'on')"
CLEARANCE = "(SELECT coalesce(nullif(current_setting('cadre.clearance', true), ''), '-1')::int)"
AFFILIATIONS = (
    "(SELECT coalesce(nullif(current_setting('cadre.affiliations', true), ''), '{}')::text[])"
)
COMMUNITIES = (
    "(SELECT coalesce(nullif(current_setting('cadre.communities', true), ''), '{}')::text[])"
)
MAY_SEE = f"""
    {SEES_ALL} OR (
        classification <= {CLEARANCE}
        AND (releasable_to IS NULL OR releasable_to::text[] && {AFFILIATIONS}
            OR (originator <> '' AND ARRAY[originator::text] && {AFFILIATIONS}))
        AND (cardinality(communities) = 0 OR communities::text[] && {COMMUNITIES})
    )
"""
# Who may read who looked: administrators, and a nation's representative for its own rows.
ADMINISTRATES = f"""
    {SEES_ALL} OR ARRAY['administration'] && {COMMUNITIES}
    OR (nation <> '' AND ARRAY['representation'] && {COMMUNITIES}
        AND ARRAY[nation::text] && {AFFILIATIONS})
"""
KNOWN = """
CREATE OR REPLACE FUNCTION "{table}_known" (known_on timestamptz, began timestamptz)
RETURNS SETOF "{table}" LANGUAGE sql STABLE AS $$
    SELECT t.* FROM "{table}" AS t
    WHERE cadre_known(t.recorded_at, t.known_from, known_on, began) AND NOT EXISTS (
        SELECT FROM "{table}" AS later WHERE later.corrects_id = t.id
            AND cadre_known(later.recorded_at, later.known_from, known_on, began)
    )
$$
"""


def install(using: str, **_kwargs: object) -> None:
    """Puts functions, triggers, policies and grants in place. Safe to repeat."""
    with connections[using].cursor() as cursor:
        cursor.execute("SET check_function_bodies = off")  # a file may name what the next one makes
        for text in rules():
            drop_former(cursor, CREATED.findall(text))
            cursor.execute(text)
        cursor.execute("RESET check_function_bodies")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
        for model in apps.get_models(include_auto_created=True):
            guard(cursor, model)
        cursor.execute(f"GRANT EXECUTE ON FUNCTION cadre_seal(text) TO {ROLE}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {cache_table()} TO {ROLE}")


def rules() -> Iterator[str]:
    """The SQL of our own contexts, lowest first: functions and rules that each keeps in `sql/`.

    Every file can be run again: it says "create or replace", or creates a function plainly, which
    is then dropped first by its name, whatever arguments and results it had in a former release.
    """
    for context in apps.get_app_configs():
        if context.name.startswith("cadre."):
            for file in sorted(Path(context.path, "sql").glob("*.sql")):
                yield file.read_text(encoding="utf-8")


def drop_former(cursor: CursorWrapper, names: Sequence[str]) -> None:
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE proname = ANY (%s) AND pronamespace = 'public'::regnamespace",
        [list(names)],
    )
    for (former,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {former} CASCADE")


def cache_table() -> str:
    return str(settings.CACHES["default"]["LOCATION"])


def guard(cursor: CursorWrapper, model: type[models.Model]) -> None:
    table = model._meta.db_table
    grant(cursor, table, privileges(model))
    if issubclass(model, Marked):
        policy(cursor, table, using=MAY_SEE, check="true" if model is Entry else MAY_SEE)
    if model is Look:
        policy(cursor, table, using=ADMINISTRATES, check="true")
    kind = getattr(model, "ledger", "")
    if kind in {"append-only", "described"}:
        kept(cursor, table, getattr(model, "ledger_leaves_out", ()))
    if kind == "described":
        only_added_to(cursor, table, "DELETE")
    elif kind in {"append-only", "log"} or model in {Entry, Seal, Look}:
        only_added_to(cursor, table, "UPDATE OR DELETE")
    if issubclass(model, Stated):
        each = "ROW WHEN (cardinality(NEW.claims) > 0)"
        trigger(
            cursor, table, "rests_on_claims", "BEFORE INSERT", "cadre_claims_exist()", each=each
        )
        known(cursor, table)


def kept(cursor: CursorWrapper, table: str, left_out: Sequence[str]) -> None:
    """Whatever is added or changed is written down in the ledger, a statement at a time."""
    cursor.execute(f'DROP TRIGGER IF EXISTS keep ON "{table}"')  # as former releases had it
    call = f"cadre_keep({', '.join(f"'{name}'" for name in left_out)})"
    for name, event, rows in (
        ("keep_new", "INSERT", "NEW TABLE AS written"),
        ("keep_changed", "UPDATE", "NEW TABLE AS written OLD TABLE AS former"),
    ):
        when = f'AFTER {event} ON "{table}" REFERENCING {rows}'
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {name} {when} FOR EACH STATEMENT EXECUTE FUNCTION {call}"
        )


def only_added_to(cursor: CursorWrapper, table: str, never: str) -> None:
    """Nobody does `never` to a row, not even the table's owner, and nobody empties the table."""
    trigger(cursor, table, "only_added_to", f"BEFORE {never}", "cadre_refuse()")
    trigger(cursor, table, "never_emptied", "BEFORE TRUNCATE", "cadre_refuse()", each="STATEMENT")


def privileges(model: type[models.Model]) -> str:
    if model in {Entry, Seal, Unsealed}:
        return "SELECT"
    match str(getattr(model, "ledger", "")):
        case "" | "queue":  # "": Django's and allauth's own tables
            return "SELECT, INSERT, UPDATE, DELETE"
        case "described":
            return "SELECT, INSERT, UPDATE"
        case _:
            return "SELECT, INSERT"


def grant(cursor: CursorWrapper, table: str, allowed: str) -> None:
    cursor.execute(f'REVOKE ALL ON "{table}" FROM {ROLE}')
    cursor.execute(f'GRANT {allowed} ON "{table}" TO {ROLE}')


def known(cursor: CursorWrapper, table: str) -> None:
    """A function that gives the table's rows as known on a moment: StatedQuerySet.known_on in SQL.

    No moment: as known by now. PostgreSQL puts such a function into the query that calls it, so
    conditions on the rows reach their indexes.
    """
    cursor.execute(KNOWN.format(table=table))


def policy(cursor: CursorWrapper, table: str, *, using: str, check: str) -> None:
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(f'DROP POLICY IF EXISTS may_see ON "{table}"')
    cursor.execute(f'CREATE POLICY may_see ON "{table}" USING ({using}) WITH CHECK ({check})')


def trigger(
    cursor: CursorWrapper, table: str, name: str, when: str, call: str, *, each: str = "ROW"
) -> None:  # one line of SQL, named part by part
    cursor.execute(
        f'CREATE OR REPLACE TRIGGER {name} {when} ON "{table}" FOR EACH {each} '
        f"EXECUTE FUNCTION {call}"
    )

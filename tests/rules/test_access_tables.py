"""What the database itself keeps: every table, also the ones that are added later."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, models, transaction

from cadre.access.actions import TELL as TELL_ACTOR
from cadre.access.models import Look, Marked
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from tests.rules import planting
from tests.rules.planting import AT, Planted

# How a table of ours is kept, and what the role that serves pages may do with it.
KEPT = {
    "append-only": {"SELECT", "INSERT"},
    "log": {"SELECT", "INSERT"},
    "queue": {"SELECT", "INSERT", "UPDATE", "DELETE"},  # says nothing of the world: see below
    "described": {"SELECT", "INSERT", "UPDATE"},
    "part of the ledger": {"SELECT"},
    "the ledger itself": {"SELECT"},
    "none: a look changes nothing in the world, and the table is append-only itself": {
        "SELECT",
        "INSERT",
    },
}
EVERYTHING = {"SELECT", "INSERT", "UPDATE", "DELETE"}
WITHOUT_A_MODEL = {
    "access_cache": EVERYTHING,
    "django_migrations": set(),  # the serving role migrates nothing
}
OURS = [model for model in apps.get_models() if model.__module__.startswith("cadre.")]
FOREIGN = [
    model
    for model in apps.get_models(include_auto_created=True)
    if not model.__module__.startswith("cadre.")
]


def asked(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def granted(table: str) -> set[str]:
    rights = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    return {
        right for right in rights if asked("SELECT has_table_privilege(%s, %s)", table, right)[0][0]
    }


@pytest.mark.django_db
def test_the_serving_role_neither_owns_nor_bypasses() -> None:
    assert asked(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname = current_user"
    ) == [(False, False, False, False)]
    assert asked(
        "SELECT count(*) FROM pg_roles WHERE rolname <> current_user"
        " AND pg_has_role(current_user, oid, 'MEMBER')"
    ) == [(0,)]
    assert (
        asked(
            "SELECT relname FROM pg_class WHERE relowner = current_user::regrole"
            " AND relnamespace = 'public'::regnamespace"
        )
        == []
    )
    assert asked("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


REFUSED = {
    "the owner's role": "SET ROLE cadre_owner",
    "another session": "SET SESSION AUTHORIZATION cadre_owner",
    "triggers off": "SET session_replication_role = replica",
    "policies off": "ALTER TABLE mission_person DISABLE ROW LEVEL SECURITY",
    "a policy of one's own": "CREATE POLICY all_of_it ON mission_person USING (true)",
    "no policy": "DROP POLICY may_see ON mission_person",
    "reading past the policies": "SET LOCAL row_security = off; SELECT * FROM mission_person",
    "a role without policies": "ALTER ROLE cadre_app BYPASSRLS",
    "a function of one's own": "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "raw statistics": "SELECT * FROM pg_statistic",
    "passwords": "SELECT * FROM pg_authid",
    "files": "SELECT pg_read_file('/etc/hostname')",
    "files, by COPY": "COPY (SELECT 1) TO '/tmp/x'",
    "programs": "COPY mission_person TO PROGRAM 'cat'",
    "large objects from files": "SELECT lo_import('/etc/hostname')",
    "the ledger, by hand": "INSERT INTO record_entry (id) VALUES (gen_random_uuid())",
    "the seals, by hand": "INSERT INTO record_seal (node) VALUES ('home')",
    "the numbers of seals": "SELECT setval('record_seal_id_seq', 1)",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("what", REFUSED)
def test_the_serving_role_finds_no_side_door(what: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be|would be affected"),
        transaction.atomic(),
    ):
        asked(REFUSED[what])


STRANGER = Viewer("nobody", Classification.UNCLASSIFIED)


def test_neither_copies_nor_statistics_show_more_than_queries(operator: Viewer) -> None:
    Planted("s", Marking(classification=Classification.SECRET)).plant()

    def found(viewer: Viewer) -> tuple[bool, int]:
        with seeing(viewer), connection.cursor() as cursor:
            with cursor.copy("COPY (SELECT name FROM mission_person) TO STDOUT") as copied:
                told = b"".join(bytes(part) for part in copied)
            cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'mission_person'")
            (statistics,) = cursor.fetchone()
        return b"qzxs" in told, int(statistics)

    assert found(OPERATOR) == (True, 0)
    assert found(STRANGER) == (False, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_each_table_of_ours_is_kept_as_its_model_says(model: type[models.Model]) -> None:
    kept = getattr(model, "ledger", "nothing said")

    assert kept in KEPT
    assert granted(model._meta.db_table) == KEPT[kept]


@pytest.mark.django_db
@pytest.mark.parametrize("model", FOREIGN, ids=lambda model: model._meta.label)
def test_tables_of_django_and_allauth_hold_nothing_of_the_world(model: type[models.Model]) -> None:
    assert granted(model._meta.db_table) == EVERYTHING
    assert not issubclass(model, Marked)


@pytest.mark.django_db
def test_there_is_no_table_that_nobody_thought_of() -> None:
    known = {model._meta.db_table for model in [*OURS, *FOREIGN]}
    found = {
        str(name)
        for (name,) in asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    }

    assert found - known == set(WITHOUT_A_MODEL)
    assert {table: granted(table) for table in WITHOUT_A_MODEL} == WITHOUT_A_MODEL


@pytest.mark.django_db
def test_every_table_with_a_marking_has_the_one_policy() -> None:
    with_a_marking = {
        table
        for (table,) in asked(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name = 'releasable_to'"
        )
    }
    secured = {
        table
        for (table,) in asked("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
    }
    policies = asked(
        "SELECT tablename, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
        " WHERE tablename <> %s", Look._meta.db_table,
    )  # fmt: skip
    checked = [policy for policy in policies if policy[0] != "record_entry"]

    assert with_a_marking == {model._meta.db_table for model in planting.tables()}
    assert secured == with_a_marking | {Look._meta.db_table}
    assert {policy[0] for policy in policies} == with_a_marking
    assert len({policy[4] for policy in policies}) == 1
    assert {policy[5] for policy in checked} == {policies[0][4]}
    assert {policy[1:4] for policy in policies} == {("PERMISSIVE", "{public}", "ALL")}


@pytest.mark.django_db
def test_everything_with_a_marking_can_be_asked_as_somebody() -> None:
    assert [model for model in planting.tables() if not hasattr(model.objects, "visible_to")] == []


@pytest.mark.django_db
def test_functions_that_run_as_the_owner_look_nowhere_else() -> None:
    loose = asked(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(proconfig, '{}')::text LIKE '%%search_path=%%'"
    )

    assert loose == []


def test_a_marked_row_is_reached_from_no_other_row_without_a_viewer() -> None:
    """Accessors that Django adds to the other side ask nobody who looks; the database does."""
    assert [
        f"{model._meta.label}.{column.name}"
        for model in FOREIGN
        for column in model._meta.get_fields()
        if isinstance(column, models.ForeignKey)
        and isinstance(column.remote_field.model, type)
        and issubclass(column.remote_field.model, Marked)
    ] == []


# --- even the owner only adds -----------------------------------------------------------------


@pytest.fixture
def owners_rows(db: None) -> dict[str, models.Model]:
    """A row in every table, planted by the owner, and one in each table of the ledger."""
    planted = OwnersPlanted("o", Marking(), using="owner")
    with connections["owner"].cursor() as cursor:
        cursor.execute(TELL_ACTOR, ["owner", AT.isoformat(), "test.plant", "home"])
        for model in planting.made_by_hand():
            planted.row(model)
        cursor.execute("SELECT cadre_seal('home')")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE fails for another reason
    Look.objects.using("owner").create(at=AT, account="x", door="GET /", table="t", rows=[])
    return planted.rows


class OwnersPlanted(Planted):
    """Plants through the owner's connection."""

    def created(self, model: type[models.Model], borrows: Planted | None) -> models.Model:
        values = {column.name: value for column, value in self.values(model, borrows)}
        row = model(**values | planting.GIVEN.get(model._meta.label, {}))
        row.save(using="owner", force_insert=True)
        return row


@pytest.mark.django_db(databases=["default", "owner"])
def test_not_even_the_owner_changes_what_is_only_added_to(
    owners_rows: dict[str, models.Model],
) -> None:
    refused = {
        label: {verb for verb in ("update", "delete", "truncate") if refuses(row, verb)}
        for label, row in owners_rows.items()
    }
    kept = {label: getattr(row, "ledger", "") for label, row in owners_rows.items()}

    assert refused == {
        label: {"update", "delete", "truncate"}
        if how in {"append-only", "log"}
        else {"delete", "truncate"}
        for label, how in kept.items()
    }


def refuses(row: models.Model, verb: str) -> bool:
    table = row._meta.db_table
    sql = {
        "update": f"UPDATE {table} SET classification = 1 WHERE id = %s",
        "delete": f"DELETE FROM {table} WHERE id = %s",
        "truncate": f"TRUNCATE {table} CASCADE",
    }[verb]
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(sql, [] if verb == "truncate" else [row.pk])
    except DatabaseError as error:
        return "only ever added to" in str(error)
    return False


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("table", ["record_entry", "record_seal", "access_look"])
@pytest.mark.parametrize("sql", ["TRUNCATE {} CASCADE", "DELETE FROM {}", "UPDATE {} SET id = id"])
def test_not_even_the_owner_changes_the_ledger(
    owners_rows: dict[str, models.Model], table: str, sql: str
) -> None:
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(sql.format(table))

"""The ledger writes itself, and tampering is caught even when the owner of the tables does it."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from cadre.access.actions import acting, seal
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR, Viewer
from cadre.mission.models import Organisation, OrganisationKind
from cadre.record import actions, queries
from cadre.record.models import Claim, Entry, Source


@pytest.fixture
def source(operator: Viewer, at: datetime) -> Source:
    new = actions.NewSource(name="letter", kind="letter", title="A letter")
    return actions.record_source(new, by=operator, at=at)


@pytest.fixture
def claim(source: Source, operator: Viewer, at: datetime) -> Claim:
    new = actions.NewClaim(
        subject="NMI",
        attribute="size",
        value="up to several hundred",
        said_by=("letter",),
        sentences=("S1",),
    )
    return actions.record_claims(source, [new], by=operator, at=at)[0]


def test_a_change_is_written_down_with_who_when_and_what(claim: Claim, at: datetime) -> None:
    entry = Entry.objects.get(table="record_claim")
    assert (entry.actor, entry.verb, entry.change, entry.at) == (
        "operator",
        "record.claims",
        "insert",
        at,
    )
    assert (entry.row, entry.content["value"]) == (str(claim.pk), "up to several hundred")


def named(codes: list[str]) -> list[Organisation]:
    kind = OrganisationKind.FORCE
    return [Organisation(code=code, name=code, kind=kind) for code in codes]


@pytest.mark.usefixtures("operator")
def test_each_row_of_a_statement_is_written_down_as_it_is_and_only_if_it_changed(
    at: datetime,
) -> None:
    with acting("mission.add", by=OPERATOR, at=at):
        one, two, three = Organisation.objects.bulk_create(named(["A", "B", "C"]))
        Organisation.objects.filter(pk=two.pk).update(name="Two")
        Organisation.objects.filter(pk__in=[one.pk, two.pk]).update(name="Two")
        Organisation.objects.filter(pk=uuid4()).update(name="Nobody")
    seal()
    kept = Entry.objects.filter(table="mission_organisation").order_by("seal__sequence")

    assert [(each.change, each.content["code"], each.content["name"]) for each in kept] == [
        ("insert", "A", "A"),
        ("insert", "B", "B"),
        ("insert", "C", "C"),
        ("update", "B", "Two"),
        ("update", "A", "Two"),
    ]
    assert {each.row for each in kept} == {str(row.pk) for row in (one, two, three)}
    assert all((each.actor, each.verb, each.at) == ("operator", "mission.add", at) for each in kept)
    assert queries.verify().trouble is None


def test_many_rows_by_nobody_are_refused(source: Source) -> None:
    with pytest.raises(DatabaseError, match="Nobody is named"), transaction.atomic():
        Organisation.objects.bulk_create(named(["A", "B"]))
    assert not Organisation.objects.exists()


def test_a_change_by_nobody_is_refused(source: Source) -> None:
    source.pk, source.name = None, "other"
    with pytest.raises(DatabaseError, match="Nobody is named"), transaction.atomic():
        source.save(force_insert=True)


@pytest.mark.parametrize(
    "statement", ["UPDATE record_claim SET value = '120'", "DELETE FROM record_claim"]
)
def test_the_serving_role_may_not_touch_what_was_said(claim: Claim, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Claim.objects.get(pk=claim.pk).value == "up to several hundred"


def test_an_untouched_ledger_verifies_and_names_its_head(claim: Claim) -> None:
    seal()
    found = queries.verify()
    assert (found.trouble, found.entries, found.waiting) == (None, 2, 0)
    assert [(node, number) for node, number, _digest in found.heads] == [("home", 2)]


def put_on_record(at: datetime) -> Claim:
    with seeing(OPERATOR):
        new = actions.NewSource(name="letter", kind="letter", title="A letter")
        source = actions.record_source(new, by=OPERATOR, at=at)
        said = actions.NewClaim(
            subject="NMI", attribute="size", value="several", said_by=("letter",), sentences=("S1",)
        )
        return actions.record_claims(source, [said], by=OPERATOR, at=at)[0]


def as_owner(statement: str, table: str) -> None:
    """What somebody who owns the tables can do: switch the guards off, change, switch them on."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def found() -> str:
    with seeing(OPERATOR):
        trouble = queries.verify().trouble
    return trouble.sentence if trouble else ""


def test_even_the_owner_is_refused_while_the_guards_stand(scratch: str, at: datetime) -> None:
    put_on_record(at)
    with pytest.raises(DatabaseError, match="only ever added to"):
        connections["owner"].cursor().execute("UPDATE record_claim SET value = '120'")
    with pytest.raises(DatabaseError, match="only ever added to"):
        connections["owner"].cursor().execute("TRUNCATE record_claim CASCADE")
    assert found() == ""


def test_a_row_changed_by_the_owner_is_named(scratch: str, at: datetime) -> None:
    claim = put_on_record(at)
    as_owner("UPDATE record_claim SET value = '120'", "record_claim")
    assert found() == (
        f"Row {claim.pk} of record_claim is not what the ledger says that it was made."
    )


def test_a_row_deleted_by_the_owner_is_named(scratch: str, at: datetime) -> None:
    claim = put_on_record(at)
    as_owner("DELETE FROM record_claim", "record_claim")
    assert (
        found() == f"Row {claim.pk} of record_claim is in the ledger and has gone from its table."
    )


def test_an_entry_changed_by_the_owner_breaks_the_chain_there(scratch: str, at: datetime) -> None:
    claim = put_on_record(at)
    as_owner(
        "UPDATE record_entry SET actor = 'x' WHERE table_name = 'record_claim'", "record_entry"
    )
    assert found().startswith(
        f"The chain of node home breaks at entry 2 (record_claim {claim.pk}, record.claims): "
    )


def test_an_entry_deleted_with_its_seal_by_the_owner_is_found(scratch: str, at: datetime) -> None:
    put_on_record(at)
    as_owner("DELETE FROM record_seal WHERE sequence = 1", "record_seal")
    as_owner("DELETE FROM record_entry WHERE table_name = 'record_source'", "record_entry")
    assert "breaks at entry" in found()

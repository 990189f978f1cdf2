"""Who looked at sensitive rows (K5)."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import pytest
from django.db import models
from django.db.models.functions import Lower
from django.test import Client

from cadre.access import actions, looks, queries
from cadre.access.models import Look, MarkedQuerySet, marking_values
from cadre.access.permissions import NotAllowed
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer
from cadre.mission.models import Organisation, Person
from cadre.record.models import Claim, Entry, Source
from tests.access.conftest import Opener

type Browser = Callable[..., Client]

SECRET = Marking(classification=Classification.SECRET)


def source(at: datetime, marking: Marking, *, kind: str = "letter") -> Source:
    with actions.acting("test.source", by=OPERATOR, at=at):
        return Source.objects.create(
            name=f"{marking.originator} {sorted(marking.releasable_to or ())}",
            kind=kind,
            title="t",
            recorded_at=at,
            recorded_by="x",
            known_from=at,
            **marking_values(marking),
        )


def person(at: datetime, code: str, nation: str) -> Person:
    with actions.acting("test.person", by=OPERATOR, at=at):
        country, _made = Organisation.objects.get_or_create(code=nation, name=nation, kind="nation")
        return Person.objects.create(code=code, name=code, nation=country)


@pytest.mark.parametrize(
    ("level", "noted"),
    [
        (Classification.UNCLASSIFIED, False),
        (Classification.RESTRICTED, False),
        (Classification.CONFIDENTIAL, True),
        (Classification.SECRET, True),
    ],
)
def test_a_row_that_is_loaded_is_a_look_from_confidential_on(
    operator: Viewer, at: datetime, level: Classification, *, noted: bool
) -> None:
    row = source(at, Marking(classification=level))

    with looks.noted() as shown:
        list(Source.objects.all())

    assert shown == ({"record_source": {row.pk}} if noted else {})


def test_counting_rows_or_making_one_is_no_look(operator: Viewer, at: datetime) -> None:
    with looks.noted() as shown:
        source(at, SECRET)
        Source.objects.count()

    assert shown == {}


def test_people_are_always_a_look_and_belong_to_their_nation(
    operator: Viewer, at: datetime
) -> None:
    german, swede = person(at, "g", "DE"), person(at, "s", "SE")

    with looks.noted() as shown:
        list(Person.objects.all())
    actions.note_looks(shown, by=OPERATOR, door="GET /people/", at=at)

    assert {look.nation: look.rows for look in Look.objects.all()} == {
        "DE": [german.pk],
        "SE": [swede.pk],
    }


def test_other_rows_belong_to_their_originator_or_to_the_one_they_are_released_to(
    operator: Viewer, at: datetime
) -> None:
    rows = {
        "DE": source(at, Marking(Classification.SECRET, frozenset({"FR"}), originator="DE")),
        "FR": source(at, Marking(Classification.SECRET, frozenset({"FR"}))),
        "": source(at, Marking(Classification.SECRET, frozenset({"FR", "DE"}))),
    }

    actions.note_look(
        "record_source", [row.pk for row in rows.values()], by=OPERATOR, door="x", at=at
    )

    assert {look.nation: look.rows for look in Look.objects.all()} == {
        nation: [row.pk] for nation, row in rows.items()
    }


def test_a_look_at_a_ledger_entry_is_one_at_its_row(operator: Viewer, at: datetime) -> None:
    row = source(at, SECRET)

    with looks.noted() as shown:
        list(Entry.objects.all())

    assert shown == {"record_source": {row.pk}}


def test_a_page_notes_what_it_showed_in_one_statement(
    signed_in: Browser, operator: Viewer, at: datetime
) -> None:
    row = source(at, SECRET)

    signed_in().get(f"/sources/{row.pk}/")

    look = Look.objects.get(table="record_source")
    assert (look.account, look.door, look.rows) == (
        "somebody@mission.example",
        f"GET /sources/{row.pk}/",
        [row.pk],
    )


def test_what_a_viewer_may_not_see_is_no_look(
    signed_in: Browser, operator: Viewer, at: datetime
) -> None:
    row = source(at, SECRET)

    signed_in(clearance=Classification.RESTRICTED).get(f"/sources/{row.pk}/")

    assert Look.objects.count() == 0


def test_noting_costs_as_many_queries_for_three_people_as_for_one(
    operator: Viewer,
    at: datetime,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    one = [person(at, "one", "DE").pk]
    three = [
        person(at, code, nation).pk for code, nation in (("a", "DE"), ("b", "SE"), ("c", "FR"))
    ]

    for rows in (one, three):
        with django_assert_num_queries(2):
            actions.note_look("mission_person", rows, by=OPERATOR, door="x", at=at)


def test_looks_are_narrowed_to_who_looked_and_to_a_row(
    operator: Viewer, at: datetime, signed_in: Browser
) -> None:
    german, swede = person(at, "g", "DE"), person(at, "s", "SE")
    ada = Viewer("Ada", Classification.SECRET, account="ada@mission.example")
    actions.note_look("mission_person", [german.pk, swede.pk], by=ada, door="GET /a/", at=at)
    actions.note_look("mission_person", [german.pk], by=OPERATOR, door="./cadre b", at=at)

    def found(**asked: str) -> set[tuple[str, str]]:
        return {(look.account, look.nation) for look in queries.looks_at(OPERATOR, **asked)}

    assert found(who="ADA") == {("ada@mission.example", "DE"), ("ada@mission.example", "SE")}
    assert found(row=str(german.pk)) == {("ada@mission.example", "DE"), ("operator", "DE")}
    assert found(who="ada", row=str(swede.pk)) == {("ada@mission.example", "SE")}
    assert found(row="nonsense") == set()
    page = signed_in("admin", roles=("administrator",)).get(f"/looks/?row={swede.pk}").text
    assert ("GET /a/" in page, "./cadre b" in page) == (True, False)


def test_a_nation_reads_who_looked_at_its_own_and_an_administrator_reads_all(
    open_account: Opener, at: datetime
) -> None:
    rows = [person(at, code, nation).pk for code, nation in (("g", "DE"), ("s", "SE"))]
    actions.note_look("mission_person", rows, by=OPERATOR, door="x", at=at)
    representative = queries.viewer_of(
        open_account("rep", affiliations=["DE"], roles=("senior_national_representative",))
    )
    administrator = queries.viewer_of(open_account("admin", roles=("administrator",)))
    german = queries.viewer_of(open_account("german", affiliations=["DE"], roles=("commander",)))

    def read(viewer: Viewer) -> set[str]:
        with queries.seeing(viewer):
            return {look.nation for look in queries.looks_at(viewer)}

    def in_the_database(viewer: Viewer) -> set[str]:
        with queries.seeing(viewer):
            return {look.nation for look in Look.objects.all()}

    assert read(representative) == in_the_database(representative) == {"DE"}
    assert read(administrator) == in_the_database(administrator) == {"DE", "SE"}
    assert in_the_database(german) == set()
    with pytest.raises(NotAllowed):
        read(german)


# --- what is taken without loading whole rows -------------------------------------------------


def shown_by(take: Callable[[], Iterable[object]]) -> dict[str, set[UUID]]:
    """The sensitive rows that going through what this gives shows."""
    with looks.noted() as shown:
        list(take())
    return shown


TAKEN: dict[str, Callable[[MarkedQuerySet[Source]], Iterable[object]]] = {
    "flat": lambda rows: rows.values_list("name", flat=True),
    "dictionaries": lambda rows: rows.values("title"),
    "one by one": lambda rows: rows.values_list("title").iterator(),
    "worked out": lambda rows: rows.annotate(low=Lower("name")).values_list("low"),
    "distinct": lambda rows: rows.values_list("name").distinct(),
    "grouped": lambda rows: rows.order_by().values("name").annotate(models.Count("pk")),
    "a slice": lambda rows: rows.order_by("name").values_list("name")[:1],
    "a slice of distinct ones": lambda rows: rows.order_by("name").values("name").distinct()[:1],
    "rows with a column only": lambda rows: rows.only("name"),
}
TELLS_NOTHING: dict[str, Callable[[MarkedQuerySet[Source]], Iterable[object]]] = {
    "keys": lambda rows: rows.values_list("pk", flat=True),
    "keys of others": lambda rows: rows.values_list("corrects"),
    "counts": lambda rows: rows.order_by().values("corrects").annotate(models.Count("pk")),
    "no rows": lambda rows: rows.filter(name="of nobody").values_list("name"),
    "a query in a query": lambda rows: Claim.objects.filter(source__name__in=rows.values("name")),
}


@pytest.mark.parametrize("how", [*TAKEN, *TELLS_NOTHING])
def test_what_is_taken_of_a_secret_row_is_a_look_at_it_unless_it_tells_nothing(
    operator: Viewer, at: datetime, how: str
) -> None:
    secret, plain = source(at, SECRET), source(at, Marking(originator="SE"))
    take = (TAKEN | TELLS_NOTHING)[how]

    noted = {"record_source": {secret.pk}} if how in TAKEN else {}
    assert shown_by(lambda: take(Source.objects.filter(pk=secret.pk))) == noted
    assert shown_by(lambda: take(Source.objects.filter(pk=plain.pk))) == {}


def test_a_row_loaded_without_its_classification_is_taken_for_a_sensitive_one(
    operator: Viewer, at: datetime
) -> None:
    row = source(at, Marking())

    assert shown_by(Source.objects.all) == {}
    assert shown_by(lambda: Source.objects.defer("classification")) == {"record_source": {row.pk}}


def test_a_value_across_tables_is_a_look_at_the_row_that_holds_it(
    operator: Viewer, at: datetime
) -> None:
    german = person(at, "g", "DE")
    with actions.acting("test.secret", by=OPERATOR, at=at):
        Organisation.objects.filter(code="DE").update(classification=Classification.SECRET)
    country = Organisation.objects.get(code="DE")

    assert shown_by(lambda: Person.objects.values_list("nation__code")) == {
        "mission_person": {german.pk},
        "mission_organisation": {country.pk},
    }
    assert shown_by(lambda: Person.objects.values_list("nation")) == {}


def test_a_name_that_an_open_row_has_too_is_no_secret(operator: Viewer, at: datetime) -> None:
    """The least sensitive row of those that tell the same tells it."""
    secret = source(at, SECRET, kind="cable")
    source(at, Marking(originator="SE"))
    kinds = Source.objects.order_by("kind").values_list("kind", flat=True).distinct()
    titles = Source.objects.order_by("title").values_list("title", flat=True).distinct()

    assert shown_by(lambda: kinds) == {"record_source": {secret.pk}}
    assert shown_by(lambda: titles) == {}


def test_of_people_everybody_who_has_a_name_is_looked_at(operator: Viewer, at: datetime) -> None:
    people = {person(at, code, "DE").pk for code in ("a", "b")}

    ranks = Person.objects.order_by("rank").values_list("rank").distinct()

    assert shown_by(lambda: ranks) == {"mission_person": people}


def test_taking_values_while_nobody_looks_asks_no_more(
    operator: Viewer,
    at: datetime,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    source(at, SECRET)

    with django_assert_num_queries(1):
        list(Source.objects.values_list("name"))

"""The rule of who may see, its twin in SQL, and the database's own policies say the same."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.contrib.postgres.functions import TransactionNow
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.access.queries import seeing
from cadre.core.releasability import OPERATOR, Classification, Marking, Viewer, may_see
from cadre.record.models import Entry, Source
from tests.rules.planting import AT

ODD = ["DE", "SE", "NATO", "de", "", " ", 'a"b', "a\\b", "{}", "a,b", "NULL", "é", "%s", "\n"]
codes = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40
)
few = st.frozensets(codes, max_size=3)
markings = st.builds(
    Marking,
    classification=st.sampled_from(Classification),
    releasable_to=st.none() | few,
    communities=few,
    originator=codes,
)
viewers = st.builds(
    Viewer,
    name=st.just("somebody"),
    clearance=st.sampled_from(Classification),
    affiliations=few,
    communities=few,
    sees_all=st.booleans(),
)


class Undone(Exception):
    """Takes an example's rows away again."""


@pytest.fixture
def as_the_serving_role(operator: Viewer) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == ("cadre_app", "cadre_app")
    yield


@given(st.lists(markings, min_size=1, max_size=8), st.lists(viewers, min_size=1, max_size=3))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_three_say_the_same(
    as_the_serving_role: None, marked: list[Marking], lookers: list[Viewer]
) -> None:
    with pytest.raises(Undone), transaction.atomic():
        rows = {row(number, marking): marking for number, marking in enumerate(marked)}
        for viewer in lookers:
            by_rule = {key for key, marking in rows.items() if may_see(viewer, marking)}
            by_query = ids(Source.objects.visible_to(viewer))
            with seeing(viewer):
                by_database = ids(Source.objects.all())
                in_the_ledger = ids(Entry.objects.filter(table="record_source"), "row")
            assert by_query == by_rule
            assert by_database == by_rule
            assert in_the_ledger == by_rule
        raise Undone


def row(number: int, marking: Marking) -> UUID:
    with acting("test.mark", by=OPERATOR, at=AT):
        return Source.objects.create(
            name=f"s{number}", kind="letter", title="t", recorded_at=TransactionNow(),
            recorded_by="x", known_from=AT, **marking_values(marking),
        ).pk  # fmt: skip


def ids(rows: object, name: str = "pk") -> set[UUID]:
    return {UUID(str(key)) for key in rows.values_list(name, flat=True)}  # type: ignore[attr-defined]  # a queryset


@pytest.mark.parametrize(
    ("marking", "viewer", "seen"),
    [
        (Marking(), Viewer("nobody", Classification.UNCLASSIFIED), True),
        (Marking(releasable_to=frozenset({"DE"})), Viewer("se", Classification.SECRET, frozenset({"SE"})), False),
        (Marking(releasable_to=frozenset(), originator="SE"), Viewer("se", Classification.SECRET, frozenset({"SE"})), True),
        (Marking(releasable_to=frozenset()), Viewer("se", Classification.SECRET, frozenset({"SE"})), False),
        (Marking(classification=Classification.SECRET), Viewer("se", Classification.CONFIDENTIAL), False),
        (Marking(communities=frozenset({"council"})), Viewer("se", Classification.SECRET), False),
    ],
)  # fmt: skip
def test_what_the_rule_says_in_the_plain_cases(
    as_the_serving_role: None, marking: Marking, viewer: Viewer, seen: bool
) -> None:
    key = row(0, marking)

    with seeing(viewer):
        assert ids(Source.objects.all()) == ({key} if seen else set())
    assert may_see(viewer, marking) is seen


def test_nobody_writes_a_row_that_he_may_not_see(as_the_serving_role: None) -> None:
    sweden = Viewer("se", Classification.SECRET, frozenset({"SE"}))

    with (
        seeing(sweden),
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        row(0, Marking(releasable_to=frozenset({"DE"})))

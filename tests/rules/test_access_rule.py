"""The rule of who may see, its twin in SQL, and the database's own policies say the same."""

from collections.abc import Iterator
from contextlib import contextmanager
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
    with undone():
        rows = {row(number, marking): marking for number, marking in enumerate(marked)}
        for viewer in lookers:
            by_rule = {key for key, marking in rows.items() if may_see(viewer, marking)}
            assert ids(Source.objects.visible_to(viewer)) == by_rule
            with seeing(viewer):
                assert ids(Source.objects.all()) == by_rule
                assert ids(Entry.objects.filter(table="record_source"), "row") == by_rule


@contextmanager
def undone() -> Iterator[None]:
    """Takes an example's rows away again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def row(number: int, marking: Marking) -> UUID:
    with acting("test.mark", by=OPERATOR, at=AT):
        return Source.objects.create(
            name=f"s{number}", kind="letter", title="t", recorded_at=TransactionNow(),
            recorded_by="x", known_from=AT, **marking_values(marking),
        ).pk  # fmt: skip


def ids(rows: object, name: str = "pk") -> set[UUID]:
    return {UUID(str(key)) for key in rows.values_list(name, flat=True)}  # type: ignore[attr-defined]  # a queryset


SWEDEN = Viewer("se", Classification.SECRET, frozenset({"SE"}))
PLAIN = {
    "open to all": (Marking(), True),
    "released to another nation": (Marking(releasable_to=frozenset({"DE"})), False),
    "one's own": (Marking(releasable_to=frozenset(), originator="SE"), True),
    "released to nobody": (Marking(releasable_to=frozenset()), False),
    "as secret as one is cleared for": (Marking(classification=Classification.SECRET), True),
    "of a community": (Marking(communities=frozenset({"council"})), False),
}


@pytest.mark.parametrize("case", PLAIN)
def test_what_the_rule_says_in_the_plain_cases(as_the_serving_role: None, case: str) -> None:
    marking, seen = PLAIN[case]
    key = row(0, marking)

    with seeing(SWEDEN):
        assert ids(Source.objects.all()) == ({key} if seen else set())
    assert may_see(SWEDEN, marking) is seen


def test_nobody_writes_a_row_that_he_may_not_see(as_the_serving_role: None) -> None:
    with (
        seeing(SWEDEN),
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        row(0, Marking(releasable_to=frozenset({"DE"})))

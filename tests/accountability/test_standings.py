"""How people of a muster stand: what SQL settles by itself and what it hands on equals the core."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre.access.actions import acting
from cadre.access.models import marking_values
from cadre.accountability.models import CheckIn, StateChoices, VoiceChoices
from cadre.accountability.queries import Asked, Stood, stood
from cadre.core.accountability import Report, State, Voice, standing, true_since
from cadre.core.releasability import OPERATOR
from tests.accountability.conftest import Open, Opened

RECHECK = timedelta(minutes=30)


@dataclass(frozen=True)
class Word:
    """What is said of somebody, in minutes after the opening."""

    who: str
    state: str
    occurred: int
    entered: int
    voice: str


words = st.builds(
    Word,
    who=st.sampled_from(["anna", "dora"]),
    # Mostly safe words: only they are settled in SQL.
    state=st.sampled_from(["safe", "sheltering", "away"]) | st.sampled_from(StateChoices.values),
    occurred=st.integers(-2, 60),
    entered=st.integers(0, 80),
    voice=st.sampled_from(VoiceChoices.values),
)


@contextmanager
def undone() -> Iterator[None]:
    """Takes an example's rows away again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def put(muster: Opened, said: list[Word]) -> list[tuple[str, Report]]:
    """Writes the words as rows, and gives them as the core has them."""
    reports = []
    rows = []
    for word in said:
        key = uuid4()
        occurred, entered = muster.after(word.occurred), muster.after(word.entered)
        person = muster.world.people[word.who]
        rows.append(
            CheckIn(
                key=key, person=person, state=word.state, voice=word.voice, channel="page",
                said_by="Zoe", how="saw", occurred_at=occurred, recorded_at=entered,
                recorded_by="x", known_from=entered, muster=muster.row,
                **marking_values(person.marking),
            )
        )  # fmt: skip  # a row
        state = State(word.state) if word.state else None
        report = Report(str(key), state, occurred, entered, Voice(word.voice))
        reports.append((word.who, report))
    with acting("test", by=OPERATOR, at=muster.at):
        CheckIn.objects.bulk_create(rows)
    return reports


def by_core(reports: list[Report], on: datetime, known_on: datetime | None) -> Stood:
    known = [each for each in reports if known_on is None or each.entered_at <= known_on]
    past = [each for each in known if each.occurred_at <= on]
    return Stood(
        standing(known, on, recheck=RECHECK),
        accounted_at=true_since(past, on, lambda state: state.accounted),
        resolved_at=true_since(past, on, lambda state: state.resolved),
    )


def told(found: Stood) -> tuple[object, ...]:
    one = found.standing
    return (
        one.state, one.since, one.contradicted, one.recheck_due, one.casualty, found.accounted_at,
        found.resolved_at,
    )  # fmt: skip  # a row


@given(st.lists(words, max_size=9), st.integers(0, 90), st.none() | st.integers(0, 90))
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_database_and_the_core_say_the_same(
    muster: Opened, said: list[Word], minute: int, known: int | None
) -> None:
    with undone():
        reports = put(muster, said)
        on = muster.after(minute)
        known_on = None if known is None else muster.after(known)
        found = stood(Asked(muster.row, on, known_on))
        for code in ("anna", "dora"):
            theirs = [
                each for who, each in reports if who == code and each.occurred_at >= muster.at
            ]
            assert told(found[muster.entry(code).pk]) == told(by_core(theirs, on, known_on))


@pytest.fixture
def muster(opened: Open) -> Opened:
    return opened(recheck_minutes=30)


def test_what_was_said_before_reports_count_is_left_out(opened: Open, at: datetime) -> None:
    muster = opened(counts_from=at - timedelta(hours=1))
    later = opened(exercise=True)
    muster.says("anna", "safe", -30)
    muster.says("bert", "safe", -90)

    assert (muster.states(1)["anna"], muster.states(1)["bert"]) == ("safe", "unaccounted")
    assert later.states(1)["anna"] == "unaccounted"


def test_one_report_counts_in_every_muster_on_whose_list_the_person_stands(opened: Open) -> None:
    whole, camp = opened(), opened(sites=frozenset({"CAMP"}))
    whole.says("anna", "need help", 2)

    assert (whole.states(3)["anna"], camp.states(3)["anna"]) == ("need help", "need help")


def test_what_is_played_in_an_exercise_does_not_count_for_real(opened: Open) -> None:
    real, exercise = opened(), opened(exercise=True)
    exercise.says("anna", "injured", 2)
    real.says("bert", "injured", 2)

    assert (exercise.states(3)["anna"], real.states(3)["anna"]) == ("injured", "unaccounted")
    assert (exercise.states(3)["bert"], real.states(3)["bert"]) == ("injured", "injured")


def test_any_past_minute_can_be_asked_for_and_as_it_was_known_then(opened: Open) -> None:
    muster = opened()
    muster.says("anna", "safe", 5, entered=20)

    assert muster.states(4)["anna"] == "unaccounted"
    assert muster.states(10)["anna"] == "safe"
    assert muster.states(10, known=10)["anna"] == "unaccounted"
    assert muster.states(10, known=20)["anna"] == "safe"


def test_it_takes_as_many_statements_for_three_people_as_for_one(muster: Opened) -> None:
    taken = []
    for code in ("anna", "bert", "dora"):
        put(muster, [Word(code, state, 1, 1, "self") for state in ("safe", "injured")])
        with CaptureQueriesContext(connection) as captured:
            stood(Asked(muster.row, muster.after(5)))
        taken.append(len(captured))

    assert len(set(taken)) == 1
